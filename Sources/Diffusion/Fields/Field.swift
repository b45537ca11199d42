/// A time-dependent function on R^d with values in R^d that simulators can run: a vector field, a score, a
/// network.
///
/// The two evaluators are what the simulators call; each call makes an independent one, for one thread.
public protocol BatchField: Sendable {
  /// The field at batches of `count` points of dimension `dimension`, in single precision.
  func floatEvaluator(count: Int, dimension: Int) -> BatchFunction<Float>

  /// The field at batches of `count` points of dimension `dimension`, in double precision.
  func doubleEvaluator(count: Int, dimension: Int) -> BatchFunction<Double>
}

/// A field written once, pointwise, for any point and number type, so that it can be differentiated.
///
///     struct Decay: Field {
///       func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P { (-1 - t) * x }
///     }
///
/// It runs over batches point by point: as plain numbers on the line, a `Pair` in the plane, an `InlineVector` in up to
/// 16 dimensions, none of which has storage, and in more dimensions as points whose memory is used again. So a
/// simulation of it allocates nothing once it runs, but for what the formula itself makes: a `Vector`, a `Matrix`, an
/// array (`coordinates`). A field for which speed counts gives evaluators of its own, tested equal to the formula.
public protocol Field: BatchField {
  /// f_t(x), of the dimension of x.
  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P
}

extension Field {
  // Not generic over the number type, so that the conforming module compiles them for its own field.

  @inlinable
  public func floatEvaluator(count: Int, dimension: Int) -> BatchFunction<Float> {
    switch dimension {
    case 1: BatchFunction { x, t, out in for row in 0..<x.count { out[row, 0] = self(x[row, 0], at: t) } }
    case 2:
      BatchFunction { x, t, out in for row in 0..<x.count { out[pair: row] = self(x[pair: row], at: t) } }
    case 3...16:
      BatchFunction { x, t, out in for row in 0..<x.count { out[inline: row] = self(x[inline: row], at: t) } }
    default:
      BatchFunction { x, t, out in for row in 0..<x.count { out[long: row] = self(x[long: row], at: t) } }
    }
  }

  @inlinable
  public func doubleEvaluator(count: Int, dimension: Int) -> BatchFunction<Double> {
    switch dimension {
    case 1: BatchFunction { x, t, out in for row in 0..<x.count { out[row, 0] = self(x[row, 0], at: t) } }
    case 2:
      BatchFunction { x, t, out in for row in 0..<x.count { out[pair: row] = self(x[pair: row], at: t) } }
    case 3...16:
      BatchFunction { x, t, out in for row in 0..<x.count { out[inline: row] = self(x[inline: row], at: t) } }
    default:
      BatchFunction { x, t, out in for row in 0..<x.count { out[long: row] = self(x[long: row], at: t) } }
    }
  }

  /// div f_t(x) = sum_i d f_i / d x_i, by dual numbers: d evaluations.
  @inlinable
  public func divergence<P: Point>(_ x: P, at t: P.Scalar) -> P.Scalar {
    let point = Vector<P.Scalar>(count: x.count) { x[$0] }
    return Diffusion.divergence(at: point) { self($0, at: Dual(t)) }
  }
}

extension Batch {
  /// Point `row` of the plane.
  @inlinable
  subscript(pair row: Int) -> Pair<Scalar> {
    get { Pair(self[row, 0], self[row, 1]) }
    set {
      self[row, 0] = newValue.first
      self[row, 1] = newValue.second
    }
  }

  /// Point `row` of up to 16 dimensions.
  @inlinable
  subscript(inline row: Int) -> InlineVector<Scalar> {
    get { InlineVector(count: dimension) { self[row, $0] } }
    set {
      precondition(
        newValue.count == dimension, "a value of dimension \(newValue.count) at points of \(dimension)")
      for i in 0..<dimension { self[row, i] = newValue[i] }
    }
  }

  /// Point `row` of any dimension.
  @inlinable
  subscript(long row: Int) -> LongVector<Scalar> {
    get { LongVector(count: dimension) { self[row, $0] } }
    set {
      precondition(
        newValue.count == dimension, "a value of dimension \(newValue.count) at points of \(dimension)")
      for i in 0..<dimension { self[row, i] = newValue[i] }
    }
  }
}
