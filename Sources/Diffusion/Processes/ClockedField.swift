/// f_k(t)(x): a field read by another clock, its values unchanged. For scores and denoisers, which do not
/// scale with time as velocities do (`RetimedField`).
public struct ClockedField<F: BatchField, K: TimeChange>: BatchField {
  public let base: F
  public let clock: K

  /// `base` read at the times k(t).
  public init(_ base: F, by clock: K) {
    self.base = base
    self.clock = clock
  }

  public func floatEvaluator(count: Int, dimension: Int) -> BatchFunction<Float> {
    let field = base.floatEvaluator(count: count, dimension: dimension)
    return BatchFunction { x, t, out in field(x, at: clock(t), into: &out) }
  }

  public func doubleEvaluator(count: Int, dimension: Int) -> BatchFunction<Double> {
    let field = base.doubleEvaluator(count: count, dimension: dimension)
    return BatchFunction { x, t, out in field(x, at: clock(t), into: &out) }
  }
}

extension ClockedField: Field where F: Field {
  @inlinable
  public func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P { base(x, at: clock(t)) }
}

extension ForwardProcess {
  /// nabla log p of the process at time s, from a score in house time t = 1 - s, which a network may be.
  public func score<F: BatchField>(_ score: F) -> ClockedField<F, Countdown> {
    ClockedField(score, by: Countdown(from: 1))
  }

  /// nabla log p of the process started from the data of a marginal path under its schedule.
  public func score(of marginal: MarginalPath<S>) -> ClockedField<MarginalField<S>, Countdown> {
    score(marginal.scoreField)
  }
}

extension ForwardProcess {
  /// The reversed process in house time, from noise at t = 0 to data at t = 1, with a score in house time:
  ///
  ///     dX = (-a X + g^2 s_t(X)) dt + g dW,  a and g at s = 1 - t.
  ///
  /// For the schedule's marginal path it is `marginal.diffusion` with sigma = g. Where alpha = 0, at t = 0 for schedules
  /// that end in pure noise, a and g are infinite: start a little later.
  public func generative<F: BatchField>(score: F) -> SDE<
    RetimedField<
      ScoredField<LinearDrift<Self>, LinearDiffusion<Self>, ClockedField<F, Countdown>>, Countdown
    >,
    ReversedDiffusion<LinearDiffusion<Self>, Countdown>
  > {
    dynamics.reversed(score: self.score(score)).flipped(at: 1)
  }
}
