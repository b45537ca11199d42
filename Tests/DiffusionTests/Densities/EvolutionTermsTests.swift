import Diffusion
import RealModule
import Testing

private struct Still: Field {
  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P { P(count: x.count) { _ in 0 } }
}

/// f = (div D + D nabla log p) / 2, which keeps p for any D.
private struct Reversible<S: MatrixField, Target: Density>: Field {
  let sigma: S
  let target: Target
  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
    let flow = StateDependentScoredField(
      MatrixSDE(drift: Still(), diffusion: sigma), score: DensityScore(of: target), factor: 0.5)
    return flow(x, at: t)
  }
}

private struct Stretch: MatrixField {
  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> Matrix<P.Scalar> {
    Matrix([[1 + x[0] * x[0] / 4, 0.3 * x[1]], [0.2 * x[0], 0.8 + P.Scalar.cos(x[1])]])
  }
}

@Suite struct EvolutionTermsTests {
  static let schedules: [any Schedule] = [
    LinearSchedule(), VariancePreservingSchedule(rates: 0.1...20), CosineSchedule(offset: 0.008),
    KarrasSchedule(deviations: 0.1...5, rho: 7),
  ]

  /// Marginal flows and diffusions, in three dimensions and on the line.
  @Test(arguments: schedules.indices, [0.1, 0.6, 0.95])
  func marginalPathsSatisfyTheirEquations(index: Int, t: Double) {
    func check(_ schedule: some Schedule) {
      let space = GaussianPath(schedule: schedule).marginal(over: Examples.space)
      let x = Examples.spacePoint
      #expect(imbalance(space.continuityTerms(space.velocity, x, at: t)) < 1e-12)
      #expect(imbalance(space.fokkerPlanckTerms(space.diffusion(.constant(0.7)), x, at: t)) < 1e-12)
      let line = GaussianPath(schedule: schedule).marginal(over: Examples.line)
      #expect(imbalance(line.fokkerPlanckTerms(line.diffusion(.constant(1.3)), 0.4, at: t)) < 1e-12)
      // A wrong noise shows.
      let wrong = SDE(drift: space.diffusion(.constant(0.7)).drift, diffusion: ConstantDiffusion(0.9))
      #expect(imbalance(space.fokkerPlanckTerms(wrong, x, at: t)) > 1e-4)
    }
    check(EvolutionTermsTests.schedules[index])
  }

  @Test func interpolantsSatisfyTheContinuityEquation() {
    let path = InterpolantPath(LinearInterpolant(latent: 0.6), from: Examples.plane, to: Examples.plane)
    let x: Vector<Double> = [0.2, -0.5]
    for t in [0.2, 0.7] { #expect(imbalance(path.continuityTerms(path.velocity, x, at: t)) < 1e-11) }
  }

  @Test func stationaryLaws() {
    let x: Vector<Double> = [0.2, -0.5]
    #expect(imbalance(Examples.plane.stationarityTerms(Examples.plane.langevin, x)) < 1e-13)
    let process = MatrixOrnsteinUhlenbeckTests.process
    #expect(imbalance(process.stationaryLaw.stationarityTerms(process, Examples.spacePoint)) < 1e-13)
    // Noise that depends on the state, every entry of its matrix on both coordinates.
    let drift = Reversible(sigma: Stretch(), target: Examples.plane)
    let dynamics = MatrixSDE(drift: drift, diffusion: Stretch())
    #expect(imbalance(Examples.plane.stationarityTerms(dynamics, x)) < 1e-12)
    let other = MatrixSDE(drift: Examples.plane.langevin.drift, diffusion: Stretch())
    #expect(imbalance(Examples.plane.stationarityTerms(other, x)) > 1e-2)
  }
}
