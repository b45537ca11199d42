/// alpha_t = t, beta_t = 1 - t: straight conditional paths, the conditional optimal transport path (CondOT), also
/// called rectified flow. Exact at both ends, with finite derivatives.
///
/// Source: Y. Lipman et al., "Flow matching for generative modeling", ICLR 2023, with sigma_min = 0;
/// X. Liu, C. Gong, Q. Liu, "Flow straight and fast: learning to generate and transfer data with rectified flow", ICLR
/// 2023.
public struct LinearSchedule: Schedule {
  /// The schedule has no parameters.
  public init() {}
  @inlinable public func alpha<T: RealNumber>(_ t: T) -> T { unitTime(t) }
  @inlinable public func beta<T: RealNumber>(_ t: T) -> T { 1 - unitTime(t) }
  @inlinable public func alphaDerivative<T: RealNumber>(_ t: T) -> T { 1 }
  @inlinable public func betaDerivative<T: RealNumber>(_ t: T) -> T { -1 }
  @inlinable public func varianceGrowth<T: RealNumber>(_ t: T) -> T { unitTime(t) - 1 }
}

extension Schedule where Self == LinearSchedule {
  /// alpha_t = t, beta_t = 1 - t.
  public static var linear: LinearSchedule { LinearSchedule() }
}
