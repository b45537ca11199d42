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
