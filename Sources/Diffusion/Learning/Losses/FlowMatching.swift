/// Flow matching with the exact target: E |f(x_t, t) - u_t(x_t)|^2, u the marginal field of a mixture's path.
///
/// The minimum is 0. The gradient is that of conditional flow matching in expectation, with less variance.
/// Source: Y. Lipman et al., "Flow matching for generative modeling", ICLR 2023, equation 5.
public struct FlowMatching<S: Schedule>: RegressionLoss {
  public let marginal: MarginalPath<S>
  public let times: TimeSampling

  /// Times must stay where the marginal field is finite.
  public init(_ marginal: MarginalPath<S>, times: TimeSampling = .uniform()) {
    self.marginal = marginal
    self.times = times
  }

  public var dimension: Int { marginal.dimension }

  @inlinable
  public func draw<T: NetworkReal>(_ pass: NetworkPass<T>, draws: TrainingDraws) {
    let path = marginal.path
    pass.drawMarginal(marginal, times: times, draws) { t in
      (denoiser: path.alphaDerivative(t), score: -path.schedule.varianceGrowth(t), weight: 1)
    }
  }
}

/// Explicit score matching: E[lambda(t) |f(x_t, t) - nabla log p_t(x_t)|^2], for a mixture's path, whose score
/// is known.
///
/// Source: A. Hyvarinen, "Estimation of non-normalized statistical models by score matching", JMLR 6 (2005),
/// equation 2, there with a factor 1/2.
public struct ExplicitScoreMatching<S: Schedule>: RegressionLoss {
  public let marginal: MarginalPath<S>
  public let times: TimeSampling
  public let weight: ScoreWeight

  /// Times must stay where p_t has a density.
  public init(_ marginal: MarginalPath<S>, times: TimeSampling = .uniform(), weight: ScoreWeight = .variance)
  {
    self.marginal = marginal
    self.times = times
    self.weight = weight
  }

  public var dimension: Int { marginal.dimension }

  @inlinable
  public func draw<T: NetworkReal>(_ pass: NetworkPass<T>, draws: TrainingDraws) {
    let path = marginal.path
    pass.drawMarginal(marginal, times: times, draws) { t in
      (denoiser: 0, score: 1, weight: weight(beta: path.beta(t), t))
    }
  }
}

extension NetworkPass {
  /// Draws x_t of a mixture's path, with targets a_t E[z | x_t] + b_t nabla log p_t(x_t).
  @inlinable
  func drawMarginal<S: Schedule>(
    _ marginal: MarginalPath<S>, times law: TimeSampling, _ draws: TrainingDraws,
    _ factors: (Scalar) -> (denoiser: Scalar, score: Scalar, weight: Scalar)
  ) {
    let path = marginal.path
    drawNoised(from: IndependentCoupling(marginal.data), times: law, draws)
    mixRows { t in RowMixing(point: (path.alpha(t), path.beta(t)), target: (0, 0)) }
    let targets = memory { MarginalTargets<Scalar>(marginal.data) }
    for row in 0..<rows {
      let t = times[row]
      let (a, b, weight) = factors(t)
      minibatch.weights[row] = weight
      targets.fill(
        &minibatch.targets, row, at: points, alpha: path.alpha(t), variance: path.schedule.variance(t),
        denoiser: a, score: b)
    }
  }
}
