import Diffusion
import RealModule
import Testing

@Suite struct StepBiasTests {
  /// dX = -1.7 (X - 0.4) dt + 0.9 dW under Euler-Maruyama, whose own second moment is known: the estimate of its
  /// distance from the exact one, within its error and the next order.
  @Test(arguments: [8, 32])
  func ornsteinUhlenbeck(steps: Int) {
    let process = OrnsteinUhlenbeck(theta: 1.7, mean: [0.4], deviation: 0.9)
    let start = Batch<Double>(count: 40_000, dimension: 1, repeating: -1.1)
    let found = Simulator(process.dynamics, by: .eulerMaruyama).expectation(
      from: start, times: .uniform(to: 0.7, steps: steps), stream: RandomStream(seed: 5)
    ) { $0[0] * $0[0] }
    func second(_ mean: Double, _ variance: Double) -> Double { mean * mean + variance }
    let h = 0.35 / Double(steps)
    var (mean, variance) = (-1.1, 0.0)
    for _ in 0..<2 * steps {
      mean -= 1.7 * h * (mean - 0.4)
      variance = (1 - 1.7 * h) * (1 - 1.7 * h) * variance + 0.81 * h
    }
    let exact = process.transition(from: [-1.1], at: 0, to: 0.7)
    let limit = second(exact.mean[0], exact.covariance[0, 0])
    let bias = limit - second(mean, variance)
    #expect(abs(found.mean.value - second(mean, variance)) < 5 * found.mean.standardError)
    #expect(abs(found.stepBias.value - bias) < 5 * found.stepBias.standardError + abs(bias) * 4 * h)
    #expect(found.stepBias.standardError < found.mean.standardError / 4, "the coupling takes the noise away")
    // A bias that could not be told from 0 would test nothing.
    #expect(abs(bias) > 5 * found.stepBias.standardError)
  }

  /// The stochastic Heun method has weak order 2 for additive noise: for this equation a step multiplies the mean by
  /// 1 - a h + a^2 h^2 / 2 and adds a noise of variance s^2 h (1 - a h / 2)^2, and its bias is estimated as such.
  @Test(arguments: [4, 8])
  func stochasticHeun(steps: Int) {
    let process = OrnsteinUhlenbeck(theta: 1.7, mean: [0.4], deviation: 0.9)
    let start = Batch<Double>(count: 40_000, dimension: 1, repeating: -1.1)
    let found = Simulator(process.dynamics, by: .stochasticHeun).expectation(
      from: start, times: .uniform(to: 0.7, steps: steps), order: 2, stream: RandomStream(seed: 6)
    ) { $0[0] * $0[0] }
    let exact = process.transition(from: [-1.1], at: 0, to: 0.7)
    let limit = exact.mean[0] * exact.mean[0] + exact.covariance[0, 0]
    func bias(_ steps: Int) -> Double {
      let h = 0.7 / Double(steps)
      let factor = 1 - 1.7 * h + 1.7 * 1.7 * h * h / 2
      var (mean, variance) = (-1.1, 0.0)
      for _ in 0..<steps {
        mean = 0.4 + factor * (mean - 0.4)
        variance = factor * factor * variance + 0.81 * h * (1 - 0.85 * h) * (1 - 0.85 * h)
      }
      return limit - (mean * mean + variance)
    }
    #expect(abs(Double.log2(bias(64) / bias(128)) - 2) < 0.05)
    #expect(
      abs(found.stepBias.value - bias(2 * steps))
        < 5 * found.stepBias.standardError + 3 * abs(bias(2 * steps)) / Double(steps))
    #expect(abs(bias(2 * steps)) > 5 * found.stepBias.standardError)
  }

  /// Without noise the change is that of Richardson's extrapolation.
  @Test func withoutNoise() {
    struct Growth: Field {
      func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P { (1 + t) * x }
    }
    let simulator = Simulator(ODE(Growth()), by: RungeKutta(.heun))
    let found = simulator.expectation(from: Batch<Double>([1.0, 1.0]), times: .uniform(steps: 20), order: 2) {
      $0[0]
    }
    let exact = Double.exp(1.5)
    #expect(found.mean.standardError == 0 && found.change.standardError == 0)
    #expect(abs(found.stepBias.value - (exact - found.mean.value)) < 0.1 * abs(found.stepBias.value))
    #expect(abs(found.extrapolated - exact) < 0.1 * abs(found.mean.value - exact))
  }

  @Test func halvedGrids() {
    #expect(TimeGrid([0, 0.5, 2]).halved == TimeGrid([0, 0.25, 0.5, 1.25, 2]))
    #expect(TimeGrid([1, 0]).halved == TimeGrid([1, 0.5, 0]))
  }
}
