/// A point of up to 16 dimensions without storage of its own: what batched loops give to formulas in three dimensions and
/// more, where a `Vector` would be allocated for every row.
///
/// A closure may take it in place of a `Vector`: `ClosureField { (x: InlineVector<Double>, t: Double) in -t * x }`.
public struct InlineVector<Scalar: RealNumber>: Point, Sendable {
  public let count: Int
  @usableFromInline var storage: InlineArray<16, Scalar>

  /// The most coordinates there may be.
  @inlinable public static var capacity: Int { 16 }

  @inlinable
  public init(count: Int, _ coordinate: (Int) -> Scalar) {
    precondition(count >= 0 && count <= 16, "an inline vector has at most 16 coordinates, not \(count)")
    self.count = count
    storage = InlineArray(repeating: 0)
    for i in 0..<count { storage[i] = coordinate(i) }
  }

  @inlinable
  public subscript(index: Int) -> Scalar {
    get {
      requireCoordinate(index, of: count)
      return storage[index]
    }
    set {
      requireCoordinate(index, of: count)
      storage[index] = newValue
    }
  }

  @inlinable
  public var largestMagnitude: Double {
    var largest = 0.0
    for i in 0..<count { largest = larger(largest, storage[i].largestMagnitude) }
    return largest
  }
}

extension InlineVector {
  @inlinable
  public static func + (a: InlineVector, b: InlineVector) -> InlineVector {
    precondition(a.count == b.count, "a sum of points of dimensions \(a.count) and \(b.count)")
    return InlineVector(count: a.count) { a.storage[$0] + b.storage[$0] }
  }

  @inlinable
  public static func - (a: InlineVector, b: InlineVector) -> InlineVector {
    precondition(a.count == b.count, "a difference of points of dimensions \(a.count) and \(b.count)")
    return InlineVector(count: a.count) { a.storage[$0] - b.storage[$0] }
  }

  @inlinable
  public static func * (scale: Scalar, x: InlineVector) -> InlineVector {
    InlineVector(count: x.count) { scale * x.storage[$0] }
  }
}
