/// A piecewise constant curve.
struct Step: Mark {
  let x: [Double]
  let y: [Double]
  let label: String
  let color: Color?
  let dash: Dash?
  let width: Double

  var extent: Extent { Extent(x: x, y: y) }
  var coloring: Coloring { .next(color, dash == nil ? .dash : .none) }

  func draw(on plot: Plot, _ style: SeriesStyle) {
    var line: [Spot] = []
    line.reserveCapacity(2 * x.count)
    for (index, spot) in plot.spots(x, y).enumerated() {
      if index > 0, let before = line.last, spot.isFinite { line.append(Spot(x: spot.x, y: before.y)) }
      line.append(spot)
    }
    plot.canvas.stroke(line, stroke(style), Ink(rgb: style.color))
  }

  private func stroke(_ style: SeriesStyle) -> Stroke { Stroke(width: width, dash: dash ?? style.dash) }
  func key(_ style: SeriesStyle) -> LegendKey? { LegendKey(line: stroke(style), ink: Ink(rgb: style.color)) }
  func summary(x xAxis: Axis, y yAxis: Axis) -> String { "a step curve\(quoted) " + course(x, y) }
  var table: Table { Table("step", label, [("x", x), ("y", y)]) }
}

extension Figure {
  /// A curve that keeps each y from its x up to the next: a distribution function, a schedule of steps.
  public func step(
    _ x: [Double], _ y: [Double], _ label: String = "", color: Color? = nil, dash: Dash? = nil,
    width: Double = 1.75
  ) -> Figure {
    precondition(x.count == y.count, "a step curve has \(x.count) x values but \(y.count) y values")
    return adding(Step(x: x, y: y, label: label, color: color, dash: dash, width: width))
  }

  /// The same for any sequences of numbers.
  @_disfavoredOverload
  public func step(
    _ x: some Sequence<some Plottable>, _ y: some Sequence<some Plottable>, _ label: String = "",
    color: Color? = nil, dash: Dash? = nil, width: Double = 1.75
  ) -> Figure {
    step(column(x), column(y), label, color: color, dash: dash, width: width)
  }
}
