import RealModule

/// The sub-VP schedule: alpha_t of the variance preserving schedule, with the smaller noise
/// beta_t = 1 - alpha_t^2 in place of its square root. Exact at t = 1, where beta' = -b(0) is finite; alpha_0 > 0 as
/// there.
///
/// Source: Y. Song et al., "Score-based generative modeling through stochastic differential equations", ICLR
/// 2021, equation 12 and appendix B.
public struct SubVariancePreservingSchedule: Schedule {
  @usableFromInline let preserving: VariancePreservingSchedule

  /// b(s) from the lower to the upper of `rates`, not negative, the upper positive.
  public init(rates: ClosedRange<Double>) { preserving = VariancePreservingSchedule(rates: rates) }

  @inlinable public func alpha<T: RealNumber>(_ t: T) -> T { preserving.alpha(t) }
  @inlinable public func beta<T: RealNumber>(_ t: T) -> T { preserving.variance(t) }
  @inlinable public func alphaDerivative<T: RealNumber>(_ t: T) -> T { preserving.alphaDerivative(t) }
  @inlinable public func betaDerivative<T: RealNumber>(_ t: T) -> T { 2 * preserving.varianceGrowth(t) }

  @inlinable public func varianceGrowth<T: RealNumber>(_ t: T) -> T { beta(t) * betaDerivative(t) }
}

extension Schedule where Self == SubVariancePreservingSchedule {
  /// The sub-VP schedule for noise rates from the lower to the upper of `rates`.
  public static func subVariancePreserving(
    _ rates: ClosedRange<Double> = 0.1...20
  ) -> SubVariancePreservingSchedule {
    SubVariancePreservingSchedule(rates: rates)
  }
}
