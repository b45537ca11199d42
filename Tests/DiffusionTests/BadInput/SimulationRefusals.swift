import Diffusion

/// Grids, terms and solvers that do not go together.
enum SimulationRefusals {
  static let simulations: [Refusal] = [
    Refusal("at least one step, not 0") { _ = TimeGrid.uniform(steps: 0) },
    Refusal("strictly") { _ = TimeGrid([0, 0.5, 0.5]) },
    Refusal("must be finite") { _ = TimeGrid([0, .nan]) },
    Refusal("must start from finite particles") {
      let flow = GaussianPath(schedule: .linear).marginal(over: Gaussian.standard(1)).flow
      _ = simulate(flow, from: Batch<Double>([Double.nan]), by: .heun, times: .uniform(steps: 2))
    },
    Refusal("needs a stream of increments") {
      let term = GaussianPath(schedule: .linear).marginal(over: Gaussian.standard(1)).diffusion(.constant(1))
      _ = simulate(term, from: Batch<Double>([0.2]), by: .eulerMaruyama, times: .uniform(steps: 2))
    },
    Refusal("draws noise: it needs a stream") {
      let flow = GaussianPath(schedule: .linear).marginal(over: Gaussian.standard(1)).flow
      _ = simulate(flow, from: Batch<Double>([0.2]), by: .ddim(eta: 1), times: .uniform(steps: 2))
    },
    Refusal("has no value at t = 1.3") {
      let term = SDE(drift: ClosureField { (x: Double, t: Double) in -x }, diffusion: .constant(1))
      _ = simulate(
        term, from: Batch<Double>([0.2]), by: .eulerMaruyama, times: .uniform(to: 2, steps: 3),
        stream: BrownianPath(stream: RandomStream(seed: 1)))
    },
    Refusal("two times, not []") { _ = TimeGrid([]) },
    Refusal("two times, not [0.5]") { _ = TimeGrid([0.5]) },
    Refusal("must be finite") { _ = TimeGrid([0, .infinity]) },
    Refusal("increase, or decrease, strictly") { _ = TimeGrid.uniform(from: 1, to: 1, steps: 3) },
    Refusal("at least one step, not -2") { _ = TimeGrid.uniform(steps: -2) },
    Refusal("cannot be kept every 0 steps") {
      _ = simulate(
        SimulationRefusals.flow, from: Batch<Double>([0.3]), by: .heun, times: .uniform(steps: 2),
        saving: .every(0))
    },
    Refusal("must start from finite particles") {
      _ = simulate(
        SimulationRefusals.flow, from: Batch<Float>([Float.infinity]), by: .dormandPrince,
        times: .uniform(steps: 2))
    },
    Refusal("a field of dimension 1 at points of dimension 2") {
      _ = simulate(
        SimulationRefusals.flow, from: Batch<Double>(count: 3, dimension: 2), by: .dormandPrince,
        times: .uniform(steps: 2))
    },
    Refusal("a field of dimension 3 at points of 2") {
      _ = simulate(
        ODE(ClosureField { (x: Vector<Double>, t: Double) in [1, 2, 3] }),
        from: Batch<Double>(count: 3, dimension: 2), by: .euler, times: .uniform(steps: 2))
    },
    Refusal("a scalar is a point of dimension 1, not 2") {
      _ = simulate(
        ODE(ClosureField { (x: Double, t: Double) in x }), from: Batch<Double>(count: 3, dimension: 2),
        by: .euler, times: .uniform(steps: 2))
    },
    Refusal("noise in dimension 1") {
      _ = simulate(
        MatrixSDE(drift: SimulationRefusals.flow.drift, diffusion: ConstantMatrix(.identity(2))),
        from: Batch<Double>([0.3]), by: .eulerMaruyama, times: .uniform(steps: 2),
        stream: RandomStream(seed: 1))
    },
    Refusal("a tolerance must be positive") { _ = Tolerance(absolute: 0, relative: 0) },
    Refusal("a tolerance must be positive") { _ = Tolerance(absolute: .nan, relative: 0.1) },
    Refusal("a diffusion coefficient cannot be -1.0") { _ = ConstantDiffusion(-1) },
    Refusal("a diffusion coefficient cannot be nan") { _ = ConstantDiffusion(.nan) },
    Refusal("is not that of an explicit method") {
      _ = ButcherTableau(name: "none", order: 1, nodes: [0], matrix: [[1]], weights: [1])
    },
    Refusal("point 3 in a batch of 1 points") {
      _ = simulate(SimulationRefusals.flow, from: Batch<Double>([0.3]), by: .heun, times: .uniform(steps: 2))
        .trajectory(3)
    },
    Refusal("a weak order of nan") {
      _ = Simulator(SimulationRefusals.flow, by: .heun).expectation(
        from: Batch<Double>([0.3]), times: .uniform(steps: 2), order: .nan
      ) { $0[0] }
    },
    Refusal("the mean of no draws") {
      _ = Simulator(SimulationRefusals.flow, by: .heun).expectation(
        from: Batch<Double>(count: 0, dimension: 1), times: .uniform(steps: 2)
      ) { $0[0] }
    },
    Refusal("Brownian motion needs an interval") {
      _ = BrownianPath(stream: RandomStream(seed: 1), over: 0...Double.infinity)
    },
    Refusal("noise cannot run backwards") {
      _ = SDE(drift: SimulationRefusals.flow.drift, diffusion: .constant(1)).retimed(by: Countdown(from: 1))
        .diffusion(at: 0.5)
    },
  ]

