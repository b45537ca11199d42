import RealModule

/// What comparisons with other libraries share. The values were printed by `oracles/pins.py`, in double precision.
enum Peer {
  /// n points of R^d that both sides compute for themselves.
  static func cloud(_ n: Int, _ d: Int, _ a: Double) -> [Double] {
    (0..<n * d).map { place in
      let (i, j) = (Double(place / d), Double(place % d))
      return a * Double.sin(1.7 * i + 0.9 * j + a) + 0.3 * j
    }
  }

  /// The largest |a_i - b_i| / max(1, |b_i|); infinite where the counts differ.
  static func gap(_ a: some Collection<Double>, _ b: some Collection<Double>) -> Double {
    guard a.count == b.count else { return .infinity }
    return zip(a, b).reduce(0) { larger($0, abs($1.0 - $1.1) / max(1, abs($1.1))) }
  }
}
