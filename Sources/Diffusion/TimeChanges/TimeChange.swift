/// A change of time r = k(t), differentiable; k' is found by dual numbers. A new one is its formula. For paths and
/// schedules k maps [0, 1] into [0, 1].
public protocol TimeChange: Sendable {
  /// k(t).
  func callAsFunction<T: RealNumber>(_ t: T) -> T
}

/// A schedule run at another pace: alpha_k(t), beta_k(t).
public struct RetimedSchedule<S: Schedule, K: TimeChange>: Schedule {
  public let base: S
  public let timeChange: K

  /// alpha and beta at k(t).
  public init(_ base: S, by timeChange: K) {
    self.base = base
    self.timeChange = timeChange
  }

  @inlinable public func alpha<T: RealNumber>(_ t: T) -> T { base.alpha(timeChange(t)) }
  @inlinable public func beta<T: RealNumber>(_ t: T) -> T { base.beta(timeChange(t)) }
  @inlinable public func variance<T: RealNumber>(_ t: T) -> T { base.variance(timeChange(t)) }

  @inlinable public func varianceGrowth<T: RealNumber>(_ t: T) -> T {
    let r = timeChange(Dual(t, 1))
    return r.derivative * base.varianceGrowth(r.value)
  }
}

/// k'(t) f_k(t)(x): if dX/dr = f_r(X), then Y_t = X_k(t) has dY/dt equal to this field.
public struct RetimedField<F: BatchField, K: TimeChange>: BatchField {
  public let base: F
  public let timeChange: K

  /// `base` at the times k(t).
  public init(_ base: F, by timeChange: K) {
    self.base = base
    self.timeChange = timeChange
  }

  public func floatEvaluator(count: Int, dimension: Int) -> BatchFunction<Float> {
    evaluator(count, dimension)
  }
  public func doubleEvaluator(count: Int, dimension: Int) -> BatchFunction<Double> {
    evaluator(count, dimension)
  }

  private func evaluator<T: MachineReal>(_ count: Int, _ dimension: Int) -> BatchFunction<T> {
    let field = T.evaluator(of: base, count: count, dimension: dimension)
    return BatchFunction { x, t, out in
      let r = timeChange(Dual(t, 1))
      field(x, at: r.value, into: &out)
      out.scale(by: r.derivative)
    }
  }
}

extension RetimedField: Field where F: Field {
  @inlinable
  public func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
    let r = timeChange(Dual(t, 1))
    return r.derivative * base(x, at: r.value)
  }
}

/// sqrt(k'(t)) sigma_k(t), for k increasing.
public struct RetimedDiffusion<Sigma: DiffusionCoefficient, K: TimeChange>: DiffusionCoefficient {
  public let base: Sigma
  public let timeChange: K

  /// `base` at the times k(t); k' >= 0 wherever it is used.
  public init(_ base: Sigma, by timeChange: K) {
    self.base = base
    self.timeChange = timeChange
  }

  @inlinable
  public func callAsFunction<T: RealNumber>(at t: T) -> T {
    let r = timeChange(Dual(t, 1))
    precondition(r.derivative >= 0, "noise cannot run backwards in time: k' is \(r.derivative) at t = \(t)")
    return r.derivative.squareRoot() * base(at: r.value)
  }
}

extension ODE {
  /// The equation of Y_t = X_k(t); k may decrease, which runs the flow backwards.
  public func retimed<K: TimeChange>(by k: K) -> ODE<RetimedField<Drift, K>> {
    ODE<RetimedField<Drift, K>>(RetimedField(drift, by: k))
  }
}

extension SDE {
  /// The equation of Y_t = X_k(t), for k increasing: dY = k' f_k dt + sqrt(k') sigma_k dW.
  ///
  /// The noise gets the square root of k', for dW_k(t) has the variance k'(t) dt; with k' in its place, as it is
  /// sometimes written, the marginals would be others.
  /// Source: B. Oksendal, *Stochastic Differential Equations*, 6th ed., theorem 8.5.7.
  public func retimed<K: TimeChange>(by k: K) -> SDE<RetimedField<Drift, K>, RetimedDiffusion<Sigma, K>> {
    SDE<RetimedField<Drift, K>, RetimedDiffusion<Sigma, K>>(
      drift: RetimedField(drift, by: k), diffusion: RetimedDiffusion(diffusion, by: k))
  }
}
