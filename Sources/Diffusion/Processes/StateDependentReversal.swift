/// f_t + c (div D + D nabla log p_t), D = sigma sigma^T: the drift of the probability flow for c = -1/2, of
/// the reversed process for c = -1. A point costs d evaluations of D on dual numbers, or of its diagonal.
///
/// (div D)_i = sum_j d_j D_ij is what noise that depends on the state adds. It is sometimes printed as the
/// gradient of sigma sigma^T; a gradient of a matrix is no vector, and in one dimension it is
/// (sigma^2)' = 2 sigma sigma'.
/// Source: Y. Song et al., "Score-based generative modeling through stochastic differential equations", ICLR
/// 2021, appendix A and D.1; U. Haussmann, E. Pardoux, "Time reversal of diffusions", Ann. Probab. 14 (1986).
public struct StateDependentScoredField<D: ItoDynamics, Score: Field>: Field {
  public let dynamics: D
  public let score: Score

  /// c.
  public let factor: Double

  /// The drift plus `factor` (div D + D `score`).
  public init(_ dynamics: D, score: Score, factor: Double) {
    self.dynamics = dynamics
    self.score = score
    self.factor = factor
  }

  @inlinable
  public func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
    let correction =
      dynamics.noiseRateDivergence(x, at: t) + dynamics.noiseRate(x, at: t, times: score(x, at: t))
    return dynamics.drift(x, at: t) + P.Scalar(factor) * correction
  }

  @inlinable
  public func floatEvaluator(count: Int, dimension: Int) -> BatchFunction<Float> {
    evaluator(count, dimension)
  }

  @inlinable
  public func doubleEvaluator(count: Int, dimension: Int) -> BatchFunction<Double> {
    evaluator(count, dimension)
  }

  /// Drift and score by their own evaluators.
  @inlinable
  func evaluator<T: MachineReal>(_ count: Int, _ dimension: Int) -> BatchFunction<T> {
    let drift = T.evaluator(of: dynamics.drift, count: count, dimension: dimension)
    let score = T.evaluator(of: score, count: count, dimension: dimension)
    let correct = dynamics.noiseCorrection(T.self, dimension: dimension)
    var scores = Batch<T>(count: count, dimension: dimension)
    return BatchFunction { [factor] x, t, out in
      drift(x, at: t, into: &out)
      score(x, at: t, into: &scores)
      correct(&out, T(factor), x, t, scores)
    }
  }
}

extension ItoDynamics {
  /// dX/dt = f - 1/2 div D - 1/2 D nabla log p_t, with the same marginals p_t, whatever the noise.
  public func probabilityFlow<Score: Field>(score: Score) -> ODE<StateDependentScoredField<Self, Score>> {
    ODE(StateDependentScoredField(self, score: score, factor: -0.5))
  }
}

extension DiagonalSDE where Drift: Field, G: Field {
  /// The process backwards in time, dX = (f - div D - D nabla log p_t)(X) dt + g_t(X) dW with dt < 0: to be
  /// run over a decreasing time grid.
  public func reversed<Score: Field>(score: Score) -> DiagonalSDE<StateDependentScoredField<Self, Score>, G> {
    DiagonalSDE<StateDependentScoredField<Self, Score>, G>(
      drift: StateDependentScoredField(self, score: score, factor: -1), diffusion: diffusion)
  }
}

extension MatrixSDE where Drift: Field, Sigma: MatrixField {
  /// The process backwards in time, dX = (f - div D - D nabla log p_t)(X) dt + sigma_t(X) dW with dt < 0: to
  /// be run over a decreasing time grid.
  public func reversed<Score: Field>(score: Score) -> MatrixSDE<StateDependentScoredField<Self, Score>, Sigma>
  {
    MatrixSDE<StateDependentScoredField<Self, Score>, Sigma>(
      drift: StateDependentScoredField(self, score: score, factor: -1), diffusion: diffusion)
  }
}
