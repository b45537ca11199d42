public import RealModule

/// A smooth invertible map of R^d with its inverse, written for any point and number type.
public protocol Diffeomorphism: Sendable {
  /// The dimension d.
  var dimension: Int { get }

  /// phi(x).
  func callAsFunction<P: Point>(_ x: P) -> P

  /// phi^-1(y).
  func inverse<P: Point>(_ y: P) -> P

  /// log |det d phi / d x| at x; the default takes the determinant of the Jacobian by dual numbers, O(d^3).
  func logDeterminant<P: Point>(_ x: P) -> P.Scalar
}

extension Diffeomorphism {
  @inlinable
  public func logDeterminant<P: Point>(_ x: P) -> P.Scalar {
    let point = Vector<P.Scalar>(count: x.count) { x[$0] }
    return Matrix(jacobian(at: point) { self($0) }).logAbsoluteDeterminant
  }

  /// The map that does this one and then another.
  public func followed<Next: Diffeomorphism>(by next: Next) -> Composition<Self, Next> {
    Composition(self, next)
  }
}

/// next(first(x)).
public struct Composition<First: Diffeomorphism, Next: Diffeomorphism>: Diffeomorphism {
  public let first: First
  public let next: Next

  /// `first`, then `next`.
  public init(_ first: First, _ next: Next) {
    precondition(
      first.dimension == next.dimension, "maps of dimensions \(first.dimension), \(next.dimension)")
    self.first = first
    self.next = next
  }

  public var dimension: Int { first.dimension }
  @inlinable public func callAsFunction<P: Point>(_ x: P) -> P { next(first(x)) }
  @inlinable public func inverse<P: Point>(_ y: P) -> P { first.inverse(next.inverse(y)) }

  @inlinable
  public func logDeterminant<P: Point>(_ x: P) -> P.Scalar {
    first.logDeterminant(x) + next.logDeterminant(first(x))
  }
}

/// The law of phi(x), x ~ base: the change of variables,
///
///     log p(y) = log p_base(x) - log |det d phi / d x|,  x = phi^-1(y).
///
/// Its score is by dual numbers. A normalizing flow is such a law, with a map that is learned.
/// Source: D. Rezende, S. Mohamed, "Variational inference with normalizing flows", ICML 2015.
public struct Pushforward<Base: Density, Map: Diffeomorphism>: Density {
  public let base: Base
  public let map: Map

  /// The law of map(z) for z with the density `base`.
  public init(of base: Base, by map: Map) {
    precondition(base.dimension == map.dimension, "a map of dimension \(map.dimension) of \(base.dimension)")
    self.base = base
    self.map = map
  }

  public var dimension: Int { base.dimension }

  @inlinable
  public func logDensity<P: Point>(_ y: P) -> P.Scalar {
    requireDimension(y)
    let x = map.inverse(y)
    return base.logDensity(x) - map.logDeterminant(x)
  }
}

extension Pushforward where Base: Law {
  /// A draw of phi(x).
  @inlinable
  public func sample<P: Point, G: RandomNumberGenerator>(using generator: inout G) -> P {
    map(base.sample(using: &generator))
  }
}

extension Matrix {
  /// log |det A| by elimination with the largest pivots, -infinity where A is singular. O(n^3).
  @inlinable
  public var logAbsoluteDeterminant: Scalar {
    precondition(rows == columns, "the determinant of a \(rows) x \(columns) matrix")
    var a = self
    var sum: Scalar = 0
    for k in 0..<rows {
      var pivot = k
      for i in k..<rows where abs(a[i, k].realPart) > abs(a[pivot, k].realPart) { pivot = i }
      if a[pivot, k].realPart == 0 { return -.infinity }
      if pivot != k {
        for j in 0..<rows { (a[k, j], a[pivot, j]) = (a[pivot, j], a[k, j]) }
      }
      sum += Scalar.log(a[k, k] < 0 ? -a[k, k] : a[k, k])
      for i in k + 1..<max(rows, k + 1) {
        let ratio = a[i, k] / a[k, k]
        for j in k..<rows { a[i, j] -= ratio * a[k, j] }
      }
    }
    return sum
  }
}
