#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How a line is drawn: its width in CSS pixels, its pattern and its ends.
struct Stroke: Equatable, Sendable {
  var width: Double
  var dash: Dash = .solid
  var cap: Cap = .round

  enum Cap: Sendable {
    case butt, round
  }
}

extension Canvas {
  /// Strokes a polyline; a spot that is not finite is a gap.
  ///
  /// The stroke is the set of places within half its width of the polyline. Each dot's coverage follows from its
  /// centre's distance, and the greatest of the segments' coverages counts, so joins are round, and overlapping
  /// segments, dense zigzags and crossings are no darker than the rest.
  func stroke(_ line: [Spot], _ stroke: Stroke, _ ink: Ink) {
    var pen = Pen(canvas: self, stroke: stroke)
    var before: Spot?
    var isFirst = true
    for (index, spot) in line.enumerated() {
      let dot = Spot(x: spot.x * scale, y: spot.y * scale)
      guard dot.isFinite else {
        before = nil
        isFirst = true
        continue
      }
      guard let start = before else {
        before = dot
        pen.lift()
        if index + 1 == line.count || !line[index + 1].isFinite { pen.point(dot) }
        continue
      }
      // A fifth of a dot is not seen; a million points become the few that are.
      let ends = index + 1 == line.count || !line[index + 1].isFinite
      if abs(dot.x - start.x) < 0.2, abs(dot.y - start.y) < 0.2, !(ends && isFirst) { continue }
      pen.segment(from: start, to: dot, isFirst: isFirst, isLast: ends)
      isFirst = false
      before = dot
    }
    lay(ink, within: pen.touched.intersection(clip))
  }

  /// Strokes many polylines as one: where they overlap, the ink is not darker.
  func stroke(_ lines: [[Spot]], _ style: Stroke, _ ink: Ink) {
    var joined: [Spot] = []
    joined.reserveCapacity(lines.reduce(0) { $0 + $1.count + 1 })
    for line in lines {
      joined += line
      joined.append(Spot(x: .nan, y: .nan))
    }
    stroke(joined, style, ink)
  }
}

/// Writes the coverage of segments, whole or dashed.
private struct Pen {
  let canvas: Canvas
  let half: Float
  let peak: Float
  let reach: Double
  let pattern: [Double]
  let cap: Stroke.Cap
  private(set) var touched = Dots(left: .max, top: .max, right: 0, bottom: 0)
  private var travelled = 0.0

  init(canvas: Canvas, stroke: Stroke) {
    self.canvas = canvas
    let width = max(stroke.width * canvas.scale, 0.05)
    // A line thinner than a dot is one dot wide and paler.
    half = Float(max(width, 1) / 2)
    peak = Float(min(width, 1)) * 255
    reach = max(width, 1) / 2 + 0.5
    pattern = stroke.dash.lengths.map { $0 * max(width, canvas.scale) }
    cap = stroke.dash == .solid || stroke.dash == .dotted ? stroke.cap : .butt
  }

  mutating func lift() { travelled = 0 }

  mutating func point(_ dot: Spot) {
    cover(from: dot, to: dot, startsButt: false, endsButt: false)
  }

  mutating func segment(from a: Spot, to b: Spot, isFirst: Bool, isLast: Bool) {
    let length = hypot(b.x - a.x, b.y - a.y)
    defer { travelled += length }
    guard let (start, end) = visible(from: a, to: b) else { return }
    let isButt = cap == .butt
    guard !pattern.isEmpty, length > 0 else {
      cover(from: start, to: end, startsButt: isButt && isFirst, endsButt: isButt && isLast)
      return
    }
    // Dashes are cut from the part in sight; the pattern's phase counts all of the way travelled.
    let direction = Spot(x: (b.x - a.x) / length, y: (b.y - a.y) / length)
    let skipped = hypot(start.x - a.x, start.y - a.y)
    let total = hypot(end.x - start.x, end.y - start.y)
    let period = pattern.reduce(0, +)
    var phase = fmod(travelled + skipped, period)
    var index = 0
    while phase >= pattern[index] {
      phase -= pattern[index]
      index = (index + 1) % pattern.count
    }
    var position = 0.0
    while position < total {
      let rest = pattern[index] - phase
      let stop = min(position + rest, total)
      if index % 2 == 0 {
        let from = Spot(x: start.x + direction.x * position, y: start.y + direction.y * position)
        let to = Spot(x: start.x + direction.x * stop, y: start.y + direction.y * stop)
        let opens = position > 0 || phase == 0 || isFirst
        let closes = position + rest <= total || isLast
        cover(from: from, to: to, startsButt: isButt && opens, endsButt: isButt && closes)
      }
      position += rest
      phase = 0
      index = (index + 1) % pattern.count
    }
  }

