import Diffusion
import Testing

/// The library read as a notebook would: Tweedie's formula, left by quadrature, right in closed form.
@Suite struct TweedieTests {
  @Test(arguments: [0.05, 0.3, 0.7, 0.95], [-4.0, -1.2, 0.4, 4])
  func posteriorMean(t: Double, x: Double) {
    let data = GaussianMixture(weights: [0.3, 0.7], means: [-2, 1], deviations: [0.5, 0.8])
    let path = GaussianPath(schedule: .linear)
    let marginal = path.marginal(over: data)
    let left = integrate(over: -12...12, peaks: [x / path.alpha(t)]) { z in
      z * marginal.posterior(z, given: x, at: t)
    }
    let right = (x + path.beta(t) * path.beta(t) * marginal.score(x, at: t)) / path.alpha(t)
    #expect(left.isConverged && abs(left.value - right) <= max(10 * left.error, 1e-11))
  }
}
