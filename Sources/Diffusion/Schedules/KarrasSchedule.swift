public import RealModule

/// The noise levels of Karras et al. (EDM): alpha_t = 1 and
///
///     beta_t = ((1 - t) most^(1/rho) + t least^(1/rho))^rho,
///
/// from `most` at t = 0 to `least` at t = 1. Neither end is exact: p_0 is p_data widened by `most`, p_1 by
/// `least`. `levels(_:)` gives the decreasing noise levels of their sampler, ended by 0.
///
/// Source: T. Karras et al., "Elucidating the design space of diffusion-based generative models", NeurIPS
/// 2022, equation 5.
public struct KarrasSchedule: Schedule {
  /// sigma_min (`least`) to sigma_max (`most`).
  public let deviations: ClosedRange<Double>

  /// How much the levels crowd towards the least noise: 1 spaces them evenly.
  public let rho: Double

  /// Positive, finite deviations and rho; 0.002 to 80 and 7 are those of the paper.
  public init(deviations: ClosedRange<Double> = 0.002...80, rho: Double = 7) {
    precondition(
      deviations.lowerBound > 0 && deviations.upperBound < 1e100 && rho > 0 && rho.isFinite,
      "deviations and rho must be positive and finite, deviations below 1e100: \(deviations), \(rho)")
    self.deviations = deviations
    self.rho = rho
  }

  @inlinable public func alpha<T: RealNumber>(_ t: T) -> T { 1 }
  @inlinable public func alphaDerivative<T: RealNumber>(_ t: T) -> T { 0 }

  @inlinable public func beta<T: RealNumber>(_ t: T) -> T {
    let most = T(Double.pow(deviations.upperBound, 1 / rho))
    let least = T(Double.pow(deviations.lowerBound, 1 / rho))
    return T.pow(most + unitTime(t) * (least - most), T(rho))
  }

  /// beta at t = 0, 1/(n - 1), ..., 1, and then 0: the n noise levels of the sampler and its end.
  public func levels(_ count: Int) -> [Double] {
    precondition(count > 1, "a sampler needs at least two noise levels, not \(count)")
    let last = Double(count - 1)
    var levels = (0..<count).map { beta(Double($0) / last) }
    levels.append(0)
    return levels
  }
}

extension Schedule where Self == KarrasSchedule {
  /// Karras et al.'s levels with their sigma_min = 0.002, sigma_max = 80 and rho = 7.
  public static var karras: KarrasSchedule { KarrasSchedule() }
}
