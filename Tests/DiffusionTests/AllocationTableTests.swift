import Diffusion
import RealModule
import Testing

/// Every solver with the terms that it takes, every loss, coupling, source, optimizer and option: none of their steps
/// asks for memory.
@Suite struct AllocationTableTests {
  /// A mixture in any number of dimensions, its components neither round nor alike.
  static func mixture(_ d: Int) -> GaussianMixture {
    let skew = Matrix<Double>(rows: d, columns: d) {
      $0 == $1 ? 0.6 + 0.1 * Double($0 % 3) : 0.3 / Double(d)
    }
    return GaussianMixture(
      weights: [0.3, 0.7],
      means: [Vector(count: d) { 1 - 0.2 * Double($0) }, Vector(count: d) { -0.5 + 0.1 * Double($0) }],
      covariances: [skew, .diagonal((0..<d).map { 0.4 + 0.1 * Double($0 % 4) })])
  }

  static let grids = [4, 24].map { TimeGrid.uniform(from: 0.1, to: 0.8, steps: $0) }
  static let schedule = CosineSchedule(offset: 0.008)
  static func marginal(_ d: Int) -> MarginalPath<CosineSchedule> {
    GaussianPath(schedule: schedule).marginal(over: mixture(d))
  }

  static func process(_ d: Int) -> OrnsteinUhlenbeck {
    OrnsteinUhlenbeck(theta: 0.7, mean: Vector(count: d) { 0.2 - 0.1 * Double($0) }, deviation: 0.9)
  }

  static func network(_ d: Int, outputs: Int? = nil, labels: Int = 0) -> MultilayerPerceptron<Float> {
    MultilayerPerceptron(
      Architecture(dimension: d, hidden: [8], outputs: outputs, labels: labels), stream: RandomStream(seed: 3)
    )
  }

