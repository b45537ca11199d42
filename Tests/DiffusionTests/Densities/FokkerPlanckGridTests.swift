import Diffusion
import RealModule
import Testing

/// dX = -X dt + sqrt(0.8 (1 + X^2)) dW, a Pearson diffusion. At rest p ~ (1 + x^2)^(-1 - 1 / 0.8).
private struct Pearson: Field {
  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
    P(count: x.count) { (0.8 * (1 + x[$0] * x[$0])).squareRoot() }
  }
}

private struct Pull: Field {
  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P { -1 * x }
}

@Suite struct FokkerPlanckGridTests {
  /// The diffusion of a marginal path, whose drift and density vary in time, against the closed form: halving
  /// cells and steps together divides the error by four.
  @Test func secondOrderOnTheLine() {
    let marginal = GaussianPath(schedule: .trigonometric).marginal(over: Examples.line)
    let dynamics = marginal.diffusion(.constant(0.8))
    let errors = [100, 200].map { cells in
      let start = GridDensity([GridAxis(-8...8, cells: cells)]) { marginal.density($0, at: 0.1) }
      let end = FokkerPlanckGrid(dynamics).evolve(start, from: 0.1, to: 0.9, steps: cells / 2)
      #expect(abs(end.mass - start.mass) < 1e-13)
      return end.distance { marginal.density($0, at: 0.9) }
    }
    #expect(abs(Double.log2(errors[0] / errors[1]) - 2) < 0.2, "errors \(errors)")
    #expect(errors[1] < 5e-3)
  }

  /// Implicit Euler: first order in the step, and positive where Crank-Nicolson swings below zero.
  @Test func implicitEulerKeepsDensitiesPositive() {
    let dynamics = SDE(drift: Pull(), diffusion: .constant(1))
    let start = GridDensity([GridAxis(-4...4, cells: 400)]) { abs($0[0] - 1) < 0.1 ? 5 : 0 }
    let implicit = FokkerPlanckGrid(dynamics, scheme: .implicitEuler)
    let rough = implicit.evolve(start, from: 0, to: 0.5, steps: 5)
    #expect(rough.values.allSatisfy { $0 >= 0 })
    let swinging = FokkerPlanckGrid(dynamics).evolve(start, from: 0, to: 0.5, steps: 5)
    #expect(swinging.values.contains { $0 < 0 })
    let process = OrnsteinUhlenbeck(theta: 1, deviation: 1)
    let initial = Gaussian(mean: 1, deviation: 0.4)
    let exact = process.law(from: initial, at: 0, to: 0.5)
    let smooth = GridDensity([GridAxis(-5...5, cells: 1000)]) { initial.density($0) }
    let errors = [20, 40].map { steps in
      implicit.evolve(smooth, from: 0, to: 0.5, steps: steps).distance { exact.density($0) }
    }
    #expect(abs(Double.log2(errors[0] / errors[1]) - 1) < 0.1, "errors \(errors)")
  }

  /// With noise that depends on the state, the flux needs D'/2: at rest the density is Student's.
  @Test func stateDependentNoise() {
    let dynamics = DiagonalSDE(drift: Pull(), diffusion: Pearson())
    // On a bounded grid the density at rest is the same, with its own mass.
    func rest(_ x: Vector<Double>) -> Double { Double.pow(1 + x[0] * x[0], -1 - 1 / 0.8) }
    let errors = [200, 400].map { cells in
      let start = GridDensity([GridAxis(-10...10, cells: cells)]) { rest($0) }
      let end = FokkerPlanckGrid(dynamics).evolve(start, from: 0, to: 3, steps: 60)
      return end.distance(to: rest) / start.mass
    }
    #expect(errors[1] < 1e-3 && abs(Double.log2(errors[0] / errors[1]) - 2) < 0.2, "errors \(errors)")
  }

