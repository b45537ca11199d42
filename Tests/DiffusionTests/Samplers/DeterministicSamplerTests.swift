import Diffusion
import RealModule
import Testing

/// The exact noise prediction of a mixture, as a network would give it.
struct ExactNoise<S: Schedule>: Field {
  let marginal: MarginalPath<S>
  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P { marginal.noise(x, at: t) }
}

@Suite struct DeterministicSamplerTests {
  static let starts = Batch<Double>([Vector([0.9, -1.3]), Vector([-0.4, 0.6]), Vector([0.1, 0.2])])

  /// The largest distance from the exact flow, by Dormand-Prince at 1e-12.
  func error<S: Schedule>(_ schedule: S, _ solver: some Solver, _ grid: TimeGrid) -> Double {
    let flow = GaussianPath(schedule: schedule).marginal(over: Examples.plane).flow
    let scale = schedule.beta(grid.times[0])
    var start = DeterministicSamplerTests.starts
    start.scale(by: max(scale, 1))
    let exact = simulate(
      flow, from: start, by: .dormandPrince(tolerance: Tolerance(absolute: 1e-12, relative: 1e-12)),
      times: TimeGrid([grid.times[0], grid.times[grid.steps]])
    ).final
    let found = simulate(flow, from: start, by: solver, times: grid).final
    return (0..<start.count).reduce(0) { larger($0, (found[$1] - exact[$1]).largestMagnitude) }
  }

  func order<S: Schedule>(_ schedule: S, _ solver: some Solver, from: Double = 0.2, to: Double = 0.9)
    -> Double
  {
    let errors = [64, 256].map { error(schedule, solver, .uniform(from: from, to: to, steps: $0)) }
    return Double.log2(errors[0] / errors[1]) / 2
  }

  /// First order: DDIM; second: DPM-Solver++(2M) and EDM's Heun without churn. On three schedules, since the
  /// methods differ in which part of the schedule they integrate exactly.
  @Test func orders() {
    func check(_ schedule: some Schedule) {
      #expect(abs(order(schedule, .ddim) - 1) < 0.12, "DDIM, \(schedule)")
      #expect(abs(order(schedule, .dpmSolver) - 2) < 0.2, "DPM-Solver++, \(schedule)")
      #expect(abs(order(schedule, .edmHeun) - 2) < 0.2, "EDM, \(schedule)")
    }
    check(VariancePreservingSchedule(rates: 0.1...20))
    check(CosineSchedule(offset: 0.008))
    check(KarrasSchedule(deviations: 0.05...8, rho: 7))
  }

  /// Three uneven steps on the line by a separate NumPy program of the papers' algorithms (DDIM equation 12, DPM-Solver++
  /// algorithm 2, EDM algorithm 1 in x / alpha), and the flow by SciPy's DOP853 at 1e-13.
  @Test func stepsAreThePublishedOnes() {
    let flow = GaussianPath(schedule: .variancePreserving(0.1...20)).marginal(over: Examples.line).flow
    func end(_ solver: some Solver) -> Double {
      simulate(flow, from: Batch<Double>([0.6]), by: solver, times: TimeGrid([0.2, 0.35, 0.6, 0.9])).final[
        0, 0]
    }
    #expect(abs(end(.ddim) - 0.8311212325645695) < 1e-13)
    #expect(abs(end(.dpmSolver) - 1.1040452988610634) < 1e-13)
    #expect(abs(end(.edmHeun) - 1.5637863184946459) < 1e-13)
    let exact = end(.dormandPrince(tolerance: Tolerance(absolute: 1e-12, relative: 1e-12)))
    #expect(abs(exact - 1.1680137818048917) < 1e-10)
  }

  /// For data at one point the denoiser is constant, and the samplers are exact in any number of steps, from
  /// any noise level to any other; DPM-Solver++ from pure noise to pure data too.
  @Test func pointsAreReachedExactly() {
    let place: Vector<Double> = [1.5, -0.7]
    func check(_ schedule: some Schedule, from: Double) {
      let flow = GaussianPath(schedule: schedule).marginal(over: Dirac(at: place)).flow
      let start = DeterministicSamplerTests.starts
      let ends = [0.6, 1]
      for end in ends {
        let grid = TimeGrid([from, 0.3, end])
        let (alpha, beta) = (schedule.alpha(from), schedule.beta(from))
        let results = [
          simulate(flow, from: start, by: .ddim, times: grid).final,
          simulate(flow, from: start, by: .dpmSolver, times: grid).final,
        ]
        for result in results {
          for row in 0..<start.count {
            let noise = (1 / beta) * (start[row] - alpha * place)
            let exact = schedule.alpha(end) * place + schedule.beta(end) * noise
            #expect((result[row] - exact).largestMagnitude < 1e-13, "\(schedule) from \(from) to \(end)")
          }
        }
      }
    }
    check(LinearSchedule(), from: 0)
    check(VariancePreservingSchedule(rates: 0.1...20), from: 0.02)
  }

