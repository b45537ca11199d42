public import RealModule

/// The law of a stochastic interpolant between two independent mixtures, in closed form: a two-sided path.
///
/// Given the components j of x_0 and k of x_1, x_t is Gaussian with mean a m_j + b n_k and covariance
/// C = a^2 S_j + b^2 T_k + gamma^2 I; its velocity E[a' x_0 + b' x_1 + gamma' eps | x] is
/// a' m_j + b' n_k + C'/2 C^-1 (x - a m_j - b n_k). Averages over pairs give the rest. O(J K d^3) a point.
///
/// Defined wherever every C is positive definite, also at t = 0 and 1 if the end's law has a density: C' stays finite
/// there, though gamma' does not. Asking where x_t is a point mass in some direction traps.
/// Source: M. Albergo, N. Boffi, E. Vanden-Eijnden, "Stochastic interpolants: a unifying framework for flows and
/// diffusions", 2023.
public struct InterpolantPath<I: Interpolant>: Sendable {
  public let interpolant: I

  /// The law of x_0.
  public let source: GaussianMixture

  /// The law of x_1.
  public let target: GaussianMixture

  /// x_0 ~ `source` and x_1 ~ `target`, independent; both laws of one dimension.
  public init(_ interpolant: I, from source: some MixtureRepresentable, to target: some MixtureRepresentable)
  {
    precondition(
      source.mixture.dimension == target.mixture.dimension,
      "a path from dimension \(source.mixture.dimension) to \(target.mixture.dimension)")
    self.interpolant = interpolant
    self.source = source.mixture
    self.target = target.mixture
  }

  public var dimension: Int { source.dimension }

  /// log p_t(x).
  @inlinable
  public func logDensity<P: Point>(_ x: P, at t: P.Scalar) -> P.Scalar { pairs(x, t).logDensity }

  /// p_t(x).
  @inlinable
  public func density<P: Point>(_ x: P, at t: P.Scalar) -> P.Scalar { P.Scalar.exp(logDensity(x, at: t)) }

  /// nabla log p_t(x).
  @inlinable
  public func score<P: Point>(_ x: P, at t: P.Scalar) -> P {
    let pairs = pairs(x, t)
    return average(pairs.weights, pairs.scores)
  }

  /// u_t(x) = E[dx_t/dt | x_t = x], the velocity field that transports p_t.
  @inlinable
  public func field<P: Point>(_ x: P, at t: P.Scalar) -> P {
    let pairs = pairs(x, t)
    return average(pairs.weights, pairs.velocities)
  }

  /// E[eps | x_t = x] = -gamma_t nabla log p_t(x), the denoiser of the latent noise.
  @inlinable
  public func latentNoise<P: Point>(_ x: P, at t: P.Scalar) -> P {
    (-interpolant.latentVariance(t).squareRoot()) * score(x, at: t)
  }

  /// A draw of x_t.
  @inlinable
  public func sample<P: Point, G: RandomNumberGenerator>(at t: P.Scalar, using generator: inout G) -> P {
    let t = unitTime(t)
    let x0: P = source.sample(using: &generator)
    let x1: P = target.sample(using: &generator)
    let gamma = interpolant.latentVariance(t).squareRoot()
    let latent = P(count: dimension) { _ in gamma * P.Scalar(generator.normal()) }
    return interpolant.source(t) * x0 + interpolant.target(t) * x1 + latent
  }
}

extension InterpolantPath {
  @usableFromInline
  struct Pairs<T: RealNumber> {
    @usableFromInline var logDensity: T = 0
    @usableFromInline var weights: [T] = []
    @usableFromInline var scores: [Vector<T>] = []
    @usableFromInline var velocities: [Vector<T>] = []
    @inlinable init() {}
  }

  @inlinable
  func pairs<P: Point>(_ x: P, _ t: P.Scalar) -> Pairs<P.Scalar> {
    typealias T = P.Scalar
    source.requireDimension(x)
    let now = Dual(unitTime(t), 1)
    let (a, b, v) = (interpolant.source(now), interpolant.target(now), interpolant.latentVariance(now))
    var result = Pairs<T>()
    for (j, first) in source.components.enumerated() {
      for (k, second) in target.components.enumerated() {
        let mean = Vector<Dual<T>>(count: dimension) {
          a * Dual(T(first.mean[$0])) + b * Dual(T(second.mean[$0]))
        }
        let covariance = Matrix<Dual<T>>(rows: dimension, columns: dimension) { row, column in
          let spread =
            a * a * Dual(T(first.covariance[row, column])) + b * b * Dual(T(second.covariance[row, column]))
          return row == column ? spread + v : spread
        }
        let now = Matrix<T>(rows: dimension, columns: dimension) { covariance[$0, $1].value }
        guard let factor = now.cholesky() else {
          preconditionFailure(
            "at t = \(t) the interpolant is a point mass in some direction: it has no density")
        }
        let offset = Vector<T>(count: dimension) { x[$0] - mean[$0].value }
        let whitened = factor.solveLower(offset)
        let residual = factor.solveLowerTransposed(whitened)
        var logarithms: T = 0
        for i in 0..<dimension { logarithms += T.log(factor[i, i]) }
        result.weights.append(
          T(source.logWeights[j] + target.logWeights[k] - Double(dimension) / 2 * logTwoPi)
            - whitened.squaredNorm / 2 - logarithms)
        result.scores.append(-residual)
        result.velocities.append(
          Vector<T>(count: dimension) { i in
            var pull: T = 0
            for l in 0..<dimension { pull += covariance[i, l].derivative * residual[l] }
            return mean[i].derivative + pull / 2
          })
      }
    }
    let largest = result.weights.max()!
    let terms = result.weights.map { T.exp($0 - largest) }
    let sum = terms.reduce(0, +)
    result.logDensity = largest + T.log(sum)
    result.weights = terms.map { $0 / sum }
    return result
  }

  @inlinable
  func average<P: Point>(_ weights: [P.Scalar], _ vectors: [Vector<P.Scalar>]) -> P {
    P(count: dimension) { i in zip(weights, vectors).reduce(0) { $0 + $1.0 * $1.1[i] } }
  }
}
