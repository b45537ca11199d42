import Diffusion
import RealModule
import Testing

@Suite struct StochasticSamplerTests {
  let stream = RandomStream(seed: 31)

  /// sup |F_n - F| on the line.
  func distance(_ batch: Batch<Double>, _ law: GaussianMixture) -> Double {
    let n = Double(batch.count)
    return batch.column(0).sorted().enumerated().reduce(0) { worst, pair in
      larger(worst, abs(law.cdf(pair.element) - (Double(pair.offset) + 0.5) / n))
    }
  }

  /// For Gaussian data the denoiser is affine, so a chain of DDIM steps stays Gaussian: its mean and variance by
  /// hand from the paper's formula, within 5 standard errors, at eta between 0 and 1.
  @Test(arguments: [0.4, 1.0])
  func ddimHasItsOwnMoments(eta: Double) {
    let (m, v) = (0.8, 0.5)
    let schedule = VariancePreservingSchedule(rates: 0.1...20)
    let flow = GaussianPath(schedule: schedule).marginal(over: Gaussian(mean: m, deviation: v.squareRoot()))
      .flow
    let grid = TimeGrid.uniform(from: 0.1, to: 0.98, steps: 10)
    var (mean, variance) = (-0.4, 0.7)
    let n = 40_000
    let start = Gaussian(mean: mean, deviation: variance.squareRoot()).samples(
      Double.self, count: n, from: stream)
    let final = simulate(flow, from: start, by: .ddim(eta: eta), times: grid, stream: stream.path(1)).final
    for (s, t) in zip(grid.times, grid.times.dropFirst()) {
      // Signal levels as in the paper: alpha-bar and 1 - alpha-bar.
      let (a, b) = (schedule.alpha(s) * schedule.alpha(s), schedule.alpha(t) * schedule.alpha(t))
      let sigma = eta * ((1 - b) / (1 - a)).squareRoot() * (1 - a / b).squareRoot()
      // D = m + k (x - sqrt(a) m), and the noise (x - sqrt(a) D) / sqrt(1 - a).
      let k = a.squareRoot() * v / (a * v + 1 - a)
      let c = (1 - b - sigma * sigma).squareRoot() / (1 - a).squareRoot()
      let slope = b.squareRoot() * k + c * (1 - a.squareRoot() * k)
      let offset = (b.squareRoot() - c * a.squareRoot()) * (m - k * a.squareRoot() * m)
      mean = slope * mean + offset
      variance = slope * slope * variance + sigma * sigma
    }
    #expect(abs(final.mean[0] - mean) < 5 * (variance / Double(n)).squareRoot())
    #expect(abs(final.covariance[0, 0] - variance) < 5 * variance * (2 / Double(n)).squareRoot())
  }

  /// eta = 1 on the times of a DDPM chain is its ancestral sampling: one step from a point has the mean and
  /// variance of q(x_{k-1} | x_k, x_0 = D(x_k)).
  @Test func ancestralSamplingIsDDIM() {
    let chain = DDPMChain.linear(steps: 20, 0.01...0.4)
    let marginal = GaussianPath(schedule: chain.schedule).marginal(over: Examples.line)
    let (k, x, n) = (9, 0.7, 40_000)
    let times = TimeGrid([1 - Double(k) / 20, 1 - Double(k - 1) / 20])
    let final = simulate(
      marginal.flow, from: Batch<Double>(count: n, dimension: 1, repeating: x), by: .ddim(eta: 1),
      times: times,
      stream: stream.path(2)
    ).final
    let posterior = chain.posterior(k)
    let mean = posterior.data * marginal.denoiser(x, at: times.times[0]) + posterior.state * x
    #expect(abs(final.mean[0] - mean) < 5 * (posterior.variance / Double(n)).squareRoot())
    let error = 5 * posterior.variance * (2 / Double(n)).squareRoot()
    #expect(abs(final.covariance[0, 0] - posterior.variance) < error)
  }

  /// From the exact law at the first time, ancestral sampling of 200 steps ends at the data's law: chance, and
  /// 0.01 for the steps.
  @Test func ancestralSamplingReachesTheMixture() {
    let marginal = GaussianPath(schedule: .variancePreserving()).marginal(over: Examples.line)
    let start = marginal.law(at: 0).samples(Double.self, count: 10_000, from: stream.path(3))
    let final = simulate(
      marginal.flow, from: start, by: .ddim(eta: 1), times: .uniform(steps: 200), stream: stream.path(4)
    ).final
    #expect(distance(final, Examples.line) < 0.026 + 0.01)
  }

  /// Churn keeps the marginals: with much noise added on the way the end is still the data's law, and the paths
  /// are not those of the flow.
  @Test func churnKeepsTheMarginals() {
    let marginal = GaussianPath(schedule: KarrasSchedule(deviations: 0.02...20, rho: 7)).marginal(
      over: Examples.line)
    let start = marginal.law(at: 0).samples(Double.self, count: 10_000, from: stream.path(5))
    let grid = TimeGrid.uniform(steps: 40)
    let stirred = simulate(
      marginal.flow, from: start, by: .edmHeun(churn: 0.3, levels: 0.05...10), times: grid,
      stream: stream.path(6)
    ).final
    let still = simulate(marginal.flow, from: start, by: .edmHeun, times: grid).final
    let law = marginal.law(at: 1)
    #expect(distance(stirred, law) < 0.026 + 0.005)
    #expect(distance(still, law) < 0.026 + 0.005)
    let moved = (0..<start.count).count { abs(stirred[$0, 0] - still[$0, 0]) > 0.1 }
    #expect(Double(moved) > 0.5 * Double(start.count), "churn should send paths elsewhere")
    // It forgets the error of a start that is off, which the flow carries to the end.
    var shifted = start
    for row in 0..<start.count { shifted[row, 0] += 6 }
    let recovered = simulate(
      marginal.flow, from: shifted, by: .edmHeun(churn: 0.3), times: grid, stream: stream.path(7)
    ).final
    let kept = simulate(marginal.flow, from: shifted, by: .edmHeun, times: grid).final
    #expect(distance(recovered, law) < distance(kept, law) / 2)
  }

