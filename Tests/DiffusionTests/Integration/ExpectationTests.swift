import Diffusion
import RealModule
import Testing

@Suite struct ExpectationTests {
  /// Within five standard errors of the moments, and the standard error is that of the law.
  @Test func byMonteCarlo() {
    let n = 20_000
    let mean = Examples.plane.expectation(draws: n, from: RandomStream(seed: 4)) { (x: Vector<Double>) in x[0]
    }
    let deviation = Examples.plane.covariance[0, 0].squareRoot()
    #expect(abs(mean.value - Examples.plane.mean[0]) < 5 * mean.standardError)
    #expect(abs(mean.standardError * Double(n).squareRoot() / deviation - 1) < 0.03)
    let share = Uniform(over: -1...3).expectation(draws: 4_000, from: RandomStream(seed: 5)) { (x: Double) in
      x < 0 ? 1 : 0
    }
    #expect(abs(share.value - 0.25) < 5 * share.standardError && share.count == 4_000)
    // About a large mean no digits are lost.
    let far = MeanEstimate(count: 4) { 1e9 + [0.0, 1, 2, 3][$0] }
    #expect(far.value == 1e9 + 1.5 && abs(far.standardError - (5.0 / 12).squareRoot()) < 1e-12)
    #expect(MeanEstimate(count: 1) { _ in 2 }.standardError == .infinity)
  }

  /// Polynomials exactly: E[x_0^2 x_1^2] = s_00 s_11 + 2 s_01^2 + ... by Isserlis, and E exp(u . x).
  @Test func underAGaussianByQuadrature() {
    let law = Gaussian(mean: [0.3, -0.8], covariance: Matrix([[1.2, 0.5], [0.5, 0.7]]))
    let rule = GaussHermite(count: 24)
    let fourth = rule.expectation(under: law) { (x: Vector<Double>) in
      let (a, b) = (x[0] - 0.3, x[1] + 0.8)
      return a * a * b * b
    }
    #expect(abs(fourth - (1.2 * 0.7 + 2 * 0.25)) < 1e-12)
    let exponential = rule.expectation(under: law) { (x: Vector<Double>) in
      Double.exp(0.4 * x[0] - 0.6 * x[1])
    }
    let exact = 0.4 * 0.3 + 0.6 * 0.8 + (0.16 * 1.2 - 2 * 0.24 * 0.5 + 0.36 * 0.7) / 2
    #expect(abs(exponential / Double.exp(exact) - 1) < 1e-12)
    let line = rule.expectation(under: Gaussian(mean: 0.5, deviation: 2)) { (x: Double) in x * x }
    #expect(abs(line - 4.25) < 1e-12)
  }
}
