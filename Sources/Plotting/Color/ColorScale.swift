#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How values become colours.
public enum ColorScale: Hashable, Sendable {
  case linear
  case log
  /// Both sides of a value alike, for diverging colour maps.
  case centered(at: Double)

  /// Both sides of zero alike.
  public static let centered = ColorScale.centered(at: 0)
}

/// A colour scale whose range is known.
struct ColorRange: Hashable, Sendable {
  var map: ColorMap
  var scale: ColorScale
  var low: Double
  var high: Double
  /// Only lines and points have these colours.
  var isThin = false
  /// Where bands of one colour meet; empty where colours flow.
  var levels: [Double] = []

  /// The colours of the bands: the whole map, evenly.
  var bandShares: [Double] { (0...levels.count).map { Double($0) / Double(max(levels.count, 1)) } }

  /// 256 colours from the lowest to the highest value.
  func table(on theme: Theme) -> [UInt32] { isThin ? map.thinTable(on: theme) : map.table(on: theme) }

  /// Covers finite values; `bounds` overrules them.
  init(
    _ values: [Double], map: ColorMap, scale: ColorScale, bounds: ClosedRange<Double>? = nil,
    isThin: Bool = false
  ) {
    self.isThin = isThin
    self.map = map
    self.scale = scale
    var low = Double.infinity
    var high = -Double.infinity
    for value in values where value.isFinite && (scale != .log || value > 0) {
      low = min(low, value)
      high = max(high, value)
    }
    if let bounds { (low, high) = (bounds.lowerBound, bounds.upperBound) }
    if low > high { (low, high) = scale == .log ? (1, 10) : (0, 1) }
    if case .centered(let center) = scale, bounds == nil {
      let reach = max(abs(high - center), abs(low - center))
      (low, high) = (center - reach, center + reach)
    }
    if low == high {
      let reach = low == 0 ? 1 : abs(low) / 2
      (low, high) = (low - reach, high + reach)
    }
    self.low = low
    self.high = high
  }

  /// Covers both ranges; the first one's map and scale.
  func union(_ other: ColorRange) -> ColorRange {
    var both = self
    both.low = min(low, other.low)
    both.high = max(high, other.high)
    both.isThin = isThin && other.isThin
    return both
  }

  /// From 0 at the lowest to 1 at the highest value; NaN where there is no colour.
  func share(_ value: Double) -> Double {
    guard value == value else { return .nan }
    if scale == .log {
      guard value > 0 else { return .nan }
      return min(max((logarithm(value) - logarithm(low)) / (logarithm(high) - logarithm(low)), 0), 1)
    }
    return min(max((value - low) / (high - low), 0), 1)
  }
}

private func logarithm(_ value: Double) -> Double { log(value) }
