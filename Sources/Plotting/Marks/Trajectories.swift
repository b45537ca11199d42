/// Paths of many particles through the plane, coloured by time.
struct Trajectories: Mark {
  let paths: [(x: [Double], y: [Double])]
  let times: [Double]
  let label: String
  let width: Double
  let opacity: Double
  let map: ColorMap
  let showsEnds: Bool

  var extent: Extent { Extent(x: paths.flatMap(\.x), y: paths.flatMap(\.y)) }
  var colorRange: ColorRange? { ColorRange(times, map: map, scale: .linear, isThin: true) }

  func draw(on plot: Plot, _ style: SeriesStyle) {
    guard let colors = plot.colors else { return }
    let table = (plot.colors?.table(on: plot.theme) ?? [])
    let shares = times.map(colors.share)
    plot.canvas.stroke(
      paths.map { plot.spots($0.x, $0.y) }, shares: paths.map { _ in shares }, table: table, width: width,
      opacity: opacity)
    guard showsEnds else { return }
    for path in paths {
      let spots = plot.spots(path.x, path.y)
      for (spot, share) in [(spots.first, shares.first), (spots.last, shares.last)] {
        guard let spot, let share, spot.isFinite, share == share else { continue }
        plot.canvas.mark(.circle, at: spot, radius: 1.9, Ink(rgb: table[Int(share * 255)]))
      }
    }
  }

  func summary(x xAxis: Axis, y yAxis: Axis) -> String {
    let starts = paths.compactMap { path in path.x.first.map { ($0, path.y[0]) } }
    let ends = paths.compactMap { path in path.x.last.map { ($0, path.y[path.y.count - 1]) } }
    func box(_ points: [(Double, Double)]) -> String {
      "x \(range(points.map(\.0))) and y \(range(points.map(\.1)))"
    }
    return "\(count(paths.count, "trajectory").replacingY)\(quoted), coloured by time \(range(times)), "
      + "beginning with \(box(starts)) and ending with \(box(ends))"
  }

  var table: Table {
    var columns: (path: [Double], time: [Double], x: [Double], y: [Double]) = ([], [], [], [])
    for (index, path) in paths.enumerated() {
      columns.path += path.x.map { _ in Double(index + 1) }
      columns.time += times
      columns.x += path.x
      columns.y += path.y
    }
    return Table(
      "trajectories", label,
      [("path", columns.path), ("time", columns.time), ("x", columns.x), ("y", columns.y)])
  }
}

extension String {
  /// The plural of a noun in -y.
  fileprivate var replacingY: String { hasSuffix("ys") ? dropLast(2) + "ies" : self }
}

/// Many curves over the same times: sample paths of one variable.
struct Spaghetti: Mark {
  let x: [Double]
  let curves: [[Double]]
  let label: String
  let color: Color?
  let width: Double
  let opacity: Double

  var extent: Extent { Extent(x: x, y: curves.flatMap { $0 }) }
  var coloring: Coloring { .next(color) }

  func draw(on plot: Plot, _ style: SeriesStyle) {
    for curve in curves {
      plot.canvas.stroke(plot.spots(x, curve), Stroke(width: width), Ink(rgb: style.color, opacity: opacity))
    }
  }

  func key(_ style: SeriesStyle) -> LegendKey? {
    LegendKey(line: Stroke(width: 1.5), ink: Ink(rgb: style.color))
  }

  func summary(x xAxis: Axis, y yAxis: Axis) -> String {
    "\(count(curves.count, "curve"))\(quoted) for x \(range(x)), beginning \(range(curves.compactMap(\.first))), "
      + "ending \(range(curves.compactMap(\.last)))"
  }

  var table: Table {
    Table(
      "curves", label,
      [
        ("path", curves.indices.flatMap { index in x.map { _ in Double(index + 1) } }),
        ("x", curves.flatMap { _ in x }), ("y", curves.flatMap { $0 }),
      ])
  }
}

extension Figure {
  /// The paths of particles through the plane, coloured by time; a path is a sequence of points, all at the same
  /// `times` (from 0 to 1 evenly, if not given). Dots mark both ends.
  public func trajectories<Path: Sequence>(
    _ paths: some Sequence<Path>, times: [Double]? = nil, _ label: String = "", width: Double = 1.2,
    opacity: Double = 0.9, map: ColorMap = .viridis, ends: Bool = true
  ) -> Figure where Path.Element: PlottablePoint {
    let paths = paths.map { coordinates($0) }
    let length = paths.first?.x.count ?? 0
    precondition(paths.allSatisfy { $0.x.count == length }, "all paths have as many points")
    precondition(times == nil || times!.count == length, "a path has as many points as there are times")
    let times = times ?? (0..<length).map { Double($0) / Double(max(length - 1, 1)) }
    return adding(
      Trajectories(
        paths: paths, times: times, label: label, width: width, opacity: opacity, map: map, showsEnds: ends))
  }

  /// Many curves over the same x, of one colour and pale where they are many: sample paths.
  public func lines(
    _ x: [Double], _ curves: [[Double]], _ label: String = "", color: Color? = nil, width: Double = 1,
    opacity: Double? = nil
  ) -> Figure {
    precondition(curves.allSatisfy { $0.count == x.count }, "each curve has as many values as there are x")
    let pale = curves.count > 100 ? 0.15 : curves.count > 20 ? 0.35 : 0.7
    return adding(
      Spaghetti(x: x, curves: curves, label: label, color: color, width: width, opacity: opacity ?? pale))
  }

  /// The same for any sequences of numbers.
  @_disfavoredOverload
  public func lines<Curve: Sequence>(
    _ x: some Sequence<some Plottable>, _ curves: some Sequence<Curve>, _ label: String = "",
    color: Color? = nil,
    width: Double = 1, opacity: Double? = nil
  ) -> Figure where Curve.Element: Plottable {
    lines(column(x), curves.map { column($0) }, label, color: color, width: width, opacity: opacity)
  }
}
