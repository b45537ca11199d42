import Diffusion
import RealModule
import Testing

/// Once warm, steps allocate nothing: what users of the library write, in examples; the library's own equations, solvers
/// and losses are in `AllocationTableTests`.
@Suite struct AllocationTests {
  static let marginal = GaussianPath(schedule: .cosine()).marginal(over: Examples.plane)

  @Test func theCounterCounts() {
    var kept: [[Int]] = []
    kept.reserveCapacity(100)
    let n = allocations { for i in 0..<100 { kept.append([i]) } }
    #expect(n >= 100 && kept.count == 100)
  }

  @Test func ordinaryEquations() {
    let flow = Self.marginal.flow
    expectSteady("Euler", flow, RungeKutta(.euler))
    expectSteady("Runge-Kutta", flow, .rungeKutta4)
    expectSteady("Dormand-Prince", flow, .dormandPrince)
    expectSteady("DDIM", flow, .ddim)
    expectSteady("DPM-Solver++", flow, .dpmSolver)
    expectSteady("EDM", flow, .edmHeun(churn: 0.1))
    let path = InterpolantPath(LinearInterpolant(latent: 0.3), from: Gaussian.standard(2), to: Examples.plane)
    expectSteady("interpolant", path.flow, .heun)
    let change = ScheduleChange(
      Self.marginal.velocity, from: CosineSchedule(offset: 0.008), to: LinearSchedule())
    expectSteady("change of schedule", ODE(change), .heun)
    let network = MultilayerPerceptron<Float>(Architecture(dimension: 2), stream: RandomStream(seed: 3))
    expectSteady("network", ODE(network), .heun)
  }

  /// Formulas of one's own, by themselves and as their parts are used in other equations.
  @Test(arguments: [1, 2, 3, 16, 17, 40])
  func fieldsOfOnesOwn(dimension d: Int) {
    // In 16 dimensions a step's derivatives take a while without optimization.
    let grids = [10, d < 16 ? 110 : 40].map { TimeGrid.uniform(from: 0.1, to: 0.8, steps: $0) }
    expectSteady("field", ODE(Swirl()), .rungeKutta4, dimension: d, grids: grids)
    expectSteady("adaptive", ODE(Swirl()), .dormandPrince, dimension: d, grids: grids)
    let noisy = DiagonalSDE(drift: Swirl(), diffusion: Swirl())
    expectSteady("noise", noisy, .eulerMaruyama, dimension: d, grids: grids)
    expectSteady("Milstein", noisy, .milstein, dimension: d, grids: grids)
    if d < 16 { expectSteady("stochastic Heun", noisy, .stochasticHeun, dimension: d, grids: grids) }
    expectSteady("reversal", noisy.reversed(score: Swirl()), .eulerMaruyama, dimension: d, grids: grids)
    expectSteady("flow", noisy.probabilityFlow(score: Swirl()), .heun, dimension: d, grids: grids)
    expectSteady("slower", ODE(Swirl()).retimed(by: Countdown(from: 1)), .heun, dimension: d, grids: grids)
    expectSteady("Langevin", QuarticWell(dimension: d).langevin, .eulerMaruyama, dimension: d, grids: grids)
  }

  struct QuarticWell: Density {
    let dimension: Int
    func logDensity<P: Point>(_ x: P) -> P.Scalar { -x.squaredNorm * x.squaredNorm }
  }

  /// Closures over points without storage, and those that write into a vector, in any dimension.
  @Test func closures() {
    let turn = ClosureField { (x: Pair<Double>, t: Double) in Pair(-t * x.second, x.first) }
    expectSteady("plane", ODE(turn), .heun)
    let decay = ClosureField { (x: InlineVector<Double>, t: Double) in -t * x }
    expectSteady("space", ODE(decay), .heun, dimension: 3)
    let writing = ClosureField { x, t, out in for i in 0..<x.count { out[i] = -t * x[i] } }
    expectSteady("written", ODE(writing), .heun, dimension: 20)
    expectSteady("noise", DiagonalSDE(drift: writing, diffusion: writing), .eulerMaruyama, dimension: 3)
  }

