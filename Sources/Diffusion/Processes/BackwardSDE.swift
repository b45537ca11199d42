/// dX = f_t(X) dt + sigma_t dW with time decreasing and W a Brownian motion backwards in time: what the
/// reversal of a diffusion is. Simulate it over a decreasing time grid.
///
/// Two conventions are in use. This one keeps the time of the forward process, and the joint law too. The other turns
/// time round, Y_s = X_{T - s}, so that the equation runs forwards with drift f^-(y, s) = -f_{T-s}(y): that is
/// `flipped(at: T)`, for which Nelson's relation with the drift f^+ of the forward process reads
/// f^-(y, s) + f^+(y, T - s) = sigma^2 nabla log p_{T-s}(y).
/// Source: Y. Song et al., "Score-based generative modeling through stochastic differential equations", ICLR 2021, for
/// the one; V. De Bortoli et al., "Diffusion Schroedinger bridge with applications to score-based generative modeling",
/// NeurIPS 2021, for the other.
public struct BackwardSDE<Drift: BatchField, Sigma: DiffusionCoefficient>: Dynamics {
  public let drift: Drift
  public let diffusion: Sigma

  /// dX = drift dt + `diffusion` dW with dt < 0.
  public init(drift: Drift, diffusion: Sigma) {
    self.drift = drift
    self.diffusion = diffusion
  }

  public var noise: Noise? { .additive(diffusion) }
}

extension BackwardSDE {
  /// The forward equation of Y_t = X_k(t), for k decreasing:
  /// dY = k'(t) f_k(t)(Y) dt + sqrt(-k'(t)) sigma_k(t) dW. Where k grows it traps.
  public func retimed<K: TimeChange>(by k: K) -> SDE<RetimedField<Drift, K>, ReversedDiffusion<Sigma, K>> {
    SDE(drift: RetimedField(drift, by: k), diffusion: ReversedDiffusion(diffusion, by: k))
  }

  /// The forward equation of Y_s = X_{end - s}.
  public func flipped(at end: Double) -> SDE<
    RetimedField<Drift, Countdown>, ReversedDiffusion<Sigma, Countdown>
  > {
    retimed(by: Countdown(from: end))
  }
}

/// k(t) = end - t.
public struct Countdown: TimeChange {
  public let end: Double

  /// From `end` down.
  public init(from end: Double) { self.end = end }
  @inlinable public func callAsFunction<T: RealNumber>(_ t: T) -> T { T(end) - t }
}

/// sqrt(-k'(t)) sigma_k(t), for k decreasing.
public struct ReversedDiffusion<Sigma: DiffusionCoefficient, K: TimeChange>: DiffusionCoefficient {
  public let base: Sigma
  public let timeChange: K

  /// k' <= 0 wherever it is used.
  public init(_ base: Sigma, by timeChange: K) {
    self.base = base
    self.timeChange = timeChange
  }

  @inlinable
  public func callAsFunction<T: RealNumber>(at t: T) -> T {
    let r = timeChange(Dual(t, 1))
    precondition(r.derivative <= 0, "a reversal needs k to decrease: k' is \(r.derivative) at t = \(t)")
    return (-r.derivative).squareRoot() * base(at: r.value)
  }
}
