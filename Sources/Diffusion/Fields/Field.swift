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
/// It runs over batches point by point; a field for which speed counts gives evaluators of its own, tested
/// equal to the formula.
public protocol Field: BatchField {
  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P
}

extension Field {
  // Not generic over the number type, so that the conforming module compiles them for its own field.

  @inlinable
  public func floatEvaluator(count: Int, dimension: Int) -> BatchFunction<Float> {
    BatchFunction { x, t, out in for row in 0..<x.count { out[row] = self(x[row], at: t) } }
  }

  @inlinable
  public func doubleEvaluator(count: Int, dimension: Int) -> BatchFunction<Double> {
    BatchFunction { x, t, out in for row in 0..<x.count { out[row] = self(x[row], at: t) } }
  }

  /// div f_t(x), by dual numbers: d evaluations.
  @inlinable
  public func divergence<P: Point>(_ x: P, at t: P.Scalar) -> P.Scalar {
    let point = Vector<P.Scalar>(count: x.count) { x[$0] }
    return Diffusion.divergence(at: point) { self($0, at: Dual(t)) }
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