  /// I + 0.2 x_i on the diagonal: noise that commutes.
  struct Stretch: EntrywiseMatrixField {
    func entry<P: Point>(_ i: Int, _ j: Int, of x: P, at t: P.Scalar) -> P.Scalar {
      i == j ? 1 + 0.2 * x[i] : 0
    }
  }

  /// The same, as a whole: a matrix to look at, and one that is filled again.
  struct Filled: MatrixField {
    func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> Matrix<P.Scalar> { Stretch()(x, at: t) }

    func write<P: Point>(_ matrix: inout Matrix<P.Scalar>, at x: P, _ t: P.Scalar) {
      let scale: P.Scalar = 0.2
      for i in 0..<x.count { for j in 0..<x.count { matrix[i, j] = i == j ? 1 + scale * x[i] : 0 } }
    }
  }

  @Test(arguments: [2, 3, 16, 17])
  func matricesThatDependOnThePoint(dimension d: Int) {
    let grids = [4, 24].map { TimeGrid.uniform(from: 0.1, to: 0.4, steps: $0) }
    func expect(_ what: String, _ noise: some MatrixField) {
      let equation = MatrixSDE(drift: Swirl(), diffusion: noise)
      func steady(_ name: String, _ term: some Dynamics, _ solver: some Solver) {
        expectSteady("\(what), \(name)", term, solver, dimension: d, count: 4, grids: grids)
      }
      steady("forward", equation, .eulerMaruyama)
      steady("forward", equation, .milstein)
      steady("forward", equation, .stochasticHeun)
      steady("reversal", equation.reversed(score: Swirl()), .eulerMaruyama)
      steady("flow", equation.probabilityFlow(score: Swirl()), .heun)
    }
    expect("by entries", Stretch())
    expect("filled", Filled())
  }

  /// The same path at any resolution.
  @Test func brownianPaths() {
    let path = BrownianPath(stream: RandomStream(seed: 4))
    for counts in [[8, 128], [10, 100]] {
      let grids = counts.map { TimeGrid.uniform(steps: $0) }
      expectSteady(
        "path", SDE(drift: Swirl(), diffusion: .constant(0.5)), .eulerMaruyama, noise: path, grids: grids)
    }
  }

  @Test func stochasticEquations() {
    let diffusion = Self.marginal.diffusion(.constant(0.5))
    expectSteady("Euler-Maruyama", diffusion, .eulerMaruyama)
    expectSteady("stochastic Heun", diffusion, .stochasticHeun)
    expectSteady("ancestral", Self.marginal.flow, .ddim(eta: 1))
    let corrector = PredictorCorrector(
      EulerMaruyama(), score: Self.marginal.scoreField, schedule: CosineSchedule(offset: 0.008))
    expectSteady("predictor-corrector", diffusion, corrector)
    let bridge = Bridge(
      of: OrnsteinUhlenbeck(theta: 0.7, mean: [0.2, 0.1], deviation: 0.9), from: [0, 1], to: [1, 0])
    expectSteady("bridge", bridge.dynamics, .eulerMaruyama)
    let relaxation = MatrixOrnsteinUhlenbeck(
      rate: Matrix([[1.3, 0.5], [0.5, 0.9]]), mean: [0.4, -0.3],
      noiseCovariance: Matrix([[0.9, 0.2], [0.2, 0.5]]))
    expectSteady("matrix noise", relaxation, .eulerMaruyama)
    let process = ProcessPath(
      OrnsteinUhlenbeck(theta: 0.7, mean: [0.2, 0.1], deviation: 0.9), from: Examples.plane)
    expectSteady(
      "reversal", process.process.dynamics.reversed(score: process.scoreField).flipped(at: 1), .eulerMaruyama)
    let schroedinger = SchroedingerBridge(
      from: Gaussian.standard(2), to: Gaussian(mean: [1, 0.4], deviation: 0.6), deviation: 0.7)
    expectSteady("Schroedinger bridge", schroedinger.dynamics, .eulerMaruyama)
    expectSteady("its flow", ODE(schroedinger.velocity), .heun)
    expectSteady("Langevin", Examples.plane.langevin, .eulerMaruyama)
    expectSteady(
      "annealed", Self.marginal.langevin,
      AnnealedLangevin(schedule: CosineSchedule(offset: 0.008), stepsPerLevel: 2, stepSize: 0.1))
  }