  /// The corrector repairs what a coarse predictor does: with 15 Euler-Maruyama steps the law is visibly off.
  @Test func correctorsRepairThePredictor() {
    let schedule = VariancePreservingSchedule(rates: 0.1...20)
    let marginal = GaussianPath(schedule: schedule).marginal(over: Examples.line)
    let term = ForwardProcess(schedule).generative(score: marginal.scoreField)
    let start = marginal.law(at: 0).samples(Double.self, count: 10_000, from: stream.path(8))
    let grid = TimeGrid.uniform(to: 0.95, steps: 15)
    let predicted = simulate(term, from: start, by: .eulerMaruyama, times: grid, stream: stream.path(9)).final
    let solver = PredictorCorrector(
      EulerMaruyama(), score: marginal.scoreField, schedule: schedule, corrections: 5, signalToNoise: 0.3,
      step: .noiseLevel)
    let corrected = simulate(term, from: start, by: solver, times: grid, stream: stream.path(9))
    let law = marginal.law(at: 0.95)
    let (before, after) = (distance(predicted, law), distance(corrected.final, law))
    #expect(after < before / 2, "KS distance \(before) by the predictor, \(after) corrected")
    #expect(corrected.evaluations == 15 * 6)
  }

  /// The published step, e = 2 (r |xi| / |s|)^2 with norms averaged over particles: from one place, where all scores are
  /// one s, the noise found in the results with that e has the norm that gives this e.
  @Test func correctorStepsByTheRatioOfNorms() {
    struct Still: Field {
      func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P { 0 * x }
    }
    let schedule = CosineSchedule(offset: 0.008)
    let marginal = GaussianPath(schedule: schedule).marginal(over: Examples.plane)
    let place: Vector<Double> = [1.4, -0.3]
    let start = Batch<Double>([Vector<Double>](repeating: place, count: 1_000))
    let (t, r) = (0.6, 0.21)
    let solver = PredictorCorrector(
      RungeKutta(.euler), score: marginal.scoreField, schedule: schedule, signalToNoise: r,
      step: .ratioOfNorms)
    let end = simulate(ODE(Still()), from: start, by: solver, times: TimeGrid([0.5, t]), stream: stream).final
    let score = marginal.score(place, at: t)
    func meanNorm(_ e: Double) -> Double {
      end.points.reduce(0) { $0 + ($1 - place - e * score).norm } / 1_000 / (2 * e).squareRoot()
    }
    // The step that agrees with the noise found by it; the difference grows with e.
    var (low, high) = (1e-4, 10.0)
    for _ in 0..<60 {
      let e = (low + high) / 2
      let ratio = r * meanNorm(e) / score.norm
      if e < 2 * ratio * ratio { low = e } else { high = e }
    }
    let e = (low + high) / 2
    // The moves' covariance is 2 e I, known to 3 %; four standard errors of their mean.
    #expect(abs(e / (end.covariance.trace / 4) - 1) < 0.1)
    #expect((end.mean - place - e * score).norm < 4 * (4 * e / 1_000).squareRoot())
    #expect(abs(meanNorm(e) - (Double.pi / 2).squareRoot()) < 0.1, "the mean length of a standard normal")
  }

  /// Down the levels, Langevin steps bring particles from wide noise to the law at the last level: chance, and
  /// the steps' own bias, e / (4 v) of a variance.
  @Test func annealedLangevin() {
    let schedule = KarrasSchedule(deviations: 0.1...10, rho: 7)
    let marginal = GaussianPath(schedule: schedule).marginal(over: Examples.line)
    let start = Gaussian(mean: 0, deviation: 10).samples(Double.self, count: 4_000, from: stream.path(10))
    let run = simulate(
      marginal.langevin, from: start,
      by: AnnealedLangevin(schedule: schedule, stepsPerLevel: 40, stepSize: 0.1),
      times: .uniform(steps: 24), stream: stream.path(11))
    #expect(run.evaluations == 24 * 40)
    let found = distance(run.final, marginal.law(at: 1))
    #expect(found < 2.6 / 4_000.0.squareRoot() + 0.03, "KS distance \(found)")
  }

  /// Results do not depend on how many particles there are: each has its own draws.
  @Test func drawsBelongToParticles() {
    let schedule = VariancePreservingSchedule(rates: 0.1...20)
    let marginal = GaussianPath(schedule: schedule).marginal(over: Examples.plane)
    let many = marginal.law(at: 0).samples(Double.self, count: 2_050, from: stream.path(12))
    let grid = TimeGrid.uniform(from: 0.05, to: 0.9, steps: 4)
    func check(_ solver: some Solver) {
      let all = simulate(marginal.flow, from: many, by: solver, times: grid, stream: stream).final
      let some = simulate(marginal.flow, from: many[0..<1_100], by: solver, times: grid, stream: stream).final
      #expect(all[1_080] == some[1_080], "\(solver)")
      #expect(all[5] != all[1_029], "particles of different blocks must not share draws")
    }
    check(.ddim(eta: 1))
    check(.edmHeun(churn: 0.2))
    check(
      PredictorCorrector(
        .heun, score: marginal.scoreField, schedule: schedule, corrections: 2, step: .noiseLevel))
  }
}
