/// Points with their errors.
struct ErrorBars: Mark {
  let x: [Double]
  let y: [Double]
  let low: [Double]
  let high: [Double]
  let label: String
  let color: Color?
  let marker: Marker?

  var extent: Extent {
    var extent = Extent(x: x, y: y)
    let ends = Extent(x: x, y: low + high)
    extent.y = union(extent.y, ends.y)
    if extent.refusedY.count == 0 { extent.refusedY = ends.refusedY }
    return extent
  }
  var coloring: Coloring { .next(color, marker == nil ? .marker : .none) }

  func draw(on plot: Plot, _ style: SeriesStyle) {
    var strokes: [[Spot]] = []
    let cap = 3.2
    for index in x.indices {
      let (top, bottom) = (plot.spot(x[index], high[index]), plot.spot(x[index], low[index]))
      guard top.isFinite, bottom.isFinite else { continue }
      strokes.append([top, bottom])
      for end in [top, bottom] {
        strokes.append([Spot(x: end.x - cap, y: end.y), Spot(x: end.x + cap, y: end.y)])
      }
    }
    plot.canvas.stroke(strokes, Stroke(width: 1.2, cap: .butt), Ink(rgb: style.color))
    for spot in plot.spots(x, y) where spot.isFinite {
      plot.canvas.mark(marker ?? style.marker, at: spot, radius: 2.8, Ink(rgb: style.color))
    }
  }

  func key(_ style: SeriesStyle) -> LegendKey? {
    LegendKey(line: Stroke(width: 1.2), marker: (marker ?? style.marker, 2.8), ink: Ink(rgb: style.color))
  }

  func summary(x xAxis: Axis, y yAxis: Axis) -> String {
    let widths = zip(low, high).map { $1 - $0 }
    return "\(count(x.count, "point"))\(quoted) with error bars, " + course(x, y)
      + ", the bars' lengths \(range(widths))"
  }
  var table: Table { Table("errors", label, [("x", x), ("y", y), ("low", low), ("high", high)]) }
}

extension Figure {
  /// Points (x, y) with bars from y - error to y + error.
  public func errorBars(
    _ x: [Double], _ y: [Double], _ errors: [Double], _ label: String = "", color: Color? = nil,
    marker: Marker? = nil
  ) -> Figure {
    precondition(x.count == y.count && x.count == errors.count, "error bars' columns are equally long")
    return errorBars(
      x, y, low: zip(y, errors).map { $0 - $1 }, high: zip(y, errors).map { $0 + $1 }, label, color: color,
      marker: marker)
  }

  /// The same for any sequences of numbers.
  @_disfavoredOverload
  public func errorBars(
    _ x: some Sequence<some Plottable>, _ y: some Sequence<some Plottable>,
    _ errors: some Sequence<some Plottable>, _ label: String = "", color: Color? = nil, marker: Marker? = nil
  ) -> Figure {
    errorBars(column(x), column(y), column(errors), label, color: color, marker: marker)
  }

  /// Points (x, y) with bars from `low` to `high`.
  public func errorBars(
    _ x: [Double], _ y: [Double], low: [Double], high: [Double], _ label: String = "", color: Color? = nil,
    marker: Marker? = nil
  ) -> Figure {
    precondition(
      x.count == y.count && x.count == low.count && x.count == high.count,
      "error bars' columns are equally long")
    return adding(ErrorBars(x: x, y: y, low: low, high: high, label: label, color: color, marker: marker))
  }

  /// The same for any sequences of numbers.
  @_disfavoredOverload
  public func errorBars(
    _ x: some Sequence<some Plottable>, _ y: some Sequence<some Plottable>, low: [Double], high: [Double],
    _ label: String = "", color: Color? = nil, marker: Marker? = nil
  ) -> Figure {
    errorBars(column(x), column(y), low: low, high: high, label, color: color, marker: marker)
  }
}
