#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Lines along a vector field, evenly spaced.
struct Streamlines: Mark {
  let lines: [[SIMD2<Double>]]
  /// The field's speed at each point of each line; empty where it is not shown.
  let speeds: [[Double]]
  let region: Extent
  let label: String
  let color: Color?
  let width: Double
  let map: ColorMap

  var extent: Extent { region }
  var coloring: Coloring { speeds.isEmpty ? .next(color) : .none }
  var colorRange: ColorRange? {
    speeds.isEmpty ? nil : ColorRange(speeds.flatMap { $0 }, map: map, scale: .linear, isThin: true)
  }

  func draw(on plot: Plot, _ style: SeriesStyle) {
    let spots = lines.map { $0.map { plot.spot($0.x, $0.y) } }
    if let colors = plot.colors, !speeds.isEmpty {
      plot.canvas.stroke(
        spots, shares: speeds.map { $0.map(colors.share) }, table: (plot.colors?.table(on: plot.theme) ?? []),
        width: width)
    } else {
      plot.canvas.stroke(spots, Stroke(width: width), Ink(rgb: style.color))
    }
    let table = speeds.isEmpty ? [] : (plot.colors?.table(on: plot.theme) ?? [])
    for (index, line) in spots.enumerated() where line.count > 4 {
      for middle in heads(line) {
        var ink = Ink(rgb: style.color)
        if let colors = plot.colors, !speeds.isEmpty {
          ink.rgb = table[Int(colors.share(speeds[index][middle]) * 255)]
        }
        plot.canvas.arrowhead(at: line[middle], from: line[middle - 2], size: 3.2 + 2 * width, ink)
      }
    }
  }

  /// Where the heads are: one in the middle, and on a long line one every 150 CSS pixels.
  private func heads(_ line: [Spot]) -> [Int] {
    let length = zip(line, line.dropFirst()).reduce(0) { $0 + hypot($1.1.x - $1.0.x, $1.1.y - $1.0.y) }
    let count = max(1, Int(length / 150))
    return (0..<count).map { max(2, Int((Double($0) + 0.5) / Double(count) * Double(line.count))) }
  }

  func key(_ style: SeriesStyle) -> LegendKey? {
    LegendKey(line: Stroke(width: width), ink: Ink(rgb: style.color))
  }

  func summary(x xAxis: Axis, y yAxis: Axis) -> String {
    let speed = speeds.isEmpty ? "" : ", the speed \(range(speeds.flatMap { $0 }))"
    return "\(count(lines.count, "streamline"))\(quoted) of a vector field\(speed)"
  }

  var table: Table {
    let numbers = lines.enumerated().flatMap { index, line in line.map { _ in Double(index + 1) } }
    return Table(
      "streamlines", label,
      [("line", numbers), ("x", lines.flatMap { $0.map(\.x) }), ("y", lines.flatMap { $0.map(\.y) })])
  }
}

extension Canvas {
  /// The head of an arrow in the middle of a line.
  func arrowhead(at spot: Spot, from before: Spot, size: Double, _ ink: Ink) {
    let length = hypot(spot.x - before.x, spot.y - before.y)
    guard length > 0, length.isFinite else { return }
    let (ux, uy) = ((spot.x - before.x) / length * size, (spot.y - before.y) / length * size)
    fill(
      [
        Spot(x: spot.x + ux * 0.6, y: spot.y + uy * 0.6),
        Spot(x: spot.x - ux * 0.4 - uy * 0.45, y: spot.y - uy * 0.4 + ux * 0.45),
        Spot(x: spot.x - ux * 0.15, y: spot.y - uy * 0.15),
        Spot(x: spot.x - ux * 0.4 + uy * 0.45, y: spot.y - uy * 0.4 - ux * 0.45),
      ], ink)
  }
}

extension Figure {
  /// Streamlines of a vector field over a rectangle, evenly spaced: `density` 1 makes about 24 across, 2 twice as
  /// many. `colored` shows the speed.
  public func streamlines(
    x: ClosedRange<Double>, y: ClosedRange<Double>, _ label: String = "", density: Double = 1,
    color: Color? = nil,
    colored: Bool = false, width: Double = 1.2, map: ColorMap = .viridis,
    of field: (Double, Double) throws -> (Double, Double)
  ) rethrows -> Figure {
    precondition(density > 0, "a density is positive")
    let flow = try SampledFlow(over: x, y, field)
    let lines = StreamlineTracer(flow, separation: 1 / (24 * density)).lines
    let (origin, size) = (
      SIMD2(x.lowerBound, y.lowerBound), SIMD2(x.upperBound - x.lowerBound, y.upperBound - y.lowerBound)
    )
    return adding(
      Streamlines(
        lines: lines.map { $0.map { origin + $0 * size } },
        speeds: colored ? lines.map { $0.map { flow.speed(at: $0) } } : [],
        region: Extent(x: [x.lowerBound, x.upperBound], y: [y.lowerBound, y.upperBound], tight: .all),
        label: label,
        color: color, width: width, map: map))
  }
}
