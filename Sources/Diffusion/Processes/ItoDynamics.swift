/// A term whose coefficients are formulas: dX = f_t(X) dt + sigma_t(X) dW in Ito's sense, with
/// D = sigma sigma^T known at any point and number type.
///
/// So the equations that its density satisfies can be written down: the Fokker-Planck equation, the reversal
/// and the probability flow, with all derivatives of D.
public protocol ItoDynamics: Dynamics where Drift: Field {
  /// D_t(x) = sigma sigma^T, a symmetric d x d matrix.
  func noiseRate<P: Point>(_ x: P, at t: P.Scalar) -> Matrix<P.Scalar>

  /// (div D)_i = sum_j d D_ij / d x_j, by dual numbers: d evaluations of D.
  func noiseRateDivergence<P: Point>(_ x: P, at t: P.Scalar) -> P

  /// D y.
  func noiseRate<P: Point>(_ x: P, at t: P.Scalar, times y: P) -> P
}

extension ItoDynamics {
  @inlinable
  public func noiseRateDivergence<P: Point>(_ x: P, at t: P.Scalar) -> P {
    let d = x.count
    var sums = [P.Scalar](repeating: 0, count: d)
    for j in 0..<d {
      let seeded = Vector<Dual<P.Scalar>>(count: d) { Dual(x[$0], $0 == j ? 1 : 0) }
      let rate = noiseRate(seeded, at: Dual(t))
      for i in 0..<d { sums[i] += rate[i, j].derivative }
    }
    return P(count: d) { sums[$0] }
  }

  @inlinable
  public func noiseRate<P: Point>(_ x: P, at t: P.Scalar, times y: P) -> P {
    let rate = noiseRate(x, at: t)
    return P(count: x.count) { i in (0..<x.count).reduce(0) { $0 + rate[i, $1] * y[$1] } }
  }
}

extension ODE: ItoDynamics where Drift: Field {
  @inlinable
  public func noiseRate<P: Point>(_ x: P, at t: P.Scalar) -> Matrix<P.Scalar> {
    Matrix(rows: x.count, columns: x.count) { _, _ in 0 }
  }
}

extension SDE: ItoDynamics where Drift: Field {
  @inlinable
  public func noiseRate<P: Point>(_ x: P, at t: P.Scalar) -> Matrix<P.Scalar> {
    let sigma = diffusion(at: t)
    return Matrix(rows: x.count, columns: x.count) { $0 == $1 ? sigma * sigma : 0 }
  }
}

extension DiagonalSDE: ItoDynamics where Drift: Field, G: Field {
  @inlinable
  public func noiseRate<P: Point>(_ x: P, at t: P.Scalar) -> Matrix<P.Scalar> {
    let g = diffusion(x, at: t)
    return Matrix(rows: x.count, columns: x.count) { $0 == $1 ? g[$0] * g[$0] : 0 }
  }

  // D is diagonal: nothing needs storage.

  /// 2 g_i d g_i / d x_i.
  @inlinable
  public func noiseRateDivergence<P: Point>(_ x: P, at t: P.Scalar) -> P {
    P(count: x.count) { i in
      CoordinateVisitor(field: diffusion, time: Dual(t), index: i).visit(count: x.count) {
        Dual(x[$0], $0 == i ? 1 : 0)
      }.squareDerivative
    }
  }

  /// g_i^2 y_i.
  @inlinable
  public func noiseRate<P: Point>(_ x: P, at t: P.Scalar, times y: P) -> P {
    let g = diffusion(x, at: t)
    return P(count: x.count) { g[$0] * g[$0] * y[$0] }
  }
}

/// A coordinate of a field at a point whose type its dimension decides.
@usableFromInline
struct CoordinateVisitor<F: Field, Scalar: RealNumber>: PointVisitor {
  @usableFromInline let field: F
  @usableFromInline let time: Scalar
  @usableFromInline let index: Int

  @usableFromInline
  init(field: F, time: Scalar, index: Int) {
    self.field = field
    self.time = time
    self.index = index
  }

  @inlinable
  func visit<P: Point>(_ x: P) -> Scalar where P.Scalar == Scalar { field(x, at: time)[index] }
}

extension Dual {
  /// (f^2)' = 2 f f'.
  @inlinable var squareDerivative: T { 2 * value * derivative }
}

extension MatrixSDE: ItoDynamics where Drift: Field, Sigma: MatrixField {
  @inlinable
  public func noiseRate<P: Point>(_ x: P, at t: P.Scalar) -> Matrix<P.Scalar> {
    let sigma = diffusion(x, at: t)
    return sigma * sigma.transposed
  }
}

extension MatrixOrnsteinUhlenbeck: ItoDynamics {
  @inlinable
  public func noiseRate<P: Point>(_ x: P, at t: P.Scalar) -> Matrix<P.Scalar> {
    Matrix(rows: x.count, columns: x.count) { P.Scalar(noiseCovariance[$0, $1]) }
  }
}
