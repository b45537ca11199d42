public import RealModule

/// A probability distribution on R^d with a density.
///
/// A new distribution is its dimension, `logDensity`, `sample`, mean and covariance; density and score
/// follow, the score exactly by dual numbers.
public protocol Distribution: Sendable {
  /// The dimension d.
  var dimension: Int { get }

  /// log p(x); -infinity outside the support.
  func logDensity<P: Point>(_ x: P) -> P.Scalar

  /// nabla log p(x).
  func score<P: Point>(_ x: P) -> P

  /// A draw: `let x: Double = p.sample(using: &stream)` in one dimension, a `Vector` in more.
  func sample<P: Point, G: RandomNumberGenerator>(using generator: inout G) -> P

  /// E[x].
  var mean: Vector<Double> { get }

  /// E[(x - mean)(x - mean)^T].
  var covariance: Matrix<Double> { get }
}

extension Distribution {
  /// p(x).
  @inlinable public func density<P: Point>(_ x: P) -> P.Scalar { P.Scalar.exp(logDensity(x)) }

  @inlinable public func score<P: Point>(_ x: P) -> P {
    requireDimension(x)
    return P(count: dimension) { i in
      let seeded = Vector<Dual<P.Scalar>>(count: dimension) { Dual(x[$0], $0 == i ? 1 : 0) }
      return logDensity(seeded).derivative
    }
  }

  @inlinable func requireDimension<P: Point>(_ x: P) {
    precondition(x.count == dimension, "a point of dimension \(x.count) where \(dimension) is expected")
  }
}
