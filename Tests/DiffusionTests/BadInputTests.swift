import Diffusion
import RealModule
import Testing

/// What cannot be computed stops with a message rather than going on with a number that is none.
@Suite struct BadInputTests {
  @Test func distributions() async {
    await #expect(processExitsWith: .failure) {
      _ = Gaussian(mean: [0, 0], covariance: Matrix([[1.0, 2], [2, 1]]))
    }
    await #expect(processExitsWith: .failure) {
      _ = GaussianMixture(weights: [0.5, 0.6], means: [0, 1], deviations: [1, 1])
    }
    await #expect(processExitsWith: .failure) { _ = Gaussian(mean: Double.nan, deviation: 1) }
    await #expect(processExitsWith: .failure) { _ = Empirical(Batch<Double>([0.3, Double.infinity])) }
  }

  @Test func shapes() async {
    await #expect(processExitsWith: .failure) {
      let x: Vector<Double> = [1, 2, 3]
      _ = Gaussian.standard(2).score(x)
    }
    await #expect(processExitsWith: .failure) {
      _ = OrnsteinUhlenbeck(theta: 1, mean: [0, 1], deviation: 1).transition(from: [0.2], at: 0, to: 1)
    }
    await #expect(processExitsWith: .failure) {
      _ = Bridge(of: BrownianMotion(), from: [0, 1], to: [2])
    }
  }

  /// Where a law is a point mass there is no score; just before, there is.
  @Test func singularEnds() async {
    let marginal = GaussianPath(schedule: .linear).marginal(over: Dirac(at: 0.5))
    let (t, beta) = (1 - 0x1p-20, 0x1p-20)
    #expect(marginal.score(0.5 * t + beta, at: t) == -0x1p20, "-(x - alpha z) / beta^2, all powers of two")
    await #expect(processExitsWith: .failure) {
      _ = GaussianPath(schedule: .linear).marginal(over: Dirac(at: 0.5)).score(0.5, at: 1)
    }
    await #expect(processExitsWith: .failure) {
      _ = BrownianMotion().logDensity(0.1, at: 0.5, given: 0.2, at: 0.5)
    }
    await #expect(processExitsWith: .failure) {
      // EDM's method needs a finite noise level, which the linear schedule has not at t = 0.
      let flow = GaussianPath(schedule: .linear).marginal(over: Gaussian.standard(1)).flow
      _ = simulate(flow, from: Batch<Double>([0.3]), by: .edmHeun, times: .uniform(steps: 4))
    }
  }

  @Test func simulations() async {
    await #expect(processExitsWith: .failure) { _ = TimeGrid.uniform(steps: 0) }
    await #expect(processExitsWith: .failure) { _ = TimeGrid([0, 0.5, 0.5]) }
    await #expect(processExitsWith: .failure) {
      let flow = GaussianPath(schedule: .linear).marginal(over: Gaussian.standard(1)).flow
      _ = simulate(flow, from: Batch<Double>([Double.nan]), by: .heun, times: .uniform(steps: 2))
    }
    await #expect(processExitsWith: .failure) {
      // Noise, and no stream to take it from.
      let term = GaussianPath(schedule: .linear).marginal(over: Gaussian.standard(1)).diffusion(.constant(1))
      _ = simulate(term, from: Batch<Double>([0.2]), by: .eulerMaruyama, times: .uniform(steps: 2))
    }
    await #expect(processExitsWith: .failure) {
      let flow = GaussianPath(schedule: .linear).marginal(over: Gaussian.standard(1)).flow
      _ = simulate(flow, from: Batch<Double>([0.2]), by: .ddim(eta: 1), times: .uniform(steps: 2))
    }
  }

  /// Solvers refuse the terms that they would solve wrongly.
  @Test func solversAndTerms() async {
    await #expect(processExitsWith: .failure) {
      let term = GaussianPath(schedule: .linear).marginal(over: Gaussian.standard(1)).diffusion(.constant(1))
      _ = simulate(
        term, from: Batch<Double>([0.2]), by: .ddim, times: .uniform(steps: 2), stream: RandomStream(seed: 1))
    }
    await #expect(processExitsWith: .failure) {
      let term = DiagonalSDE(
        drift: ClosureField { (x: Double, t: Double) in -x },
        diffusion: ClosureField { (x: Double, t: Double) in x })
      _ = simulate(
        term, from: Batch<Double>([0.2]), by: .milstein, times: .uniform(steps: 2),
        stream: RandomStream(seed: 1))
    }
    await #expect(processExitsWith: .failure) {
      let process = MatrixOrnsteinUhlenbeck(
        rate: .identity(2), mean: [0, 0], noiseCovariance: Matrix([[1.0, 0.5], [0.5, 1]]))
      let axes = [GridAxis(-2...2, cells: 8), GridAxis(-2...2, cells: 8)]
      let start = GridDensity(axes) { Gaussian.standard(2).density($0) }
      _ = FokkerPlanckGrid(process).evolve(start, from: 0, to: 1, steps: 2)
    }
  }
}
