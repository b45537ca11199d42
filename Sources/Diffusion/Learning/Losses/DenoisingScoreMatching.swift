/// Denoising score matching: E[lambda(t) |f(x_t, t) - nabla log p_t(x_t | z)|^2], where the conditional score
/// is -eps / beta_t, minimised by the marginal score.
///
/// The default weight lambda = beta_t^2 keeps the variance of the target bounded and makes the loss
/// E |beta_t f + eps|^2. Times at which beta_t = 0 must not be drawn.
/// Source: P. Vincent, "A connection between score matching and denoising autoencoders", Neural Computation
/// 23 (2011); weights as in Y. Song, S. Ermon, "Generative modeling by estimating gradients of the data distribution",
/// NeurIPS 2019, section 4.2.
public struct DenoisingScoreMatching<S: Schedule, Data: DataSource>: RegressionLoss {
  public let path: GaussianPath<S>
  public let data: Data
  public let times: TimeSampling

  /// lambda.
  public let weight: ScoreWeight

  /// Times must stay where beta_t > 0.
  public init(
    path: GaussianPath<S>, data: Data, times: TimeSampling = .uniform(), weight: ScoreWeight = .variance
  ) {
    self.path = path
    self.data = data
    self.times = times
    self.weight = weight
  }

  public var dimension: Int { data.dimension }

  @inlinable
  public func draw<T: NetworkReal>(_ pass: NetworkPass<T>, draws: TrainingDraws) {
    pass.drawNoised(from: IndependentCoupling(data), times: times, draws)
    pass.mixRows { t in
      let beta = path.beta(t)
      return RowMixing(
        point: (path.alpha(t), beta), target: (0, -1 / beta), weight: weight(beta: beta, t))
    }
  }
}

/// The weight lambda(t) of a score-matching loss.
public struct ScoreWeight: Sendable {
  @usableFromInline let custom: (@Sendable (Double) -> Double)?
  @usableFromInline let isVariance: Bool

  /// lambda(t) = beta_t^2.
  public static let variance = ScoreWeight(custom: nil, isVariance: true)

  /// lambda(t) = 1. The conditional scores have the variance 1 / beta_t^2, so small noise dominates the loss.
  public static let one = ScoreWeight(custom: nil, isVariance: false)

  /// Any lambda(t) >= 0, for example the squared diffusion coefficient g^2 of the noising process (likelihood weighting).
  ///
  /// Source: Y. Song, C. Durkan, I. Murray, S. Ermon, "Maximum likelihood training of score-based diffusion models",
  /// NeurIPS 2021.
  public static func function(_ weight: @escaping @Sendable (_ t: Double) -> Double) -> ScoreWeight {
    ScoreWeight(custom: weight, isVariance: false)
  }

  @inlinable
  func callAsFunction<T: MachineReal>(beta: T, _ t: T) -> T {
    if let custom { return T(custom(t.realPart)) }
    return isVariance ? beta * beta : 1
  }
}
