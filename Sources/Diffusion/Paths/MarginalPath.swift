public import RealModule

/// The marginal path of z ~ data under x_t = alpha_t z + beta_t eps, all in closed form.
///
/// Everything is defined for 0 <= t <= 1, and refused at other times, as long as x_t has a density, which it has at t =
/// 1 too where the data does; what needs beta_t > 0 says so. Where x_t is a point mass in some direction (data without
/// spread at t = 1), asking for a density or a score traps. A value costs O(K d^2) for K components. Points may be
/// plain numbers, vectors, or either over dual numbers, so every quantity can be differentiated in x and in t.
///
/// Source: P. Holderrieth, E. Erives, "An introduction to flow matching and diffusion models", 2025,
/// sections 3 and 4 (there z is the data too, and time runs the same way).
public struct MarginalPath<S: Schedule>: Sendable {
  public let path: GaussianPath<S>

  /// p_data, the law of z.
  public let data: GaussianMixture

  @usableFromInline
  init(path: GaussianPath<S>, data: GaussianMixture) {
    self.path = path
    self.data = data
  }

  public var dimension: Int { data.dimension }

  @inlinable
  func posterior<P: Point>(of x: P, _ t: P.Scalar) -> MixturePosterior<P> {
    let t = unitTime(t)
    return MixturePosterior(data, x: x, alpha: path.schedule.alpha(t), variance: path.schedule.variance(t))
  }

  @inlinable
  func combination<P: Point>(_ x: P, _ t: P.Scalar, mean a: P.Scalar, score b: P.Scalar) -> P {
    let (t, schedule) = (unitTime(t), path.schedule)
    return data.combination(x, alpha: schedule.alpha(t), variance: schedule.variance(t), mean: a, score: b)
  }

  /// log p_t(x).
  @inlinable
  public func logDensity<P: Point>(_ x: P, at t: P.Scalar) -> P.Scalar {
    let t = unitTime(t)
    return data.logDensity(x, alpha: path.schedule.alpha(t), variance: path.schedule.variance(t))
  }

  /// p_t(x).
  @inlinable
  public func density<P: Point>(_ x: P, at t: P.Scalar) -> P.Scalar { P.Scalar.exp(logDensity(x, at: t)) }

  /// nabla log p_t(x) = E[nabla log p_t(x | z) | x].
  @inlinable
  public func score<P: Point>(_ x: P, at t: P.Scalar) -> P {
    combination(x, t, mean: 0, score: 1)
  }

  /// u_t(x) = E[u_t(x | z) | x] = alpha' E[z | x] - beta beta' nabla log p_t(x), the marginal vector field.
  ///
  /// Finite at t = 1 too, where the conditional fields it averages are not. Where alpha' is infinite it is not finite.
  @inlinable
  public func field<P: Point>(_ x: P, at t: P.Scalar) -> P {
    combination(x, t, mean: path.alphaDerivative(t), score: -path.varianceGrowth(t))
  }

  /// div u_t(x) = sum_i d u_i / d x_i, O(K d^3).
  @inlinable
  public func divergence<P: Point>(_ x: P, at t: P.Scalar) -> P.Scalar {
    posterior(of: x, t).divergence(
      mean: path.alphaDerivative(t), score: -path.varianceGrowth(t))
  }

  /// E[z | x_t = x] = (x + beta_t^2 nabla log p_t(x)) / alpha_t, the denoiser: of all guesses at the data the one of
  /// least mean square error. Also defined where alpha_t = 0, as the mean of the data.
  ///
  /// Source: H. Robbins, "An empirical Bayes approach to statistics", Third Berkeley Symposium (1956); B. Efron,
  /// "Tweedie's formula and selection bias", J. Amer. Statist. Assoc. 106 (2011).
  @inlinable
  public func denoiser<P: Point>(_ x: P, at t: P.Scalar) -> P {
    combination(x, t, mean: 1, score: 0)
  }

  /// E[eps | x_t = x] = -beta_t nabla log p_t(x), the best guess at the noise.
  @inlinable
  public func noise<P: Point>(_ x: P, at t: P.Scalar) -> P { (-path.beta(t)) * score(x, at: t) }

  /// p(z | x_t = x) = p_t(x | z) p_data(z) / p_t(x), for beta_t > 0 and data with a density.
  @inlinable
  public func posterior<P: Point>(_ z: P, given x: P, at t: P.Scalar) -> P.Scalar {
    P.Scalar.exp(
      path.logDensity(x, given: z, at: t) + data.logDensity(z) - logDensity(x, at: t))
  }

  /// Cov(z | x_t = x), O(K d^3).
  @inlinable
  public func posteriorCovariance<P: Point>(_ x: P, at t: P.Scalar) -> Matrix<P.Scalar> {
    posterior(of: x, t).covariance
  }

  /// p_t itself, a mixture.
  public func law(at t: Double) -> GaussianMixture {
    data.noised(alpha: path.alpha(t), beta: path.beta(t))
  }

  /// A draw of x_t.
  @inlinable
  public func sample<P: Point, G: RandomNumberGenerator>(at t: P.Scalar, using generator: inout G) -> P {
    path.sample(given: data.sample(using: &generator), at: t, using: &generator)
  }
}
