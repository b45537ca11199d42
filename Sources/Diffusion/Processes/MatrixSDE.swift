/// A time-dependent matrix field sigma_t(x), written for any point and number type.
public protocol MatrixField: BatchMatrixField {
  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> Matrix<P.Scalar>
}

/// What a simulator needs of a matrix field: to multiply increments by it.
public protocol BatchMatrixField: Sendable {
  /// increments = sigma_t(x) increments, row by row.
  func multiply<T: MachineReal>(_ increments: inout Batch<T>, at x: Batch<T>, _ t: T)
}

extension MatrixField {
  @inlinable
  public func multiply<T: MachineReal>(_ increments: inout Batch<T>, at x: Batch<T>, _ t: T) {
    for row in 0..<x.count { increments[row] = self(x[row], at: t)(increments[row]) }
  }
}

/// The same matrix everywhere.
public struct ConstantMatrix: MatrixField {
  public let matrix: Matrix<Double>
  public init(_ matrix: Matrix<Double>) { self.matrix = matrix }

  @inlinable
  public func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> Matrix<P.Scalar> {
    Matrix(rows: matrix.rows, columns: matrix.columns) { P.Scalar(matrix[$0, $1]) }
  }

  public func multiply<T: MachineReal>(_ increments: inout Batch<T>, at x: Batch<T>, _ t: T) {
    let d = matrix.rows
    precondition(
      d == x.dimension && matrix.columns == d, "a \(d)-dimensional noise in dimension \(x.dimension)")
    increments.withMutableElements { increments in
      withUnsafeTemporaryAllocation(of: T.self, capacity: d) { image in
        for row in stride(from: 0, to: increments.count, by: d) {
          for i in 0..<d {
            var sum: T = 0
            for j in 0..<d { sum += T(matrix[i, j]) * increments[row + j] }
            image[i] = sum
          }
          for i in 0..<d { increments[row + i] = image[i] }
        }
      }
    }
  }
}

/// dX = f_t(X) dt + sigma_t(X) dW with a square matrix sigma, in Ito's sense: the general case.
public struct MatrixSDE<Drift: BatchField, Sigma: BatchMatrixField>: Dynamics {
  public let drift: Drift
  public let diffusion: Sigma

  public init(drift: Drift, diffusion: Sigma) {
    self.drift = drift
    self.diffusion = diffusion
  }

  public var noise: Noise? { .matrix(diffusion) }
}
