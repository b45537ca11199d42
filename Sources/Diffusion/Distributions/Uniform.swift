public import RealModule

/// The uniform distribution on a box: log p(x) = -sum_i log(upper_i - lower_i) on it, its border included. Its score is 0
/// there, and outside, where the log-density is -infinity, not a number.
public struct Uniform: Distribution {
  public let lower: Vector<Double>
  public let upper: Vector<Double>

  /// lower < upper in each coordinate, both finite.
  public init(lower: Vector<Double>, upper: Vector<Double>) {
    precondition(
      lower.count == upper.count && lower.count > 0
        && (0..<lower.count).allSatisfy { lower[$0] < upper[$0] && (upper[$0] - lower[$0]).isFinite },
      "a box from \(lower) to \(upper)")
    self.lower = lower
    self.upper = upper
  }

  /// On an interval.
  public init(over interval: ClosedRange<Double>) {
    self.init(lower: Vector([interval.lowerBound]), upper: Vector([interval.upperBound]))
  }

  public var dimension: Int { lower.count }

  @inlinable
  public func logDensity<P: Point>(_ x: P) -> P.Scalar {
    requireDimension(x)
    var sum: P.Scalar = 0
    for i in 0..<dimension {
      let inside = x[i] >= P.Scalar(lower[i]) && x[i] <= P.Scalar(upper[i])
      if !inside { return x[i].isNaN ? .nan : -.infinity }
      sum -= P.Scalar(Double.log(upper[i] - lower[i]))
    }
    return sum
  }

  @inlinable
  public func score<P: Point>(_ x: P) -> P {
    let inside = logDensity(x).isFinite
    return P(count: dimension) { _ in inside ? 0 : .nan }
  }

  @inlinable
  public func sample<P: Point, G: RandomNumberGenerator>(using generator: inout G) -> P {
    P(count: dimension) { P.Scalar(lower[$0] + (upper[$0] - lower[$0]) * generator.uniform()) }
  }

  public var mean: Vector<Double> { 0.5 * (lower + upper) }

  /// (upper_i - lower_i)^2 / 12 on the diagonal.
  public var covariance: Matrix<Double> {
    .diagonal((0..<dimension).map { (upper[$0] - lower[$0]) * (upper[$0] - lower[$0]) / 12 })
  }
}
