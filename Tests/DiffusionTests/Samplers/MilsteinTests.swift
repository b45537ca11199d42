import Diffusion
import RealModule
import Testing

/// dX_i = (0.4 X_i + t) dt + (0.5 + 0.8 sin 2 X_i + t / 4) dW_i: nonlinear factors that vary in time.
private struct Push: Field {
  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P { P(count: x.count) { 0.4 * x[$0] + t } }
}

private struct Wave: Field {
  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
    P(count: x.count) { 0.5 + 0.8 * P.Scalar.sin(2 * x[$0]) + t / 4 }
  }
}

private struct Proportion: Field {
  let factor: Double
  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P { P.Scalar(factor) * x }
}

@Suite struct MilsteinTests {
  let paths = BrownianPath(stream: RandomStream(seed: 41))

  /// Root mean square distance at t = 1 from the finest path driven by the same Brownian motion.
  func strongOrder(_ solver: some Solver) -> Double {
    let dynamics = DiagonalSDE(drift: Push(), diffusion: Wave())
    let n = 400
    let start = Batch<Double>([Vector<Double>](repeating: [0.8, -0.5], count: n))
    func end(_ steps: Int) -> Batch<Double> {
      simulate(dynamics, from: start, by: solver, times: .uniform(steps: steps), stream: paths).final
    }
    let reference = end(2048)
    let errors = [16, 128].map { steps -> Double in
      let other = end(steps)
      return (0..<n).reduce(0) { $0 + (other[$1] - reference[$1]).squaredNorm }.squareRoot()
    }
    return Double.log2(errors[0] / errors[1]) / 3
  }

  /// 1, where Euler-Maruyama has 1/2; 400 paths leave about 0.05.
  @Test func strongOrders() {
    #expect(abs(strongOrder(.milstein) - 1) < 0.15)
    #expect(abs(strongOrder(.eulerMaruyama) - 0.5) < 0.15)
  }

  /// To the exact Ito solution x0 exp((mu - s^2/2) t + s W) of geometric Brownian motion: one Milstein step is
  /// x (1 + mu h + s dW + s^2/2 (dW^2 - h)).
  @Test func oneStepIsTheFormula() {
    let dynamics = DiagonalSDE(drift: Proportion(factor: 0.5), diffusion: Proportion(factor: 0.8))
    let start = Batch<Double>(count: 50, dimension: 1, repeating: 1.3)
    let final = simulate(
      dynamics, from: start, by: .milstein, times: TimeGrid([0, 0.25]), stream: paths
    ).final
    let w = paths.value(Double.self, at: 0.25, count: 50, dimension: 1)
    for row in 0..<50 {
      let expected = 1.3 * (1 + 0.125 + 0.8 * w[row, 0] + 0.32 * (w[row, 0] * w[row, 0] - 0.25))
      #expect(abs(final[row, 0] - expected) < 1e-14)
    }
    let fine = simulate(dynamics, from: start, by: .milstein, times: .uniform(steps: 1024), stream: paths)
      .final
    let end = paths.value(Double.self, at: 1, count: 50, dimension: 1)
    for row in 0..<50 {
      // Order one: a relative error of s^3 / sqrt(6) h and its like, with room for the tail.
      #expect(abs(fine[row, 0] / (1.3 * Double.exp(0.18 + 0.8 * end[row, 0])) - 1) < 5e-3)
    }
  }

