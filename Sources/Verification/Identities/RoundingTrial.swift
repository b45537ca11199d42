internal import CRounding

/// One of about ten repetitions of a computation under changed rounding.
///
/// The largest change among them is the measure of a side's rounding error. Arithmetic is rounded up,
/// down or towards zero as a whole, results of exp, log, sin, ... move by a unit in the last place at
/// random, and in the trials that round to nearest so do the coordinates, which gives every operation
/// another rounding error. (Any of these alone misses errors: the modes where they offset each other, moved
/// coordinates where terms cancel.)
/// Compare Parker, Pierce, Eggert, Monte Carlo arithmetic, Comput. Sci. Eng. 2, 2000.
struct RoundingTrial {
  let number: UInt64
  let mode: Int

  /// The first two are run everywhere, the others where it matters.
  static let all: [RoundingTrial] = [
    (1, rounding_upward), (2, rounding_downward), (3, rounding_towardzero), (4, rounding_nearest),
    (5, rounding_nearest), (6, rounding_nearest), (7, rounding_upward), (8, rounding_downward),
    (9, rounding_nearest), (10, rounding_nearest),
  ].map { RoundingTrial(number: $0.0, mode: Int($0.1)) }

  static let everywhere = 2

  /// Whether the caller runs within a trial, where the values of estimates count and their errors don't.
  static var isRunning: Bool { current != 0 }

  /// The number of the trial in which the caller runs; 0 outside of trials.
  static var current: UInt64 { rounding_trial() }

  /// The point as this trial sees it: coordinates move by a few units in the last place, inwards at the ends
  /// of their `ranges`, so that no trial leaves the domain. Integers stay: they may be counts or indices.
  func moved(_ point: [Double], within ranges: [ClosedRange<Double>]) -> [Double] {
    guard mode == Int(rounding_nearest) else { return point }
    return zip(point, ranges).enumerated().map { axis, item in
      let (x, range) = item
      guard x != x.rounded() else { return x }
      let by = Double(1 + (Int(number) + axis) % 3) * x.ulp
      let isUp = (Int(number) * 5 + axis * 3) % 2 == 0
      if range.contains(isUp ? x + by : x - by) { return isUp ? x + by : x - by }
      return range.contains(isUp ? x - by : x + by) ? (isUp ? x - by : x + by) : x
    }
  }

  func run<T>(_ body: () throws -> T) rethrows -> T {
    rounding_begin(number, Int32(mode))
    defer { rounding_end() }
    return try body()
  }
}
