import Diffusion
import Testing

@Suite struct MatrixTests {
  /// A symmetric positive definite matrix whose eigenvalues are unlike.
  static func example(_ n: Int) -> Matrix<Double> {
    var stream = RandomStream(seed: 17, path: UInt64(n))
    let a = Matrix<Double>(rows: n, columns: n) { _, _ in stream.normal() }
    return a * a.transposed + 0.01 * Matrix.identity(n)
  }

  func largest(_ a: Matrix<Double>) -> Double {
    (0..<a.rows).reduce(0) { worst, i in (0..<a.columns).reduce(worst) { larger($0, abs(a[i, $1])) } }
  }

  @Test(arguments: [1, 2, 3, 5, 12])
  func factorsMultiplyBack(n: Int) throws {
    let a = MatrixTests.example(n)
    let l = try #require(a.cholesky())
    #expect(largest(l * l.transposed - a) < 1e-14 * largest(a) * Double(n))
    let eigen = a.symmetricEigen()
    #expect(largest(eigen.map { $0 } - a) < 1e-14 * largest(a) * Double(n))
    let root = eigen.map { $0.squareRoot() }
    #expect(largest(root * root - a) < 1e-14 * largest(a) * Double(n))
    #expect(largest(eigen.vectors.transposed * eigen.vectors - .identity(n)) < 1e-14 * Double(n))
    #expect(eigen.values == eigen.values.sorted())
    let b = Vector<Double>(count: n) { Double($0) - 1.3 }
    let x = l.solveLowerTransposed(l.solveLower(b))
    #expect((a(x) - b).largestMagnitude < 1e-11)
  }

  @Test func knownEigenvalues() {
    // [[2, 1], [1, 2]] has 1 and 3.
    let eigen = Matrix([[2.0, 1], [1, 2]]).symmetricEigen()
    #expect(abs(eigen.values[0] - 1) < 1e-15 && abs(eigen.values[1] - 3) < 1e-15)
  }

  @Test func indefiniteMatricesHaveNoFactor() {
    #expect(Matrix([[1.0, 2], [2, 1]]).cholesky() == nil)
    #expect(Matrix([[0.0]]).cholesky() == nil)
  }
}
