public import RealModule

/// A conditional Gaussian path p_t(x | z) = N(mu_t(z), sigma_t(z)^2 I), from noise at t = 0 to z at t = 1.
///
/// A new path is `mean` and `deviation`, written for any point and number type; their time derivatives follow exactly
/// by dual numbers. They are asked for 0 <= t <= 1 alone. Where sigma_t(z) = 0 the law is a point mass: density, score
/// and field are not defined there, and asking for them traps.
///
/// Source: Y. Lipman et al., "Flow matching for generative modeling", ICLR 2023, section 4.
public protocol ConditionalPath: Sendable {
  /// mu_t(z).
  func mean<P: Point>(_ z: P, at t: P.Scalar) -> P

  /// sigma_t(z) >= 0.
  func deviation<P: Point>(_ z: P, at t: P.Scalar) -> P.Scalar
}

extension ConditionalPath {
  /// log p_t(x | z).
  @inlinable
  public func logDensity<P: Point>(_ x: P, given z: P, at t: P.Scalar) -> P.Scalar {
    typealias T = P.Scalar
    let (t, d) = (unitTime(t), Double(x.count))
    let sigma = positiveDeviation(z, at: t)
    return -(x - mean(z, at: t)).squaredNorm / (2 * sigma * sigma) - T(d) * T.log(sigma) - T(d / 2 * logTwoPi)
  }

  /// p_t(x | z).
  @inlinable
  public func density<P: Point>(_ x: P, given z: P, at t: P.Scalar) -> P.Scalar {
    P.Scalar.exp(logDensity(x, given: z, at: t))
  }

  /// nabla_x log p_t(x | z) = -(x - mu_t(z)) / sigma_t(z)^2.
  @inlinable
  public func score<P: Point>(_ x: P, given z: P, at t: P.Scalar) -> P {
    let sigma = positiveDeviation(z, at: t)
    return (-1 / (sigma * sigma)) * (x - mean(z, at: unitTime(t)))
  }

  /// u_t(x | z) = mu_t'(z) + sigma_t'(z) / sigma_t(z) (x - mu_t(z)): its flow carries N(0, I) along
  /// p_t(. | z) (Lipman et al., theorem 3).
  @inlinable
  public func field<P: Point>(_ x: P, given z: P, at t: P.Scalar) -> P {
    let sigma = positiveDeviation(z, at: t)
    let now = Dual(unitTime(t), 1)
    let constant = LongVector<Dual<P.Scalar>>(count: z.count) { Dual(z[$0]) }
    let mu = mean(constant, at: now)
    let rate = deviation(constant, at: now).derivative / sigma
    return P(count: x.count) { mu[$0].derivative + rate * (x[$0] - mu[$0].value) }
  }

  /// A draw of x_t = mu_t(z) + sigma_t(z) eps.
  @inlinable
  public func sample<P: Point, G: RandomNumberGenerator>(
    given z: P, at t: P.Scalar, using generator: inout G
  ) -> P {
    let t = unitTime(t)
    let (mu, sigma) = (mean(z, at: t), deviation(z, at: t))
    return P(count: z.count) { mu[$0] + sigma * P.Scalar(generator.normal()) }
  }

  @inlinable
  func positiveDeviation<P: Point>(_ z: P, at t: P.Scalar) -> P.Scalar {
    let sigma = deviation(z, at: unitTime(t))
    precondition(sigma > 0, "at t = \(t) the conditional law is a point mass: its deviation is \(sigma)")
    return sigma
  }
}
