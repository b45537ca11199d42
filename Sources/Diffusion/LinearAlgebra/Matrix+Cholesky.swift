extension Matrix {
  /// The lower triangular L with L L^T equal to this symmetric matrix, or nil where it is not positive
  /// definite. Only the lower triangle is read. O(n^3).
  @inlinable
  public func cholesky() -> Matrix? {
    precondition(rows == columns, "the Cholesky factor of a \(rows) x \(columns) matrix")
    var l = Matrix(rows: rows, columns: columns) { _, _ in 0 }
    for j in 0..<rows {
      var pivot = self[j, j]
      for k in 0..<j { pivot -= l[j, k] * l[j, k] }
      guard pivot > 0, pivot.isFinite else { return nil }
      l[j, j] = pivot.squareRoot()
      for i in (j + 1)..<max(rows, j + 1) {
        var sum = self[i, j]
        for k in 0..<j { sum -= l[i, k] * l[j, k] }
        l[i, j] = sum / l[j, j]
      }
    }
    return l
  }

  /// The x with L x = b, for this lower triangular L.
  @inlinable
  public func solveLower(_ b: Vector<Scalar>) -> Vector<Scalar> {
    precondition(rows == columns && b.count == rows, "a triangular system of \(rows) for \(b.count) values")
    var x = b
    for i in 0..<rows {
      for k in 0..<i { x[i] -= self[i, k] * x[k] }
      x[i] = x[i] / self[i, i]
    }
    return x
  }

  /// The x with L^T x = b, for this lower triangular L.
  @inlinable
  public func solveLowerTransposed(_ b: Vector<Scalar>) -> Vector<Scalar> {
    precondition(rows == columns && b.count == rows, "a triangular system of \(rows) for \(b.count) values")
    var x = b
    for i in (0..<rows).reversed() {
      for k in (i + 1)..<max(rows, i + 1) { x[i] -= self[k, i] * x[k] }
      x[i] = x[i] / self[i, i]
    }
    return x
  }
}
