/// A time-dependent matrix field sigma_t(x), written for any point and number type.
///
/// A `Matrix` has storage, so this formula allocates one for every point. Noise for long simulations gives `write` too,
/// which fills a matrix that is used again; an `EntrywiseMatrixField` has it.
public protocol MatrixField: BatchMatrixField {
  /// sigma_t(x), a d x d matrix at points of dimension d.
  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> Matrix<P.Scalar>

  /// Writes sigma_t(x) into `matrix`, which is d x d and holds the value at another point; unless it is given, the matrix
  /// that the formula makes takes its place.
  func write<P: Point>(_ matrix: inout Matrix<P.Scalar>, at x: P, _ t: P.Scalar)
}

/// What a simulator needs of a matrix field: to multiply increments by it.
public protocol BatchMatrixField: Sendable {
  /// increments = sigma_t(x) increments, row by row; `memory` belongs to this field alone and is the same at all steps.
  func multiply<T: MachineReal>(
    _ increments: inout Batch<T>, at x: Batch<T>, _ t: T, memory: WorkingMemory)
}

extension MatrixField {
  @inlinable
  public func write<P: Point>(_ matrix: inout Matrix<P.Scalar>, at x: P, _ t: P.Scalar) {
    matrix = self(x, at: t)
  }

  @inlinable
  public func multiply<T: MachineReal>(
    _ increments: inout Batch<T>, at x: Batch<T>, _ t: T, memory: WorkingMemory
  ) {
    let d = x.dimension
    let sigma = memory.object { MatrixValue<Self, T>(self, dimension: d) }
    increments.withMutableElements { increments in
      for row in 0..<x.count {
        sigma.move(to: t) { x[row, $0] }
        sigma.multiply(UnsafeMutableBufferPointer(rebasing: increments[row * d..<(row + 1) * d]))
      }
    }
  }
}

/// A square matrix field given entry by entry: noise for long simulations, which allocates nothing once they run.
///
///     struct Shear: EntrywiseMatrixField {
///       func entry<P: Point>(_ i: Int, _ j: Int, of x: P, at t: P.Scalar) -> P.Scalar {
///         i == j ? 1 : j > i ? 0.3 * P.Scalar.sin(x[i]) : 0
///       }
///     }
///
/// O(d^2) entries a point.
public protocol EntrywiseMatrixField: MatrixField {
  /// sigma_ij at x and t, for i and j in 0..<d.
  func entry<P: Point>(_ i: Int, _ j: Int, of x: P, at t: P.Scalar) -> P.Scalar
}

extension EntrywiseMatrixField {
  @inlinable
  public func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> Matrix<P.Scalar> {
    Matrix(rows: x.count, columns: x.count) { entry($0, $1, of: x, at: t) }
  }

  @inlinable
  public func write<P: Point>(_ matrix: inout Matrix<P.Scalar>, at x: P, _ t: P.Scalar) {
    let d = x.count
    precondition(
      matrix.rows == d && matrix.columns == d,
      "a matrix of \(matrix.rows) x \(matrix.columns) for noise in dimension \(d)")
    matrix.storage.withUnsafeMutableBufferPointer { matrix in
      for i in 0..<d { for j in 0..<d { matrix[i * d + j] = entry(i, j, of: x, at: t) } }
    }
  }
}

/// The same matrix everywhere.
public struct ConstantMatrix: MatrixField {
  public let matrix: Matrix<Double>

  /// A d x d matrix, for points of dimension d.
  public init(_ matrix: Matrix<Double>) { self.matrix = matrix }

  @inlinable
  public func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> Matrix<P.Scalar> {
    Matrix(rows: matrix.rows, columns: matrix.columns) { P.Scalar(matrix[$0, $1]) }
  }

  @inlinable
  public func write<P: Point>(_ value: inout Matrix<P.Scalar>, at x: P, _ t: P.Scalar) {
    precondition(
      matrix.rows == x.count && matrix.columns == x.count,
      "a \(matrix.rows) x \(matrix.columns) noise in dimension \(x.count)")
    for i in 0..<x.count { for j in 0..<x.count { value[i, j] = P.Scalar(matrix[i, j]) } }
  }

  /// The matrix is written once a step, not at every point.
  public func multiply<T: MachineReal>(
    _ increments: inout Batch<T>, at x: Batch<T>, _ t: T, memory: WorkingMemory
  ) {
    let d = x.dimension
    let sigma = memory.object { MatrixValue<ConstantMatrix, T>(self, dimension: d) }
    sigma.move(to: t) { _ in 0 }
    increments.withMutableElements { increments in
      for start in stride(from: 0, to: increments.count, by: d) {
        sigma.multiply(UnsafeMutableBufferPointer(rebasing: increments[start..<start + d]))
      }
    }
  }
}

/// dX = f_t(X) dt + sigma_t(X) dW with a square matrix sigma, in Ito's sense: the general case.
public struct MatrixSDE<Drift: BatchField, Sigma: BatchMatrixField>: Dynamics {
  public let drift: Drift
  public let diffusion: Sigma

  /// f = `drift` and sigma = `diffusion`.
  public init(drift: Drift, diffusion: Sigma) {
    self.drift = drift
    self.diffusion = diffusion
  }

  public var noise: Noise? { .matrix(diffusion) }
}
