import CVectorMath
public import RealModule

/// The sigmoid linear unit, a(z) = z s(z) with s(z) = 1 / (1 + exp(-z)), also called swish:
/// a' = s + z s (1 - s), a'' = s (1 - s) (2 + z (1 - 2 s)).
///
/// Source: S. Elfwing, E. Uchibe, K. Doya, "Sigmoid-weighted linear units for neural network function
/// approximation in reinforcement learning", Neural Networks 107 (2018).
public struct SiLU: Activation {
  /// The function has no parameters.
  public init() {}

  public var name: String { "silu" }

  @inlinable public func callAsFunction<T: RealNumber>(_ z: T) -> T { z / (1 + T.exp(-z)) }

  public func run(_ signal: ActivationSignal<Float>) {
    activation_silu_f32(
      signal.values.baseAddress, signal.slopes?.baseAddress, signal.curvatures?.baseAddress,
      signal.values.baseAddress, signal.values.count)
  }

  public func run(_ signal: ActivationSignal<Double>) {
    activation_silu_f64(
      signal.values.baseAddress, signal.slopes?.baseAddress, signal.curvatures?.baseAddress,
      signal.values.baseAddress, signal.values.count)
  }
}

extension Activation where Self == SiLU {
  /// a(z) = z / (1 + exp(-z)).
  public static var silu: SiLU { SiLU() }
}
