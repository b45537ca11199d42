import Diffusion
import RealModule

/// Places that vectors, matrices and batches do not have; ranges and rules that there are not.
enum NumberRefusals {
  static let numbers: [Refusal] = [
    Refusal("a product of 2 x 3 and 2 x 3") {
      var c = Batch<Double>(count: 2, dimension: 3)
      let a = c
      multiply(a, a, into: &c)
    },
    Refusal("a sum of vectors of dimensions 1 and 2") { _ = Vector([1.0]) + Vector([1.0, 2]) },
    Refusal("coordinate 2 of a point of 2") { _ = Vector([1.0, 2])[2] },
    Refusal("a point of dimension -1") { _ = Vector<Double>.zero(-1) },
    Refusal("a dot product of dimensions 1 and 2") { _ = Vector([1.0]).dot(Vector([1.0, 2])) },
    Refusal("entry (0, 2) of a 2 x 2 matrix") { _ = Matrix<Double>.identity(2)[0, 2] },
    Refusal("a matrix of -1 x -1") { _ = Matrix<Double>.identity(-1) },
    Refusal("rows of a matrix must have one length") { _ = Matrix([[1.0], [1, 2]]) },
    Refusal("a product of 2 x 2 and 3 x 3") { _ = Matrix<Double>.identity(2) * Matrix.identity(3) },
    Refusal("applied to dimension 3") { _ = Matrix<Double>.identity(2)([1, 2, 3]) },
    Refusal("finite symmetric matrix") { _ = Matrix([[1.0, .nan], [.nan, 1]]).symmetricEigen() },
    Refusal("the Cholesky factor of a 1 x 2 matrix") { _ = Matrix([[1.0, 2]]).cholesky() },
    Refusal("a direction of dimension 1 at a point of 2") {
      _ = pushforward(at: Vector([1.0, 2]), along: Vector([1.0])) { $0 }
    },
    Refusal("a batch of -1 points") { _ = Batch<Double>(count: -1, dimension: 2) },
    Refusal("a batch of 2 points of dimension 0") { _ = Batch<Double>(count: 2, dimension: 0) },
    Refusal("a batch of -2 points") {
      _ = Batch<Double>.normals(count: -2, dimension: 2, from: RandomStream(seed: 1))
    },
    Refusal("3 numbers are not points of dimension 2") {
      _ = Batch<Double>(elements: [1, 2, 3], dimension: 2)
    },
    Refusal("a batch of points needs one") { _ = Batch<Double>([Double]()) },
    Refusal("points of dimensions 1 and 2") { _ = Batch<Double>([Vector([1.0]), Vector([1.0, 2])]) },
    Refusal("coordinate 2 of point 0 in a batch of 3 points") {
      _ = Batch<Double>(count: 3, dimension: 2)[0, 2]
    },
    Refusal("coordinate 0 of point 3 in a batch of 3 points") {
      _ = Batch<Double>(count: 3, dimension: 2)[3]
    },
    Refusal("points number 1..<5 of a batch of 3") { _ = Batch<Double>(count: 3, dimension: 2)[1..<5] },
    Refusal("column 2 of a batch of dimension 2") { _ = Batch<Double>(count: 3, dimension: 2).column(2) },
    Refusal("the mean of no points") { _ = Batch<Double>(count: 0, dimension: 2).mean },
    Refusal("a covariance needs two points or more, not 1") {
      _ = Batch<Double>(count: 1, dimension: 2).covariance
    },
    Refusal("there is nothing to integrate over") {
      _ = integrate(over: Double.infinity...Double.infinity) { $0 }
    },
    Refusal("is too wide") { _ = integrate(over: -1.7e308...1.7e308) { $0 } },
    Refusal("needs at least one panel") { _ = integrate(over: 0...1, panels: 0) { $0 } },
    Refusal("takes a finite range") { _ = integrateTanhSinh(over: 0...Double.infinity) { $0 } },
    Refusal("at least two levels") { _ = integrateTanhSinh(over: 0...1, levels: 1) { $0 } },
    Refusal("the nodes of a rule fall") {
      _ = GaussKronrodRule(nodes: [0.5], kronrodWeights: [2], gaussWeights: [])
    },
    Refusal("add up to 2, not (2.0, 1.0)") {
      _ = GaussKronrodRule(nodes: [0.5, 0], kronrodWeights: [0.5, 1], gaussWeights: [1])
    },
    Refusal("1 to 128 nodes, not 0") { _ = GaussHermite(count: 0) },
    Refusal("needs a finite range of data") {
      _ = QuadratureMarginal(
        GaussianPath(schedule: .linear), over: Laplace(mean: 0, scale: 1), in: -Double.infinity...9)
    },
    Refusal("needs dimension 1, not 2") {
      _ = QuadratureMarginal(GaussianPath(schedule: .linear), over: Gaussian.standard(2), in: -9...9)
    },
    Refusal("is not finite at z") {
      _ = QuadratureMarginal(GaussianPath(schedule: .linear), over: Cut(), in: -1...1).score(0.1, at: 0.5)
    },
    Refusal("numbered from 0: there are none at -3..<2") {
      _ = RandomStream(seed: 1).normals(Double.self, -3..<2)
    },
    Refusal("weights must be finite") { NumberRefusals.choose(from: []) },
    Refusal("weights must be finite") { NumberRefusals.choose(from: [0.5, -0.1]) },
    Refusal("weights must be finite") { NumberRefusals.choose(from: [.nan]) },
  ]

  /// A logarithm that there is below 0.3 alone.
  private struct Cut: Density {
    var dimension: Int { 1 }
    func logDensity<P: Point>(_ x: P) -> P.Scalar { P.Scalar.log(P.Scalar(0.3) - x[0]) }
  }

  private static func choose(from weights: [Double]) {
    var stream = RandomStream(seed: 1)
    _ = stream.categorical(weights)
  }
}
