public import RealModule

/// A nonlinearity a(z), applied to each unit of a hidden layer.
///
/// A new activation is its formula; slope and curvature follow by dual numbers, and the loops of the two
/// number types may be given anew where speed counts, tested equal to the formula.
public protocol Activation: Sendable {
  /// The name under which checkpoints know it.
  var name: String { get }

  /// a(z).
  func callAsFunction<T: RealNumber>(_ z: T) -> T

  /// Replaces z by a(z) in a layer, and writes a'(z) and a''(z) where they are asked for.
  func run(_ signal: ActivationSignal<Float>)
  func run(_ signal: ActivationSignal<Double>)
}

/// The units of a layer on which an activation works.
public struct ActivationSignal<Scalar: MachineReal> {
  /// z at first, a(z) in the end.
  public let values: UnsafeMutableBufferPointer<Scalar>

  /// Where a'(z) goes, if wanted.
  public let slopes: UnsafeMutableBufferPointer<Scalar>?

  /// Where a''(z) goes, if wanted; then slopes are wanted too.
  public let curvatures: UnsafeMutableBufferPointer<Scalar>?
}

extension Activation {
  // Not generic over the number type, so that the conforming module compiles them for its own formula.

  @inlinable public func run(_ signal: ActivationSignal<Float>) { signal.apply { self($0) } }
  @inlinable public func run(_ signal: ActivationSignal<Double>) { signal.apply { self($0) } }
}

extension ActivationSignal {
  /// Applies a formula and its first two derivatives by nested dual numbers.
  @inlinable
  func apply(_ formula: (Dual<Dual<Scalar>>) -> Dual<Dual<Scalar>>) {
    for i in values.indices {
      let image = formula(Dual(Dual(values[i], 1), Dual(1)))
      values[i] = image.value.value
      slopes?[i] = image.value.derivative
      curvatures?[i] = image.derivative.derivative
    }
  }
}
