#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// At most 256 colours that stand for those of images, and the way from one to the other.
///
/// Figures have few inks, but their mixtures at the edges make hundreds of colours. All are counted; if there are more
/// than 256, they are parted by median cut (Heckbert, Color Image Quantization for Frame Buffer Display, 1982), the
/// box with the greatest squared error first.
struct Palette {
  private(set) var colors: [UInt32] = []
  /// The greatest difference in one channel between a colour and its stand-in.
  private(set) var worst = 0
  /// The root mean square difference over the dots of areas: bands in a field are seen long before edges.
  private(set) var banding = 0.0
  private var lookup: ColorTable

  var isFaithful: Bool { worst <= Self.visible.worst && banding <= Self.visible.banding }

  /// The differences that are not seen: in the few dots at an edge, and in areas.
  private static let visible = (worst: 48, banding: 1.3)
  /// A colour of so many dots is an area's, not an edge's.
  private static let area = 60
  /// With more colours than these, an image is kept in full colour.
  static let most = 30_000

  /// The palette for colours that are counted.
  init(_ counted: ColorTable, limit: Int = 256) {
    lookup = counted
    var entries = counted.entries
    if entries.count <= limit {
      colors = entries.map(\.color)
    } else {
      colors = Self.medianCut(&entries, limit)
      for _ in 0..<2 { settle(entries) }
    }
    var squares = 0.0
    var dots = 0
    for entry in entries {
      let off = Self.channels(entry.color) - Self.channels(colors[assign(entry.color)])
      guard entry.value >= Self.area else { continue }
      squares += (off * off).sum() * Double(entry.value)
      dots += entry.value
    }
    banding = dots > 0 ? (squares / Double(dots)).squareRoot() : 0
  }

  /// Moves each colour to the mean of those nearest to it (Lloyd's iteration), except where one dominates.
  private mutating func settle(_ entries: [ColorTable.Entry]) {
    var sums = [SIMD3<Double>](repeating: .zero, count: colors.count)
    var weights = [Double](repeating: 0, count: colors.count)
    var heaviest = [(weight: Double, color: UInt32)](repeating: (0, 0), count: colors.count)
    for entry in entries {
      let index = nearest(entry.color)
      let weight = Self.weight(entry)
      sums[index] += Self.channels(entry.color) * weight
      weights[index] += weight
      if weight > heaviest[index].weight { heaviest[index] = (weight, entry.color) }
    }
    for index in colors.indices where weights[index] > 0 {
      if heaviest[index].weight > 0.5 * weights[index] {
        colors[index] = heaviest[index].color
      } else {
        let mean = (sums[index] / weights[index]).rounded(.toNearestOrAwayFromZero)
        colors[index] = UInt32(mean.x) << 16 | UInt32(mean.y) << 8 | UInt32(mean.z)
      }
    }
  }

  private static func channels(_ color: UInt32) -> SIMD3<Double> {
    SIMD3(Double(color >> 16), Double(color >> 8 & 255), Double(color & 255))
  }

  private func nearest(_ color: UInt32) -> Int {
    var best = 0
    var least = Int.max
    for (index, candidate) in colors.enumerated() {
      let distance = Self.distance(color, candidate)
      if distance < least { (best, least) = (index, distance) }
    }
    return best
  }

  /// Finds a colour's stand-in, and remembers it.
  @discardableResult
  private mutating func assign(_ color: UInt32) -> Int {
    let best = nearest(color)
    lookup.set(color, best)
    for shift: UInt32 in [0, 8, 16] {
      worst = max(worst, abs(Int(color >> shift & 255) - Int(colors[best] >> shift & 255)))
    }
    return best
  }

  /// The index of a colour's stand-in, also of a colour that was not counted.
  @inline(__always)
  private mutating func index(_ color: UInt32) -> UInt8 {
    if let known = lookup.value(color) { return UInt8(known) }
    return UInt8(assign(color))
  }

  private static func distance(_ a: UInt32, _ b: UInt32) -> Int {
    let red = Int(a >> 16) - Int(b >> 16)
    let green = Int(a >> 8 & 255) - Int(b >> 8 & 255)
    let blue = Int(a & 255) - Int(b & 255)
    return 2 * red * red + 4 * green * green + blue * blue
  }

  /// Palette indices for a row of dots.
  mutating func translate(_ row: UnsafePointer<Int32>, _ count: Int, to target: UnsafeMutablePointer<UInt8>) {
    var last = UInt32(bitPattern: row[0])
    var index = index(last)
    for x in 0..<count {
      let color = UInt32(bitPattern: row[x])
      if color != last {
        last = color
        index = self.index(color)
      }
      target[x] = index
    }
  }

  private struct Box {
    var range: Range<Int>
    var shift: UInt32
    var error: Double
    var mean: UInt32
  }

  private static func medianCut(_ entries: inout [ColorTable.Entry], _ limit: Int) -> [UInt32] {
    var boxes = [box(entries, entries.indices)]
    while boxes.count < limit {
      let index = boxes.indices.max { boxes[$0].error < boxes[$1].error }!
      let widest = boxes[index]
      guard widest.error > 0, widest.range.count > 1 else { break }
      entries[widest.range].sort {
        ($0.color >> widest.shift & 255, $0.color) < ($1.color >> widest.shift & 255, $1.color)
      }
      let cut = split(entries, widest)
      boxes[index] = box(entries, widest.range.lowerBound..<cut)
      boxes.append(box(entries, cut..<widest.range.upperBound))
    }
    return boxes.map(\.mean)
  }

  /// Weights tame the background, which is most of every figure: rare mixtures matter at edges.
  private static func weight(_ entry: ColorTable.Entry) -> Double { pow(Double(entry.value), 0.75) }

  private static func box(_ entries: [ColorTable.Entry], _ range: Range<Int>) -> Box {
    var weights = 0.0
    var sums = SIMD3<Double>()
    var squares = SIMD3<Double>()
    for entry in entries[range] {
      let weight = weight(entry)
      let color = channels(entry.color)
      weights += weight
      sums += color * weight
      squares += color * color * weight
    }
    let mean = sums / weights
    let errors = (squares - sums * mean) * SIMD3(2, 4, 1)
    let channel = errors.y >= errors.x && errors.y >= errors.z ? 1 : errors.x >= errors.z ? 0 : 2
    let rounded = mean.rounded(.toNearestOrAwayFromZero)
    // A colour that dominates its box, such as the background, is kept as it is.
    let most = entries[range].max { $0.value < $1.value }!
    let isDominant = weight(most) > 0.5 * weights
    let color = UInt32(rounded.x) << 16 | UInt32(rounded.y) << 8 | UInt32(rounded.z)
    return Box(
      range: range, shift: [16, 8, 0][channel], error: max(errors[channel], 0),
      mean: isDominant ? most.color : color)
  }

  /// Cuts at the mean of the widest channel, which lowers the squared error more than the median does.
  private static func split(_ entries: [ColorTable.Entry], _ box: Box) -> Int {
    var weights = 0.0
    var sum = 0.0
    for entry in entries[box.range] {
      weights += weight(entry)
      sum += weight(entry) * Double(entry.color >> box.shift & 255)
    }
    let mean = sum / weights
    let cut =
      box.range.first { Double(entries[$0].color >> box.shift & 255) > mean } ?? box.range.upperBound - 1
    return max(cut, box.range.lowerBound + 1)
  }
}