  /// Ending at data, EDM's last step gives the denoiser, as DDIM does.
  @Test func theLastStepIsTheDenoiser() {
    let marginal = GaussianPath(schedule: .variancePreserving()).marginal(over: Examples.plane)
    let start = DeterministicSamplerTests.starts
    for row in 0..<start.count {
      let expected = marginal.denoiser(start[row], at: 0.8)
      let ddim = simulate(marginal.flow, from: start, by: .ddim, times: TimeGrid([0.8, 1])).final
      let edm = simulate(marginal.flow, from: start, by: .edmHeun, times: TimeGrid([0.8, 1])).final
      let dpm = simulate(marginal.flow, from: start, by: .dpmSolver, times: TimeGrid([0.8, 1])).final
      for result in [ddim, edm, dpm] { #expect((result[row] - expected).largestMagnitude < 1e-12) }
    }
  }

  /// Second order pays: with 32 evaluations on a grid even in log SNR, DPM-Solver++ beats DDIM by a factor of
  /// five, and Heun's 16 steps are better than DDIM's 32 too.
  @Test func secondOrderPaysAtFewSteps() {
    let schedule = VariancePreservingSchedule(rates: 0.1...20)
    // Times at which log SNR is evenly spaced, by bisection.
    let (low, high) = (schedule.logSNR(0.1), schedule.logSNR(0.98))
    func time(_ level: Double) -> Double {
      var (a, b) = (0.0, 1.0)
      for _ in 0..<60 { if schedule.logSNR((a + b) / 2) < level { a = (a + b) / 2 } else { b = (a + b) / 2 } }
      return (a + b) / 2
    }
    func grid(_ n: Int) -> TimeGrid {
      TimeGrid((0...n).map { time(low + (high - low) * Double($0) / Double(n)) })
    }
    let ddim = error(schedule, .ddim, grid(32))
    let dpm = error(schedule, .dpmSolver, grid(32))
    #expect(dpm < ddim / 5, "DPM-Solver++ \(dpm), DDIM \(ddim)")
    #expect(error(schedule, .edmHeun, grid(16)) < ddim)
  }

  /// A model that predicts noise, data or velocity gives the same samples as the closed form, by any solver.
  @Test func modelsOfAnyPrediction() {
    let path = GaussianPath(schedule: .cosine())
    let marginal = path.marginal(over: Examples.plane)
    let start = DeterministicSamplerTests.starts
    let grid = TimeGrid.uniform(from: 0.1, to: 0.95, steps: 12)
    func expectSame(_ flow: ODE<some DenoisedVelocity>) {
      func compare(_ solver: some Solver) {
        let expected = simulate(marginal.flow, from: start, by: solver, times: grid).final
        let found = simulate(flow, from: start, by: solver, times: grid).final
        for row in 0..<3 { #expect((found[row] - expected[row]).largestMagnitude < 1e-10) }
      }
      compare(.ddim)
      compare(.dpmSolver)
      compare(.edmHeun)
      compare(.rungeKutta4)
    }
    expectSame(path.flow(of: ExactNoise(marginal: marginal), predicting: .noise))
    expectSame(path.flow(of: marginal.denoiserField, predicting: .data))
    expectSame(path.flow(of: marginal.velocity, predicting: .velocity))
    expectSame(path.flow(of: marginal.scoreField, predicting: .score))
    let score = path.score(of: ExactNoise(marginal: marginal), predicting: .noise)
    let x: Vector<Double> = [0.4, -0.9]
    #expect((score(x, at: 0.3) - marginal.score(x, at: 0.3)).largestMagnitude < 1e-13)
  }

  /// DDIM inverts: back from data's side to noise and forth again, to second order in the step.
  @Test func ddimInverts() {
    let marginal = GaussianPath(schedule: .variancePreserving()).marginal(over: Examples.plane)
    let start = DeterministicSamplerTests.starts
    let there = simulate(
      marginal.flow, from: start, by: .ddim, times: .uniform(from: 0.9, to: 0.2, steps: 400)
    ).final
    let back = simulate(
      marginal.flow, from: there, by: .ddim, times: .uniform(from: 0.2, to: 0.9, steps: 400)
    ).final
    for row in 0..<3 { #expect((back[row] - start[row]).largestMagnitude < 0.05) }
  }
}
