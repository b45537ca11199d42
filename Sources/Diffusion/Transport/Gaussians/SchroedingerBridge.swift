/// The Schroedinger bridge between two Gaussians: of all processes with these laws at t = 0 and t = 1, the one
/// nearest in relative entropy to sigma times Brownian motion.
///
/// With D = (4 S_0^1/2 S_1 S_0^1/2 + sigma^4 I)^1/2 its ends have the covariance
///
///     C = E[(x_0 - m_0)(x_1 - m_1)^T] = S_0^1/2 (D - sigma^2 I) S_0^-1/2 / 2,
///
/// and given its ends it is a Brownian bridge: x_t = (1 - t) x_0 + t x_1 + sigma sqrt(t (1 - t)) eps. As sigma
/// tends to 0 it becomes optimal transport.
/// Source: C. Bunne, Y.-P. Hsieh, M. Cuturi, A. Krause, "The Schroedinger bridge between Gaussian measures has a
/// closed form", AISTATS 2023; H. Janati, B. Muzellec, G. Peyre, M. Cuturi, "Entropic optimal transport between
/// unbalanced Gaussian measures has a closed form", NeurIPS 2020, for C.
public struct SchroedingerBridge: Sendable {
  /// N(m_0, S_0).
  public let start: Gaussian

  /// N(m_1, S_1).
  public let end: Gaussian

  /// sigma > 0.
  public let deviation: Double

  /// C, the covariance of x_0 with x_1.
  public let crossCovariance: Matrix<Double>

  /// The start must have a density.
  public init(from start: Gaussian, to end: Gaussian, deviation: Double) {
    precondition(
      start.dimension == end.dimension, "laws of dimensions \(start.dimension) and \(end.dimension)")
    precondition(
      deviation > 1e-75 && deviation < 1e75,
      "the deviation of a bridge cannot be \(deviation): give a positive number between 1e-75 and 1e75")
    let eigen = start.covariance.symmetricEigen()
    precondition(eigen.values[0] > 0, "the bridge must start from a law with a density")
    self.start = start
    self.end = end
    self.deviation = deviation
    let variance = deviation * deviation
    let root = eigen.map { $0.squareRoot() }
    let product = (root * end.covariance * root).symmetrized.symmetricEigen()
    // (sqrt(4 l + sigma^4) - sigma^2) / 2, written so that nothing cancels for large sigma.
    let middle = product.map { value in
      let l = max(value, 0)
      return 2 * l / ((4 * l + variance * variance).squareRoot() + variance)
    }
    crossCovariance = root * middle * eigen.map { 1 / $0.squareRoot() }
  }

  /// E |x_1 - x_0|^2.
  public var transportCost: Double {
    (start.mean - end.mean).squaredNorm + start.covariance.trace + end.covariance.trace
      - 2 * crossCovariance.trace
  }

  /// The law of x_t: N((1 - t) m_0 + t m_1, S_t) with
  /// S_t = (1 - t)^2 S_0 + t^2 S_1 + t (1 - t) (C + C^T + sigma^2 I), for 0 <= t <= 1.
  public func law(at t: Double) -> Gaussian {
    let t = unitTime(t)
    return Gaussian(mean: (1 - t) * start.mean + t * end.mean, covariance: covariance(at: t).symmetrized)
  }

  /// The drift of dX = b dt + sigma dW that runs the bridge from t = 0 to t = 1: b_t(x) = (E[x_1 | x_t = x] - x) / (1 -
  /// t).
  public var drift: BridgeField { BridgeField(bridge: self, kind: .drift) }

  /// The velocity whose flow has the same marginal laws: the drift less sigma^2 / 2 times the score.
  public var velocity: BridgeField { BridgeField(bridge: self, kind: .velocity) }

  /// The bridge as an equation to simulate.
  public var dynamics: SDE<BridgeField, ConstantDiffusion> {
    SDE(drift: drift, diffusion: .constant(deviation))
  }

  func covariance<T: RealNumber>(at t: T) -> Matrix<T> {
    Matrix(rows: start.dimension, columns: start.dimension) { covariance($0, $1, at: t) }
  }

  /// An entry of S_t.
  func covariance<T: RealNumber>(_ i: Int, _ j: Int, at t: T) -> T {
    let noise = i == j ? T(deviation * deviation) : 0
    let mixed = T(crossCovariance[i, j]) + T(crossCovariance[j, i]) + noise
    let ends = (1 - t) * (1 - t) * T(start.covariance[i, j]) + t * t * T(end.covariance[i, j])
    return ends + t * (1 - t) * mixed
  }
}
