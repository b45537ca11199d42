#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The shape of a point, so that series can be told apart without colour.
public enum Marker: Sendable, Hashable, CaseIterable {
  case circle, square, triangle, diamond, cross, plus, downTriangle, star

  /// The outline at unit radius, y downwards; shapes are sized so that they look equally heavy.
  fileprivate var outline: [Spot] {
    func regular(_ radii: [Double], from angle: Double) -> [Spot] {
      radii.indices.map {
        let a = angle + 2 * Double.pi * Double($0) / Double(radii.count)
        return Spot(x: radii[$0] * cos(a), y: radii[$0] * sin(a))
      }
    }
    func bars(turnedBy angle: Double) -> [Spot] {
      let (l, h) = (1.15, 0.28)
      let corners = [
        (l, -h), (l, h), (h, h), (h, l), (-h, l), (-h, h), (-l, h), (-l, -h), (-h, -h), (-h, -l), (h, -l),
        (h, -h),
      ]
      return corners.map {
        Spot(x: $0.0 * cos(angle) - $0.1 * sin(angle), y: $0.0 * sin(angle) + $0.1 * cos(angle))
      }
    }
    return switch self {
    case .circle: []
    case .square: regular([1.25, 1.25, 1.25, 1.25], from: .pi / 4)
    case .triangle: regular([1.35, 1.35, 1.35], from: -.pi / 2)
    case .downTriangle: regular([1.35, 1.35, 1.35], from: .pi / 2)
    case .diamond: regular([1.3, 1.3, 1.3, 1.3], from: 0)
    case .cross: bars(turnedBy: .pi / 4)
    case .plus: bars(turnedBy: 0)
    case .star: regular([1.45, 0.62, 1.45, 0.62, 1.45, 0.62, 1.45, 0.62, 1.45, 0.62], from: -.pi / 2)
    }
  }
}

/// The coverage of a marker at one of 4 x 4 positions within a dot: thousands of points are then copied, not drawn.
struct Stamp {
  struct Key: Hashable {
    var marker: Marker
    var radius: Double
    var phase: Int
  }

  let size: Int
  let coverage: [UInt8]

  init(_ key: Key) {
    let reach = key.radius * 1.5 + 1
    let half = Int(reach.rounded(.up)) + 1
    size = 2 * half + 1
    let center = Spot(
      x: Double(half) + (Double(key.phase % 4) + 0.5) / 4, y: Double(half) + (Double(key.phase / 4) + 0.5) / 4
    )
    let outline = key.marker.outline.map {
      Spot(x: center.x + $0.x * key.radius, y: center.y + $0.y * key.radius)
    }
    let radius = key.radius
    let faint = min(1, radius * 2)
    var values: [UInt8] = []
    values.reserveCapacity(size * size)
    for y in 0..<size {
      for x in 0..<size {
        let share: Double
        if outline.isEmpty {
          let distance = hypot(Double(x) + 0.5 - center.x, Double(y) + 0.5 - center.y)
          share = min(max(max(radius, 0.5) + 0.5 - distance, 0), 1) * faint * faint
        } else {
          share = Self.share(of: outline, column: x, row: y)
        }
        values.append(UInt8(share * 255 + 0.5))
      }
    }
    coverage = values
  }

  /// The share of a dot within an outline, from 8 x 8 samples.
  private static func share(of outline: [Spot], column: Int, row: Int) -> Double {
    var inside = 0
    for j in 0..<8 {
      let y = Double(row) + (Double(j) + 0.5) / 8
      for i in 0..<8 {
        let x = Double(column) + (Double(i) + 0.5) / 8
        var isInside = false
        var before = outline[outline.count - 1]
        for spot in outline {
          if (spot.y > y) != (before.y > y),
            x < (before.x - spot.x) * (y - spot.y) / (before.y - spot.y) + spot.x
          {
            isInside.toggle()
          }
          before = spot
        }
        if isInside { inside += 1 }
      }
    }
    return Double(inside) / 64
  }
}

extension Canvas {
  /// Sets one marker; `radius` in CSS pixels. Markers that overlap do add up: their density shows.
  func mark(_ marker: Marker, at spot: Spot, radius: Double, _ ink: Ink) {
    let x = spot.x * scale
    let y = spot.y * scale
    let limit = radius * scale * 2 + 4
    guard x > Double(clip.left) - limit, x < Double(clip.right) + limit, y > Double(clip.top) - limit,
      y < Double(clip.bottom) + limit
    else { return }
    let (column, row) = (Int(x.rounded(.down)), Int(y.rounded(.down)))
    let phase = Int((x - Double(column)) * 4) + 4 * Int((y - Double(row)) * 4)
    let key = Stamp.Key(marker: marker, radius: (radius * scale * 16).rounded() / 16, phase: phase)
    let stamp: Stamp
    if let known = stamps[key] {
      stamp = known
    } else {
      stamp = Stamp(key)
      stamps[key] = stamp
    }
    let half = stamp.size / 2
    let area = Dots(left: column - half, top: row - half, right: column + half + 1, bottom: row + half + 1)
      .intersection(clip)
    guard !area.isEmpty else { return }
    let strength = UInt32((min(max(ink.opacity, 0), 1) * 256).rounded())
    stamp.coverage.withUnsafeBufferPointer { cover in
      for y in area.top..<area.bottom {
        let line = UnsafeMutableRawPointer(rows[y]!).assumingMemoryBound(to: UInt32.self)
        let offset = (y - row + half) * stamp.size - column + half
        for x in area.left..<area.right {
          let share = UInt32(cover[offset + x])
          if share == 0 { continue }
          line[x] = blend(ink.rgb, over: line[x], ((share &+ (share >> 7)) &* strength) >> 8)
        }
      }
    }
  }
}
