public import RealModule

/// The Gaussian error linear unit, a(z) = z Phi(z), Phi the standard normal distribution function.
///
/// This is the exact form, not the approximation by tanh.
/// Source: D. Hendrycks, K. Gimpel, "Gaussian error linear units (GELUs)", 2016, arXiv:1606.08415.
public struct GELU: Activation {
  public init() {}

  public var name: String { "gelu" }

  @inlinable
  public func callAsFunction<T: RealNumber>(_ z: T) -> T { z / 2 * (1 + T.erf(z / T(2).squareRoot())) }
}

extension Activation where Self == GELU {
  public static var gelu: GELU { GELU() }
}
