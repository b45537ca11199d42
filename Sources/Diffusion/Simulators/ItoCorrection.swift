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

extension Noise {
  /// c, or nil where the noise does not depend on the point. The noise must be a formula.
  func itoCorrection<T: MachineReal>(_ type: T.Type, count: Int, dimension: Int) -> BatchFunction<T>? {
    func diagonal(_ factors: some Field) -> BatchFunction<T> {
      T.evaluator(of: DiagonalItoCorrection(factors: factors), count: count, dimension: dimension)
    }
    // One derivative along each column of the matrix.
    func matrix<Sigma: MatrixField>(_ noise: Sigma) -> BatchFunction<T> {
      let sigma = MatrixValue<Sigma, T>(noise, dimension: dimension)
      let moved = MatrixValue<Sigma, Dual<T>>(noise, dimension: dimension)
      return BatchFunction { x, t, out in
        out.withMutableElements { $0.update(repeating: 0) }
        for row in 0..<x.count {
          sigma.move(to: t) { x[row, $0] }
          for j in 0..<dimension {
            moved.move(to: Dual(t)) { Dual(x[row, $0], sigma.matrix[$0, j]) }
            for i in 0..<dimension { out[row, i] += moved.matrix[i, j].derivative / 2 }
          }
        }
      }
    }
    switch self {
    case .additive: return nil
    case .matrix(let noise) where noise is ConstantMatrix: return nil
    case .diagonal(let factors):
      if let field = factors as? any Field { return diagonal(field) }
    case .matrix(let noise):
      if let field = noise as? any MatrixField { return matrix(field) }
    }
    preconditionFailure(
      "the stochastic Heun method differentiates noise that depends on the point: give it as a Field or a MatrixField"
    )
  }
}
