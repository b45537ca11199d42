/// Eigenvalues and eigenvectors of a symmetric matrix of some dozens of rows, by cyclic Jacobi rotations
/// (Golub and Van Loan, Matrix Computations, 4th ed., section 8.5), on plain storage: it runs at every look
/// of a test.
struct SymmetricSpectrum {
  let values: [Double]
  /// Row k is the eigenvector of `values[k]`.
  let vectors: [[Double]]

  init(size n: Int, _ entry: (Int, Int) -> Double) {
    var a = [Double](repeating: 0, count: n * n)
    var v = a
    for i in 0..<n {
      v[i * n + i] = 1
      for j in i..<n {
        a[i * n + j] = entry(i, j)
        a[j * n + i] = a[i * n + j]
      }
    }
    let negligible = 1e-15 * (0..<n).reduce(0) { max($0, a[$1 * n + $1].magnitude) }
    a.withUnsafeMutableBufferPointer { a in
      v.withUnsafeMutableBufferPointer { v in
        var isDiagonal = false
        var sweeps = 0
        while !isDiagonal, sweeps < 30 {
          isDiagonal = true
          sweeps += 1
          for p in 0..<n {
            for q in (p + 1)..<max(n, p + 1) where a[p * n + q].magnitude > negligible {
              isDiagonal = false
              Self.rotate(a, v, p, q, n)
            }
          }
        }
      }
    }
    values = (0..<n).map { a[$0 * n + $0] }
    vectors = (0..<n).map { Array(v[($0 * n)..<(($0 + 1) * n)]) }
  }

  /// Makes entry (p, q) zero; the rows of v follow.
  private static func rotate(
    _ a: UnsafeMutableBufferPointer<Double>, _ v: UnsafeMutableBufferPointer<Double>, _ p: Int, _ q: Int,
    _ n: Int
  ) {
    let theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q])
    let t = (theta < 0 ? -1 : 1) / (theta.magnitude + (theta * theta + 1).squareRoot())
    let c = 1 / (t * t + 1).squareRoot()
    let s = t * c
    for k in 0..<n {
      let (x, y) = (a[k * n + p], a[k * n + q])
      a[k * n + p] = c * x - s * y
      a[k * n + q] = s * x + c * y
    }
    for k in 0..<n {
      let (x, y) = (a[p * n + k], a[q * n + k])
      a[p * n + k] = c * x - s * y
      a[q * n + k] = s * x + c * y
      let (u, w) = (v[p * n + k], v[q * n + k])
      v[p * n + k] = c * u - s * w
      v[q * n + k] = s * u + c * w
    }
  }
}
