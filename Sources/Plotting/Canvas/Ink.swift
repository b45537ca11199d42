/// What a shape is filled with: a colour 0xRRGGBB and how much of it.
struct Ink: Equatable, Sendable {
  var rgb: UInt32
  var opacity: Double = 1

  func faded(_ factor: Double) -> Ink { Ink(rgb: rgb, opacity: opacity * factor) }
}

/// `source` over `target`, `amount` in 0...256; red and blue are mixed in one multiplication.
@inline(__always)
func blend(_ source: UInt32, over target: UInt32, _ amount: UInt32) -> UInt32 {
  let rest = 256 &- amount
  let redBlue = ((source & 0xff00ff) &* amount &+ (target & 0xff00ff) &* rest &+ 0x800080) >> 8
  let green = ((source & 0x00ff00) &* amount &+ (target & 0x00ff00) &* rest &+ 0x008000) >> 8
  return (redBlue & 0xff00ff) | (green & 0x00ff00)
}

extension Canvas {
  /// Lays the coverage within `area` over the image, once, and clears it.
  func lay(_ ink: Ink, within area: Dots) {
    guard !area.isEmpty else { return }
    let strength = UInt32((min(max(ink.opacity, 0), 1) * 256).rounded())
    for y in area.top..<area.bottom {
      let row = UnsafeMutableRawPointer(rows[y]!).assumingMemoryBound(to: UInt32.self)
      let cover = coverage + y * width
      for x in area.left..<area.right where cover[x] != 0 {
        let share = UInt32(cover[x])
        cover[x] = 0
        // 255 of coverage is the whole: 255 + 1 of 256.
        row[x] = blend(ink.rgb, over: row[x], ((share &+ (share >> 7)) &* strength) >> 8)
      }
    }
  }

  /// Fills whole dots, without anti-aliasing: frames, ticks and grid lines.
  func fill(_ dots: Dots, _ ink: Ink) {
    let area = dots.intersection(clip)
    guard !area.isEmpty else { return }
    let amount = UInt32((min(max(ink.opacity, 0), 1) * 256).rounded())
    for y in area.top..<area.bottom {
      let row = UnsafeMutableRawPointer(rows[y]!).assumingMemoryBound(to: UInt32.self)
      for x in area.left..<area.right { row[x] = blend(ink.rgb, over: row[x], amount) }
    }
  }

  /// A line that is level or upright, set on whole dots so that it is crisp.
  func rule(from a: Spot, to b: Spot, width: Double, _ ink: Ink) {
    let thickness = max(1, Int((width * scale).rounded()))
    if a.y == b.y {
      let top = Int((a.y * scale - Double(thickness) / 2).rounded())
      let ends = (Int((min(a.x, b.x) * scale).rounded()), Int((max(a.x, b.x) * scale).rounded()))
      fill(Dots(left: ends.0, top: top, right: ends.1, bottom: top + thickness), ink)
    } else {
      let left = Int((a.x * scale - Double(thickness) / 2).rounded())
      let ends = (Int((min(a.y, b.y) * scale).rounded()), Int((max(a.y, b.y) * scale).rounded()))
      fill(Dots(left: left, top: ends.0, right: left + thickness, bottom: ends.1), ink)
    }
  }

  /// The frame of a rectangle, its lines centred on the edges and its corners square.
  func frame(_ box: Rectangle, width: Double, _ ink: Ink) {
    let thickness = max(1, Int((width * scale).rounded()))
    let half = Double(thickness) / 2
    let (left, right) = (Int((box.left * scale - half).rounded()), Int((box.right * scale - half).rounded()))
    let (top, bottom) = (Int((box.top * scale - half).rounded()), Int((box.bottom * scale - half).rounded()))
    fill(Dots(left: left, top: top, right: right + thickness, bottom: top + thickness), ink)
    fill(Dots(left: left, top: bottom, right: right + thickness, bottom: bottom + thickness), ink)
    fill(Dots(left: left, top: top + thickness, right: left + thickness, bottom: bottom), ink)
    fill(Dots(left: right, top: top + thickness, right: right + thickness, bottom: bottom), ink)
  }
}
