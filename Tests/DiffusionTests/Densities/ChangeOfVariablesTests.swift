import Diffusion
import RealModule
import Testing

/// y = (sinh x_0, x_1 exp(-x_0 / 2) + x_0^2): nonlinear, with a Jacobian that is neither diagonal nor constant.
private struct Warp: Diffeomorphism {
  var dimension: Int { 2 }

  func callAsFunction<P: Point>(_ x: P) -> P {
    P(count: 2) { $0 == 0 ? P.Scalar.sinh(x[0]) : x[1] * P.Scalar.exp(-x[0] / 2) + x[0] * x[0] }
  }

  func inverse<P: Point>(_ y: P) -> P {
    let first = P.Scalar.asinh(y[0])
    return P(count: 2) { $0 == 0 ? first : (y[1] - first * first) * P.Scalar.exp(first / 2) }
  }
}

/// y = A x + b.
private struct Affine: Diffeomorphism {
  var dimension: Int { 2 }
  func callAsFunction<P: Point>(_ x: P) -> P {
    P(count: 2) { $0 == 0 ? 0.5 * x[0] + 2 * x[1] + 1 : -1.5 * x[0] + 0.25 * x[1] - 2 }
  }
  func inverse<P: Point>(_ y: P) -> P {
    let (u, v) = (y[0] - 1, y[1] + 2)
    return P(count: 2) { $0 == 0 ? (0.25 * u - 2 * v) / 3.125 : (1.5 * u + 0.5 * v) / 3.125 }
  }
}

@Suite struct ChangeOfVariablesTests {
  @Test func mapsAreInverted() {
    let x: Vector<Double> = [0.7, -1.3]
    #expect((Warp().inverse(Warp()(x)) - x).largestMagnitude < 1e-15)
    #expect((Affine().inverse(Affine()(x)) - x).largestMagnitude < 1e-15)
    // log |cosh x_0 exp(-x_0 / 2)|.
    #expect(abs(Warp().logDeterminant(x) - (Double.log(Double.cosh(0.7)) - 0.35)) < 1e-15)
  }

  /// A Gaussian under an affine map is the Gaussian N(A m + b, A S A^T); its determinant is not 1.
  @Test func affineImageOfAGaussian() {
    let base = Gaussian(mean: [1, -2], covariance: Matrix([[1.0, 0.6], [0.6, 0.8]]))
    let a = Matrix([[0.5, 2.0], [-1.5, 0.25]])
    let image = Gaussian(mean: a(base.mean) + [1, -2], covariance: a * base.covariance * a.transposed)
    let pushed = Pushforward(of: base, by: Affine())
    for y: Vector<Double> in [[0.3, 0.4], [-3, -5], [2, -1]] {
      #expect(abs(pushed.logDensity(y) - image.logDensity(y)) < 1e-12)
      #expect((pushed.score(y) - image.score(y)).largestMagnitude < 1e-12)
    }
  }

  @Test func theImageHasMassOneAndTheSamplesItsLaw() {
    let base = Gaussian(mean: [0.4, -0.6], covariance: Matrix([[0.3, 0.1], [0.1, 0.4]]))
    let pushed = Pushforward(of: base, by: Warp())
    let tolerance = Tolerance(absolute: 1e-9, relative: 1e-9)
    /// The mass left of and below a corner; given y_0, y_1 lies about x_0^2 - 0.6.
    func mass(_ right: Double, _ top: Double) -> Double {
      integrate(over: -60...right, peaks: [0.4], panels: 4, tolerance: tolerance) { u in
        let x = Double.asinh(u)
        return integrate(over: -30...top, peaks: [x * x - 0.6], panels: 4, tolerance: tolerance) { v in
          pushed.density(Vector([u, v]))
        }.value
      }.value
    }
    #expect(abs(mass(60, 40) - 1) < 1e-7)
    var stream = RandomStream(seed: 2)
    let n = 20_000
    let inside = (0..<n).count { _ in
      let y: Vector<Double> = pushed.sample(using: &stream)
      return y[0] < 0.5 && y[1] < 0.2
    }
    let probability = mass(0.5, 0.2)
    let error = (probability * (1 - probability) / Double(n)).squareRoot()
    #expect(abs(Double(inside) / Double(n) - probability) < 5 * error)
  }

  @Test func compositionsAddTheirDeterminants() {
    let both = Warp().followed(by: Affine())
    let x: Vector<Double> = [0.4, 0.9]
    let whole = Matrix(jacobian(at: x) { both($0) }).logAbsoluteDeterminant
    #expect(abs(both.logDeterminant(x) - whole) < 1e-14)
    #expect((both.inverse(both(x)) - x).largestMagnitude < 1e-14)
  }

  /// A zero pivot, a negative determinant, a singular matrix.
  @Test func determinants() {
    #expect(abs(Matrix([[0.0, 2], [3, 1]]).logAbsoluteDeterminant - Double.log(6)) < 1e-15)
    let m = Matrix([[2.0, -1, 0.5], [4, 1, -3], [-2, 0.5, 1]])
    // 2 (1 + 1.5) + 1 (4 - 6) + 0.5 (2 + 2) = 5.
    #expect(abs(m.logAbsoluteDeterminant - Double.log(5)) < 1e-15)
    #expect(Matrix([[1.0, 2], [2, 4]]).logAbsoluteDeterminant == -.infinity)
  }
}
