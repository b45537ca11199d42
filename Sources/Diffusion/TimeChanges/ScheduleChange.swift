import RealModule

/// The field of a path under one schedule, from a field learned under another.
///
/// Two schedules with the same signal-to-noise ratio differ by a scale: with r = r(t) such that
/// alpha_r / beta_r = alphaNew_t / betaNew_t, and s = betaNew_t / beta_r, the new path is s times the old at
/// time r, so
///
///     uNew_t(x) = s'/s x + s r' u_r(x / s).
///
/// Both ratios must increase. Refused are times t at which the new ratio is 0 or infinite, or one that the old schedule
/// does not have on [0, 1]: the variance preserving schedule never has as little signal as the linear one near t = 0.
/// r is found by bisection, and two Newton steps that carry its derivatives.
/// Source: Y. Lipman et al., "Flow matching guide and code", 2024, section 4.8.2; A. Pokle et al., "Training-free
/// linear image inverses via flows", TMLR 2024.
public struct ScheduleChange<F: BatchField, Old: Schedule, New: Schedule>: BatchField {
  /// The velocity of the path under the old schedule.
  public let field: F
  public let old: Old
  public let new: New

  /// `field` is the velocity of the `old` path.
  public init(_ field: F, from old: Old, to new: New) {
    self.field = field
    self.old = old
    self.new = new
  }

  /// r(t), the time at which the old schedule has the new one's signal-to-noise ratio at t.
  @inlinable
  public func time<T: RealNumber>(_ t: T) -> T {
    let target = new.logSNR(unitTime(t))
    precondition(
      target.isFinite,
      "at t = \(t) the new schedule is pure noise or pure data: its ratio has no time in the old")
    let (ratio, slack) = (target.realPart, 1e-12 * (1 + abs(target.realPart)))
    precondition(
      ratio >= old.logSNR(0.0) - slack && ratio <= old.logSNR(1.0) + slack,
      "at t = \(t) the new schedule has a signal-to-noise ratio, exp(\(ratio)), that the old one never has")
    var (low, high) = (0.0, 1.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if old.logSNR(middle) < ratio { low = middle } else { high = middle }
    }
    // Two Newton steps in the number type itself carry first and second derivatives.
    var r = T((low + high) / 2)
    for _ in 0..<2 {
      let ratio = old.logSNR(Dual(r, 1))
      r += (target - ratio.value) / ratio.derivative
    }
    return r
  }

  /// r, r', s and s' at time t.
  @inlinable
  func clock<T: RealNumber>(_ t: T) -> (time: Dual<T>, scale: Dual<T>) {
    let now = Dual(t, 1)
    let r = time(now)
    return (r, new.beta(now) / old.beta(r))
  }

  public func floatEvaluator(count: Int, dimension: Int) -> BatchFunction<Float> {
    evaluator(count, dimension)
  }

  public func doubleEvaluator(count: Int, dimension: Int) -> BatchFunction<Double> {
    evaluator(count, dimension)
  }

  /// The clock is read once for all points, in double precision.
  private func evaluator<T: MachineReal>(_ count: Int, _ dimension: Int) -> BatchFunction<T> {
    let field = T.evaluator(of: field, count: count, dimension: dimension)
    var scaled = Batch<T>(count: count, dimension: dimension)
    return BatchFunction { x, t, out in
      let (r, s) = clock(t.realPart)
      scaled.copy(x)
      scaled.scale(by: T(1 / s.value))
      field(scaled, at: T(r.value), into: &out)
      out.scale(by: T(s.value * r.derivative))
      out.add(T(s.derivative / s.value), times: x)
    }
  }
}

extension ScheduleChange: Field where F: Field {
  @inlinable
  public func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
    let (r, s) = clock(t)
    return (s.derivative / s.value) * x + (s.value * r.derivative) * field((1 / s.value) * x, at: r.value)
  }
}
