public import RealModule

/// The noise schedule of a Gaussian path: x_t = alpha_t z + beta_t eps, with z ~ p_data, eps ~ N(0, I).
///
/// Time runs from noise at t = 0 to data at t = 1, and ends there: paths refuse other times, and so do the schedules of
/// the library. Only those of a process that goes on (VP, sub-VP, VE, `ProcessSchedule`) may be asked for t < 0, further
/// into the noise, as `ForwardProcess` does for s = 1 - t > 1. A schedule that satisfies alpha_0 = 0, beta_0 = 1,
/// alpha_1 = 1, beta_1 = 0 joins N(0, I) and p_data exactly; each type says where it does not.
///
/// A new schedule is `alpha` and `beta`; the derivatives follow exactly by dual numbers, and paths, processes, samplers
/// and losses take it like any other. Give `variance` too where beta' is infinite at an end but beta beta' is not:
/// `varianceGrowth` is found from it.
///
///     struct Smooth: Schedule {
///       func alpha<T: RealNumber>(_ t: T) -> T { t * t * (3 - 2 * t) }
///       func beta<T: RealNumber>(_ t: T) -> T { (1 - t) * (1 - t) * (1 + 2 * t) }
///     }
///     let marginal = GaussianPath(schedule: Smooth()).marginal(over: data)
public protocol Schedule: Sendable {
  /// alpha_t, the factor of the data.
  func alpha<T: RealNumber>(_ t: T) -> T

  /// beta_t >= 0, the standard deviation of the noise.
  func beta<T: RealNumber>(_ t: T) -> T

  /// d alpha / dt.
  func alphaDerivative<T: RealNumber>(_ t: T) -> T

  /// d beta / dt; infinite where beta behaves like a square root, as in variance preserving schedules at
  /// t = 1.
  func betaDerivative<T: RealNumber>(_ t: T) -> T

  /// beta_t^2.
  func variance<T: RealNumber>(_ t: T) -> T

  /// beta beta' = (beta^2)' / 2, the form in which beta' enters every marginal quantity.
  func varianceGrowth<T: RealNumber>(_ t: T) -> T
}

extension Schedule {
  @inlinable public func alphaDerivative<T: RealNumber>(_ t: T) -> T { alpha(Dual(t, 1)).derivative }

  @inlinable public func betaDerivative<T: RealNumber>(_ t: T) -> T { beta(Dual(t, 1)).derivative }

  @inlinable public func variance<T: RealNumber>(_ t: T) -> T {
    let b = beta(t)
    return b * b
  }

  @inlinable public func varianceGrowth<T: RealNumber>(_ t: T) -> T { variance(Dual(t, 1)).derivative / 2 }

  /// The logarithm of the signal-to-noise ratio, log(alpha_t^2 / beta_t^2): -infinity at pure noise, infinity at pure
  /// data. Twice the half log-SNR lambda_t = log(alpha_t / beta_t) of DPM-Solver.
  ///
  /// Source: D. Kingma et al., "Variational diffusion models", NeurIPS 2021, section 3.
  @inlinable public func logSNR<T: RealNumber>(_ t: T) -> T {
    2 * T.log(alpha(t)) - T.log(variance(t))
  }
}
