import CVectorMath

/// The Gaussian error linear unit, a(z) = z P(z), P the standard normal's distribution function and p its density:
/// a' = P + z p, a'' = (2 - z^2) p.
///
/// This is the exact form, not the approximation by tanh; written by erfc, it keeps its relative accuracy in the
/// lower tail.
/// Source: D. Hendrycks, K. Gimpel, "Gaussian error linear units (GELUs)", 2016, arXiv:1606.08415.
public struct GELU: Activation {
  /// The function has no parameters.
  public init() {}

  public var name: String { "gelu" }

  @inlinable
  public func callAsFunction<T: RealNumber>(_ z: T) -> T { z * normalCDF(z) }

  public func run(_ signal: ActivationSignal<Float>) {
    activation_gelu_f32(
      signal.values.baseAddress, signal.slopes?.baseAddress, signal.curvatures?.baseAddress,
      signal.values.baseAddress, signal.values.count)
  }

  public func run(_ signal: ActivationSignal<Double>) {
    activation_gelu_f64(
      signal.values.baseAddress, signal.slopes?.baseAddress, signal.curvatures?.baseAddress,
      signal.values.baseAddress, signal.values.count)
  }
}

extension Activation where Self == GELU {
  /// a(z) = z times the standard normal distribution function at z.
  public static var gelu: GELU { GELU() }
}
