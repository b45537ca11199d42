public import RealModule

/// The variance exploding schedule: alpha_t = 1, beta_t^2 = sigma(s)^2 - sigma(0)^2 at s = 1 - t, with
/// sigma(s) = least (most / least)^s.
///
/// beta_1 = 0 exactly, where beta' is infinite and beta beta' is not. At t = 0 the data is still there
/// under noise of deviation close to `most`: p_0 is p_data widened, not N(0, I).
///
/// Source: Y. Song et al., "Score-based generative modeling through stochastic differential equations", ICLR
/// 2021, appendix B.
public struct VarianceExplodingSchedule: Schedule {
  /// sigma_min (`least`) to sigma_max (`most`).
  public let deviations: ClosedRange<Double>

  /// 0 < least < most, finite.
  public init(deviations: ClosedRange<Double>) {
    precondition(
      deviations.lowerBound > 1e-100 && deviations.upperBound > deviations.lowerBound
        && deviations.upperBound < 1e100,
      "deviations must be positive and increasing, from 1e-100 to 1e100 at most: \(deviations)")
    self.deviations = deviations
  }

  @inlinable var logRatio: Double { Double.log(deviations.upperBound / deviations.lowerBound) }

  @inlinable public func alpha<T: RealNumber>(_ t: T) -> T { 1 }
  @inlinable public func alphaDerivative<T: RealNumber>(_ t: T) -> T { 0 }
  @inlinable public func beta<T: RealNumber>(_ t: T) -> T { variance(t).squareRoot() }

  @inlinable public func variance<T: RealNumber>(_ t: T) -> T {
    T(deviations.lowerBound * deviations.lowerBound) * T.expMinusOne(T(2 * logRatio) * (1 - timeUntilData(t)))
  }
}

extension Schedule where Self == VarianceExplodingSchedule {
  /// The VE schedule from the lower to the upper of `deviations`; 0.01 and 50 are Song et al.'s for small images.
  public static func varianceExploding(_ deviations: ClosedRange<Double> = 0.01...50)
    -> VarianceExplodingSchedule
  {
    VarianceExplodingSchedule(deviations: deviations)
  }
}
