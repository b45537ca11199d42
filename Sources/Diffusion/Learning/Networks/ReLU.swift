import CVectorMath

/// The rectified linear unit, a(z) = max(z, 0); its slope at 0 is taken as 0.
///
/// Its curvature is 0 everywhere, so losses that train derivatives of the network in its input see little.
/// Source: V. Nair, G. Hinton, "Rectified linear units improve restricted Boltzmann machines", ICML 2010.
public struct ReLU: Activation {
  /// The function has no parameters.
  public init() {}

  public var name: String { "relu" }

  @inlinable public func callAsFunction<T: RealNumber>(_ z: T) -> T { z > 0 ? z : 0 }

  public func run(_ signal: ActivationSignal<Float>) {
    activation_relu_f32(
      signal.values.baseAddress, signal.slopes?.baseAddress, signal.curvatures?.baseAddress,
      signal.values.baseAddress, signal.values.count)
  }

  public func run(_ signal: ActivationSignal<Double>) {
    activation_relu_f64(
      signal.values.baseAddress, signal.slopes?.baseAddress, signal.curvatures?.baseAddress,
      signal.values.baseAddress, signal.values.count)
  }
}

extension Activation where Self == ReLU {
  /// a(z) = max(z, 0).
  public static var relu: ReLU { ReLU() }
}
