extension Canvas {
  /// Fills closed outlines (CSS pixels) with exact coverage.
  ///
  /// Every edge adds the signed area between itself and the right border to the dots that it crosses; a running sum
  /// along each row is the winding number weighted by coverage. Its absolute value, at most 1, is laid over the image:
  /// holes run against their outline, and what overlaps itself is not darker.
  func fill(_ outlines: [[Spot]], _ ink: Ink) {
    guard let area = accumulate(outlines) else { return }
    let stride = width + 2
    for y in area.top..<area.bottom {
      let row = areas + y * stride
      let cover = coverage + y * width
      var sum: Float = 0
      for x in area.left..<area.right {
        sum += row[x]
        row[x] = 0
        cover[x] = UInt8(min(abs(sum), 1) * 255 + 0.5)
      }
      row[area.right] = 0
      row[area.right + 1] = 0
    }
    lay(ink, within: area)
  }

  func fill(_ outline: [Spot], _ ink: Ink) { fill([outline], ink) }

  func fill(_ box: Rectangle, _ ink: Ink) {
    fill(
      [
        [
          Spot(x: box.left, y: box.top), Spot(x: box.right, y: box.top), Spot(x: box.right, y: box.bottom),
          Spot(x: box.left, y: box.bottom),
        ]
      ], ink)
  }

  /// Adds the outlines' edges to `areas`; returns the dots that may be covered.
  private func accumulate(_ outlines: [[Spot]]) -> Dots? {
    var low = (x: Double.infinity, y: Double.infinity)
    var high = (x: -Double.infinity, y: -Double.infinity)
    for outline in outlines {
      for spot in outline {
        low = (min(low.x, spot.x), min(low.y, spot.y))
        high = (max(high.x, spot.x), max(high.y, spot.y))
      }
    }
    guard low.x <= high.x, low.y <= high.y else { return nil }
    func dot(_ value: Double, within bounds: ClosedRange<Int>) -> Int {
      Int(min(max(value * scale, Double(bounds.lowerBound)), Double(bounds.upperBound)))
    }
    let area = Dots(
      left: dot(low.x, within: clip.left...max(clip.left, clip.right)),
      top: dot(low.y, within: clip.top...max(clip.top, clip.bottom)),
      right: min(dot(high.x, within: 0...width) + 1, clip.right),
      bottom: min(dot(high.y, within: 0...height) + 1, clip.bottom))
    guard !area.isEmpty else { return nil }
    for outline in outlines where outline.count > 2 {
      var before = outline[outline.count - 1]
      for spot in outline {
        edge(from: before, to: spot, in: area)
        before = spot
      }
    }
    return area
  }

  private func edge(from a: Spot, to b: Spot, in area: Dots) {
    guard a.y != b.y else { return }
    let direction: Float = a.y < b.y ? 1 : -1
    let upper = a.y < b.y ? a : b
    let lower = a.y < b.y ? b : a
    let start = max(upper.y * scale, Double(area.top))
    let end = min(lower.y * scale, Double(area.bottom))
    guard start < end else { return }
    let slope = (lower.x - upper.x) / (lower.y - upper.y)
    let (left, right) = (Double(area.left), Double(area.right))
    var x = upper.x * scale + (start - upper.y * scale) * slope
    var y = start
    for index in Int(start)..<Int(end.rounded(.up)) {
      let next = min(Double(index + 1), end)
      let following = x + (next - y) * slope
      span(
        row: areas + index * (width + 2), from: min(max(x, left), right),
        to: min(max(following, left), right),
        height: Float(next - y) * direction)
      x = following
      y = next
    }
  }

  /// One edge within one row of dots: how much of each dot lies to the right of it.
  private func span(row: UnsafeMutablePointer<Float>, from a: Double, to b: Double, height: Float) {
    let low = min(a, b)
    let high = max(a, b)
    let first = Int(low)
    let last = Int(high.rounded(.up))
    if last <= first + 1 {
      let middle = Float((a + b) / 2 - Double(first))
      row[first] += height * (1 - middle)
      row[first + 1] += height * middle
      return
    }
    // The edge crosses several dots: a triangle in the first, a triangle left over in the last, ramps between.
    let share = Float(1 / (high - low))
    let into = Float(low - Double(first))
    let out = Float(high - Double(last) + 1)
    let head = 0.5 * share * (1 - into) * (1 - into)
    let tail = 0.5 * share * out * out
    row[first] += height * head
    if last == first + 2 {
      row[first + 1] += height * (1 - head - tail)
    } else {
      let second = share * (1.5 - into)
      row[first + 1] += height * (second - head)
      for x in (first + 2)..<(last - 1) { row[x] += height * share }
      row[last - 1] += height * (1 - second - Float(last - first - 3) * share - tail)
    }
    row[last] += height * tail
  }
}
