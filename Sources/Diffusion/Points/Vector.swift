/// A point of R^d with arithmetic: `Vector([1.0, 2.0])` or `[1.0, 2.0]` where the type is known.
///
/// Operands must agree in dimension. Storage is an array; hot loops over many points use `Batch` instead.
public struct Vector<Scalar: RealNumber>: Point, Equatable, Sendable, ExpressibleByArrayLiteral {
  @usableFromInline var storage: [Scalar]

  /// The point with these coordinates.
  @inlinable public init(_ coordinates: [Scalar]) { storage = coordinates }

  @inlinable public init(arrayLiteral coordinates: Scalar...) { storage = coordinates }

  @inlinable public init(count: Int, _ coordinate: (Int) -> Scalar) {
    precondition(count >= 0, "a point of dimension \(count)")
    storage = [Scalar](unsafeUninitializedCapacity: count) { buffer, initialized in
      for i in 0..<count { buffer.initializeElement(at: i, to: coordinate(i)) }
      initialized = count
    }
  }

  /// The origin of R^`count`.
  @inlinable public static func zero(_ count: Int) -> Vector {
    Vector(count: count) { _ in 0 }
  }

  @inlinable public var count: Int { storage.count }

  @inlinable public subscript(index: Int) -> Scalar {
    get {
      requireCoordinate(index, of: storage.count)
      return storage[index]
    }
    set {
      requireCoordinate(index, of: storage.count)
      storage[index] = newValue
    }
  }

  /// The vector as a constant, for use inside a derivative.
  @inlinable public var lifted: Vector<Dual<Scalar>> {
    Vector<Dual<Scalar>>(count: count) { Dual(storage[$0]) }
  }

  @inlinable public var largestMagnitude: Double {
    storage.reduce(0) { larger($0, $1.largestMagnitude) }
  }
}

extension Vector {
  @inlinable public static func + (a: Vector, b: Vector) -> Vector {
    precondition(a.count == b.count, "a sum of vectors of dimensions \(a.count) and \(b.count)")
    return Vector(count: a.count) { a[$0] + b[$0] }
  }

  @inlinable public static func - (a: Vector, b: Vector) -> Vector {
    precondition(a.count == b.count, "a difference of vectors of dimensions \(a.count) and \(b.count)")
    return Vector(count: a.count) { a[$0] - b[$0] }
  }

  @inlinable public static func * (scale: Scalar, x: Vector) -> Vector {
    Vector(count: x.count) { scale * x[$0] }
  }

  @inlinable public static func / (x: Vector, divisor: Scalar) -> Vector {
    Vector(count: x.count) { x[$0] / divisor }
  }

  @inlinable public static prefix func - (x: Vector) -> Vector { Vector(count: x.count) { -x[$0] } }

  @inlinable public static func += (a: inout Vector, b: Vector) { a = a + b }

  @inlinable public static func -= (a: inout Vector, b: Vector) { a = a - b }
}

extension Vector: CustomStringConvertible {
  public var description: String { storage.description }
}
