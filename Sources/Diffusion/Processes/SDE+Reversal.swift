extension SDE {
  /// The same process with time running backwards: dX = (f_t - sigma_t^2 nabla log p_t)(X) dt + sigma_t dW,
  /// for dt < 0 and W a Brownian motion backwards in time.
  ///
  /// Started from p_T and run over a decreasing time grid it has the marginals p_t, and indeed the joint law
  /// of the process itself. `score` is nabla log p_t of this process. In Nelson's terms, the backward drift
  /// f^- satisfies f^+ - f^- = sigma^2 nabla log p_t.
  /// Source: B. Anderson, "Reverse-time diffusion equation models", Stoch. Proc. Appl. 12 (1982);
  /// E. Nelson, *Dynamical Theories of Brownian Motion*, 1967, section 13.
  public func reversed<Score: BatchField>(score: Score) -> BackwardSDE<
    ScoredField<Drift, Sigma, Score>, Sigma
  > {
    BackwardSDE(
      drift: ScoredField(drift, plus: -1, times: diffusion, squaredTimes: score), diffusion: diffusion)
  }

  /// dX/dt = (f_t - sigma_t^2 / 2 nabla log p_t)(X), the ordinary equation with the same marginals p_t, in
  /// either direction of time.
  ///
  /// Source: Y. Song et al., "Score-based generative modeling through stochastic differential equations",
  /// ICLR 2021, equation 13.
  public func probabilityFlow<Score: BatchField>(score: Score) -> ODE<ScoredField<Drift, Sigma, Score>> {
    ODE(ScoredField(drift, plus: -0.5, times: diffusion, squaredTimes: score))
  }
}

extension ODE {
  /// dX = (u_t + sigma_t^2 / 2 nabla log p_t)(X) dt + sigma_t dW: noise is added and the marginals p_t of the
  /// flow are kept, for any sigma_t >= 0.
  ///
  /// Source: P. Holderrieth, E. Erives, "An introduction to flow matching and diffusion models", 2025, the "SDE
  /// extension trick"; M. Albergo, N. Boffi, E. Vanden-Eijnden, "Stochastic interpolants: a unifying framework for flows
  /// and diffusions", 2023, section 2.
  public func diffused<Sigma: DiffusionCoefficient, Score: BatchField>(
    by diffusion: Sigma, score: Score
  ) -> SDE<ScoredField<Drift, Sigma, Score>, Sigma> {
    SDE(
      drift: ScoredField(drift, plus: 0.5, times: diffusion, squaredTimes: score), diffusion: diffusion)
  }
}
