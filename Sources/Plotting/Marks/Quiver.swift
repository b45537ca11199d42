#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Arrows: a vector field at points.
struct Quiver: Mark {
  let x: [Double]
  let y: [Double]
  let u: [Double]
  let v: [Double]
  let label: String
  let color: Color?
  /// The length of vectors that the key shows; nil for one chosen, 0 for no key.
  let keyLength: Double?
  let isColored: Bool
  let map: ColorMap

  var extent: Extent { Extent(x: x, y: y) }
  var coloring: Coloring { isColored ? .none : .next(color) }
  var colorRange: ColorRange? {
    isColored ? ColorRange(lengths, map: map, scale: .linear, isThin: true) : nil
  }

  private var lengths: [Double] { zip(u, v).map { hypot($0, $1) } }

  /// CSS pixels for a vector of length 1: nine of ten arrows are shorter than arrows are apart, and none is longer than
  /// twice as much.
  private func unit(_ plot: Plot) -> Double {
    let sorted = lengths.filter(\.isFinite).sorted()
    guard let greatest = sorted.last, greatest > 0 else { return 0 }
    let longest = max(sorted[(sorted.count - 1) * 9 / 10], greatest / 2)
    let apart = (plot.box.width * plot.box.height / Double(x.count)).squareRoot()
    return min(max(apart, 8), 60) * 0.95 / longest
  }

  func draw(on plot: Plot, _ style: SeriesStyle) {
    let unit = unit(plot)
    let table = isColored ? (plot.colors?.table(on: plot.theme) ?? []) : []
    let colors = isColored ? plot.colors ?? colorRange : nil
    // Directions turn with a reversed axis.
    let (across, up) = (plot.x.settings.isReversed ? -unit : unit, plot.y.settings.isReversed ? -unit : unit)
    for index in x.indices {
      let start = plot.spot(x[index], y[index])
      guard start.isFinite, u[index].isFinite, v[index].isFinite else { continue }
      var ink = Ink(rgb: style.color)
      if let colors { ink.rgb = table[Int(colors.share(hypot(u[index], v[index])) * 255)] }
      plot.canvas.arrow(
        from: start, to: Spot(x: start.x + u[index] * across, y: start.y - v[index] * up), width: 1.1, ink)
    }
  }

  func drawOver(_ plot: Plot, _ style: SeriesStyle) throws(PlottingError) {
    guard keyLength != 0, let longest = lengths.filter(\.isFinite).max(), longest > 0 else { return }
    let value = keyLength ?? Ticks.linear(0, longest, count: 3).last { $0 * unit(plot) < 60 } ?? longest
    let length = value * unit(plot)
    let text = try plot.typesetter.set(TickLabels.plain(value), size: Metrics.tickText)
    let y = plot.box.top - 9
    let right = plot.box.right
    plot.canvas.draw(
      text, at: Spot(x: right, y: y), Canvas.Anchor(1, .figures), color: plot.theme.foreground,
      fonts: plot.typesetter.fonts)
    let end = right - text.width - 6
    let color = isColored ? plot.theme.foreground : style.color
    plot.canvas.arrow(from: Spot(x: end - length, y: y), to: Spot(x: end, y: y), width: 1.1, Ink(rgb: color))
  }

  var headroom: Double { keyLength == 0 || lengths.allSatisfy { !($0 > 0) } ? 0 : Metrics.tickText + 4 }

  func key(_ style: SeriesStyle) -> LegendKey? {
    LegendKey(line: Stroke(width: 1.3), ink: Ink(rgb: style.color))
  }

  func summary(x xAxis: Axis, y yAxis: Axis) -> String {
    "\(count(x.count, "arrow"))\(quoted) for x \(range(x)) and y \(range(y)), their lengths \(range(lengths))"
      + gaps(u, v)
  }
  var table: Table { Table("quiver", label, [("x", x), ("y", y), ("u", u), ("v", v)]) }
}

extension Canvas {
  /// An arrow whose head ends at `b`; a short one is all head.
  func arrow(from a: Spot, to b: Spot, width: Double, _ ink: Ink) {
    let length = hypot(b.x - a.x, b.y - a.y)
    guard length > 0.3, length.isFinite else { return }
    let head = min(3.6 * width + 2, length * 0.75)
    let half = head * 0.42
    let (ux, uy) = ((b.x - a.x) / length, (b.y - a.y) / length)
    let neck = Spot(x: b.x - ux * head, y: b.y - uy * head)
    let thin = min(width, head * 0.4) / 2
    // Shaft and head are one outline, so a pale arrow has no dark joint.
    let notch = Spot(x: neck.x + ux * head * 0.18, y: neck.y + uy * head * 0.18)
    fill(
      [
        Spot(x: a.x - uy * thin, y: a.y + ux * thin), Spot(x: notch.x - uy * thin, y: notch.y + ux * thin),
        Spot(x: neck.x - uy * half, y: neck.y + ux * half), b,
        Spot(x: neck.x + uy * half, y: neck.y - ux * half),
        Spot(x: notch.x + uy * thin, y: notch.y - ux * thin), Spot(x: a.x + uy * thin, y: a.y - ux * thin),
      ], ink)
  }
}

extension Figure {
  /// A vector field as arrows on a grid of `resolution` x `resolution` points. Most arrows are as long as points
  /// are apart at most; an arrow above the axes tells the scale. `colored` shows the length in colour too.
  public func quiver(
    x: ClosedRange<Double>, y: ClosedRange<Double>, _ label: String = "", color: Color? = nil,
    resolution: Int = 17,
    key: Double? = nil, colored: Bool = false, map: ColorMap = .viridis,
    of field: (Double, Double) throws -> (Double, Double)
  ) rethrows -> Figure {
    precondition(resolution >= 1, "a quiver needs a point")
    var columns: (x: [Double], y: [Double], u: [Double], v: [Double]) = ([], [], [], [])
    for row in 0..<resolution {
      for column in 0..<resolution {
        let px = x.lowerBound + (x.upperBound - x.lowerBound) * (Double(column) + 0.5) / Double(resolution)
        let py = y.lowerBound + (y.upperBound - y.lowerBound) * (Double(row) + 0.5) / Double(resolution)
        let (u, v) = try field(px, py)
        columns.x.append(px)
        columns.y.append(py)
        columns.u.append(u)
        columns.v.append(v)
      }
    }
    return quiver(
      columns.x, columns.y, columns.u, columns.v, label, color: color, key: key, colored: colored, map: map)
  }

  /// Arrows (u, v) at the points (x, y).
  public func quiver(
    _ x: [Double], _ y: [Double], _ u: [Double], _ v: [Double], _ label: String = "", color: Color? = nil,
    key: Double? = nil, colored: Bool = false, map: ColorMap = .viridis
  ) -> Figure {
    precondition(
      x.count == y.count && x.count == u.count && x.count == v.count, "a quiver's columns are equally long")
    return adding(
      Quiver(x: x, y: y, u: u, v: v, label: label, color: color, keyLength: key, isColored: colored, map: map)
    )
  }

  /// The same for any sequences of numbers.
  @_disfavoredOverload
  public func quiver(
    _ x: some Sequence<some Plottable>, _ y: some Sequence<some Plottable>,
    _ u: some Sequence<some Plottable>, _ v: some Sequence<some Plottable>, _ label: String = "",
    color: Color? = nil, key: Double? = nil, colored: Bool = false, map: ColorMap = .viridis
  ) -> Figure {
    quiver(
      column(x), column(y), column(u), column(v), label, color: color, key: key, colored: colored, map: map)
  }
}
