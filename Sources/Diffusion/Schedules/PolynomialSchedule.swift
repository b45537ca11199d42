public import RealModule

/// alpha_t = t^p, beta_t = (1 - t)^q, for powers p, q >= 1; the linear schedule is p = q = 1. Exact at both ends, with
/// finite derivatives.
public struct PolynomialSchedule: Schedule {
  /// p.
  public let dataPower: Double

  /// q.
  public let noisePower: Double

  /// p = `dataPower` and q = `noisePower`, both at least 1.
  public init(dataPower: Double, noisePower: Double) {
    precondition(
      dataPower >= 1 && noisePower >= 1 && dataPower.isFinite && noisePower.isFinite,
      "powers must be finite, and powers below 1 make the field infinite at an end: \(dataPower), \(noisePower)"
    )
    self.dataPower = dataPower
    self.noisePower = noisePower
  }

  @inlinable public func alpha<T: RealNumber>(_ t: T) -> T { T.pow(unitTime(t), T(dataPower)) }
  @inlinable public func beta<T: RealNumber>(_ t: T) -> T { T.pow(1 - unitTime(t), T(noisePower)) }
}

extension Schedule where Self == PolynomialSchedule {
  /// alpha_t = t^`dataPower`, beta_t = (1 - t)^`noisePower`.
  public static func polynomial(dataPower: Double, noisePower: Double) -> PolynomialSchedule {
    PolynomialSchedule(dataPower: dataPower, noisePower: noisePower)
  }
}
