public import RealModule

/// A dual number `value + derivative * e` with e^2 = 0: forward-mode automatic differentiation.
///
/// f(x + e) = f(x) + f'(x) e, so evaluating a generic formula at `Dual(x, 1)` gives its value and exact
/// derivative (up to rounding). `Dual<Dual<Double>>` carries second derivatives.
///
/// Comparison, hashing, classification and rounding look at `value` alone: a branch in a formula is taken
/// as at the point itself, and its derivative is that of the branch. Functions that are not differentiable
/// at a point (`abs` and `sqrt` at 0, `rounded` at a half integer) give the derivative of one side, or one
/// that is not finite; never a silently wrong finite one from the other branch.
///
/// Source: A. Griewank, A. Walther, *Evaluating Derivatives*, 2nd ed., SIAM 2008, chapter 3.
@frozen
public struct Dual<T: Real> {
  public var value: T
  public var derivative: T

  /// `value + derivative * e`.
  @inlinable public init(_ value: T, _ derivative: T) {
    self.value = value
    self.derivative = derivative
  }

  /// A constant: derivative zero.
  @inlinable public init(_ value: T) { self.init(value, 0) }

  /// f(value), with the chain rule: derivative times `slope` = f'(value).
  @inlinable func chain(_ result: T, slope: T) -> Dual { Dual(result, derivative * slope) }
}

extension Dual: Sendable where T: Sendable {}
extension Dual: BitwiseCopyable where T: BitwiseCopyable {}

extension Dual: CustomStringConvertible {
  public var description: String { "\(value) + \(derivative)e" }
}

extension Dual where T == Double {
  /// A constant. Beside the general initialisers, so that `Dual(2 * s)` needs no search for a type among them.
  @inlinable public init(_ value: Double) { self.init(value, 0) }
}

/// A number that carries a derivative.
@usableFromInline
protocol TangentCarrier {
  /// Whether the derivative, and every derivative that it carries itself, is 0.
  var isConstant: Bool { get }
}

extension Dual: TangentCarrier {
  @inlinable var isConstant: Bool { vanishes(derivative) }
}

/// Whether a number is 0 with all the derivatives that it carries: for dual numbers `x == 0` looks at the value alone,
/// and at a stationary point it would take a function for a constant.
@inlinable
func vanishes<T: Real>(_ x: T) -> Bool { x == 0 && (x as? any TangentCarrier)?.isConstant ?? true }