  /// A formula that calls the library's own.
  struct Mixed<S: Schedule>: Field {
    let marginal: MarginalPath<S>
    func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
      marginal.field(x, at: t) + 0.3 * marginal.score(x, at: t) - marginal.denoiser(x, at: t)
    }
  }

  struct Added<First: Field, Second: Field>: Field {
    let first: First
    let second: Second
    func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P { first(x, at: t) + 0.3 * second(x, at: t) }
  }

  struct Scored<D: Density>: Field {
    let density: D
    func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
      density.score(x) - density.logDensity(x) * x
    }
  }

  /// A conditional path's field, towards a point.
  struct Toward<Path: ConditionalPath>: Field {
    let path: Path
    func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
      path.field(x, given: P(count: x.count) { P.Scalar(0.3 * Double($0)) }, at: t)
    }
  }

  struct Quartic: Energy {
    let dimension: Int
    func callAsFunction<P: Point>(_ x: P) -> P.Scalar { x.squaredNorm * x.squaredNorm / 4 }
  }

  static let ordinarySolvers: [any Solver] = [
    RungeKutta(.euler), RungeKutta(.midpoint), RungeKutta(.heun), RungeKutta(.rungeKutta4), DormandPrince(),
    EulerMaruyama(), StochasticHeun(), Milstein(),
    PredictorCorrector(RungeKutta(.heun), score: Swirl(), schedule: schedule, step: .ratioOfNorms),
  ]
  static let denoisingSolvers: [any Solver] = [
    DDIM(), DDIM(eta: 0.5), DPMSolver(), EDMHeun(), EDMHeun(churn: 0.1, levels: 0.1...50, inflation: 1.01),
    PredictorCorrector(DDIM(eta: 1), score: Swirl(), schedule: schedule, corrections: 2),
  ]
  static let stochasticSolvers: [any Solver] = [
    EulerMaruyama(), StochasticHeun(), Milstein(),
    PredictorCorrector(EulerMaruyama(), score: Swirl(), schedule: schedule),
  ]

  func expectOrdinary(
    _ what: String, _ drift: some BatchField, _ d: Int, _ sourceLocation: SourceLocation = #_sourceLocation
  ) {
    // What a solver needs does not depend on the dimension; derivatives in many take a while unoptimised.
    for solver in d > 3 ? [RungeKutta(.heun)] as [any Solver] : Self.ordinarySolvers {
      expectSteady(
        what, ODE(drift), solver, dimension: d, count: 6, grids: Self.grids, sourceLocation: sourceLocation)
    }
    expectSteady(
      "double " + what, ODE(drift), .heun, dimension: d, as: Double.self, count: 6, grids: Self.grids,
      sourceLocation: sourceLocation)
  }

  @Test(arguments: [1, 2, 3, 20])
  func fields(dimension d: Int) {
    let (marginal, network) = (Self.marginal(d), Self.network(d))
    let path = GaussianPath(schedule: Self.schedule)
    expectOrdinary("velocity", marginal.velocity, d)
    expectOrdinary("score", marginal.scoreField, d)
    expectOrdinary("denoiser", marginal.denoiserField, d)
    expectOrdinary("own formula", Swirl(), d)
    expectOrdinary("calling the library", Mixed(marginal: marginal), d)
    expectOrdinary("conditional", Toward(path: path), d)
    expectOrdinary("score of a Gaussian", Scored(density: Self.mixture(d).components[0]), d)
    expectOrdinary("score of a mixture", Scored(density: Self.mixture(d)), d)
    expectOrdinary("score of an energy", DensityScore(of: EnergyModel(Quartic(dimension: d))), d)
    expectOrdinary("score of a path", PathScore(of: marginal), d)
    let points = Empirical(Batch<Double>.normals(count: 9, dimension: d, from: RandomStream(seed: 1)))
    expectOrdinary("over points", DataMarginal(path, over: points).velocity, d)
    expectOrdinary("network", network, d)
    expectOrdinary("label", Self.network(d, labels: 2).conditioned(on: 1), d)
    expectOrdinary("guidance", Self.network(d, labels: 2).guided(toward: 1, scale: 1.5), d)
    expectOrdinary("potential", Self.network(d, outputs: 1).gradientField, d)
    expectOrdinary("slower", RetimedField(network, by: Countdown(from: 1)), d)
    expectOrdinary("other clock", ClockedField(network, by: Countdown(from: 1)), d)
    expectOrdinary(
      "other schedule", ScheduleChange(network, from: Self.schedule, to: LinearSchedule()), d)
    for prediction in Prediction.allCases {
      expectOrdinary("\(prediction)", path.flow(of: network, predicting: prediction).drift, d)
    }
    let interpolant = InterpolantPath(
      TrigonometricInterpolant(latent: 0.3), from: Gaussian.standard(d), to: Self.mixture(d))
    expectOrdinary("interpolant", interpolant.velocity, d)
    expectOrdinary("calling both", Added(first: interpolant.velocity, second: network), d)
    expectOrdinary(
      "calling others",
      Added(
        first: Self.network(d, labels: 2).guided(toward: 1, scale: 1.5),
        second: ScheduleChange(interpolant.scoreField, from: Self.schedule, to: LinearSchedule())), d)
    expectOrdinary("its score", interpolant.scoreField, d)
    let process = ProcessPath(Self.process(d), from: Self.mixture(d))
    expectOrdinary("score of a process", process.scoreField, d)
    let bridge = SchroedingerBridge(
      from: Gaussian.standard(d), to: Self.mixture(d).components[0], deviation: 0.7)
    expectOrdinary("Schroedinger bridge", bridge.velocity, d)
    expectOrdinary("calling bridge and process", Added(first: bridge.drift, second: process.scoreField), d)
    expectOrdinary(
      "probability flow",
      Self.process(d).dynamics.probabilityFlow(score: process.scoreField).drift, d)
  }

  @Test(arguments: [1, 2, 20])
  func denoisingModels(dimension d: Int) {
    let path = GaussianPath(schedule: Self.schedule)
    for solver in Self.denoisingSolvers {
      expectSteady("flow", Self.marginal(d).flow, solver, dimension: d, count: 6, grids: Self.grids)
      for prediction in Prediction.allCases {
        expectSteady(
          "\(prediction)", path.flow(of: Self.network(d), predicting: prediction), solver, dimension: d,
          count: 6, grids: Self.grids)
      }
    }
    for score: any BatchField in [Self.marginal(d).scoreField, Self.network(d), Swirl()] {
      func anneal(_ score: some BatchField) {
        expectSteady(
          "annealed", SDE(drift: score, diffusion: .constant(2.0.squareRoot())),
          AnnealedLangevin(schedule: Self.schedule, stepsPerLevel: 2, stepSize: 0.1), dimension: d, count: 6,
          grids: Self.grids)
      }
      anneal(score)
    }
    let grids = [10, 110].map { DDPMChain.linear(steps: $0).times }
    let chained = GaussianPath(schedule: DDPMChain.linear(steps: 100).schedule)
    expectSteady(
      "chain", chained.marginal(over: Self.mixture(d)).flow, .ddim(eta: 1), dimension: d, grids: grids)
  }

  func expectStochastic(
    _ what: String, _ term: some Dynamics, _ d: Int, _ sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for solver in Self.stochasticSolvers {
      expectSteady(
        what, term, solver, dimension: d, count: 6, grids: Self.grids, sourceLocation: sourceLocation)
    }
    let path = BrownianPath(stream: RandomStream(seed: 4))
    expectSteady(
      "path of " + what, term, .eulerMaruyama, dimension: d, as: Double.self, noise: path, count: 6,
      grids: [8, 128].map { .uniform(from: 0.125, to: 0.75, steps: $0) }, sourceLocation: sourceLocation)
  }

  @Test(arguments: [1, 2, 3, 20])
  func additiveNoise(dimension d: Int) {
    let (marginal, process) = (Self.marginal(d), Self.process(d))
    expectStochastic("extension", marginal.diffusion(.constant(0.5)), d)
    expectStochastic("diffused", ODE(Self.network(d)).diffused(by: .constant(0.4), score: Swirl()), d)
    expectStochastic("Langevin of a mixture", Self.mixture(d).langevin, d)
    expectStochastic("Langevin of a Gaussian", Self.mixture(d).components[0].langevin, d)
    expectStochastic("its process", Self.mixture(d).components[0].langevinProcess, d)
    expectStochastic("Langevin of an energy", EnergyModel(Quartic(dimension: d)).langevin, d)
    expectStochastic("process", process.dynamics, d)
    expectStochastic("Brownian motion", BrownianMotion(deviation: 0.7).dynamics, d)
    expectStochastic("process by quadrature", AllocationTests.Aging().dynamics, d)
    expectStochastic("slower", process.dynamics.retimed(by: Slower()), d)
    let score = ProcessPath(process, from: Self.mixture(d)).scoreField
    expectStochastic("reversal", process.dynamics.reversed(score: score).flipped(at: 1), d)
    let forward = ForwardProcess(.variancePreserving())
    expectStochastic("generative", forward.generative(score: Self.network(d)), d)
    expectStochastic("noising", forward.dynamics, d)
    expectStochastic(
      "bridge",
      Bridge(of: process, from: .zero(d), to: Vector(count: d) { 0.3 * Double($0) }).dynamics, d)
    let slab = TerminalSlab(of: process, along: Vector(count: d) { 1 - 0.1 * Double($0) }, in: 1...2, time: 1)
    expectStochastic("event", process.dynamics.conditioned(by: slab), d)
    expectStochastic("condition", process.dynamics.conditioned(by: AllocationTests.Pull()), d)
    let interpolant = InterpolantPath(
      LinearInterpolant(latent: 0.3), from: Gaussian.standard(d), to: Self.mixture(d))
    expectStochastic("interpolant", interpolant.diffusion(.constant(0.5)), d)
    let bridge = SchroedingerBridge(
      from: Gaussian.standard(d), to: Self.mixture(d).components[0], deviation: 0.7)
    expectStochastic("Schroedinger bridge", bridge.dynamics, d)
    let descent = StochasticGradientDescent(
      hessian: .diagonal((0..<d).map { 1 + 0.1 * Double($0) }), minimum: .zero(d),
      gradientNoise: .identity(d), batch: 4, learningRate: 0.1)
    expectStochastic("gradient descent", descent.process, d)
    let turning = MatrixLinearProcess(
      matrix: Matrix(rows: d, columns: d) { $0 == $1 ? -1 : Double($0 - $1) / Double(d) },
      offset: Vector(count: d) { 0.1 * Double($0) }, noiseCovariance: Self.mixture(d).covariance)
    expectStochastic("turning", turning, d)
    expectOrdinary("its flow", turning.probabilityFlow(score: Self.marginal(d).scoreField).drift, d)
  }

  struct Slower: TimeChange {
    func callAsFunction<T: RealNumber>(_ t: T) -> T { t * t / 2 + t / 2 }
  }

  /// 0.5 + x_i^2 / 10, each factor of its own coordinate.
  struct Factors: Field {
    func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
      P(count: x.count) { 0.5 + x[$0] * x[$0] / (10 + t) }
    }
  }

  @Test(arguments: [1, 2, 3, 17])
  func noiseThatDependsOnThePoint(dimension d: Int) {
    let score = Self.marginal(d).scoreField
    let diagonal = DiagonalSDE(drift: Self.marginal(d).velocity, diffusion: Factors())
    let solvers: [any Solver] = [EulerMaruyama(), Milstein(), StochasticHeun()]
    for solver in solvers {
      expectSteady("diagonal", diagonal, solver, dimension: d, count: 6, grids: Self.grids)
      expectSteady(
        "reversal", diagonal.reversed(score: score), solver, dimension: d, count: 6, grids: Self.grids)
    }
    expectOrdinary("flow", diagonal.probabilityFlow(score: score).drift, d)
    let matrix = MatrixSDE(drift: Self.marginal(d).velocity, diffusion: AllocationTests.Stretch())
    for solver in solvers.prefix(d > 3 ? 1 : 3) {
      expectSteady("matrix", matrix, solver, dimension: d, count: 6, grids: Self.grids)
      expectSteady(
        "reversal", matrix.reversed(score: score), solver, dimension: d, count: 6, grids: Self.grids)
    }
    expectOrdinary("flow", matrix.probabilityFlow(score: score).drift, d)
    let constant = MatrixSDE(drift: Swirl(), diffusion: ConstantMatrix(Self.mixture(d).covariance))
    for solver in Self.stochasticSolvers {
      expectSteady("constant matrix", constant, solver, dimension: d, count: 6, grids: Self.grids)
      expectSteady(
        "reversal", constant.reversed(score: score), solver, dimension: d, count: 6, grids: Self.grids)
    }
    expectOrdinary("flow", constant.probabilityFlow(score: score).drift, d)
  }

  @Test func marginalsByQuadrature() {
    let marginal = QuadratureMarginal(
      GaussianPath(schedule: Self.schedule), over: Laplace(mean: 0.3, scale: 0.5), in: -9...9,
      breakpoints: [0.3])
    let grids = [2, 6].map { TimeGrid.uniform(from: 0.3, to: 0.7, steps: $0) }
    expectSteady("Laplace", ODE(marginal.velocity), .heun, dimension: 1, count: 4, grids: grids)
    expectSteady(
      "Laplace", ODE(marginal.velocity), .heun, dimension: 1, as: Double.self, count: 4, grids: grids)
  }

  @Test func schedulesOfEachKind() {
    func expect(_ what: String, _ schedule: some Schedule) {
      let marginal = GaussianPath(schedule: schedule).marginal(over: Examples.plane)
      expectSteady(what, marginal.flow, .heun)
      expectSteady(what, marginal.flow, .edmHeun)
      expectSteady(what, DenoisingScoreMatching(path: marginal.path, data: Examples.plane, times: inner))
    }
    expect("linear", LinearSchedule())
    expect("cosine", CosineSchedule(offset: 0))
    expect("polynomial", PolynomialSchedule(dataPower: 2, noisePower: 1.5))
    expect("variance preserving", .variancePreserving())
    expect("sub-VP", .subVariancePreserving())
    expect("variance exploding", .varianceExploding())
    expect("Karras", KarrasSchedule())
    expect("process", ProcessSchedule(OrnsteinUhlenbeck(theta: 0.7, deviation: 0.9)))
    expect("retimed", RetimedSchedule(LinearSchedule(), by: Slower()))
  }

  let inner = TimeSampling.uniform(0.1...0.9)

  @Test func losses() {
    for data in [Examples.line, Examples.plane, Examples.space, Self.mixture(20)] {
      let path = GaussianPath(schedule: Self.schedule)
      let coupling = ProductCoupling(from: Gaussian.standard(data.dimension), to: data)
      expectSteady("conditional", ConditionalFlowMatching(path: path, data: data, times: inner))
      expectSteady("marginal", FlowMatching(path.marginal(over: data), times: inner))
      expectSteady("explicit", ExplicitScoreMatching(path.marginal(over: data), times: inner))
      for weight in [ScoreWeight.variance, .one, .function { $0 + 1 }] {
        expectSteady(
          "denoising", DenoisingScoreMatching(path: path, data: data, times: inner, weight: weight))
      }
      expectSteady("noise", NoisePrediction(path: path, data: data))
      expectSteady("implicit", ImplicitScoreMatching(path: path, data: data))
      expectSteady("implicit, noiseless", ImplicitScoreMatching(data: data))
      expectSteady("sliced", SlicedScoreMatching(path: path, data: data))
      expectSteady("action", ActionMatching(path: path, coupling: coupling))
      expectSteady("likelihood", FlowLikelihood(data: data, steps: 3))
      expectSteady("any path", ConditionalPathMatching(path: path, data: data, times: inner))
      for target in [
        InterpolantMatching<LinearInterpolant, ProductCoupling<Gaussian, GaussianMixture>>.Target
          .velocity, .latentNoise,
      ] {
        expectSteady(
          "interpolant",
          InterpolantMatching(
            LinearInterpolant(latent: 0.4), coupling: coupling, predicting: target, times: inner))
      }
      expectSteady(
        "Bregman",
        BregmanLoss(
          ConditionalFlowMatching(path: path, data: data, times: inner), generator: AllocationTests.Quartic())
      )
    }
  }

  @Test func couplings() {
    let path = GaussianPath(schedule: LinearSchedule())
    func expect(_ what: String, _ coupling: some Coupling) {
      expectSteady(what, ConditionalFlowMatching(path: path, coupling: coupling, times: inner))
      expectSteady(what, ActionMatching(path: path, coupling: coupling))
    }
    expect("independent", IndependentCoupling(Examples.plane))
    expect("product", ProductCoupling(from: NoisyCurves.rings(), to: Checkerboard()))
    expect("exact", IndependentCoupling(Examples.plane).transported())
    expect(
      "entropic",
      ProductCoupling(from: Checkerboard(), to: Examples.plane).transported(by: .sinkhorn(epsilon: 0.1)))
    let points = Batch<Float>.normals(count: 50, dimension: 2, from: RandomStream(seed: 5))
    expect(
      "reflow",
      PairedDataset(
        flowing: Self.marginal(2).velocity, from: points, by: .heun, times: .uniform(to: 0.9, steps: 4)))
  }

  @Test func sourcesInOtherDimensions() {
    func expect(_ what: String, _ data: some DataSource) {
      expectSteady(what, ConditionalFlowMatching(path: GaussianPath(schedule: LinearSchedule()), data: data))
    }
    for d in [1, 3, 20] {
      expect("mixture", Self.mixture(d))
      expect("Gaussian", Self.mixture(d).components[0])
      expect("Dirac", Dirac(at: .zero(d)))
      expect("Laplace", LawDraws(Uniform(lower: .zero(d), upper: Vector(count: d) { 1 + Double($0) })))
      expect("any law", LawDraws(Self.mixture(d)))
      expect(
        "empirical", Empirical(Batch<Double>.normals(count: 9, dimension: d, from: RandomStream(seed: 1))))
      expect(
        "points", Dataset(Batch<Double>.normals(count: 9, dimension: d, from: RandomStream(seed: 1))))
    }
    expect("swiss roll", NoisyCurves.swissRoll())
    expect("rings", NoisyCurves.rings())
    expect("eight Gaussians", GaussianMixture.eightGaussians())
  }

  @Test func optionsOfTraining() {
    let loss = ConditionalFlowMatching(path: GaussianPath(schedule: LinearSchedule()), data: Examples.plane)
    func expect(_ what: String, _ optimizer: some Optimizer) {
      expectSteady(what, loss, optimizer: optimizer)
    }
    expect("AdamW", Adam(weightDecay: 0.01))
    expect("descent", GradientDescent(rate: 0.01))
    expect("momentum", GradientDescent(rate: 0.01, momentum: 0.9))
    expect("cosine", Adam(rate: .cosine(from: 1e-3, to: 1e-5, steps: 60).warmingUp(steps: 5)))
    expect("exponential", Adam(rate: .exponential(from: 1e-3, factor: 0.5, every: 20)))
    expectSteady("plain", loss, averaging: nil, clipping: nil)
    expectSteady("clipped", loss, averaging: nil, clipping: 1e-3)
    for activation: any Activation in [SiLU(), Tanh(), ReLU(), GELU()] {
      expectSteady("\(activation)", loss, activation: activation)
      expectSteady(
        "\(activation)", ImplicitScoreMatching(path: loss.path, data: Examples.plane), activation: activation)
    }
    for time in [
      TimeFeatures.none, .sinusoidal(4), .fourier(3, stream: RandomStream(seed: 1)),
    ] {
      expectSteady("time", loss, time: time)
      expectSteady("rates", ActionMatching(path: loss.path, data: Examples.plane), time: time)
    }
    expectSteady(
      "labels",
      ConditionalFlowMatching(path: loss.path, data: Examples.plane.droppingLabels(probability: 0.2)),
      labels: 2)
    for times in [TimeSampling.stratified(), .logitNormal(mean: 0.3, deviation: 0.8)] {
      expectSteady(
        "times", ConditionalFlowMatching(path: loss.path, data: Examples.plane, times: times))
    }
  }
}
