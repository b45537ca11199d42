import Diffusion
import RealModule
import Testing

struct Steep: Field {
  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
    P(count: x.count) { P.Scalar.sin(2 * x[$0]) - t }
  }
}

struct Contraction: Field {
  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P { -0.9 * x }
}

@Suite struct StepReversalTests {
  func reversal(_ step: Double) -> StepReversal<Steep, GaussianMixture> {
    StepReversal(drift: Steep(), deviation: 0.7, from: Examples.line, at: 0.3, step: step)
  }

  /// For a linear drift and a mixture, p(y) is a mixture and E[x | y] follows from its score (Tweedie):
  /// y = c x + sigma sqrt(delta) eps gives E[x | y] = (y + sigma^2 delta nabla log p(y)) / c.
  @Test(arguments: [-2.1, 0.2, 1.4])
  func bayesForALinearDrift(y: Double) {
    let step = 0.15
    let reversal = StepReversal(drift: Contraction(), deviation: 0.7, from: Examples.line, at: 0, step: step)
    let c = 1 - 0.9 * step
    let evidence = Examples.line.noised(alpha: c, beta: 0.7 * step.squareRoot())
    #expect(abs(reversal.logEvidence(y) - evidence.logDensity(y)) < 1e-10)
    let mean = reversal.expectation(given: y) { $0 }
    #expect(abs(mean.value - (y + 0.49 * step * evidence.score(y)) / c) < 1e-9)
    #expect(abs(reversal.expectation(given: y) { _ in 1 }.value - 1) < 1e-14)
  }

  /// The reversed step of the equation is Bayes' to O(delta^2) in the mean, O(delta^2) in the variance.
  @Test(arguments: [-1.3, 0.4])
  func theApproximationIsOfSecondOrder(y: Double) {
    let errors = [0.02, 0.01].map { step -> (mean: Double, variance: Double) in
      let reversal = reversal(step)
      let mean = reversal.expectation(given: y) { $0 }.value
      let variance = reversal.expectation(given: y) { ($0 - mean) * ($0 - mean) }.value
      return (mean - reversal.approximateMean(given: y), variance - reversal.variance)
    }
    // Half the step, a quarter of the error; the next order leaves a few percent.
    #expect(abs(errors[0].mean / errors[1].mean - 4) < 0.6)
    #expect(abs(errors[0].variance / errors[1].variance - 4) < 0.6)
  }

  /// The mean moves by -f delta + sigma^2 delta nabla log p, not by half or twice the score.
  @Test func theScoreEntersWithItsWholeWeight() {
    let (y, step) = (0.4, 1e-3)
    let reversal = reversal(step)
    let mean = reversal.expectation(given: y) { $0 }.value
    let drift = Steep()(y, at: 0.3)
    let weight = ((mean - y) / step + drift) / (0.49 * Examples.line.score(y))
    #expect(abs(weight - 1) < 1e-2)
    #expect(abs(reversal.approximation(given: [y]).covariance[0, 0] - 0.49 * step) < 1e-16)
  }
}
