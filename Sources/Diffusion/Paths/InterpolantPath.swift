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
  public func logDensity<P: Point>(_ x: P, at t: P.Scalar) -> P.Scalar {
    averages(x, t).logDensity
  }

  /// p_t(x).
  @inlinable
  public func density<P: Point>(_ x: P, at t: P.Scalar) -> P.Scalar { P.Scalar.exp(logDensity(x, at: t)) }

  /// nabla log p_t(x).
  @inlinable
  public func score<P: Point>(_ x: P, at t: P.Scalar) -> P { averages(x, t).score }

  /// u_t(x) = E[dx_t/dt | x_t = x], the velocity field that transports p_t.
  @inlinable
  public func field<P: Point>(_ x: P, at t: P.Scalar) -> P { averages(x, t).velocity }

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
  /// The log-density, and the averages over pairs of components, relative to the one with the largest weight so far.
  @inlinable
  func averages<P: Point>(_ x: P, _ t: P.Scalar) -> (logDensity: P.Scalar, score: P, velocity: P) {
    typealias T = P.Scalar
    source.requireDimension(x)
    let (d, now) = (dimension, Dual(unitTime(t), 1))
    let (a, b, v) = (interpolant.source(now), interpolant.target(now), interpolant.latentVariance(now))
    return withPointMemory(of: T.self, count: d * d + d) { memory in
      let residual = UnsafeMutableBufferPointer(rebasing: memory[(d * d)...])
      var (largest, total): (T, T) = (0, 0)
      var (score, velocity) = (x, x)
      for j in 0..<source.components.count {
        for k in 0..<target.components.count {
          let pair = ComponentPair(source.components[j], target.components[k], a, b, v)
          guard
            let (square, logDeterminant) = solvePositive(
              { pair.covariance($0, $1).value }, { x[$0] - pair.mean($0).value }, into: residual,
              factor: memory)
          else {
            preconditionFailure(
              "at t = \(t) the interpolant is a point mass in some direction: it has no density")
          }
          let term = T(source.logWeights[j] + target.logWeights[k]) - (square + logDeterminant) / 2
          let pull = P(count: d) { -residual[$0] }
          let flow = P(count: d) { pair.velocity($0, residual) }
          if j == 0, k == 0 {
            (largest, total, score, velocity) = (term, 1, pull, flow)
          } else if term > largest {
            let shrunk = T.exp(largest - term)
            (largest, total) = (term, total * shrunk + 1)
            (score, velocity) = (shrunk * score + pull, shrunk * velocity + flow)
          } else {
            let weight = largest == -.infinity ? 1 : T.exp(term - largest)
            total += weight
            (score, velocity) = (score + weight * pull, velocity + weight * flow)
          }
        }
      }
      let logDensity = largest + T.log(total) - T(Double(d) / 2 * logTwoPi)
      return (logDensity, (1 / total) * score, (1 / total) * velocity)
    }
  }
}

/// A component of either end: mean and covariance of the point between, with their rates of change.
@usableFromInline
struct ComponentPair<T: RealNumber> {
  @usableFromInline let first: Gaussian
  @usableFromInline let second: Gaussian
  @usableFromInline let a: Dual<T>
  @usableFromInline let b: Dual<T>
  @usableFromInline let latent: Dual<T>

  @inlinable
  init(_ first: Gaussian, _ second: Gaussian, _ a: Dual<T>, _ b: Dual<T>, _ latent: Dual<T>) {
    self.first = first
    self.second = second
    self.a = a
    self.b = b
    self.latent = latent
  }

  @inlinable
  func mean(_ i: Int) -> Dual<T> { a * Dual(T(first.mean[i])) + b * Dual(T(second.mean[i])) }

  @inlinable
  func covariance(_ i: Int, _ j: Int) -> Dual<T> {
    let spread = a * a * Dual(T(first.covariance[i, j])) + b * b * Dual(T(second.covariance[i, j]))
    return i == j ? spread + latent : spread
  }

  /// Coordinate i of m' + C'/2 C^-1 (x - m).
  @inlinable
  func velocity(_ i: Int, _ residual: UnsafeMutableBufferPointer<T>) -> T {
    var pull: T = 0
    for l in 0..<residual.count { pull += covariance(i, l).derivative * residual[l] }
    return mean(i).derivative + pull / 2
  }
}
