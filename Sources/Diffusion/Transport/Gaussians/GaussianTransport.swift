/// Optimal transport between two Gaussians for the cost |x - y|^2, in closed form.
///
///     W_2^2 = |m_0 - m_1|^2 + tr(S_0 + S_1 - 2 (S_0^1/2 S_1 S_0^1/2)^1/2)
///     T(x) = m_1 + A (x - m_0),  A = S_0^-1/2 (S_0^1/2 S_1 S_0^1/2)^1/2 S_0^-1/2
///
/// Source: D. Dowson, B. Landau, "The Frechet distance between multivariate normal distributions", J. Multivariate
/// Analysis 12 (1982); G. Peyre, M. Cuturi, *Computational Optimal Transport*, 2019, section 2.6.
public struct GaussianTransport: Sendable {
  /// N(m_0, S_0).
  public let start: Gaussian

  /// N(m_1, S_1).
  public let end: Gaussian

  /// W_2.
  public let distance: Double

  /// A, symmetric and positive semidefinite; definite where the end has a density.
  public let map: Matrix<Double>

  /// The start must have a density.
  public init(from start: Gaussian, to end: Gaussian) {
    precondition(
      start.dimension == end.dimension, "laws of dimensions \(start.dimension) and \(end.dimension)")
    let eigen = start.covariance.symmetricEigen()
    precondition(eigen.values[0] > 0, "the map from a Gaussian without density is not determined")
    self.start = start
    self.end = end
    distance = start.wassersteinDistance(to: end)
    let root = eigen.map { $0.squareRoot() }
    let inverse = eigen.map { 1 / $0.squareRoot() }
    map = (inverse * (root * end.covariance * root).symmetrized.squareRoot * inverse).symmetrized
  }

  /// T(x).
  public func callAsFunction<P: Point>(_ x: P) -> P {
    start.requireDimension(x)
    return P(count: x.count) { i in
      (0..<x.count).reduce(P.Scalar(end.mean[i])) { sum, j in
        sum + P.Scalar(map[i, j]) * (x[j] - P.Scalar(start.mean[j]))
      }
    }
  }

  /// The law of (1 - t) x + t T(x), the displacement interpolation, for 0 <= t <= 1: a geodesic of W_2.
  ///
  /// Source: R. McCann, "A convexity principle for interacting gases", Advances in Mathematics 128 (1997).
  public func law(at t: Double) -> Gaussian {
    let t = unitTime(t)
    let step = (1 - t) * Matrix<Double>.identity(start.dimension) + t * map
    return Gaussian(
      mean: (1 - t) * start.mean + t * end.mean, covariance: (step * start.covariance * step).symmetrized)
  }
}

extension Gaussian {
  /// W_2, the Wasserstein distance of order 2; here the laws may lack a density.
  public func wassersteinDistance(to other: Gaussian) -> Double {
    precondition(dimension == other.dimension, "laws of dimensions \(dimension) and \(other.dimension)")
    let root = covariance.symmetricEigen().map { max($0, 0).squareRoot() }
    let cross = (root * other.covariance * root).symmetrized.squareRoot.trace
    let square = (mean - other.mean).squaredNorm + covariance.trace + other.covariance.trace - 2 * cross
    return max(square, 0).squareRoot()
  }

  /// The relative entropy or Kullback-Leibler divergence KL(self || other) = E_self[log self - log other], both with
  /// densities: (tr(S_1^-1 S_0) + (m_1 - m_0)^T S_1^-1 (m_1 - m_0) - d + log(det S_1 / det S_0)) / 2.
  public func relativeEntropy(to other: Gaussian) -> Double {
    precondition(dimension == other.dimension, "laws of dimensions \(dimension) and \(other.dimension)")
    guard let l = other.covariance.cholesky(), let own = covariance.cholesky() else {
      preconditionFailure("relative entropy needs laws with densities")
    }
    var (trace, logRatio) = (0.0, 0.0)
    for i in 0..<dimension {
      let column = l.solveLower(Vector(count: dimension) { own[$0, i] })
      trace += column.squaredNorm
      logRatio += 2 * (log(l[i, i]) - log(own[i, i]))
    }
    let offset = l.solveLower(mean - other.mean).squaredNorm
    return (trace + offset - Double(dimension) + logRatio) / 2
  }
}

extension Matrix where Scalar == Double {
  /// (A + A^T) / 2: removes what rounding has left of asymmetry.
  var symmetrized: Matrix { 0.5 * (self + transposed) }

  /// The root of a symmetric matrix that is not indefinite.
  var squareRoot: Matrix { symmetricEigen().map { max($0, 0).squareRoot() } }
}
