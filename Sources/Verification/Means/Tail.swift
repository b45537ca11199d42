import Glibc

/// How heavy the tail of a stream of numbers is: the largest magnitudes and the index of the generalised
/// Pareto distribution that they follow.
///
/// A mean whose summand has index above 1/2 has no variance, and its standard error means nothing. The
/// index is estimated by probability-weighted moments of the excesses (Hosking and Wallis, Parameter and
/// quantile estimation for the generalized Pareto distribution, Technometrics 29, 1987), whose standard
/// error with `kept` = 256 excesses is about 0.08.
struct Tail {
  static let kept = 256
  static let standardError = 0.08
  private var largest: [Double] = []
  private var threshold = 0.0

  mutating func add(_ x: Double) {
    let magnitude = x.magnitude
    guard magnitude > threshold else { return }
    largest.append(magnitude)
    guard largest.count >= 4 * Tail.kept else { return }
    largest.sort(by: >)
    largest.removeLast(largest.count - Tail.kept - 1)
    threshold = largest[Tail.kept]
  }

  /// 0 for an exponential tail, negative for a bounded one, 1/a for a tail like x^-a.
  var index: Double {
    let sorted = largest.sorted(by: >)
    let n = min(Tail.kept, sorted.count - 1)
    guard n >= 32 else { return 0 }
    let base = sorted[n]
    var mean = 0.0
    var weighted = 0.0
    // Ascending excesses x_1 <= ... <= x_n, weighted by the share (n - i) / n above each.
    for i in 1...n {
      let excess = sorted[n - i] - base
      mean += excess / Double(n)
      weighted += excess * (Double(n) - Double(i) + 0.35) / Double(n * n)
    }
    // Excesses that pile up at a bound have weighted means beyond the family's: as light as a tail can be.
    guard mean > 2 * weighted else { return -.infinity }
    return 2 - mean / (mean - 2 * weighted)
  }
}
