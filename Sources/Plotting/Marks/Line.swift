/// A curve through points; a value that is not finite is a gap.
struct Line: Mark {
  let x: [Double]
  let y: [Double]
  let label: String
  let color: Color?
  let dash: Dash?
  let width: Double
  let opacity: Double
  let marker: Marker?

  var extent: Extent { Extent(x: x, y: y) }
  var coloring: Coloring { .next(color, dash == nil ? .dash : .none) }

  func draw(on plot: Plot, _ style: SeriesStyle) {
    plot.canvas.stroke(plot.spots(x, y), stroke(style), Ink(rgb: style.color, opacity: opacity))
    guard let marker else { return }
    for spot in plot.spots(x, y) where spot.isFinite {
      plot.canvas.mark(marker, at: spot, radius: Self.radius, Ink(rgb: style.color))
    }
  }

  private static let radius = 3.0

  func key(_ style: SeriesStyle) -> LegendKey? {
    LegendKey(
      line: stroke(style), marker: marker.map { ($0, Self.radius) },
      ink: Ink(rgb: style.color, opacity: opacity))
  }

  private func stroke(_ style: SeriesStyle) -> Stroke { Stroke(width: width, dash: dash ?? style.dash) }

  func summary(x xAxis: Axis, y yAxis: Axis) -> String { "a line\(quoted) " + course(x, y) }
  var table: Table { Table("line", label, [("x", x), ("y", y)]) }
}

extension Figure {
  /// A line through the points (x, y). Values that are not finite make gaps. Lines take the palette's colours in turn,
  /// and where several have labels, different dashes too; `marker` shows the points as well.
  public func line(
    _ x: [Double], _ y: [Double], _ label: String = "", color: Color? = nil, dash: Dash? = nil,
    width: Double = 1.75, opacity: Double = 1, marker: Marker? = nil
  ) -> Figure {
    precondition(x.count == y.count, "a line has \(x.count) x values but \(y.count) y values")
    return adding(
      Line(x: x, y: y, label: label, color: color, dash: dash, width: width, opacity: opacity, marker: marker)
    )
  }

  /// The same for any sequences of numbers.
  @_disfavoredOverload
  public func line(
    _ x: some Sequence<some Plottable>, _ y: some Sequence<some Plottable>, _ label: String = "",
    color: Color? = nil, dash: Dash? = nil, width: Double = 1.75, opacity: Double = 1, marker: Marker? = nil
  ) -> Figure {
    line(
      column(x), column(y), label, color: color, dash: dash, width: width, opacity: opacity, marker: marker)
  }

  /// The values y over their indices 0, 1, 2, ...
  public func line(
    _ y: [Double], _ label: String = "", color: Color? = nil, dash: Dash? = nil, width: Double = 1.75,
    opacity: Double = 1
  ) -> Figure {
    line(y.indices.map(Double.init), y, label, color: color, dash: dash, width: width, opacity: opacity)
  }

  /// The same for any sequences of numbers.
  @_disfavoredOverload
  public func line(
    _ y: some Sequence<some Plottable>, _ label: String = "", color: Color? = nil, dash: Dash? = nil,
    width: Double = 1.75, opacity: Double = 1
  ) -> Figure {
    line(column(y), label, color: color, dash: dash, width: width, opacity: opacity)
  }

  /// The graph of a function over a range, sampled more densely where it bends.
  ///
  /// The function is called at `samples` points and, where the graph bends, up to four times as many.
  public func line(
    over range: ClosedRange<Double>, _ label: String = "", color: Color? = nil, dash: Dash? = nil,
    width: Double = 1.75, opacity: Double = 1, samples: Int = 129, of f: (Double) throws -> Double
  ) rethrows -> Figure {
    let graph = try Graph(of: f, over: range, samples: samples)
    return line(graph.x, graph.y, label, color: color, dash: dash, width: width, opacity: opacity)
  }
}
