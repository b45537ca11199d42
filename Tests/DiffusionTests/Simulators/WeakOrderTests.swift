import Diffusion
import RealModule
import Testing

/// The increment of one step; 0 in all others.
private struct SingleKick: BrownianSource {
  let step: Int
  let increment: Double

  func fillIncrements<T: MachineReal>(
    _ out: inout Batch<T>, step: Int, from: Double, to: Double, firstRow: Int
  ) {
    for row in 0..<out.count {
      for i in 0..<out.dimension { out[row, i] = T(step == self.step ? increment : 0) }
    }
  }
}

/// dX = -(1 + t) X dt + (0.3 + t) dW.
private struct Fading: LinearProcess {
  func rate<T: RealNumber>(_ s: T) -> T { -1 - s }
  func diffusion<T: RealNumber>(_ s: T) -> T { 0.3 + s }
}

private struct Proportional: Field {
  let factor: Double
  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P { P.Scalar(factor) * x }
}

/// Orders of moments, without chance: of linear equations the schemes' own moments are known exactly.
@Suite struct WeakOrderTests {
  func order(_ error: (Int) -> Double) -> Double {
    let errors = [16, 128].map { abs(error($0)) }
    return Double.log2(errors[0] / errors[1]) / 3
  }

  /// A linear scheme under additive noise answers each increment by itself, so the variance is the sum of the squared
  /// answers to single increments of one deviation. Euler-Maruyama has weak order 1, stochastic Heun 2.
  @Test func variancesUnderAdditiveNoise() {
    let process = Fading()
    func variance(_ solver: some Solver, _ steps: Int) -> Double {
      let kick = (1 / Double(steps)).squareRoot()
      return (0..<steps).reduce(0) { sum, step in
        let answer = simulate(
          process.dynamics, from: Batch<Double>([0.0]), by: solver, times: .uniform(steps: steps),
          stream: SingleKick(step: step, increment: kick)
        ).final[0, 0]
        return sum + answer * answer
      }
    }
    let exact = process.variance(from: 0, to: 1)
    #expect(abs(order { variance(.eulerMaruyama, $0) - exact } - 1) < 0.1)
    #expect(abs(order { variance(.stochasticHeun, $0) - exact } - 2) < 0.1)
  }

  /// Under geometric Brownian motion a step multiplies X by a factor of its increment alone, so E X^2 is a power of the
  /// factor's second moment, here by quadrature; the limit is exp(2 mu + sigma^2).
  @Test func secondMomentsUnderMultiplicativeNoise() {
    let equation = DiagonalSDE(drift: Proportional(factor: 0.4), diffusion: Proportional(factor: 0.7))
    func moment(_ solver: some Solver, _ steps: Int) -> Double {
      let h = 1 / Double(steps)
      let square = GaussHermite(count: 10).expectation { (z: Double) in
        let factor = simulate(
          equation, from: Batch<Double>([1.0]), by: solver, times: TimeGrid([0, h]),
          stream: SingleKick(step: 0, increment: z * h.squareRoot())
        ).final[0, 0]
        return factor * factor
      }
      return Double.pow(square, steps)
    }
    let exact = Double.exp(0.8 + 0.49)
    #expect(abs(order { moment(.eulerMaruyama, $0) - exact } - 1) < 0.1)
    #expect(abs(order { moment(.milstein, $0) - exact } - 1) < 0.1)
    #expect(abs(order { moment(.stochasticHeun, $0) - exact } - 1) < 0.1)
    // Euler-Maruyama's own moment in closed form.
    #expect(abs(moment(.eulerMaruyama, 16) - Double.pow(1.025 * 1.025 + 0.49 / 16, 16)) < 1e-12)
  }
}
