import CAllocations
import Diffusion
import RealModule
import Testing

/// Once warm, steps allocate nothing: a hundred steps more do not ask for memory more often, but for a few times at most,
/// when the runtime meets a type for the first time. Counted on the test's own
/// thread, which moves the one block of particles that there is.
@Suite struct AllocationTests {
  static let marginal = GaussianPath(schedule: .cosine()).marginal(over: Examples.plane)

  func allocations(_ body: () -> Void) -> Int {
    let before = allocation_count()
    body()
    return Int(allocation_count() - before)
  }

  @Test func theCounterCounts() {
    var kept: [[Int]] = []
    kept.reserveCapacity(100)
    let n = allocations { for i in 0..<100 { kept.append([i]) } }
    #expect(n >= 100 && kept.count == 100)
  }

  func expectSteady(
    _ what: String, _ dynamics: some Dynamics, _ solver: some Solver, dimension: Int = 2,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let start = Batch<Float>.normals(count: 200, dimension: dimension, from: RandomStream(seed: 1))
    let grids = [10, 110].map { TimeGrid.uniform(from: 0.1, to: 0.8, steps: $0) }
    func run(_ grid: TimeGrid) {
      _ = simulate(dynamics, from: start, by: solver, times: grid, stream: RandomStream(seed: 2))
    }
    // What is made once in a process is made here.
    run(grids[0])
    let counts = grids.map { grid in allocations { run(grid) } }
    #expect(
      counts[1] - counts[0] < 5, "\(what): \(counts) in 10 and 110 steps", sourceLocation: sourceLocation)
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

  /// A formula of one's own, on the line and in the plane.
  @Test func fieldsOfOnesOwn() {
    struct Swirl: Field {
      func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
        t * x - P(count: x.count) { 0.3 * P.Scalar.sin(x[$0]) }
      }
    }
    expectSteady("line", ODE(Swirl()), .rungeKutta4, dimension: 1)
    expectSteady("plane", ODE(Swirl()), .rungeKutta4)
    expectSteady("noise", DiagonalSDE(drift: Swirl(), diffusion: Swirl()), .eulerMaruyama)
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
  }

  func expectSteady(_ what: String, _ loss: some Loss, sourceLocation: SourceLocation = #_sourceLocation) {
    let network = MultilayerPerceptron<Float>(
      Architecture(dimension: 2, hidden: [16, 16], outputs: loss.outputs), stream: RandomStream(seed: 1))
    var first = Training(
      network, loss: loss, batch: 32, averaging: 0.99, clipping: 1, stream: RandomStream(seed: 2))
    first.run(steps: 2)
    var second = first
    // Both are their own storage before anything is counted.
    first.run(steps: 1)
    second.run(steps: 1)
    let counts = [
      allocations { first.run(steps: 10, reportingEvery: 1000) },
      allocations { second.run(steps: 110, reportingEvery: 1000) },
    ]
    #expect(
      counts[1] - counts[0] < 5, "\(what): \(counts) in 10 and 110 steps", sourceLocation: sourceLocation)
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
}
