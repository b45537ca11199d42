import Testing

@testable import Plotting

@Suite struct ResolvedTests {
  private func panel(_ figure: Figure) throws -> ResolvedPanel { try #require(figure.resolved().first) }

  @Test func axesHaveMarginsExceptAtFloors() throws {
    let line = try panel(Figure().line([0, 10], [2, 4]))
    #expect(line.x.low < 0 && line.x.high > 10 && line.y.low < 2 && line.y.high > 4)
    let area = try panel(Figure().area([0, 10], [2, 4]))
    #expect(area.y.low == 0 && area.y.high > 4)
    let field = try panel(Figure().heatmap(x: 0...1, y: 2...3) { x, y in x })
    #expect(field.x.low == 0 && field.x.high == 1 && field.y.low == 2 && field.y.high == 3)
    let asked = try panel(Figure().line([0, 10], [2, 4]).x(in: 1...2))
    #expect(asked.x.low == 1 && asked.x.high == 2)
  }

  private static let degenerate: [([Double], [Double])] = [
    ([], []), ([1], [2]), ([1, 2], [5, 5]), ([0, 0], [0, 0]), ([.nan], [.infinity]),
    ([1, 2], [1e300, -1e308]),
    ([1, 2], [.leastNonzeroMagnitude, .leastNormalMagnitude]), ([1e15, 1e15 + 1], [0, 1]),
  ]

  /// What matplotlib and Makie would refuse or draw at a point, and what a careless plot would divide by.
  @Test(arguments: degenerate)
  func degenerateDataHaveAnAxis(x: [Double], y: [Double]) throws {
    let panel = try panel(Figure().line(x, y).scatter(x, y))
    for axis in [panel.x, panel.y] {
      #expect(axis.low.isFinite && axis.high.isFinite && axis.low < axis.high)
      #expect((axis.high - axis.low).isFinite)
    }
    #expect(try !Figure().line(x, y).size(160, 120).render(scale: 1).isEmpty)
  }

  @Test func sharedAxesAndColors() throws {
    let parts = [1.0, 3].map { top in Figure().heatmap(x: 0...top, y: 0...1, resolution: 3) { x, y in x } }
    let apart = try Figure.grid(parts).resolved()
    #expect(apart[0].x.high == 1 && apart[1].x.high == 3 && apart[0].colors?.high == 1)
    let shared = try Figure.grid(parts, sharing: [.x, .colors]).resolved()
    #expect(shared.allSatisfy { $0.x.high == 3 && $0.colors?.high == 3 })
  }

  @Test func seriesDifferInColorDashAndMarker() {
    let figure = Figure().each(0..<5) { figure, k in
      figure.line([0, 1], [0, 1], "line \(k)").scatter([0], [1], "points \(k)")
    }.line([0, 1], [1, 0])
    let styles = figure.panels[0].styles().map(\.light)
    #expect(
      Set(styles.prefix(10).map(\.color)).count == 10, "more series than colours take them from viridis")
    #expect(Set(stride(from: 0, to: 10, by: 2).map { styles[$0].dash }).count == 5)
    #expect(Set(stride(from: 1, to: 10, by: 2).map { styles[$0].marker }).count == 5)
    #expect(styles[10].dash == .solid, "a line without a label needs no dash")
  }

  @Test func bandsTakeTheColorBefore() {
    let styles = Figure().line([0], [0]).line([0], [0]).band([0], [0], [1]).panels[0].styles().map(\.light)
    #expect(styles[2].color == styles[1].color && styles[1].color != styles[0].color)
  }

  @Test func barsStandSideBySide() {
    let styles = Figure().bars(["a"], [1]).bars(["a"], [2]).bars(["a"], [3]).panels[0].styles().map(\.light)
    #expect(styles.map(\.groupIndex) == [0, 1, 2] && styles.allSatisfy { $0.groupCount == 3 })
  }

  @Test(arguments: [0.5, 1, 2])
  func slopesLieBelowTheirSeries(power: Double) throws {
    let h = [0.1, 0.05, 0.02, 0.01]
    let figure = Figure().line(h, h.map { 3 * $0 }).slope(power)
    let slope = try #require(figure.panels[0].marks.last as? Slope)
    let (x, y) = (slope.table.columns[0].values, slope.table.columns[1].values)
    #expect(abs((y[1] / y[0]).logarithm / (x[1] / x[0]).logarithm - power) < 1e-12)
    #expect(y[0] < 3 * x[0] && y[1] < 3 * x[1])
  }

  @Test func graphsAreDenserWhereTheyBend() {
    let graph = Graph(of: { 1 / (1 + 1e4 * $0 * $0) }, over: -1...1, samples: 65)
    #expect(graph.x == graph.x.sorted() && graph.x.count > 65 && graph.x.count < 260)
    #expect(graph.x.count { abs($0) < 0.1 } > 2 * 65 / 10)
    let straight = Graph(of: { 2 * $0 }, over: 0...1, samples: 65)
    #expect(straight.x.count == 65)
  }

  @Test func legendsStandWhereTheyHideLeast() throws {
    func place(_ figure: Figure) throws -> (Rectangle, Rectangle) {
      let drawing = try Drawing(figure)
      let canvas = try Canvas(
        width: drawing.layout.width, height: drawing.layout.height, scale: 1, background: 0xffffff)
      var crowded: [Int] = []
      let box = try #require(drawing.draw(on: canvas, theme: .light, crowded: &crowded)[0])
      return (box, drawing.layout.parts[0].box)
    }
    let (rising, axes) = try place(Figure().line([0, 1], [0, 1], "rises").area([0.5, 1], [1, 1], "fills"))
    #expect(rising.left < axes.left + axes.width / 2 && rising.top < axes.top + axes.height / 2)
    let (falling, _) = try place(Figure().line([0, 1], [1, 0], "falls"))
    #expect(falling.left > axes.left + axes.width / 2)
  }

  @Test func manySeriesGetALegendOutside() throws {
    let figure = Figure().each(0..<100) { figure, k in figure.line([0, 1], [0, Double(k)], "series \(k)") }
    let part = try Drawing(figure).layout.parts[0]
    let legend = try #require(part.legend)
    #expect(legend.place == .outside)
    #expect(
      legend.entries.first?.index == 0 && legend.entries.last?.index == 99, "from the first to the last")
    #expect(legend.entries.count > 5 && legend.entries.count < 30 && !legend.more.isEmpty)
    #expect(part.box.right + legend.width < Double(figure.size.width))
  }

  @Test func equalAspectIsEqual() throws {
    let drawing = try Drawing(Figure().heatmap(x: 0...3, y: 0...1) { x, y in x }.equalAspect())
    let box = drawing.layout.parts[0].box
    #expect(abs(box.width / box.height - 3) < 1e-9)
  }
}

extension Double {
  fileprivate var logarithm: Double { Scale.log.forward(self) }
}
