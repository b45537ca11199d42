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

  /// What adds multiples of div D + D y to batches of one shape, with the memory that it needs, for use by one thread;
  /// unless it is given, by the two formulas, point by point.
  func noiseCorrection<T: MachineReal>(_ type: T.Type, dimension: Int) -> NoiseCorrection<T>
}

/// out += factor (div D + D y) at time t, row by row of x.
public typealias NoiseCorrection<T: MachineReal> = (
  _ out: inout Batch<T>, _ factor: T, _ x: Batch<T>, _ t: T, _ y: Batch<T>
) -> Void

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

  @inlinable
  public func noiseCorrection<T: MachineReal>(_ type: T.Type, dimension: Int) -> NoiseCorrection<T> {
    { out, factor, x, t, y in
      out.withMutableElements { out in
        y.withElements { y in
          for row in 0..<x.count {
            let place = row * dimension..<(row + 1) * dimension
            PointCorrection(
              dynamics: self, factor: factor, time: t, y: UnsafeBufferPointer(rebasing: y[place]),
              out: UnsafeMutableBufferPointer(rebasing: out[place])
            ).visit(count: dimension) { x[row, $0] }
          }
        }
      }
    }
  }
}

/// Adds factor (div D + D y) at a point whose type its dimension decides.
@usableFromInline
struct PointCorrection<D: ItoDynamics, Scalar: RealNumber>: PointVisitor {
  @usableFromInline let dynamics: D
  @usableFromInline let factor: Scalar
  @usableFromInline let time: Scalar
  @usableFromInline let y: UnsafeBufferPointer<Scalar>
  @usableFromInline let out: UnsafeMutableBufferPointer<Scalar>

  @usableFromInline
  init(
    dynamics: D, factor: Scalar, time: Scalar, y: UnsafeBufferPointer<Scalar>,
    out: UnsafeMutableBufferPointer<Scalar>
  ) {
    self.dynamics = dynamics
    self.factor = factor
    self.time = time
    self.y = y
    self.out = out
  }

  @inlinable
  func visit<P: Point>(_ x: P) where P.Scalar == Scalar {
    let pull = dynamics.noiseRate(x, at: time, times: P(count: x.count) { y[$0] })
    let correction = dynamics.noiseRateDivergence(x, at: time) + pull
    for i in 0..<x.count { out[i] += factor * correction[i] }
  }
}

extension ODE: ItoDynamics where Drift: Field {
  @inlinable
  public func noiseRate<P: Point>(_ x: P, at t: P.Scalar) -> Matrix<P.Scalar> {
    Matrix(rows: x.count, columns: x.count) { _, _ in 0 }
  }

  // Nothing needs storage.

  @inlinable
  public func noiseRateDivergence<P: Point>(_ x: P, at t: P.Scalar) -> P { P(count: x.count) { _ in 0 } }

  @inlinable
  public func noiseRate<P: Point>(_ x: P, at t: P.Scalar, times y: P) -> P { P(count: x.count) { _ in 0 } }
}

extension SDE: ItoDynamics where Drift: Field {
  @inlinable
  public func noiseRate<P: Point>(_ x: P, at t: P.Scalar) -> Matrix<P.Scalar> {
    let sigma = diffusion(at: t)
    return Matrix(rows: x.count, columns: x.count) { $0 == $1 ? sigma * sigma : 0 }
  }

  // D is a number: nothing needs storage.

  @inlinable
  public func noiseRateDivergence<P: Point>(_ x: P, at t: P.Scalar) -> P { P(count: x.count) { _ in 0 } }

  @inlinable
  public func noiseRate<P: Point>(_ x: P, at t: P.Scalar, times y: P) -> P {
    let sigma = diffusion(at: t)
    return (sigma * sigma) * y
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

  /// Sigma is written into matrices that are used again: once as it is, and d times on dual numbers. O(d^3) a point.
  @inlinable
  public func noiseCorrection<T: MachineReal>(_ type: T.Type, dimension d: Int) -> NoiseCorrection<T> {
    let sigma = MatrixValue<Sigma, T>(diffusion, dimension: d)
    let moved = MatrixValue<Sigma, Dual<T>>(diffusion, dimension: d)
    return { out, factor, x, t, y in
      for row in 0..<x.count {
        sigma.move(to: t) { x[row, $0] }
        for k in 0..<d {
          var sum: T = 0
          for j in 0..<d { sum += sigma.matrix[j, k] * y[row, j] }
          sigma.image[k] = sum
        }
        for i in 0..<d {
          var sum: T = 0
          for k in 0..<d { sum += sigma.matrix[i, k] * sigma.image[k] }
          out[row, i] += factor * sum
        }
        for j in 0..<d {
          moved.move(to: Dual(t)) { Dual(x[row, $0], $0 == j ? 1 : 0) }
          for i in 0..<d {
            var rate: Dual<T> = 0
            for k in 0..<d { rate += moved.matrix[i, k] * moved.matrix[j, k] }
            out[row, i] += factor * rate.derivative
          }
        }
      }
    }
  }
}

/// A term whose noise is the same everywhere: D is a constant matrix.
public protocol ConstantNoiseDynamics: ItoDynamics {
  /// D.
  var noiseCovariance: Matrix<Double> { get }
}

extension MatrixOrnsteinUhlenbeck: ConstantNoiseDynamics {}

extension ConstantNoiseDynamics {
  @inlinable
  public func noiseRate<P: Point>(_ x: P, at t: P.Scalar) -> Matrix<P.Scalar> {
    Matrix(rows: x.count, columns: x.count) { P.Scalar(noiseCovariance[$0, $1]) }
  }

  // Nothing needs storage.

  @inlinable
  public func noiseRateDivergence<P: Point>(_ x: P, at t: P.Scalar) -> P { P(count: x.count) { _ in 0 } }

  @inlinable
  public func noiseRate<P: Point>(_ x: P, at t: P.Scalar, times y: P) -> P {
    P(count: x.count) { i in
      var sum: P.Scalar = 0
      for j in 0..<x.count { sum += P.Scalar(noiseCovariance[i, j]) * y[j] }
      return sum
    }
  }
}
