/// A time-dependent function on R^d with values in R^d that simulators can run: a vector field, a score, a
/// network.
///
/// The two evaluators are what the simulators call; each call makes an independent one, for one thread.
public protocol BatchField: Sendable {
  func floatEvaluator(count: Int, dimension: Int) -> BatchFunction<Float>
  func doubleEvaluator(count: Int, dimension: Int) -> BatchFunction<Double>
}

/// A field written once, pointwise, for any point and number type, so that it can be differentiated.
///
///     struct Decay: Field {
///       func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P { (-1 - t) * x }
///     }
///
/// It runs over batches point by point, as plain numbers on the line and without storage in the plane; from three
/// dimensions on each row costs the allocations of its vectors. A field for which speed counts gives evaluators of its
/// own, tested equal to the formula.
public protocol Field: BatchField {
  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P
}

extension Field {
  // Not generic over the number type, so that the conforming module compiles them for its own field. On the line and
  // in the plane, points are plain numbers and pairs, and nothing is allocated.

  @inlinable
  public func floatEvaluator(count: Int, dimension: Int) -> BatchFunction<Float> {
    switch dimension {
    case 1: BatchFunction { x, t, out in for row in 0..<x.count { out[row, 0] = self(x[row, 0], at: t) } }
    case 2:
      BatchFunction { x, t, out in for row in 0..<x.count { out[pair: row] = self(x[pair: row], at: t) } }
    default: BatchFunction { x, t, out in for row in 0..<x.count { out[row] = self(x[row], at: t) } }
    }
  }

  @inlinable
  public func doubleEvaluator(count: Int, dimension: Int) -> BatchFunction<Double> {
    switch dimension {
    case 1: BatchFunction { x, t, out in for row in 0..<x.count { out[row, 0] = self(x[row, 0], at: t) } }
    case 2:
      BatchFunction { x, t, out in for row in 0..<x.count { out[pair: row] = self(x[pair: row], at: t) } }
    default: BatchFunction { x, t, out in for row in 0..<x.count { out[row] = self(x[row], at: t) } }
    }
  }

  /// div f_t(x), by dual numbers: d evaluations.
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
}

/// A field given by a closure over plain numbers: quick to write, but not differentiable.
///
/// The closure takes a `Double` in one dimension or a `Vector<Double>` in any.
public struct ClosureField<P: Point>: BatchField where P.Scalar == Double {
  private let closure: @Sendable (P, Double) -> P

  public init(_ closure: @escaping @Sendable (_ x: P, _ t: Double) -> P) { self.closure = closure }

  public func floatEvaluator(count: Int, dimension: Int) -> BatchFunction<Float> { evaluator() }
  public func doubleEvaluator(count: Int, dimension: Int) -> BatchFunction<Double> { evaluator() }

  private func evaluator<T: MachineReal>() -> BatchFunction<T> {
    BatchFunction { [closure] x, t, out in
      for row in 0..<x.count {
        let y = closure(P(count: x.dimension) { x[row, $0].realPart }, t.realPart)
        precondition(y.count == x.dimension, "a field of dimension \(y.count) at points of \(x.dimension)")
        for i in 0..<x.dimension { out[row, i] = T(y[i]) }
      }
    }
  }
}
