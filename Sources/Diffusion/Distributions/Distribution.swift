public import RealModule

/// A probability law that can be sampled and whose first two moments are known.
public protocol Law: Sendable {
  /// The dimension d.
  var dimension: Int { get }

  /// A draw: `let x: Double = p.sample(using: &stream)` in one dimension, a `Vector` in more.
  func sample<P: Point, G: RandomNumberGenerator>(using generator: inout G) -> P

  /// E[x].
  var mean: Vector<Double> { get }

  /// E[(x - mean)(x - mean)^T].
  var covariance: Matrix<Double> { get }
}

/// A probability density on R^d, written for any point and number type.
///
/// A new one is `logDensity`; density and score follow, the score exactly by dual numbers. A point that is not a number
/// has a density that is none.
public protocol Density: Sendable {
  /// The dimension d.
  var dimension: Int { get }

  /// log p(x); -infinity outside the support.
  func logDensity<P: Point>(_ x: P) -> P.Scalar

  /// nabla log p(x), the score; unless given, by dual numbers with d evaluations of log p. What it is where p(x) = 0 each
  /// density says.
  func score<P: Point>(_ x: P) -> P

  /// Writes nabla log p at the rows of x, in single precision: what a simulation calls.
  func writeScores(at x: Batch<Float>, into out: inout Batch<Float>)

  /// The same in double precision.
  func writeScores(at x: Batch<Double>, into out: inout Batch<Double>)
}

/// A law with a density.
public protocol Distribution: Law, Density {}

extension Density {
  // Not generic over the number type, so that the conforming module compiles them for its own density.

  @inlinable
  public func writeScores(at x: Batch<Float>, into out: inout Batch<Float>) { writeRows(x, into: &out) }

  @inlinable
  public func writeScores(at x: Batch<Double>, into out: inout Batch<Double>) { writeRows(x, into: &out) }

  @inlinable
  func writeRows<T: MachineReal>(_ x: Batch<T>, into out: inout Batch<T>) {
    switch x.dimension {
    case 1: for row in 0..<x.count { out[row, 0] = score(x[row, 0]) }
    case 2: for row in 0..<x.count { out[pair: row] = score(x[pair: row]) }
    case 3...16: for row in 0..<x.count { out[inline: row] = score(x[inline: row]) }
    default: for row in 0..<x.count { out[long: row] = score(x[long: row]) }
    }
  }

  /// p(x).
  @inlinable public func density<P: Point>(_ x: P) -> P.Scalar { P.Scalar.exp(logDensity(x)) }

  @inlinable public func score<P: Point>(_ x: P) -> P {
    requireDimension(x)
    return P(count: dimension) { i in
      LogDensityVisitor(density: self).visit(count: dimension) { Dual(x[$0], $0 == i ? 1 : 0) }.derivative
    }
  }

  @inlinable func requireDimension<P: Point>(_ x: P) {
    precondition(x.count == dimension, "a point of dimension \(x.count) where \(dimension) is expected")
  }
}

extension Law {
  /// `count` independent draws, read from the beginning of the stream.
  public func samples<T: MachineReal>(_ type: T.Type = T.self, count: Int, from stream: RandomStream)
    -> Batch<T>
  {
    var generator = stream
    var batch = Batch<T>(count: count, dimension: dimension)
    for row in 0..<count {
      let draw: Vector<Double> = sample(using: &generator)
      for i in 0..<dimension { batch[row, i] = T(draw[i]) }
    }
    return batch
  }

  /// The same in double precision, where no other is asked for.
  public func samples(count: Int, from stream: RandomStream) -> Batch<Double> {
    samples(Double.self, count: count, from: stream)
  }
}

/// The log-density at a point whose type its dimension decides.
@usableFromInline
struct LogDensityVisitor<D: Density, Scalar: RealNumber>: PointVisitor {
  @usableFromInline let density: D
  @usableFromInline init(density: D) { self.density = density }
  @inlinable func visit<P: Point>(_ x: P) -> Scalar where P.Scalar == Scalar { density.logDensity(x) }
}
