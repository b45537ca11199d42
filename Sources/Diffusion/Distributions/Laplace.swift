public import RealModule

/// Independent Laplace coordinates: p(x) = prod_i exp(-|x_i - m_i| / b) / (2 b).
///
/// The score is -sign(x_i - m_i) / b, and 0, the middle of its two values, where x_i = m_i.
public struct Laplace: Distribution {
  /// m.
  public let mean: Vector<Double>

  /// b.
  public let scale: Double

  /// A finite mean; b = `scale` > 0, the same in all coordinates.
  public init(mean: Vector<Double>, scale: Double) {
    precondition(
      mean.count > 0 && mean.largestMagnitude.isFinite && scale > 0 && scale.isFinite,
      "a Laplace distribution needs a finite mean and a positive, finite scale, not \(mean) and \(scale)")
    self.mean = mean
    self.scale = scale
  }

  /// On the line.
  public init(mean: Double, scale: Double) { self.init(mean: Vector([mean]), scale: scale) }

  public var dimension: Int { mean.count }

  /// 2 b^2 I.
  public var covariance: Matrix<Double> { 2 * scale * scale * Matrix.identity(dimension) }

  @inlinable
  public func logDensity<P: Point>(_ x: P) -> P.Scalar {
    requireDimension(x)
    var sum: P.Scalar = 0
    for i in 0..<dimension {
      sum -= abs(x[i] - P.Scalar(mean[i])) / P.Scalar(scale) + P.Scalar(Double.log(2 * scale))
    }
    return sum
  }

  @inlinable
  public func score<P: Point>(_ x: P) -> P {
    requireDimension(x)
    return P(count: dimension) { i in
      let offset = x[i] - P.Scalar(mean[i])
      if offset.isNaN { return offset }
      return offset > 0 ? P.Scalar(-1 / scale) : offset < 0 ? P.Scalar(1 / scale) : 0
    }
  }

  @inlinable
  public func sample<P: Point, G: RandomNumberGenerator>(using generator: inout G) -> P {
    P(count: dimension) { i in
      let magnitude = scale * generator.exponential()
      return P.Scalar(mean[i] + (generator.uniform() < 0.5 ? -magnitude : magnitude))
    }
  }

  /// P(x <= `bound`) on the line.
  @inlinable
  public func cdf<T: RealNumber>(_ bound: T) -> T {
    precondition(dimension == 1, "a distribution function needs dimension 1, not \(dimension)")
    let s = (bound - T(mean[0])) / T(scale)
    return s < 0 ? T.exp(s) / 2 : 1 - T.exp(-s) / 2
  }
}
