// What Ito's reading of noise that depends on the point adds to Stratonovich's:
//
//     dX = f dt + sigma dW (Ito)  =  (f - c) dt + sigma o dW (Stratonovich),
//     c_i = 1/2 sum_jl sigma_lj d_l sigma_ij,
//
// by dual numbers. Source: P. Kloeden, E. Platen, *Numerical Solution of Stochastic Differential Equations*, Springer
// 1992, section 4.9.

/// c_i = g_i d_i g_i / 2, for a factor g_i per coordinate, whatever coordinates it depends on: d evaluations of g.
struct DiagonalItoCorrection<G: Field>: Field {
  let factors: G

  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
    P(count: x.count) { i in
      CoordinateVisitor(field: factors, time: Dual(t), index: i).visit(count: x.count) {
        Dual(x[$0], $0 == i ? 1 : 0)
      }.squareDerivative / 4
    }
  }
}

/// c for a matrix of noise: one derivative along each of its columns.
struct MatrixItoCorrection<Sigma: MatrixField>: Field {
  let noise: Sigma

  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
    let d = x.count
    let (point, sigma) = (Vector<P.Scalar>(count: d) { x[$0] }, noise(x, at: t))
    precondition(
      sigma.rows == d && sigma.columns == d, "noise of \(sigma.rows) x \(sigma.columns) in dimension \(d)")
    var sums = [P.Scalar](repeating: 0, count: d)
    for j in 0..<d {
      let moved = noise(point.seeded(along: Vector(count: d) { sigma[$0, j] }), at: Dual(t))
      for i in 0..<d { sums[i] += moved[i, j].derivative / 2 }
    }
    return P(count: d) { sums[$0] }
  }
}

/// The same from the entries of the noise, without storage: d^2 derivatives.
struct EntryItoCorrection<Sigma: EntrywiseMatrixField>: Field {
  let noise: Sigma

  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
    let d = x.count
    return P(count: d) { i in
      var sum: P.Scalar = 0
      for j in 0..<d {
        let entry = Entry(noise: noise, time: Dual(t), row: i, column: j)
        sum += entry.visit(count: d) { Dual(x[$0], noise.entry($0, j, of: x, at: t)) }.derivative / 2
      }
      return sum
    }
  }

  /// sigma_ij at a point whose type its dimension decides.
  private struct Entry<Scalar: RealNumber>: PointVisitor {
    let noise: Sigma
    let time: Scalar
    let row: Int
    let column: Int

    func visit<P: Point>(_ x: P) -> Scalar where P.Scalar == Scalar {
      noise.entry(row, column, of: x, at: time)
    }
  }
}

extension Noise {
  /// c, or nil where the noise does not depend on the point. The noise must be a formula.
  func itoCorrection<T: MachineReal>(_ type: T.Type, count: Int, dimension: Int) -> BatchFunction<T>? {
    func evaluator(_ field: some Field) -> BatchFunction<T> {
      T.evaluator(of: field, count: count, dimension: dimension)
    }
    func diagonal(_ factors: some Field) -> BatchFunction<T> {
      evaluator(DiagonalItoCorrection(factors: factors))
    }
    func entries(_ noise: some EntrywiseMatrixField) -> BatchFunction<T> {
      evaluator(EntryItoCorrection(noise: noise))
    }
    func matrix(_ noise: some MatrixField) -> BatchFunction<T> {
      evaluator(MatrixItoCorrection(noise: noise))
    }
    switch self {
    case .additive: return nil
    case .matrix(let noise) where noise is ConstantMatrix: return nil
    case .diagonal(let factors):
      if let field = factors as? any Field { return diagonal(field) }
    case .matrix(let noise):
      if let field = noise as? any EntrywiseMatrixField { return entries(field) }
      if let field = noise as? any MatrixField { return matrix(field) }
    }
    preconditionFailure(
      "the stochastic Heun method differentiates noise that depends on the point: give it as a Field or a MatrixField"
    )
  }
}