  /// Relaxation along axes that are not the grid's: the drift couples the coordinates.
  @Test func secondOrderInThePlane() {
    let process = MatrixOrnsteinUhlenbeck(
      rate: Matrix([[1.3, 0.5], [0.5, 0.9]]), mean: [0.4, -0.3], noiseCovariance: .diagonal([0.9, 0.5]))
    let initial = Gaussian(mean: [-0.8, 0.7], covariance: Matrix([[0.4, 0.1], [0.1, 0.3]]))
    let exact = process.law(from: initial, after: 0.6)
    let errors = [30, 60].map { cells in
      let axes = [GridAxis(-4.5...4.5, cells: cells), GridAxis(-4...4, cells: cells + 10)]
      let start = GridDensity(axes) { initial.density($0) }
      let end = FokkerPlanckGrid(process).evolve(start, from: 0, to: 0.6, steps: cells / 3)
      #expect(abs(end.mass - start.mass) < 1e-13)
      #expect(
        abs(end.expectation { $0[0] * $0[1] } - exact.mean[0] * exact.mean[1] - exact.covariance[0, 1]) < 0.03
      )
      return end.distance { exact.density($0) }
    }
    // The second axis has 40 and 70 cells, a ratio of 1.75, so the order seen lies between log2 3.06 and 2.
    #expect(abs(Double.log2(errors[0] / errors[1]) - 1.85) < 0.25, "errors \(errors)")
  }

  /// Noise correlated across the axes, against the closed form: second order.
  @Test func correlatedNoiseInThePlane() {
    let process = MatrixOrnsteinUhlenbeck(
      rate: Matrix([[1.3, 0.5], [0.5, 0.9]]), mean: [0.4, -0.3],
      noiseCovariance: Matrix([[0.9, 0.45], [0.45, 0.5]]))
    let initial = Gaussian(mean: [-0.8, 0.7], covariance: Matrix([[0.4, -0.1], [-0.1, 0.3]]))
    let exact = process.law(from: initial, after: 0.6)
    let errors = [40, 80].map { cells in
      let axes = [GridAxis(-4.5...4.5, cells: cells), GridAxis(-4...4, cells: cells)]
      let start = GridDensity(axes) { initial.density($0) }
      let end = FokkerPlanckGrid(process).evolve(start, from: 0, to: 0.6, steps: cells)
      #expect(abs(end.mass - start.mass) < 1e-13)
      return end.distance { exact.density($0) }
    }
    #expect(errors[1] < 0.02 && abs(Double.log2(errors[0] / errors[1]) - 2) < 0.25, "errors \(errors)")
    let axes = [GridAxis(-4.5...4.5, cells: 80), GridAxis(-4...4, cells: 80)]
    let end = FokkerPlanckGrid(process).evolve(
      GridDensity(axes) { initial.density($0) }, from: 0, to: 0.6, steps: 80)
    let cross = end.expectation { ($0[0] - exact.mean[0]) * ($0[1] - exact.mean[1]) }
    #expect(abs(cross - exact.covariance[0, 1]) < 3e-3)
  }

  /// Correlated noise that depends on the state, whose density at rest is known: with D = S(x) and drift
  /// f = (div D + D nabla log p) / 2 the density p is at rest.
  @Test func correlatedNoiseThatDependsOnTheState() {
    let rest = Gaussian(mean: [0.2, -0.1], covariance: Matrix([[0.7, 0.2], [0.2, 0.5]]))
    struct Tilted: MatrixField {
      func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> Matrix<P.Scalar> {
        Matrix(rows: 2, columns: 2) { i, j in
          i == j ? 0.9 : i == 0 ? 0.4 * P.Scalar.sin(x[0] + 2 * x[1]) : 0.1
        }
      }
    }
    struct Balance: Field {
      let rest: Gaussian
      func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
        let term = MatrixSDE(drift: Balance(rest: rest), diffusion: Tilted())
        let score: P = rest.score(x)
        let rate = term.noiseRate(x, at: t)
        let spread = P(count: 2) { i in rate[i, 0] * score[0] + rate[i, 1] * score[1] }
        return 0.5 * (term.noiseRateDivergence(x, at: t) + spread)
      }
    }
    let dynamics = MatrixSDE(drift: Balance(rest: rest), diffusion: Tilted())
    let errors = [32, 64].map { cells in
      let axes = [GridAxis(-4...4.4, cells: cells), GridAxis(-3.6...3.4, cells: cells)]
      let start = GridDensity(axes) { rest.density($0) }
      let end = FokkerPlanckGrid(dynamics).evolve(start, from: 0, to: 0.5, steps: cells)
      return end.distance { rest.density($0) }
    }
    #expect(errors[1] < 0.02 && abs(Double.log2(errors[0] / errors[1]) - 2) < 0.3, "errors \(errors)")
  }

  /// Without noise the flux is upwind: transport, conserved, and of first order.
  @Test func transport() {
    let shrunk = Gaussian(mean: Double.exp(-0.7), deviation: 0.3 * Double.exp(-0.7))
    let errors = [600, 1200].map { cells in
      let start = GridDensity([GridAxis(-3...3, cells: cells)]) {
        Gaussian(mean: 1, deviation: 0.3).density($0)
      }
      let end = FokkerPlanckGrid(ODE(Pull())).evolve(start, from: 0, to: 0.7, steps: cells / 3)
      #expect(abs(end.mass - start.mass) < 1e-13)
      return end.distance { shrunk.density($0) }
    }
    #expect(errors[1] < 0.04 && abs(Double.log2(errors[0] / errors[1]) - 1) < 0.15, "errors \(errors)")
  }
}
