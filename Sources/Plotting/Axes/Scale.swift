#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How an axis carries its values.
public enum Scale: Hashable, Sendable {
  case linear
  /// Equal ratios are equally long; all values must be positive.
  case log

  /// The coordinate in which the axis is even.
  @inline(__always)
  func forward(_ value: Double) -> Double { self == .log ? log10(value) : value }
  func backward(_ value: Double) -> Double { self == .log ? pow(10, value) : value }
}

/// An interval of finite numbers that grows.
struct Interval: Hashable, Sendable {
  var low: Double
  var high: Double

  init(_ low: Double, _ high: Double) {
    self.low = low
    self.high = high
  }

  /// The finite values' interval; nil where there are none.
  init?(_ values: some Sequence<Double>) {
    var low = Double.infinity
    var high = -Double.infinity
    for value in values where value.isFinite {
      if value < low { low = value }
      if value > high { high = value }
    }
    guard low <= high else { return nil }
    self.init(low, high)
  }

  func union(_ other: Interval?) -> Interval {
    guard let other else { return self }
    return Interval(min(low, other.low), max(high, other.high))
  }
}

func union(_ a: Interval?, _ b: Interval?) -> Interval? { a?.union(b) ?? b }
