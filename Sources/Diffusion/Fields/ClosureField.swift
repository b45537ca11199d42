/// A field given by a closure over plain numbers: quick to write, but not differentiable.
///
///     ClosureField { (x: Double, t: Double) in -t * x }                      // on the line
///     ClosureField { (x: Vector<Double>, t: Double) in -t * x }              // in any dimension
///     ClosureField { x, t, out in for i in 0..<x.count { out[i] = -t * x[i] } }
///
/// A closure that returns a `Vector` allocates it, for every row. The last form, which writes into a vector that is used
/// again, allocates nothing, in any dimension; nor do closures over `Double`, `Pair` and `InlineVector`.
public struct ClosureField<P: Point>: BatchField where P.Scalar == Double {
  private enum Form: Sendable {
    case returning(@Sendable (P, Double) -> P)
    case writing(@Sendable (Vector<Double>, Double, inout Vector<Double>) -> Void)
  }

  private let form: Form

  /// The value at x and t, of the dimension of x.
  public init(_ closure: @escaping @Sendable (_ x: P, _ t: Double) -> P) { form = .returning(closure) }

  public func floatEvaluator(count: Int, dimension: Int) -> BatchFunction<Float> { evaluator(dimension) }
  public func doubleEvaluator(count: Int, dimension: Int) -> BatchFunction<Double> { evaluator(dimension) }

  private func evaluator<T: MachineReal>(_ dimension: Int) -> BatchFunction<T> {
    switch form {
    case .returning(let closure):
      return BatchFunction { x, t, out in
        for row in 0..<x.count {
          let y = closure(P(count: x.dimension) { x[row, $0].realPart }, t.realPart)
          precondition(y.count == x.dimension, "a field of dimension \(y.count) at points of \(x.dimension)")
          for i in 0..<x.dimension { out[row, i] = T(y[i]) }
        }
      }
    case .writing(let closure):
      var point = Vector<Double>.zero(dimension)
      var value = point
      return BatchFunction { x, t, out in
        for row in 0..<x.count {
          for i in 0..<dimension { point[i] = x[row, i].realPart }
          closure(point, t.realPart, &value)
          precondition(
            value.count == dimension, "a field of dimension \(value.count) at points of \(dimension)")
          for i in 0..<dimension { out[row, i] = T(value[i]) }
        }
      }
    }
  }
}

extension ClosureField where P == Vector<Double> {
  /// The value at x and t, written into `out`, which has the dimension of x and holds the last value written.
  public init(
    _ closure: @escaping @Sendable (_ x: Vector<Double>, _ t: Double, _ out: inout Vector<Double>) -> Void
  ) {
    form = .writing(closure)
  }
}
