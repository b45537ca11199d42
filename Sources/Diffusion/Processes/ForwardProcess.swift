/// The noising process of a schedule, in its own time s = 1 - t: dX = a(s) X ds + g(s) dW from the data at
/// s = 0 to noise at s = 1, with X_s ~ alpha_t z + beta_t eps at t = 1 - s for every s at once.
///
///     a(s) = -alpha'_t / alpha_t,   g(s)^2 = 2 (alpha'_t / alpha_t beta_t^2 - beta_t beta'_t)
///
/// `ForwardProcess(.variancePreserving())` is the VP process, a = -b/2 and g^2 = b; likewise sub-VP and VE.
/// The kernels are closed: F(s, u) = alpha(u) / alpha(s), Var = beta(u)^2 - F^2 beta(s)^2. A schedule has
/// such a process while its signal-to-noise ratio does not grow with s, else `diffusion` traps; where alpha = 0 (s = 1
/// for the linear schedule) a is infinite. Defined for 0 <= s <= 1, and
/// beyond where the schedule is: VP, sub-VP and VE processes go on.
/// Source: Y. Song et al., "Score-based generative modeling through stochastic differential equations", ICLR
/// 2021, section 3.4; D. Kingma, T. Salimans, B. Poole, J. Ho, "Variational diffusion models", NeurIPS 2021, for any
/// schedule.
public struct ForwardProcess<S: Schedule>: LinearProcess {
  public let schedule: S

  /// The process whose law at s is that of alpha z + beta eps at t = 1 - s.
  public init(_ schedule: S) { self.schedule = schedule }

  /// a(s) = -alpha'_t / alpha_t at t = 1 - s.
  @inlinable
  public func rate<T: RealNumber>(_ s: T) -> T {
    let t = timeUntilData(1 - s)
    let signal = signal(s)
    return signal > 0 ? -schedule.alphaDerivative(t) / signal : -.infinity
  }

  /// g(s); traps where the schedule takes noise away as s grows.
  @inlinable
  public func diffusion<T: RealNumber>(_ s: T) -> T {
    let t = timeUntilData(1 - s)
    let square = 2 * (-rate(s) * schedule.variance(t) - schedule.varianceGrowth(t))
    precondition(square >= 0, "at s = \(s) the schedule removes noise: g^2 = \(square)")
    return square.squareRoot()
  }

  @inlinable
  public func factor<T: RealNumber>(from s: T, to u: T) -> T {
    let signal = signal(s)
    precondition(signal > 0, "at s = \(s) nothing is left of the data: no process starts there")
    return self.signal(u) / signal
  }

  /// alpha at t = 1 - s.
  @inlinable
  func signal<T: RealNumber>(_ s: T) -> T {
    let signal = schedule.alpha(timeUntilData(1 - s))
    precondition(signal >= 0, "at s = \(s) the schedule has ended: its alpha is \(signal)")
    return signal
  }

  @inlinable
  public func offset<P: Point>(_ dimension: Int, from s: P.Scalar, to u: P.Scalar) -> P {
    P(count: dimension) { _ in 0 }
  }

  @inlinable
  public func variance<T: RealNumber>(from s: T, to u: T) -> T {
    requireForward(s, u)
    let f = factor(from: s, to: u)
    return schedule.variance(timeUntilData(1 - u)) - f * f * schedule.variance(timeUntilData(1 - s))
  }
}

/// The schedule of a linear process without forcing that is run for a time `horizon` and then backwards:
/// alpha_t = F(0, s), beta_t^2 = Var[X_s | X_0] at s = horizon (1 - t).
///
/// alpha_1 = 1 and beta_1 = 0 exactly; at t = 0 what is left of the data is F(0, horizon). Forcing moves the mean,
/// which no schedule does: the laws of a forced process are those of `ProcessPath`.
public struct ProcessSchedule<L: LinearProcess>: Schedule {
  public let process: L

  /// The process's own time at t = 0.
  public let horizon: Double

  /// A process without forcing, run for a positive time.
  public init(_ process: L, horizon: Double = 1) {
    precondition(horizon > 0 && horizon.isFinite, "a process run for a time \(horizon)")
    precondition(!process.isForced, "a process with forcing has no schedule: use ProcessPath for its laws")
    self.process = process
    self.horizon = horizon
  }

  @inlinable func time<T: RealNumber>(_ t: T) -> T { T(horizon) * (1 - timeUntilData(t)) }

  @inlinable public func alpha<T: RealNumber>(_ t: T) -> T { process.factor(from: 0, to: time(t)) }
  @inlinable public func beta<T: RealNumber>(_ t: T) -> T { variance(t).squareRoot() }
  @inlinable public func variance<T: RealNumber>(_ t: T) -> T { process.variance(from: 0, to: time(t)) }

  @inlinable public func alphaDerivative<T: RealNumber>(_ t: T) -> T {
    T(-horizon) * process.rate(time(t)) * alpha(t)
  }

  /// d Var / ds = 2 a Var + g^2.
  @inlinable public func varianceGrowth<T: RealNumber>(_ t: T) -> T {
    let s = time(t)
    let g = process.diffusion(s)
    return T(-horizon) * (process.rate(s) * variance(t) + g * g / 2)
  }
}