  /// The part of a segment near the clip, so that far-off ends cost nothing (Liang and Barsky).
  private func visible(from a: Spot, to b: Spot) -> (Spot, Spot)? {
    let margin = reach + 2
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    var (enter, leave) = (0.0, 1.0)
    for (step, toLow, toHigh) in [
      (dx, Double(canvas.clip.left) - margin - a.x, Double(canvas.clip.right) + margin - a.x),
      (dy, Double(canvas.clip.top) - margin - a.y, Double(canvas.clip.bottom) + margin - a.y),
    ] {
      if step == 0 {
        if toLow > 0 || toHigh < 0 { return nil }
        continue
      }
      enter = max(enter, min(toLow / step, toHigh / step))
      leave = min(leave, max(toLow / step, toHigh / step))
    }
    guard enter <= leave else { return nil }
    let start = enter > 0 ? Spot(x: a.x + dx * enter, y: a.y + dy * enter) : a
    let end = leave < 1 ? Spot(x: a.x + dx * leave, y: a.y + dy * leave) : b
    return (start, end)
  }

  /// The coverage of all dots near one segment, a row at a time.
  private mutating func cover(from a: Spot, to b: Spot, startsButt: Bool, endsButt: Bool) {
    let clip = canvas.clip
    let top = max(clip.top, Int((min(a.y, b.y) - reach).rounded(.down)))
    let bottom = min(clip.bottom, Int((max(a.y, b.y) + reach).rounded(.up)))
    let leftmost = max(clip.left, Int((min(a.x, b.x) - reach).rounded(.down)))
    let rightmost = min(clip.right, Int((max(a.x, b.x) + reach).rounded(.up)))
    guard top < bottom, leftmost < rightmost else { return }
    touched = Dots(
      left: min(touched.left, leftmost), top: min(touched.top, top), right: max(touched.right, rightmost),
      bottom: max(touched.bottom, bottom))
    let length = hypot(b.x - a.x, b.y - a.y)
    let ux = length > 0 ? (b.x - a.x) / length : 1
    let uy = length > 0 ? (b.y - a.y) / length : 0
    let end = Float(length)
    let edge = Float(reach)
    for y in top..<bottom {
      let py = Double(y) + 0.5 - a.y
      var (low, high) = (Double(leftmost), Double(rightmost))
      if abs(uy) > 1e-9 {
        let (p, q) = (a.x + (py * ux - reach) / uy, a.x + (py * ux + reach) / uy)
        low = max(low, min(p, q) - 0.5)
        high = min(high, max(p, q) + 0.5)
      }
      guard low < high else { continue }
      let cover = canvas.coverage + y * canvas.width
      let first = Int(low)
      var along = Float((Double(first) + 0.5 - a.x) * ux + py * uy)
      var across = Float((Double(first) + 0.5 - a.x) * -uy + py * ux)
      let (stepAlong, stepAcross) = (Float(ux), Float(-uy))
      for x in first..<min(Int(high.rounded(.up)), rightmost) {
        var share: Float
        if along < 0 {
          share =
            startsButt
            ? min(edge - abs(across), 1) * max(along + 0.5, 0)
            : edge - (along * along + across * across).squareRoot()
        } else if along > end {
          let over = along - end
          share =
            endsButt
            ? min(edge - abs(across), 1) * max(0.5 - over, 0)
            : edge - (over * over + across * across).squareRoot()
        } else {
          share = min(edge - abs(across), 1)
          if startsButt { share *= min(along + 0.5, 1) }
          if endsButt { share *= min(end - along + 0.5, 1) }
        }
        if share > 0 {
          let value = UInt8(min(share, 1) * peak + 0.5)
          if value > cover[x] { cover[x] = value }
        }
        along += stepAlong
        across += stepAcross
      }
    }
  }
}
