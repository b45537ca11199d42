/// A line right across the axes.
struct Rule: Mark {
  let value: Double
  let isVertical: Bool
  let label: String
  let color: Color?
  let dash: Dash
  let width: Double

  /// A rule stretches the axes so that it is seen.
  var extent: Extent { isVertical ? Extent(x: [value], y: []) : Extent(x: [], y: [value]) }

  func draw(on plot: Plot, _ style: SeriesStyle) {
    let place = isVertical ? plot.spot(value, plot.y.low).x : plot.spot(plot.x.low, value).y
    guard place.isFinite else { return }
    let box = plot.box
    let line =
      isVertical
      ? [Spot(x: place, y: box.bottom), Spot(x: place, y: box.top)]
      : [Spot(x: box.left, y: place), Spot(x: box.right, y: place)]
    plot.canvas.stroke(line, Stroke(width: width, dash: dash), Ink(rgb: (color ?? .gray).on(plot.theme)))
  }

  func key(_ style: SeriesStyle) -> LegendKey? {
    LegendKey(line: Stroke(width: width, dash: dash), ink: Ink(rgb: (color ?? .gray).light))
  }

  func summary(x: Axis, y: Axis) -> String {
    "a \(isVertical ? "vertical" : "horizontal") rule\(quoted) at \(isVertical ? "x" : "y") = \(spoken(value))"
  }
  var table: Table {
    Table(isVertical ? "vertical" : "horizontal", label, [(isVertical ? "x" : "y", [value])])
  }
}

extension Figure {
  /// A vertical line at x, grey and dashed unless told otherwise.
  public func vertical(
    _ x: Double, _ label: String = "", color: Color? = nil, dash: Dash = .dashed, width: Double = 1.2
  ) -> Figure {
    adding(Rule(value: x, isVertical: true, label: label, color: color, dash: dash, width: width))
  }

  /// A horizontal line at y, grey and dashed unless told otherwise.
  public func horizontal(
    _ y: Double, _ label: String = "", color: Color? = nil, dash: Dash = .dashed, width: Double = 1.2
  ) -> Figure {
    adding(Rule(value: y, isVertical: false, label: label, color: color, dash: dash, width: width))
  }
}