  /// With forcing, in space.
  @Test func processesInSpace() {
    let process = OrnsteinUhlenbeck(theta: 0.7, mean: [0.2, 0.1, -0.4], deviation: 0.9)
    expectSteady("process", process.dynamics, .eulerMaruyama, dimension: 3)
    let path = ProcessPath(process, from: Examples.space)
    expectSteady(
      "reversal", process.dynamics.reversed(score: path.scoreField).flipped(at: 1), .eulerMaruyama,
      dimension: 3)
    expectSteady(
      "bridge", Bridge(of: process, from: [0, 1, 0], to: [1, 0, 1]).dynamics, .eulerMaruyama, dimension: 3)
    let slab = TerminalSlab(of: process, along: [1, 0, 1], in: 1...2, time: 1)
    expectSteady("slab", process.dynamics.conditioned(by: slab), .eulerMaruyama, dimension: 3)
    expectSteady("condition", process.dynamics.conditioned(by: Pull()), .eulerMaruyama, dimension: 3)
  }

  /// A process of one's own, its moments by quadrature.
  struct Aging: LinearProcess {
    func rate<T: RealNumber>(_ s: T) -> T { -0.5 - s }
    func diffusion<T: RealNumber>(_ s: T) -> T { 0.8 + 0.3 * s }
    func forcing<P: Point>(_ dimension: Int, at s: P.Scalar) -> P { P(count: dimension) { _ in s } }
  }

  @Test func processesByQuadrature() {
    let path = ProcessPath(Aging(), from: Examples.plane)
    expectSteady(
      "reversal", Aging().dynamics.reversed(score: path.scoreField).flipped(at: 1), .eulerMaruyama)
    expectSteady("bridge", Bridge(of: Aging(), from: [0, 1], to: [1, 0]).dynamics, .eulerMaruyama)
  }

  /// The divergence along a flow, exact and by probes, of a formula and of a network.
  @Test(arguments: [2, 3, 20])
  func likelihoods(dimension d: Int) {
    let points = Batch<Double>.normals(count: 50, dimension: d, from: RandomStream(seed: 1))
    let network = MultilayerPerceptron<Float>(
      Architecture(dimension: d, hidden: [8]), stream: RandomStream(seed: 3))
    let probes = DivergenceEstimator.hutchinson(probes: 2, stream: RandomStream(seed: 2))
    for divergence in [.exact, probes] {
      func run(_ steps: Int) {
        _ = ODE(Swirl()).logLikelihood(
          of: points, base: Gaussian.standard(d), divergence: divergence, by: .heun, steps: steps)
        _ = ODE(network).logLikelihood(
          of: points, base: Gaussian.standard(d), divergence: divergence, by: .heun, steps: steps)
      }
      run(5)
      let counts = [5, 55].map { steps in allocations { run(steps) } }
      #expect(counts[1] - counts[0] < 5, "\(counts) in 5 and 55 steps")
    }
  }

  /// A condition of one's own.
  struct Pull: HarmonicFunction {
    func logValue<P: Point>(_ x: P, at s: P.Scalar) -> P.Scalar { s * x.dot(x) / 10 }
  }

