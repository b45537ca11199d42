/// Bars for categories; several such marks stand side by side.
struct Bars: Mark {
  let positions: [Double]
  let heights: [Double]
  let names: [String]
  let label: String
  let color: Color?

  var extent: Extent {
    let half = spacing / 2
    var extent = Extent(
      x: [(positions.min() ?? 0) - half, (positions.max() ?? 0) + half], y: heights, tight: [.left, .right],
      standsOnZero: true)
    extent.refusedX = Extent.Refused()
    return extent
  }
  var coloring: Coloring { .next(color) }
  var isGrouped: Bool { true }

  private var spacing: Double {
    let sorted = positions.sorted()
    return zip(sorted, sorted.dropFirst()).map { $1 - $0 }.filter { $0 > 0 }.min() ?? 1
  }

  func draw(on plot: Plot, _ style: SeriesStyle) {
    let whole = 0.76 * spacing
    let width = whole / Double(style.groupCount)
    for (position, height) in zip(positions, heights) where height.isFinite {
      let left = position - whole / 2 + width * Double(style.groupIndex)
      let corner = plot.spot(left, height)
      let base = plot.spot(left + width, plot.floor)
      let gap = style.groupCount > 1 ? 0.75 : 0
      let box = Rectangle(
        left: min(corner.x, base.x) + gap, top: min(corner.y, base.y), right: max(corner.x, base.x) - gap,
        bottom: max(corner.y, base.y))
      plot.canvas.fill(box, Ink(rgb: style.color, opacity: 0.85))
    }
    if plot.y.scale == .linear, heights.contains(where: { $0 < 0 }) {
      let y = plot.spot(plot.x.low, 0).y
      plot.canvas.rule(
        from: Spot(x: plot.box.left, y: y), to: Spot(x: plot.box.right, y: y), width: Metrics.frame,
        Ink(rgb: plot.theme.frame))
    }
  }

  func key(_ style: SeriesStyle) -> LegendKey? {
    LegendKey(patch: Ink(rgb: style.color, opacity: 0.85), ink: Ink(rgb: style.color))
  }

  func summary(x xAxis: Axis, y yAxis: Axis) -> String {
    let told = zip(names.isEmpty ? positions.map(spoken) : names.map(plainText), heights).prefix(12)
      .map { "\($0) \(spoken($1))" }
    let more = heights.count > 12 ? ", and \(heights.count - 12) more" : ""
    return "\(count(heights.count, "bar"))\(quoted): \(told.joined(separator: ", "))\(more)"
  }
  var table: Table { Table("bars", label, [("x", positions), ("y", heights)]) }
}

extension Figure {
  /// Bars with names below them. Several calls with the same names make groups.
  public func bars(
    _ names: [String], _ heights: [Double], _ label: String = "", color: Color? = nil
  ) -> Figure {
    precondition(names.count == heights.count, "as many names as bars are wanted")
    let positions = names.indices.map(Double.init)
    return adding(Bars(positions: positions, heights: heights, names: names, label: label, color: color))
      .x(ticks: positions, labels: names)
  }

  /// The same for any sequences of numbers.
  @_disfavoredOverload
  public func bars(
    _ names: [String], _ heights: some Sequence<some Plottable>, _ label: String = "", color: Color? = nil
  ) -> Figure {
    bars(names, column(heights), label, color: color)
  }

  /// Bars at numbers.
  public func bars(
    _ x: [Double], _ heights: [Double], _ label: String = "", color: Color? = nil
  ) -> Figure {
    precondition(x.count == heights.count, "bars have \(x.count) places but \(heights.count) heights")
    return adding(Bars(positions: x, heights: heights, names: [], label: label, color: color))
  }

  /// The same for any sequences of numbers.
  @_disfavoredOverload
  public func bars(
    _ x: some Sequence<some Plottable>, _ heights: some Sequence<some Plottable>, _ label: String = "",
    color: Color? = nil
  ) -> Figure {
    bars(column(x), column(heights), label, color: color)
  }
}
