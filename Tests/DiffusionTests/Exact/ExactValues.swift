/// What comparisons with values of higher precision share. The values were printed by `oracles/exact.py`, with mpmath 1.3.
enum Exact {
  /// The largest |a_i - b_i| / max(|b_i|, scale), 0 where both are the same; infinite where the counts differ.
  static func gap(_ a: [Double], _ b: [Double], scale: Double = 0) -> Double {
    guard a.count == b.count else { return .infinity }
    return zip(a, b).reduce(0) { worst, pair in
      pair.0 == pair.1 ? worst : larger(worst, abs(pair.0 - pair.1) / max(abs(pair.1), scale))
    }
  }
}
