/// A point of R^d: a plain number where d = 1, a `Vector` otherwise.
///
/// Distributions, paths and fields take any `Point`, so that one-dimensional formulas read with plain
/// numbers, `marginal.score(0.5, at: t)`, and the same method serves every dimension.
public protocol Point {
  /// The type of a coordinate, and of times.
  associatedtype Scalar: RealNumber

  /// The dimension d.
  var count: Int { get }

  /// The coordinate `index`, in `0..<count`.
  subscript(index: Int) -> Scalar { get }

  /// The point of dimension `count` with the given coordinates.
  init(count: Int, _ coordinate: (Int) -> Scalar)

  /// The largest absolute value among the coordinates, and among their derivatives for dual numbers; not a number where
  /// one of them is not.
  var largestMagnitude: Double { get }

  static func + (a: Self, b: Self) -> Self
  static func - (a: Self, b: Self) -> Self
  static func * (scale: Scalar, x: Self) -> Self
}

extension Point {
  /// sum_i x_i y_i.
  @inlinable public func dot(_ other: Self) -> Scalar {
    precondition(count == other.count, "a dot product of dimensions \(count) and \(other.count)")
    var sum: Scalar = 0
    for i in 0..<count { sum += self[i] * other[i] }
    return sum
  }

  /// |x|^2.
  @inlinable public var squaredNorm: Scalar { dot(self) }

  /// |x|, not differentiable at 0.
  @inlinable public var norm: Scalar { squaredNorm.squareRoot() }

  /// The coordinates in order.
  @inlinable public var coordinates: [Scalar] { (0..<count).map { self[$0] } }
}

/// The larger of two numbers, NaN where one of them is: `max` would keep the other.
@inlinable
func larger(_ a: Double, _ b: Double) -> Double { a > b || a.isNaN ? a : b }
