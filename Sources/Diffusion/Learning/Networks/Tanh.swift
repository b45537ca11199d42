import CVectorMath
public import RealModule

/// The hyperbolic tangent, a(z) = tanh z: a' = 1 - a^2, a'' = -2 a a'.
public struct Tanh: Activation {
  /// The function has no parameters.
  public init() {}

  public var name: String { "tanh" }

  @inlinable public func callAsFunction<T: RealNumber>(_ z: T) -> T { T.tanh(z) }

  public func run(_ signal: ActivationSignal<Float>) {
    activation_tanh_f32(
      signal.values.baseAddress, signal.slopes?.baseAddress, signal.curvatures?.baseAddress,
      signal.values.baseAddress, signal.values.count)
  }

  public func run(_ signal: ActivationSignal<Double>) {
    activation_tanh_f64(
      signal.values.baseAddress, signal.slopes?.baseAddress, signal.curvatures?.baseAddress,
      signal.values.baseAddress, signal.values.count)
  }
}

extension Activation where Self == Tanh {
  /// a(z) = tanh z.
  public static var tanh: Tanh { Tanh() }
}
