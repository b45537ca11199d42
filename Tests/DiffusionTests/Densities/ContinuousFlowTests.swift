import Diffusion
import RealModule
import Testing

/// x' = A x with A far from symmetric.
private struct Shear: Field {
  static let matrix = Matrix([[0.4, 1.3, -0.5], [-0.2, -0.7, 0.8], [0.9, 0.1, 0.2]])
  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
    P(count: 3) { i in (0..<3).reduce(0) { $0 + P.Scalar(Shear.matrix[i, $1]) * x[$1] } }
  }
}

private struct Explosion: Field {
  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P { P(count: x.count) { -x[$0] * x[$0] * x[$0] } }
}

@Suite struct ContinuousFlowTests {
  /// The exact field of a mixture carries p_0.1 to p_0.97; the solver's tolerance is 1e-9 a step.
  @Test func likelihoodUnderTheExactFlow() {
    func check(_ schedule: some Schedule) {
      let marginal = GaussianPath(schedule: schedule).marginal(over: Examples.plane)
      let points = marginal.law(at: 0.97).samples(Double.self, count: 12, from: RandomStream(seed: 1))
      let found = marginal.flow.logLikelihood(of: points, base: marginal.law(at: 0.1), from: 0.1, to: 0.97)
      #expect(found.outcome == .completed && found.standardErrors == nil)
      for row in 0..<points.count {
        let exact = marginal.logDensity(points[row], at: 0.97)
        #expect(abs(found.logDensities[row] - exact) < 1e-6, "\(schedule) at \(points[row])")
      }
    }
    check(LinearSchedule())
    check(VariancePreservingSchedule(rates: 0.1...20))
    check(CosineSchedule(offset: 0.008))
  }

  /// Fixed steps of order four: the error of the likelihood falls at that order too.
  @Test func theLikelihoodHasTheOrderOfTheSolver() {
    let marginal = GaussianPath(schedule: .trigonometric).marginal(over: Examples.plane)
    let points = Batch<Double>([Vector([0.6, -1.1]), Vector([-0.4, 0.8])])
    let errors = [16, 32].map { steps in
      let found = marginal.flow.logLikelihood(
        of: points, base: marginal.law(at: 0.1), from: 0.1, to: 0.8, by: .rungeKutta4, steps: steps)
      return (0..<2).reduce(0.0) {
        larger($0, abs(found.logDensities[$1] - marginal.logDensity(points[$1], at: 0.8)))
      }
    }
    #expect(abs(Double.log2(errors[0] / errors[1]) - 4) < 0.6, "errors \(errors)")
  }

  /// For x' = A x the integral is T tr A, exactly; Hutchinson's estimates scatter about it with the variance
  /// T^2 / 2 sum_{i != j} (A + A^T)_ij^2 a probe.
  @Test func hutchinsonsEstimatorHasItsMeanAndVariance() {
    let n = 4_000
    let base = Gaussian(mean: [0.3, -0.2, 0.5], covariance: .diagonal([1.2, 0.5, 2]))
    let points = Batch<Double>([Vector<Double>](repeating: [0.4, 1, -0.7], count: n))
    let exact = ODE(Shear()).logLikelihood(of: points[0..<1], base: base, to: 0.8)
    let estimates = ODE(Shear()).logLikelihood(
      of: points, base: base, to: 0.8, divergence: .hutchinson(probes: 1, stream: RandomStream(seed: 21)))
    let origin = exact.origins[0]
    #expect(abs(exact.logDensities[0] - (base.logDensity(origin) + 0.8 * 0.1)) < 1e-9)
    let a = Shear.matrix
    var variance = 0.0
    for i in 0..<3 { for j in 0..<3 where i != j { variance += (a[i, j] + a[j, i]) * (a[i, j] + a[j, i]) } }
    variance *= 0.64 / 2
    let gaps = estimates.logDensities.map { $0 - exact.logDensities[0] }
    let mean = gaps.reduce(0, +) / Double(n)
    let spread = gaps.reduce(0) { $0 + $1 * $1 } / Double(n)
    #expect(abs(mean) < 5 * (variance / Double(n)).squareRoot())
    // The fourth moment of a sum of three signs' products is below four times the variance squared.
    #expect(abs(spread - variance) < 5 * variance * (4 / Double(n)).squareRoot())
  }

  /// With many probes the value and its stated standard error agree with the exact one; on the line the
  /// estimator is exact.
  @Test func standardErrorsAreHonest() throws {
    let marginal = GaussianPath(schedule: .linear).marginal(over: Examples.plane)
    let points = marginal.law(at: 0.9).samples(Double.self, count: 60, from: RandomStream(seed: 5))
    let found = marginal.flow.logLikelihood(
      of: points, base: marginal.law(at: 0), to: 0.9,
      divergence: .hutchinson(probes: 16, stream: RandomStream(seed: 6)))
    let errors = try #require(found.standardErrors)
    let ratios = (0..<60).map { row in
      (found.logDensities[row] - marginal.logDensity(points[row], at: 0.9)) / max(errors[row], 1e-6)
    }
    // Student's t with 15 degrees of freedom: its mean square is 15/13, with a standard error near 0.25 here.
    let square = ratios.reduce(0) { $0 + $1 * $1 } / 60
    #expect(square > 0.3 && square < 2.5, "mean square ratio \(square)")

    let line = GaussianPath(schedule: .linear).marginal(over: Examples.line)
    let estimated = line.flow.logLikelihood(
      of: Batch<Double>([0.4]), base: line.law(at: 0), to: 0.9,
      divergence: .hutchinson(probes: 1, stream: RandomStream(seed: 6)))
    #expect(abs(estimated.logDensities[0] - line.logDensity(0.4, at: 0.9)) < 1e-7)
  }

  /// Backwards, x' = -x^3 leaves every bounded set: the result says so.
  @Test func aFlowThatCannotBeInvertedIsReported() {
    let found = ODE(Explosion()).logLikelihood(of: Batch<Double>([3.0]), base: Gaussian.standard(1))
    guard case .stepTooSmall(let t) = found.outcome else {
      Issue.record("a blow-up passed unnoticed: \(found.outcome)")
      return
    }
    // x(t) = 1 / sqrt(1/9 - 2 (1 - t)): infinite at t = 1 - 1/18.
    #expect(abs(t - (1 - 1.0 / 18)) < 1e-4)
  }
}
