/// What a model may be trained to predict from x = alpha z + beta eps. Given x and t, each determines the
/// others.
public enum Prediction: CaseIterable, Hashable, Sendable {
  /// z, also called x0 or the denoiser.
  case data

  /// eps.
  case noise

  /// u = alpha' z + beta' eps, the velocity of flow matching, whose conditional expectation is u_t(x).
  case velocity

  /// v = alpha eps - beta z of T. Salimans and J. Ho, "Progressive distillation for fast sampling of
  /// diffusion models", ICLR 2022.
  case v

  /// nabla log p_t(x | z) = -eps / beta, whose conditional expectation is the marginal score nabla log p_t(x).
  case score
}

extension GaussianPath {
  /// Converts what was predicted at x and t into another prediction.
  ///
  /// Affine in the value, with factors that x and t determine, so it holds for conditional expectations too. Where a
  /// conversion would divide by zero it traps, as at times outside of [0, 1]: data, velocity and v from noise or score
  /// need alpha > 0; noise, velocity, v and score from data need beta > 0, and so does any score; anything from
  /// velocity needs alpha beta' - alpha' beta finite and not 0, and a velocity needs a finite beta'.
  @inlinable
  public func convert<P: Point>(
    _ value: P, from source: Prediction, to target: Prediction, at x: P, _ t: P.Scalar
  ) -> P {
    let t = unitTime(t)
    if source == target { return value }
    let (alpha, beta) = (alpha(t), beta(t))

    /// (a x + b value) / divisor.
    func combine(_ a: P.Scalar, _ b: P.Scalar, over divisor: P.Scalar) -> P {
      precondition(
        divisor != 0 && divisor.isFinite,
        "at t = \(t) a \(source) prediction does not determine the \(target)")
      return (a / divisor) * x + (b / divisor) * value
    }
    func data() -> P {
      switch source {
      case .data: return value
      case .noise: return combine(1, -beta, over: alpha)
      case .velocity:
        let (da, db) = (alphaDerivative(t), betaDerivative(t))
        return combine(db, -beta, over: alpha * db - da * beta)
      case .v: return combine(alpha, -beta, over: alpha * alpha + beta * beta)
      case .score: return combine(1, beta * beta, over: alpha)
      }
    }
    func noise() -> P {
      switch source {
      case .data: return combine(1, -alpha, over: beta)
      case .noise: return value
      case .velocity:
        let (da, db) = (alphaDerivative(t), betaDerivative(t))
        return combine(-da, alpha, over: alpha * db - da * beta)
      case .v: return combine(beta, alpha, over: alpha * alpha + beta * beta)
      case .score: return (-beta) * value
      }
    }
    switch target {
    case .data: return data()
    case .noise: return noise()
    case .velocity:
      let rate = betaDerivative(t)
      precondition(rate.isFinite, "at t = \(t) the noise changes infinitely fast: there is no velocity")
      return alphaDerivative(t) * data() + rate * noise()
    case .v: return alpha * noise() - beta * data()
    case .score:
      precondition(beta > 0, "at t = \(t) the conditional law is a point mass: it has no score")
      return (-1 / beta) * noise()
    }
  }
}