  /// Solvers refuse the terms that they would solve wrongly, and options that make no sense.
  static let solversAndTerms: [Refusal] = [
    Refusal("cannot take noise") {
      let term = GaussianPath(schedule: .linear).marginal(over: Gaussian.standard(1)).diffusion(.constant(1))
      _ = simulate(
        term, from: Batch<Double>([0.2]), by: .rungeKutta4, times: .uniform(steps: 2),
        stream: RandomStream(seed: 1))
    },
    Refusal("integrates the flow of a denoising model") {
      let term = GaussianPath(schedule: .linear).marginal(over: Gaussian.standard(1)).diffusion(.constant(1))
      _ = simulate(
        term, from: Batch<Double>([0.2]), by: .ddim, times: .uniform(steps: 2), stream: RandomStream(seed: 1))
    },
    Refusal("give it as a Field") {
      let term = DiagonalSDE(
        drift: ClosureField { (x: Double, t: Double) in -x },
        diffusion: ClosureField { (x: Double, t: Double) in x })
      _ = simulate(
        term, from: Batch<Double>([0.2]), by: .milstein, times: .uniform(steps: 2),
        stream: RandomStream(seed: 1))
    },
    Refusal("differentiates noise that depends on the point") {
      let term = DiagonalSDE(
        drift: ClosureField { (x: Double, t: Double) in -x },
        diffusion: ClosureField { (x: Double, t: Double) in x })
      _ = simulate(
        term, from: Batch<Double>([0.2]), by: .stochasticHeun, times: .uniform(steps: 2),
        stream: RandomStream(seed: 1))
    },
    Refusal("take more steps") {
      let process = MatrixOrnsteinUhlenbeck(
        rate: .identity(2), mean: [0, 0], noiseCovariance: Matrix([[1.0, 0.5], [0.5, 1]]))
      let axes = [GridAxis(-2...2, cells: 80), GridAxis(-2...2, cells: 80)]
      let start = GridDensity(axes) { Gaussian.standard(2).density($0) }
      _ = FokkerPlanckGrid(process).evolve(start, from: 0, to: 1, steps: 2)
    },
    Refusal("cannot take noise") {
      _ = simulate(
        SimulationRefusals.diffusion, from: Batch<Double>([0.2]), by: .dormandPrince,
        times: .uniform(steps: 2), stream: RandomStream(seed: 1))
    },
    Refusal("a sampler by the denoiser needs the flow") {
      _ = simulate(
        ODE(SimulationRefusals.marginal.scoreField), from: Batch<Double>([0.2]), by: .ddim,
        times: .uniform(steps: 2))
    },
    Refusal("eta must lie between 0 and 1, not be nan") { _ = DDIM(eta: .nan) },
    Refusal("runs from noise to data, not back") {
      _ = simulate(
        SimulationRefusals.flow, from: Batch<Double>([0.2]), by: .ddim(eta: 1),
        times: .uniform(from: 1, to: 0, steps: 2), stream: RandomStream(seed: 1))
    },
    Refusal("churn must lie in") { _ = EDMHeun(churn: .nan) },
    Refusal("churn must lie in") { _ = EDMHeun(churn: 0.1, inflation: .infinity) },
    Refusal("corrections at a signal-to-noise ratio of nan") {
      _ = PredictorCorrector(
        .euler, score: SimulationRefusals.marginal.scoreField, schedule: .linear, signalToNoise: .nan)
    },
    Refusal("0 steps a level") {
      _ = AnnealedLangevin(schedule: .linear, stepsPerLevel: 0, stepSize: 0.1)
    },
    Refusal("needs the term of a score") {
      _ = simulate(
        SimulationRefusals.diffusion, from: Batch<Double>([0.2]),
        by: AnnealedLangevin(schedule: .linear, stepSize: 0.1), times: .uniform(steps: 2),
        stream: RandomStream(seed: 1))
    },
    Refusal("give it a RandomStream") {
      _ = simulate(
        SimulationRefusals.marginal.langevin, from: Batch<Double>([0.2]),
        by: AnnealedLangevin(schedule: .linear, stepSize: 0.1), times: .uniform(to: 0.5, steps: 2),
        stream: BrownianPath(stream: RandomStream(seed: 1)))
    },
    Refusal("a density from 1.0 to 0.0 in 3 steps") {
      _ = FokkerPlanckGrid(SimulationRefusals.flow).evolve(
        GridDensity([GridAxis(-1...1, cells: 4)]) { _ in 1 }, from: 1, to: 0, steps: 3)
    },
    Refusal("in 0 steps") {
      _ = FokkerPlanckGrid(SimulationRefusals.flow).evolve(
        GridDensity([GridAxis(-1...1, cells: 4)]) { _ in 1 }, from: 0, to: 1, steps: 0)
    },
    Refusal("a grid axis over") { _ = GridAxis(0...1, cells: 1) },
    Refusal("a grid in 3 dimensions") {
      _ = GridDensity([GridAxis](repeating: GridAxis(0...1, cells: 2), count: 3)) { _ in 1 }
    },
    Refusal("a density on a grid must be finite") {
      _ = GridDensity([GridAxis(0...1, cells: 4)]) { 1 / ($0[0] - $0[0]) }
    },
    Refusal("Hutchinson's estimator needs a probe") {
      _ = SimulationRefusals.flow.logLikelihood(
        of: Batch([0.3]), base: Gaussian.standard(1),
        divergence: .hutchinson(probes: 0, stream: RandomStream(seed: 1)))
    },
    Refusal("points of dimension 2 under a base of 1") {
      _ = SimulationRefusals.flow.logLikelihood(of: Batch(count: 2, dimension: 2), base: Gaussian.standard(1))
    },
    Refusal("must start from finite particles") {
      _ = SimulationRefusals.flow.logLikelihood(of: Batch([Double.nan]), base: Gaussian.standard(1))
    },
  ]

  private static let marginal = GaussianPath(schedule: .linear).marginal(
    over: Gaussian(mean: 0.4, deviation: 0.7))
  private static let flow = marginal.flow
  private static let diffusion = marginal.diffusion(.constant(1))
}