  @Test func additiveNoiseIsEulerMaruyamas() {
    let marginal = GaussianPath(schedule: .linear).marginal(over: Examples.plane)
    let term = marginal.diffusion(.constant(0.6))
    let start = Batch<Double>.normals(count: 40, dimension: 2, from: RandomStream(seed: 2))
    let grid = TimeGrid.uniform(to: 0.9, steps: 6)
    let stream = RandomStream(seed: 2, path: 1)
    #expect(
      simulate(term, from: start, by: .milstein, times: grid, stream: stream).final
        == simulate(term, from: start, by: .eulerMaruyama, times: grid, stream: stream).final)
  }

  /// dX = A X dt + sum_j B_j X dW_j with commuting matrices: the noise commutes, and
  /// X_t = exp((A - (B_1^2 + B_2^2) / 2) t + B_1 W_1 + B_2 W_2) X_0.
  struct Mixing: MatrixField {
    static let m = Matrix([[0.2, 1], [-0.5, 0.7]])
    static let b = [0.3 * Matrix<Double>.identity(2) + 0.4 * m, -0.2 * Matrix<Double>.identity(2) + 0.5 * m]
    func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> Matrix<P.Scalar> {
      Matrix(rows: 2, columns: 2) { i, j in
        (0..<2).reduce(0) { $0 + P.Scalar(Self.b[j][i, $1]) * x[$1] }
      }
    }
  }

  struct Shrink: Field {
    func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P { -0.1 * x }
  }

  /// exp of a 2 x 2 matrix by scaling and squaring of its series.
  private func exponential(_ a: Matrix<Double>) -> Matrix<Double> {
    let small = (1.0 / 1024) * a
    var (term, sum) = (Matrix<Double>.identity(2), Matrix<Double>.identity(2))
    for k in 1...10 {
      term = (1 / Double(k)) * (term * small)
      sum = sum + term
    }
    for _ in 0..<10 { sum = sum * sum }
    return sum
  }

  /// Strong order 1 to the closed form for noise that couples the coordinates; Euler-Maruyama has 1/2.
  @Test func commutingMatrixNoise() {
    let dynamics = MatrixSDE(drift: Shrink(), diffusion: Mixing())
    let n = 300
    let start = Batch<Double>([Vector<Double>](repeating: [0.9, -0.6], count: n))
    let w = paths.value(Double.self, at: 1, count: n, dimension: 2)
    let (b, one) = (Mixing.b, Matrix<Double>.identity(2))
    let drift = -0.1 * one - 0.5 * (b[0] * b[0] + b[1] * b[1])
    func error(_ solver: some Solver, _ steps: Int) -> Double {
      let end = simulate(dynamics, from: start, by: solver, times: .uniform(steps: steps), stream: paths)
        .final
      return (0..<n).reduce(0) { sum, row in
        let exact = exponential(drift + w[row, 0] * b[0] + w[row, 1] * b[1])(start[row])
        return sum + (end[row] - exact).squaredNorm
      }.squareRoot()
    }
    let milstein = Double.log2(error(.milstein, 16) / error(.milstein, 256)) / 4
    let euler = Double.log2(error(.eulerMaruyama, 16) / error(.eulerMaruyama, 256)) / 4
    // 300 paths leave about 0.05.
    #expect(abs(milstein - 1) < 0.15, "order \(milstein)")
    #expect(abs(euler - 0.5) < 0.15, "order \(euler)")
  }

  /// What the method would solve wrongly it refuses.
  @Test func noiseThatDoesNotCommuteIsRefused() async {
    let turning = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      struct Turning: MatrixField {
        func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> Matrix<P.Scalar> {
          Matrix(rows: 2, columns: 2) { i, j in i == 0 ? (j == 0 ? 1 : 0) : (j == 0 ? 0 : x[0]) }
        }
      }
      _ = simulate(
        MatrixSDE(drift: Shrink(), diffusion: Turning()), from: Batch<Double>([Vector([0.3, 0.1])]),
        by: .milstein,
        times: .uniform(steps: 2), stream: RandomStream(seed: 1))
    }
    expectMessage("it does not, and iterated integrals would be needed", of: turning)
    let crossed = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      struct Crossed: Field {
        func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
          P(count: 2) { $0 == 0 ? x[0] : x[0] * x[1] }
        }
      }
      _ = simulate(
        DiagonalSDE(drift: Shrink(), diffusion: Crossed()), from: Batch<Double>([Vector([0.3, 0.1])]),
        by: .milstein, times: .uniform(steps: 2), stream: RandomStream(seed: 1))
    }
    expectMessage("factor 1 depends on coordinate 0", of: crossed)
  }
}
