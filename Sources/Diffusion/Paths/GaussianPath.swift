/// The Gaussian path of a schedule: p_t(x | z) = N(alpha_t z, beta_t^2 I), that is
/// x_t = alpha_t z + beta_t eps, z ~ p_data, eps ~ N(0, I), 0 <= t <= 1. Other times are refused, here and by all that
/// is made of a path.
///
///     let path = GaussianPath(schedule: .linear)
///     let marginal = path.marginal(over: GaussianMixture(weights: [0.3, 0.7], means: [-2, 1], deviations: [0.5, 0.8]))
///     marginal.score(0.4, at: 0.5)
public struct GaussianPath<S: Schedule>: ConditionalPath {
  public let schedule: S

  /// The path along which `schedule` mixes data and noise.
  public init(schedule: S) { self.schedule = schedule }

  @inlinable public func alpha<T: RealNumber>(_ t: T) -> T { schedule.alpha(unitTime(t)) }
  @inlinable public func beta<T: RealNumber>(_ t: T) -> T { schedule.beta(unitTime(t)) }
  @inlinable public func alphaDerivative<T: RealNumber>(_ t: T) -> T { schedule.alphaDerivative(unitTime(t)) }
  @inlinable public func betaDerivative<T: RealNumber>(_ t: T) -> T { schedule.betaDerivative(unitTime(t)) }
  @inlinable public func variance<T: RealNumber>(_ t: T) -> T { schedule.variance(unitTime(t)) }
  @inlinable public func varianceGrowth<T: RealNumber>(_ t: T) -> T { schedule.varianceGrowth(unitTime(t)) }
  @inlinable public func logSNR<T: RealNumber>(_ t: T) -> T { schedule.logSNR(unitTime(t)) }

  @inlinable
  public func mean<P: Point>(_ z: P, at t: P.Scalar) -> P { alpha(t) * z }

  @inlinable
  public func deviation<P: Point>(_ z: P, at t: P.Scalar) -> P.Scalar { beta(t) }

  /// The path of z ~ `data`: p_t(x) = int p_t(x | z) p_data(z) dz, a mixture of Gaussians for every t.
  public func marginal(over data: some MixtureRepresentable) -> MarginalPath<S> {
    MarginalPath(path: self, data: data.mixture)
  }
}

/// A distribution that is a mixture of Gaussians, possibly without spread, so that its noised versions have
/// closed forms.
public protocol MixtureRepresentable: Sendable {
  /// The same law as a mixture; a component without spread is a point mass.
  var mixture: GaussianMixture { get }
}

extension GaussianMixture: MixtureRepresentable {
  public var mixture: GaussianMixture { self }
}

extension Gaussian: MixtureRepresentable {
  public var mixture: GaussianMixture { GaussianMixture(weights: [1], components: [self]) }
}
