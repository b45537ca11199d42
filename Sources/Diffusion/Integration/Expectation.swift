/// A mean over independent draws, with what chance leaves of error.
public struct MeanEstimate: Hashable, Sendable {
  /// The mean found.
  public let value: Double

  /// The standard deviation of the summands over the root of their number; infinite for fewer than two.
  public let standardError: Double

  /// How many draws were averaged.
  public let count: Int

  /// The mean of given summands, which need not be kept: they are summed about the first, so that a spread small beside
  /// the mean keeps its digits.
  @inlinable
  public init(count: Int, of summand: (Int) -> Double) {
    precondition(count > 0, "the mean of no draws")
    let first = summand(0)
    var (sum, squares) = (0.0, 0.0)
    for i in 1..<max(count, 1) {
      let offset = summand(i) - first
      sum += offset
      squares += offset * offset
    }
    let n = Double(count)
    value = first + sum / n
    let spread = larger(0, squares - sum * sum / n)
    standardError = count < 2 ? .infinity : (spread / (n - 1) / n).squareRoot()
    self.count = count
  }
}

extension Law {
  /// E[f(x)] by Monte Carlo: the mean over `count` independent draws, read from the beginning of the stream.
  ///
  /// `let mean = law.expectation(draws: 10_000, from: stream) { (x: Double) in x * x }`
  @inlinable
  public func expectation<P: Point>(
    draws count: Int, from stream: RandomStream, of f: (P) -> Double
  ) -> MeanEstimate {
    var generator = stream
    return MeanEstimate(count: count) { _ in f(sample(using: &generator)) }
  }
}

extension GaussHermite {
  /// E[f(x)] under a Gaussian of any dimension d, by the product rule along its principal axes: exact for polynomials
  /// of degree below 2 `count` in each coordinate. `count`^d evaluations.
  public func expectation<P: Point>(under law: Gaussian, of f: (P) -> Double) -> Double
  where P.Scalar == Double {
    let d = law.dimension
    let deviations = law.variances.map { $0.squareRoot() }
    var places = [Int](repeating: 0, count: d)
    var sum = 0.0
    while true {
      let offset = law.fromPrincipal(Vector(count: d) { deviations[$0] * nodes[places[$0]] })
      let weight = places.reduce(1.0) { $0 * weights[$1] }
      sum += weight * f(P(count: d) { law.mean[$0] + offset[$0] })
      // Count on, the first coordinate fastest.
      guard let next = places.firstIndex(where: { $0 < nodes.count - 1 }) else { return sum }
      for i in 0..<next { places[i] = 0 }
      places[next] += 1
    }
  }
}
