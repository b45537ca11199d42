import CVectorMath
public import RealModule

/// The hyperbolic tangent, a(z) = tanh z.
public struct Tanh: Activation {
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
  public static var tanh: Tanh { Tanh() }
}
