public import RealModule

/// The normal distribution N(mean, covariance) on R^d,
///
///     log p(x) = -(x - mean)^T Sigma^-1 (x - mean) / 2 - log det(2 pi Sigma) / 2.
///
/// The covariance is kept by its principal axes, Sigma = V diag(variances) V^T, so that adding noise,
/// alpha^2 Sigma + beta^2 I, changes the variances alone. Zero variances are allowed (a point mass, a law
/// on a subspace): such a Gaussian can be sampled and noised, but has no density, and asking for it traps.
public struct Gaussian: Distribution {
  public let mean: Vector<Double>
  public let covariance: Matrix<Double>

  /// The eigenvalues of the covariance.
  @usableFromInline let variances: [Double]

  /// Its eigenvectors as columns, or nil where they are the coordinate axes.
  @usableFromInline let axes: Matrix<Double>?

  /// A full covariance, symmetric to 1e-12 and positive semidefinite: eigenvalues below 0 by rounding count as 0. O(d^3).
  public init(mean: Vector<Double>, covariance: Matrix<Double>) {
    let d = mean.count
    precondition(
      d > 0 && mean.coordinates.allSatisfy(\.isFinite),
      "the mean must be finite, in one dimension or more: \(mean)")
    precondition(
      covariance.rows == d && covariance.isSymmetric,
      "the covariance of a Gaussian in dimension \(d) must be a finite symmetric \(d) x \(d) matrix")
    self.mean = mean
    self.covariance = covariance
    let isDiagonal = (0..<d).allSatisfy { i in (0..<i).allSatisfy { covariance[i, $0] == 0 } }
    let eigen = isDiagonal ? nil : covariance.symmetricEigen()
    let spectrum = eigen?.values ?? (0..<d).map { covariance[$0, $0] }
    let scale = spectrum.reduce(0) { max($0, abs($1)) }
    precondition(
      spectrum.allSatisfy { $0 >= -1e-12 * scale },
      "the covariance is not positive definite: its eigenvalues are \(spectrum)")
    variances = spectrum.map { max($0, 0) }
    axes = eigen?.vectors
  }

  /// N(mean, deviation^2) on the line.
  public init(mean: Double, deviation: Double) {
    precondition(deviation >= 0, "a deviation cannot be \(deviation)")
    self.init(mean: Vector([mean]), covariance: Matrix([[deviation * deviation]]))
  }

  /// N(mean, deviation^2 I).
  public init(mean: Vector<Double>, deviation: Double) {
    precondition(deviation >= 0, "a deviation cannot be \(deviation)")
    self.init(
      mean: mean, covariance: .diagonal([Double](repeating: deviation * deviation, count: mean.count)))
  }

  /// N(0, I) on R^`dimension`.
  public static func standard(_ dimension: Int) -> Gaussian { Gaussian(mean: .zero(dimension), deviation: 1) }

  public var dimension: Int { mean.count }

  @inlinable
  public func logDensity<P: Point>(_ x: P) -> P.Scalar {
    requireDimension(x)
    var sum: P.Scalar = 0
    for i in 0..<dimension {
      let v: P.Scalar = spread(i, alpha: 1, variance: 0)
      let y = principal(i, of: x, scale: 1)
      sum += y * y / v + P.Scalar.log(v)
    }
    return -sum / 2 - P.Scalar(Double(dimension) * logTwoPi / 2)
  }

  /// -Sigma^-1 (x - mean).
  @inlinable
  public func score<P: Point>(_ x: P) -> P {
    requireDimension(x)
    return fromPrincipal(
      P(count: dimension) { i in
        let v: P.Scalar = spread(i, alpha: 1, variance: 0)
        return -principal(i, of: x, scale: 1) / v
      })
  }

  @inlinable
  public func sample<P: Point, G: RandomNumberGenerator>(using generator: inout G) -> P {
    withPointMemory(of: Double.self, count: dimension) { y in
      for i in 0..<dimension { y[i] = variances[i].squareRoot() * generator.normal() }
      return P(count: dimension) { i in
        guard let axes else { return P.Scalar(mean[i] + y[i]) }
        var offset = 0.0
        for j in 0..<dimension { offset += axes[i, j] * y[j] }
        return P.Scalar(mean[i] + offset)
      }
    }
  }

  /// P(x <= `bound`) on the line; for a point mass the step from 0 to 1 at its place. See `logCDF` and `logSurvival` for
  /// far out.
  @inlinable
  public func cdf<T: RealNumber>(_ bound: T) -> T {
    normalCDF(standardized(bound))
  }
}

extension Gaussian {
  /// Coordinate `i` of V^T (x - scale mean), along the principal axes.
  @inlinable
  func principal<P: Point>(_ i: Int, of x: P, scale: P.Scalar) -> P.Scalar {
    typealias T = P.Scalar
    guard let axes else { return x[i] - scale * T(mean[i]) }
    var sum: T = 0
    for j in 0..<dimension { sum += T(axes[j, i]) * (x[j] - scale * T(mean[j])) }
    return sum
  }

  /// The variance along axis `i` of alpha z + beta eps, variance = beta^2.
  @inlinable
  func spread<T: RealNumber>(_ i: Int, alpha: T, variance: T) -> T {
    let v = alpha * alpha * T(variances[i]) + variance
    precondition(v > 0, "a Gaussian without spread in a direction is a point mass there: it has no density")
    return v
  }

  /// V y: back from coordinates along the principal axes.
  @inlinable
  func fromPrincipal<P: Point>(_ y: P) -> P {
    guard let axes else { return y }
    return P(count: dimension) { i in
      var sum: P.Scalar = 0
      for j in 0..<dimension { sum += P.Scalar(axes[i, j]) * y[j] }
      return sum
    }
  }
}

/// log(2 pi).
@usableFromInline let logTwoPi = 1.8378770664093454836