  @Test func training() {
    let (path, data) = (GaussianPath(schedule: .linear), Examples.plane)
    let inner = TimeSampling.uniform(0.1...0.9)
    expectSteady("flow matching", ConditionalFlowMatching(path: path, data: data))
    expectSteady("a Gaussian", ConditionalFlowMatching(path: path, data: Gaussian.standard(2)))
    expectSteady("a box", ConditionalFlowMatching(path: path, data: Uniform(lower: [0, 1], upper: [2, 4])))
    expectSteady(
      "points",
      ConditionalFlowMatching(
        path: path,
        data: Dataset(Batch<Float>(elements: [1, 2, 3, 4, 5, 7], dimension: 2), labels: [0, 1, 0])))
    expectSteady("exact flow matching", FlowMatching(path.marginal(over: data), times: inner))
    expectSteady("explicit", ExplicitScoreMatching(path.marginal(over: data), times: inner))
    expectSteady("denoising", DenoisingScoreMatching(path: path, data: data, times: inner))
    expectSteady("noise prediction", NoisePrediction(path: path, data: data))
    expectSteady("implicit", ImplicitScoreMatching(path: path, data: data))
    expectSteady("sliced", SlicedScoreMatching(path: path, data: data))
    expectSteady("action matching", ActionMatching(path: path, data: data))
    expectSteady("likelihood", FlowLikelihood(data: data, steps: 3))
    expectSteady("any path", ConditionalPathMatching(path: path, data: data, times: inner))
    expectSteady(
      "interpolant",
      InterpolantMatching(
        LinearInterpolant(latent: 0.4), coupling: ProductCoupling(from: data, to: data), times: inner))
  }
  /// Where the data come from: curves, boards, wheels, points, any law; with labels dropped.
  @Test func dataOfEachKind() {
    func expect(_ what: String, _ data: some DataSource) {
      expectSteady(what, ConditionalFlowMatching(path: GaussianPath(schedule: .linear), data: data))
    }
    expect("curves", NoisyCurves.twoMoons())
    expect("board", Checkerboard())
    expect("wheel", Pinwheel())
    expect("Laplace", Laplace(mean: [0.3, 1], scale: 0.4))
    expect("a point", Dirac(at: [0.3, 1]))
    expect("points", Empirical(Batch([Pair(0.3, 1), Pair(1, 2)])))
    expect("dropped", Examples.plane.droppingLabels(probability: 0.2))
    expect("any law", LawDraws(Uniform(lower: [0, 1], upper: [2, 4])))
    expect("any law in space", LawDraws(Uniform(lower: [0, 1, 0], upper: [2, 4, 1])))
    expect("space", Examples.space)
  }

  @Test func transportOfMinibatches() {
    let (path, pairs) = (GaussianPath(schedule: .linear), IndependentCoupling(Examples.plane))
    expectSteady("exact", ConditionalFlowMatching(path: path, coupling: pairs.transported()))
    expectSteady(
      "entropic",
      ConditionalFlowMatching(path: path, coupling: pairs.transported(by: .sinkhorn(epsilon: 0.1))))
  }

  struct Quartic: BregmanGenerator {
    func callAsFunction<T: RealNumber>(_ x: Vector<T>) -> T { x.squaredNorm + x.squaredNorm * x.squaredNorm }
  }

  @Test func bregmanLosses() {
    let path = GaussianPath(schedule: .linear)
    expectSteady(
      "conditional",
      BregmanLoss(ConditionalFlowMatching(path: path, data: Examples.plane), generator: Quartic()))
    expectSteady(
      "marginal",
      BregmanLoss(
        FlowMatching(path.marginal(over: Examples.plane), times: .uniform(0.1...0.9)), generator: Quartic()))
  }

  /// Other dimensions than the plane.
  @Test func trainingElsewhere() {
    let (path, inner) = (GaussianPath(schedule: .cosine()), TimeSampling.uniform(0.1...0.9))
    for data in [Examples.line, Examples.space] {
      expectSteady("denoising", DenoisingScoreMatching(path: path, data: data, times: inner))
      expectSteady("any path", ConditionalPathMatching(path: path, data: data, times: inner))
      expectSteady("action matching", ActionMatching(path: path, data: data))
      expectSteady("likelihood", FlowLikelihood(data: data, steps: 3))
    }
  }
}
