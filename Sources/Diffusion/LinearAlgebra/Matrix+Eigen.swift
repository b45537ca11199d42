/// The eigenvalues of a symmetric matrix in ascending order, and its orthonormal eigenvectors as columns:
/// A = V diag(values) V^T.
public struct SymmetricEigen: Sendable {
  /// The eigenvalues, ascending.
  public let values: [Double]

  /// V, an eigenvector in each column.
  public let vectors: Matrix<Double>

  /// V diag(f(values)) V^T: a function of the matrix, such as its square root.
  public func map(_ f: (Double) -> Double) -> Matrix<Double> {
    let images = values.map(f)
    let n = values.count
    return Matrix(rows: n, columns: n) { i, j in
      (0..<n).reduce(0) { $0 + vectors[i, $1] * images[$1] * vectors[j, $1] }
    }
  }
}

extension Matrix where Scalar == Double {
  /// Whether the entries are finite and symmetric up to rounding.
  public var isSymmetric: Bool {
    guard rows == columns, storage.allSatisfy(\.isFinite) else { return false }
    let scale = storage.reduce(0) { max($0, abs($1)) }
    return (0..<rows).allSatisfy { i in
      (0..<i).allSatisfy { j in abs(self[i, j] - self[j, i]) <= 1e-12 * scale }
    }
  }

  /// The eigendecomposition of this symmetric matrix by cyclic Jacobi rotations, O(n^3) a sweep.
  ///
  /// Small eigenvalues of positive definite matrices come out with high relative accuracy.
  /// Source: G. Golub, C. Van Loan, *Matrix Computations*, 4th ed., section 8.5.
  public func symmetricEigen() -> SymmetricEigen {
    precondition(isSymmetric, "eigenvalues by Jacobi's method need a finite symmetric matrix")
    let n = rows
    var a = self
    var v = Matrix.identity(n)
    for _ in 0..<60 {
      var rotated = false
      for p in 0..<n {
        for q in (p + 1)..<max(n, p + 1) where a[p, q] != 0 {
          // Negligible beside its diagonal entries: rotating would change nothing.
          if abs(a[p, q]) <= 0x1p-56 * (abs(a[p, p]) * abs(a[q, q])).squareRoot() { continue }
          rotated = true
          let theta = (a[q, q] - a[p, p]) / (2 * a[p, q])
          let t = (theta < 0 ? -1 : 1) / (abs(theta) + (1 + theta * theta).squareRoot())
          let c = 1 / (1 + t * t).squareRoot()
          let s = c * t
          for k in 0..<n { (a[k, p], a[k, q]) = (c * a[k, p] - s * a[k, q], s * a[k, p] + c * a[k, q]) }
          for k in 0..<n { (a[p, k], a[q, k]) = (c * a[p, k] - s * a[q, k], s * a[p, k] + c * a[q, k]) }
          for k in 0..<n { (v[k, p], v[k, q]) = (c * v[k, p] - s * v[k, q], s * v[k, p] + c * v[k, q]) }
          (a[p, q], a[q, p]) = (0, 0)
        }
      }
      if !rotated { break }
    }
    let order = (0..<n).sorted { a[$0, $0] < a[$1, $1] }
    return SymmetricEigen(
      values: order.map { a[$0, $0] },
      vectors: Matrix(rows: n, columns: n) { v[$0, order[$1]] })
  }
}
