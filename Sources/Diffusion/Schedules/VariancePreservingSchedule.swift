public import RealModule

/// The variance preserving schedule with a noise rate that is linear in diffusion time s = 1 - t:
///
///     dX_s = -b(s)/2 X_s ds + sqrt(b(s)) dW_s,  b(s) = least + s (most - least),
///     alpha_t = exp(-B/2),  beta_t = sqrt(1 - exp(-B)),  B = int_0^s b = least s + (most - least) s^2 / 2.
///
/// alpha^2 + beta^2 = 1, so data of unit variance keeps it. At t = 1 it is exact (alpha = 1, beta = 0) and beta' is
/// infinite, or -sqrt(most / 2) where `least` is 0; beta beta' is finite. At t = 0 some data is left: alpha_0 =
/// exp(-(least + most)/4), 0.0066 for the usual rates 0.1 and 20.
///
/// Source: Y. Song et al., "Score-based generative modeling through stochastic differential equations", ICLR
/// 2021, appendix B; the continuous limit of J. Ho, A. Jain, P. Abbeel, "Denoising diffusion probabilistic models",
/// NeurIPS 2020.
public struct VariancePreservingSchedule: Schedule {
  /// b(0) = `least`, at the data, to b(1) = `most`, at the noise.
  public let rates: ClosedRange<Double>

  /// b(s) from the lower to the upper of `rates`, not negative, the upper positive.
  public init(rates: ClosedRange<Double>) {
    precondition(
      rates.lowerBound >= 0 && rates.upperBound > 0 && rates.upperBound.isFinite,
      "noise rates must be positive and finite: \(rates)")
    self.rates = rates
  }

  /// b(s) at s = 1 - t.
  @inlinable public func rate<T: RealNumber>(_ t: T) -> T {
    T(rates.lowerBound) + (1 - timeUntilData(t)) * T(rates.upperBound - rates.lowerBound)
  }

  /// B, the integral of b from the data to time t.
  @inlinable public func integratedRate<T: RealNumber>(_ t: T) -> T {
    let s = 1 - timeUntilData(t)
    return s * (T(rates.lowerBound) + s * T((rates.upperBound - rates.lowerBound) / 2))
  }

  @inlinable public func alpha<T: RealNumber>(_ t: T) -> T { T.exp(-integratedRate(t) / 2) }
  @inlinable public func beta<T: RealNumber>(_ t: T) -> T { variance(t).squareRoot() }
  @inlinable public func alphaDerivative<T: RealNumber>(_ t: T) -> T { alpha(t) * rate(t) / 2 }
  @inlinable public func variance<T: RealNumber>(_ t: T) -> T { -T.expMinusOne(-integratedRate(t)) }

  /// beta beta' / beta, and its limit where both are 0.
  @inlinable public func betaDerivative<T: RealNumber>(_ t: T) -> T {
    let beta = beta(t)
    if beta > 0 { return varianceGrowth(t) / beta }
    return rates.lowerBound > 0 ? -.infinity : T(-(rates.upperBound / 2).squareRoot())
  }

  @inlinable public func varianceGrowth<T: RealNumber>(_ t: T) -> T {
    -T.exp(-integratedRate(t)) * rate(t) / 2
  }
}

extension Schedule where Self == VariancePreservingSchedule {
  /// The VP schedule for noise rates from the lower to the upper of `rates`; 0.1 and 20 are those of Song et al.
  public static func variancePreserving(_ rates: ClosedRange<Double> = 0.1...20) -> VariancePreservingSchedule
  {
    VariancePreservingSchedule(rates: rates)
  }
}
