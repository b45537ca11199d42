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
}
