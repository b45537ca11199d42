public import RealModule

/// The reversal of one Euler-Maruyama step by Bayes' rule.
///
/// A step of length delta from x ~ p_t has the density p(y | x) = N(y; x + f(x) delta, sigma^2 delta I), so
///
///     p(x | y) = p(y | x) p_t(x) / p(y),   p(y) = int p(y | x) p_t(x) dx,
///
/// exactly. Expanding log p_t about y and completing the square gives the step of the reversed equation,
///
///     p(x | y) ~ N(x; y - f(y) delta + sigma^2 delta nabla log p_t(y), sigma^2 delta I),
///
/// whose exponent is -|.|^2 / (2 sigma^2 delta) with normaliser (2 pi sigma^2 delta)^(d/2). Its mean is off by
/// O(delta^2), its variance by a relative O(delta).
/// Source: V. De Bortoli et al., "Diffusion Schroedinger bridge with applications to score-based generative modeling",
/// NeurIPS 2021, section 2; the limit of short steps is B. Anderson's reversal, `SDE.reversed(score:)`.
public struct StepReversal<Drift: Field, Prior: Density>: Sendable {
  /// f.
  public let drift: Drift

  /// p_t.
  public let prior: Prior

  /// sigma.
  public let deviation: Double

  /// t, when the step begins.
  public let time: Double

  /// delta.
  public let step: Double

  /// `prior` is p_t at t = `time`, `deviation` is sigma, `step` is delta.
  public init(drift: Drift, deviation: Double, from prior: Prior, at time: Double, step: Double) {
    precondition(
      deviation > 0 && step > 0 && (deviation * deviation * step).isFinite && time.isFinite,
      "a step of \(step) at time \(time) with deviation \(deviation)")
    self.drift = drift
    self.prior = prior
    self.deviation = deviation
    self.time = time
    self.step = step
  }

  /// sigma^2 delta.
  @inlinable public var variance: Double { deviation * deviation * step }

  /// log p(y | x).
  @inlinable
  public func logForward<P: Point>(_ y: P, given x: P) -> P.Scalar {
    typealias T = P.Scalar
    let miss = y - x - T(step) * drift(x, at: T(time))
    return -(miss.squaredNorm / T(variance) + T(Double(x.count) * (Double.log(variance) + logTwoPi))) / 2
  }

  /// log p(y | x) p_t(x), the posterior up to its normaliser.
  @inlinable
  public func logJoint<P: Point>(_ x: P, _ y: P) -> P.Scalar { logForward(y, given: x) + prior.logDensity(x) }

  /// The mean of the approximate reversed step.
  @inlinable
  public func approximateMean<P: Point>(given y: P) -> P {
    y - P.Scalar(step) * drift(y, at: P.Scalar(time)) + P.Scalar(variance) * prior.score(y)
  }

  /// The approximate reversed step as a law.
  public func approximation(given y: Vector<Double>) -> Gaussian {
    Gaussian(mean: approximateMean(given: y), deviation: variance.squareRoot())
  }

  /// E[f(x) | y] under the exact reversed step on the line, by quadrature; f = 1 gives 1.
  ///
  /// The integrals are taken within 20 sigma sqrt(delta) of the approximate mean: delta must be short enough for that.
  /// The value's `error` is that of the two integrals it divides.
  @inlinable
  public func expectation(given y: Double, _ f: (Double) -> Double) -> Integral<Double> {
    precondition(prior.dimension == 1, "expectations by quadrature need dimension 1, not \(prior.dimension)")
    let center = approximateMean(given: y)
    let top = logJoint(center, y)
    let width = 20 * variance.squareRoot()
    let pair = integrate(over: center - width...center + width, peaks: [center]) { x -> Vector<Double> in
      let weight = Double.exp(logJoint(x, y) - top)
      return [weight, weight * f(x)]
    }
    precondition(pair.value[0] > 0, "no x of the prior leads to y = \(y)")
    let value = pair.value[1] / pair.value[0]
    return Integral(
      value: value, error: pair.error * (1 + abs(value)) / pair.value[0], evaluations: pair.evaluations,
      outcome: pair.outcome)
  }

  /// log p(y) on the line, by quadrature.
  @inlinable
  public func logEvidence(_ y: Double) -> Double {
    precondition(prior.dimension == 1, "an evidence by quadrature needs dimension 1, not \(prior.dimension)")
    let center = approximateMean(given: y)
    let top = logJoint(center, y)
    let width = 20 * variance.squareRoot()
    let sum = integrate(over: center - width...center + width, peaks: [center]) { x in
      Double.exp(logJoint(x, y) - top)
    }
    return top + Double.log(sum.value)
  }
}
