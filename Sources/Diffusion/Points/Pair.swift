/// A point of the plane without storage of its own: what batched loops give to formulas in two dimensions, where a
/// `Vector` would be allocated for every row.
@frozen
public struct Pair<Scalar: RealNumber>: Point {
  public var first: Scalar
  public var second: Scalar

  /// The point (first, second).
  @inlinable
  public init(_ first: Scalar, _ second: Scalar) {
    self.first = first
    self.second = second
  }

  @inlinable
  public init(count: Int, _ coordinate: (Int) -> Scalar) {
    precondition(count == 2, "a point of the plane has two coordinates, not \(count)")
    self.init(coordinate(0), coordinate(1))
  }

  @inlinable public var count: Int { 2 }

  @inlinable
  public subscript(index: Int) -> Scalar {
    precondition(index == 0 || index == 1, "coordinate \(index) of a point of the plane")
    return index == 0 ? first : second
  }

  @inlinable public var largestMagnitude: Double { larger(first.largestMagnitude, second.largestMagnitude) }

  @inlinable public static func + (a: Pair, b: Pair) -> Pair { Pair(a.first + b.first, a.second + b.second) }
  @inlinable public static func - (a: Pair, b: Pair) -> Pair { Pair(a.first - b.first, a.second - b.second) }

  @inlinable
  public static func * (scale: Scalar, x: Pair) -> Pair { Pair(scale * x.first, scale * x.second) }
}
