/// alpha_t = t, beta_t = 1 - t: straight conditional paths, the conditional optimal transport path.
///
/// Source: Y. Lipman et al., "Flow matching for generative modeling", ICLR 2023, with sigma_min = 0;
/// X. Liu et al., "Flow straight and fast", ICLR 2023.
public struct LinearSchedule: Schedule {
  public init() {}
  @inlinable public func alpha<T: RealNumber>(_ t: T) -> T { t }
  @inlinable public func beta<T: RealNumber>(_ t: T) -> T { 1 - t }
  @inlinable public func alphaDerivative<T: RealNumber>(_ t: T) -> T { 1 }
  @inlinable public func betaDerivative<T: RealNumber>(_ t: T) -> T { -1 }
  @inlinable public func varianceGrowth<T: RealNumber>(_ t: T) -> T { t - 1 }
}

extension Schedule where Self == LinearSchedule {
  public static var linear: LinearSchedule { LinearSchedule() }
}
