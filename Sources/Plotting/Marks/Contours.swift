#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Lines of equal value, with their values written into them.
struct Contours: Mark {
  let field: Field
  let levels: [Double]
  let label: String
  let color: Color?
  let isLabelled: Bool
  let isColored: Bool
  let width: Double
  let map: ColorMap

  var extent: Extent { field.extent }
  var coloring: Coloring { isColored ? .none : .next(color) }
  var colorRange: ColorRange? {
    isColored ? ColorRange(field.values, map: map, scale: .linear, isThin: true) : nil
  }

  func draw(on plot: Plot, _ style: SeriesStyle) throws(PlottingError) {
    let table = isColored ? (plot.colors?.table(on: plot.theme) ?? []) : []
    let words = TickLabels(linear: levels)
    var written: [Spot] = []
    for (index, level) in levels.enumerated() {
      var ink = Ink(rgb: style.color)
      if let colors = plot.colors, isColored { ink.rgb = table[Int(colors.share(level) * 255)] }
      var lines = MarchingSquares(field).lines(at: level).map { line in line.map { plot.spot($0.x, $0.y) } }
      if isLabelled {
        let text = try plot.typesetter.set(words.labels[index], size: 10.5)
        lines = label(text, lines, plot, ink, &written)
      }
      plot.canvas.stroke(lines, Stroke(width: width, cap: .butt), ink)
    }
  }

  /// Writes the level into its longest line, where that is straightest and no other level is `written`, and leaves room
  /// for it.
  private func label(
    _ text: Typeset, _ lines: [[Spot]], _ plot: Plot, _ ink: Ink, _ written: inout [Spot]
  ) -> [[Spot]] {
    let room = text.width + 7
    guard let longest = lines.indices.max(by: { length(lines[$0]) < length(lines[$1]) }) else { return lines }
    let line = lines[longest]
    guard length(line) > 2.5 * room else { return lines }
    var along = [0.0]
    for (a, b) in zip(line, line.dropFirst()) {
      along.append(along[along.count - 1] + hypot(b.x - a.x, b.y - a.y))
    }
    func place(_ distance: Double) -> Spot {
      let index = min(max(along.firstIndex { $0 > distance } ?? along.count - 1, 1), along.count - 1)
      let share = (distance - along[index - 1]) / max(along[index] - along[index - 1], 1e-12)
      let (a, b) = (line[index - 1], line[index])
      return Spot(x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share)
    }
    var best: (score: Double, distance: Double)?
    let total = along[along.count - 1]
    let inner = plot.box.inset(by: text.height)
    for step in 1..<40 {
      let distance = total * Double(step) / 40
      guard distance > room, distance < total - room else { continue }
      let (a, b, middle) = (place(distance - room / 2), place(distance + room / 2), place(distance))
      guard min(a.x, b.x) > inner.left, max(a.x, b.x) < inner.right, min(a.y, b.y) > inner.top,
        max(a.y, b.y) < inner.bottom
      else { continue }
      guard !written.contains(where: { hypot($0.x - middle.x, $0.y - middle.y) < 1.2 * text.width }) else {
        continue
      }
      let bend = hypot((a.x + b.x) / 2 - middle.x, (a.y + b.y) / 2 - middle.y)
      // Level labels read best; straight places bend least.
      let score = bend + 1.5 * abs(b.y - a.y) / room
      if score < best?.score ?? .infinity { best = (score, distance) }
    }
    guard let best else { return lines }
    written.append(place(best.distance))
    let (start, end) = (best.distance - room / 2, best.distance + room / 2)
    let (a, b, middle) = (place(start), place(end), place(best.distance))
    var angle = atan2(-(b.y - a.y), b.x - a.x)
    if angle > .pi / 2 { angle -= .pi }
    if angle < -.pi / 2 { angle += .pi }
    plot.canvas.draw(
      text, at: middle, Canvas.Anchor(0.5, .figures), color: ink.rgb, angle: angle,
      fonts: plot.typesetter.fonts)
    var result = lines
    result[longest] = line.indices.filter { along[$0] < start }.map { line[$0] } + [a]
    result.append([b] + line.indices.filter { along[$0] > end }.map { line[$0] })
    return result
  }

  private func length(_ line: [Spot]) -> Double {
    zip(line, line.dropFirst()).reduce(0) { $0 + hypot($1.1.x - $1.0.x, $1.1.y - $1.0.y) }
  }

  func key(_ style: SeriesStyle) -> LegendKey? {
    LegendKey(line: Stroke(width: width), ink: Ink(rgb: style.color))
  }

  func summary(x xAxis: Axis, y yAxis: Axis) -> String {
    let at = levels.isEmpty ? "at no level" : "at \(levels.map(spoken).joined(separator: ", "))"
    return "contour lines\(quoted) \(at) of a field \(field.words)"
  }
  var table: Table { field.table("contours", label) }
}

extension Field {
  /// Round values inside the field's range, about `count` of them.
  func levels(_ count: Int) -> [Double] {
    guard let range = Interval(values), range.low < range.high else { return [] }
    let margin = (range.high - range.low) * 1e-3
    return Ticks.linear(range.low, range.high, count: count).filter {
      $0 > range.low + margin && $0 < range.high - margin
    }
  }
}

extension Figure {
  /// Contour lines of a function of the plane at `levels`, or at about `count` round values.
  public func contours(
    x: ClosedRange<Double>, y: ClosedRange<Double>, _ label: String = "", levels: [Double]? = nil,
    count: Int = 8,
    color: Color? = nil, labels: Bool = true, colored: Bool = false, width: Double = 1.1,
    map: ColorMap = .viridis,
    resolution: Int = 128, of f: (Double, Double) throws -> Double
  ) rethrows -> Figure {
    let field = try Field(over: x, y, resolution: resolution, f)
    return adding(
      Contours(
        field: field, levels: (levels ?? field.levels(count)).sorted(), label: label, color: color,
        isLabelled: labels, isColored: colored, width: width, map: map))
  }

  /// Contour lines of a table of values, whose `rows[0]` lies at the lowest y.
  public func contours(
    _ rows: [[Double]], x: ClosedRange<Double>, y: ClosedRange<Double>, _ label: String = "",
    levels: [Double]? = nil, count: Int = 8, color: Color? = nil, labels: Bool = true, colored: Bool = false,
    width: Double = 1.1, map: ColorMap = .viridis
  ) -> Figure {
    let field = Field(x: x, y: y, rows: rows)
    return adding(
      Contours(
        field: field, levels: (levels ?? field.levels(count)).sorted(), label: label, color: color,
        isLabelled: labels, isColored: colored, width: width, map: map))
  }
}
