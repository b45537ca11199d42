/// A time-dependent matrix field sigma_t(x), written for any point and number type.
///
/// A `Matrix` has storage, so that simulating such noise allocates for every point; an `EntrywiseMatrixField` does not.
public protocol MatrixField: BatchMatrixField {
  /// sigma_t(x), a d x d matrix at points of dimension d.
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

/// A square matrix field given entry by entry, which needs no storage: noise for long simulations.
///
///     struct Shear: EntrywiseMatrixField {
///       func entry<P: Point>(_ i: Int, _ j: Int, of x: P, at t: P.Scalar) -> P.Scalar {
///         i == j ? 1 : j > i ? 0.3 * P.Scalar.sin(x[i]) : 0
///       }
///     }
///
/// In up to 16 dimensions a simulation with it allocates nothing once it runs. O(d^2) entries a point.
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
  public func multiply<T: MachineReal>(_ increments: inout Batch<T>, at x: Batch<T>, _ t: T) {
    let d = x.dimension
    increments.withMutableElements { increments in
      withUnsafeTemporaryAllocation(of: T.self, capacity: d) { image in
        for row in 0..<x.count {
          let here = UnsafeMutableBufferPointer(rebasing: increments[row * d..<(row + 1) * d])
          EntryProduct(field: self, time: t, vector: here, image: image).visit(count: d) { x[row, $0] }
          for i in 0..<d { here[i] = image[i] }
        }
      }
    }
  }
}

/// image = sigma_t(x) vector, at a point whose type its dimension decides.
@usableFromInline
struct EntryProduct<Sigma: EntrywiseMatrixField, Scalar: RealNumber>: PointVisitor {
  @usableFromInline let field: Sigma
  @usableFromInline let time: Scalar
  @usableFromInline let vector: UnsafeMutableBufferPointer<Scalar>
  @usableFromInline let image: UnsafeMutableBufferPointer<Scalar>

  @usableFromInline
  init(
    field: Sigma, time: Scalar, vector: UnsafeMutableBufferPointer<Scalar>,
    image: UnsafeMutableBufferPointer<Scalar>
  ) {
    self.field = field
    self.time = time
    self.vector = vector
    self.image = image
  }

  @inlinable
  func visit<P: Point>(_ x: P) where P.Scalar == Scalar {
    for i in 0..<vector.count {
      var sum: Scalar = 0
      for j in 0..<vector.count { sum += field.entry(i, j, of: x, at: time) * vector[j] }
      image[i] = sum
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

  /// f = `drift` and sigma = `diffusion`.
  public init(drift: Drift, diffusion: Sigma) {
    self.drift = drift
    self.diffusion = diffusion
  }

  public var noise: Noise? { .matrix(diffusion) }
}
