import Diffusion
import RealModule
import Testing

/// dX = -theta (X - m) dt.
private struct Relaxation: Field {
  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
    P(count: x.count) { -1.5 * (x[$0] - 0.4) }
  }
}

/// A diffusion coefficient that varies in time.
private struct Growing: DiffusionCoefficient {
  func callAsFunction<T: RealNumber>(at t: T) -> T { 0.3 + t }
}

private struct Proportional: Field {
  let factor: Double
  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P { P.Scalar(factor) * x }
}

@Suite struct StochasticSolverTests {
  let stream = RandomStream(seed: 77)

  /// Euler-Maruyama's own mean and variance, from its recursion, within 5 standard errors.
  @Test func eulerMaruyamaHasItsDiscreteMoments() {
    let n = 40_000
    let steps = 20
    let start = Batch<Double>(count: n, dimension: 1, repeating: 1.7)
    let result = simulate(
      SDE(drift: Relaxation(), diffusion: Growing()), from: start, by: .eulerMaruyama,
      times: .uniform(steps: steps), stream: stream)
    let h = 1 / Double(steps)
    var (mean, variance) = (1.7, 0.0)
    for k in 0..<steps {
      let sigma = 0.3 + Double(k) * h
      mean += h * -1.5 * (mean - 0.4)
      variance = (1 - 1.5 * h) * (1 - 1.5 * h) * variance + sigma * sigma * h
    }
    #expect(abs(result.final.mean[0] - mean) < 5 * (variance / Double(n)).squareRoot())
    #expect(abs(result.final.covariance[0, 0] - variance) < 5 * variance * (2 / Double(n)).squareRoot())
  }

  /// Root mean square distance from the finest path, driven by the same Brownian motion.
  func strongOrder(_ dynamics: some Dynamics, _ solver: some Solver) -> Double {
    let start = Batch<Double>(count: 400, dimension: 1, repeating: 1.2)
    let path = BrownianPath(stream: stream.path(3))
    func end(_ solver: some Solver, _ steps: Int) -> Batch<Double> {
      simulate(dynamics, from: start, by: solver, times: .uniform(steps: steps), stream: path).final
    }
    let reference = end(solver, 2048)
    let errors = [8, 64].map { steps in
      let other = end(solver, steps)
      let square = (0..<400).reduce(0.0) {
        $0 + (other[$1, 0] - reference[$1, 0]) * (other[$1, 0] - reference[$1, 0])
      }
      return (square / 400).squareRoot()
    }
    return Double.log2(errors[0] / errors[1]) / 3
  }

  /// Kloeden and Platen: 1/2 for multiplicative noise, 1 for additive noise. 400 paths leave about 0.05.
  @Test func strongOrders() {
    let multiplicative = DiagonalSDE(drift: Proportional(factor: 0.5), diffusion: Proportional(factor: 0.8))
    #expect(abs(strongOrder(multiplicative, EulerMaruyama()) - 0.5) < 0.15)
    let additive = SDE(drift: Relaxation(), diffusion: Growing())
    #expect(abs(strongOrder(additive, EulerMaruyama()) - 1) < 0.15)
    #expect(abs(strongOrder(additive, StochasticHeun()) - 1) < 0.15)
  }

  /// Geometric Brownian motion has the closed form x0 exp((mu - s^2/2) t + s W).
  @Test func strongLimitIsItosSolution() {
    let dynamics = DiagonalSDE(drift: Proportional(factor: 0.5), diffusion: Proportional(factor: 0.8))
    let path = BrownianPath(stream: stream.path(4))
    let start = Batch<Double>(count: 200, dimension: 1, repeating: 1)
    let end = simulate(dynamics, from: start, by: .eulerMaruyama, times: .uniform(steps: 4096), stream: path)
      .final
    let w = path.value(Double.self, at: 1, count: 200, dimension: 1)
    let relative = (0..<200).map { end[$0, 0] / Double.exp(0.5 - 0.32 + 0.8 * w[$0, 0]) - 1 }
    // Strong error about sqrt(h) s^2 / sqrt 2 = 0.007 a path.
    let rms = (relative.reduce(0) { $0 + $1 * $1 } / 200).squareRoot()
    #expect(rms < 0.014)
  }

  @Test func theSamePathIsRefined() {
    let path = BrownianPath(stream: stream, over: 0...2)
    var coarse = Batch<Double>(count: 3, dimension: 2)
    path.fillIncrements(&coarse, step: 0, from: 0.5, to: 1.5, firstRow: 5)
    var sum = Batch<Double>(count: 3, dimension: 2)
    var fine = sum
    for k in 0..<8 {
      path.fillIncrements(&fine, step: k, from: 0.5 + Double(k) / 8, to: 0.5 + Double(k + 1) / 8, firstRow: 5)
      sum.add(1, times: fine)
    }
    for row in 0..<3 { #expect((sum[row] - coarse[row]).largestMagnitude < 1e-14) }
    // Variances of increments: 40,000 particles, five standard errors.
    let n = 40_000
    var many = Batch<Double>(count: n, dimension: 1)
    path.fillIncrements(&many, step: 0, from: 0.25, to: 0.375, firstRow: 0)
    #expect(abs(many.covariance[0, 0] - 0.125) < 5 * 0.125 * (2 / Double(n)).squareRoot())
    #expect(abs(many.mean[0]) < 5 * (0.125 / Double(n)).squareRoot())
  }
}
