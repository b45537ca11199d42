import Diffusion
import RealModule
import Testing

// What a reader would add, each a type of its own written with the public interface alone: nothing in the library
// changes, and everything in it takes them.

/// alpha = t^2 (3 - 2 t), beta = (1 - t)^2 (1 + 2 t): smooth at both ends.
private struct SmoothSchedule: Schedule {
  func alpha<T: RealNumber>(_ t: T) -> T { t * t * (3 - 2 * t) }
  func beta<T: RealNumber>(_ t: T) -> T { (1 - t) * (1 - t) * (1 + 2 * t) }
}

/// Ralston's method of order 2, for equations with additive noise or none.
private struct Ralston: Solver {
  func stepper<T: MachineReal, D: Dynamics>(
    _ type: T.Type, for dynamics: D, count: Int, dimension: Int, start: Double, end: Double
  ) -> any Stepper<T> {
    let noise = NoiseFunction<T>(dynamics.noise, count: count, dimension: dimension)
    precondition(noise.isAdditive, "Ralston's method takes additive noise")
    return At<T>(T.evaluator(of: dynamics.drift, count: count, dimension: dimension), noise, count, dimension)
  }

  private final class At<Scalar: MachineReal>: Stepper {
    let field: BatchFunction<Scalar>
    let noise: NoiseFunction<Scalar>
    var first: Batch<Scalar>
    var second: Batch<Scalar>
    var point: Batch<Scalar>
    private(set) var evaluations = 0

    init(_ field: BatchFunction<Scalar>, _ noise: NoiseFunction<Scalar>, _ count: Int, _ dimension: Int) {
      (self.field, self.noise) = (field, noise)
      first = Batch(count: count, dimension: dimension)
      second = first
      point = first
    }

    func advance(_ x: inout Batch<Scalar>, over step: Step) {
      let h = Scalar(step.duration)
      field(x, at: Scalar(step.from), into: &first)
      point.copy(x)
      point.add(2 * h / 3, times: first)
      field(point, at: Scalar(step.from + 2 * step.duration / 3), into: &second)
      x.add(h / 4, times: first)
      x.add(3 * h / 4, times: second)
      if !noise.isAbsent {
        step.fillIncrements(&first)
        noise.multiply(&first, at: x, step.from)
        x.add(1, times: first)
      }
      evaluations += 2
    }
  }
}

/// The exponential Euler method for any denoising model, x <- beta_t / beta_s x + (alpha_t - beta_t alpha_s / beta_s) D.
private struct ExponentialEuler: Solver {
  func stepper<T: MachineReal, D: Dynamics>(
    _ type: T.Type, for dynamics: D, count: Int, dimension: Int, start: Double, end: Double
  ) -> any Stepper<T> {
    guard let velocity = dynamics.drift as? any DenoisedVelocity else {
      preconditionFailure("the exponential Euler method takes the flow of a denoising model")
    }
    func stepper(_ velocity: some DenoisedVelocity) -> any Stepper<T> {
      At(velocity, T.evaluator(of: velocity.denoiser, count: count, dimension: dimension), count, dimension)
    }
    return stepper(velocity)
  }

  private final class At<V: DenoisedVelocity, Scalar: MachineReal>: Stepper {
    let schedule: V.NoiseSchedule
    let denoiser: BatchFunction<Scalar>
    var data: Batch<Scalar>
    private(set) var evaluations = 0

    init(_ velocity: V, _ denoiser: BatchFunction<Scalar>, _ count: Int, _ dimension: Int) {
      (schedule, self.denoiser) = (velocity.schedule, denoiser)
      data = Batch(count: count, dimension: dimension)
    }

    func advance(_ x: inout Batch<Scalar>, over step: Step) {
      let ratio = schedule.beta(step.to) / schedule.beta(step.from)
      denoiser(x, at: Scalar(step.from), into: &data)
      x.scale(by: Scalar(ratio))
      x.add(Scalar(schedule.alpha(step.to) - ratio * schedule.alpha(step.from)), times: data)
      evaluations += 1
    }
  }
}

/// v-prediction: E |f(x_t, t) - (alpha eps - beta z)|^2.
private struct VPrediction<S: Schedule, Data: DataSource>: RegressionLoss {
  let path: GaussianPath<S>
  let data: Data
  var dimension: Int { data.dimension }

  func draw<T: NetworkReal>(_ pass: NetworkPass<T>, draws: TrainingDraws) {
    pass.drawNoised(from: IndependentCoupling(data), times: .uniform(), draws)
    pass.mixRows { t in
      RowMixing(point: (path.alpha(t), path.beta(t)), target: (-path.beta(t), path.alpha(t)))
    }
  }
}

/// Softplus, log(1 + exp z).
private struct Softplus: Activation {
  var name: String { "softplus" }
  func callAsFunction<T: RealNumber>(_ z: T) -> T { T.log(onePlus: T.exp(z)) }
}

/// The sign of the gradient times a rate.
private struct SignDescent: Optimizer {
  var moments: Int { 0 }
  func rate(_ step: Int) -> Double { 1e-3 }
  func update<T: NetworkReal>(
    _ parameters: inout [T], moments: inout [[T]], gradient: [T], scale: Double, step: Int
  ) {
    for i in parameters.indices { parameters[i] -= gradient[i] > 0 ? 1e-3 : -1e-3 }
  }
}

/// The logistic distribution on the line.
private struct Logistic: Distribution {
  var dimension: Int { 1 }
  var mean: Vector<Double> { [0] }
  var covariance: Matrix<Double> { Matrix([[Double.pi * Double.pi / 3]]) }
  func logDensity<P: Point>(_ x: P) -> P.Scalar {
    -x[0] - 2 * P.Scalar.log(onePlus: P.Scalar.exp(-x[0]))
  }
  func sample<P: Point, G: RandomNumberGenerator>(using generator: inout G) -> P {
    let u = generator.uniform()
    return P(count: 1) { _ in P.Scalar(Double.log(u / (1 - u))) }
  }
}

/// The largest distance between means.
private struct MeanDistance: SampleDistance {
  func callAsFunction(_ a: SampleSet, _ b: SampleSet) -> Double { abs(a.mean[0] - b.mean[0]) }
}

extension SampleSet {
  fileprivate var mean: [Double] {
    (0..<dimension).map { i in (0..<count).reduce(0) { $0 + self[$1, i] } / Double(count) }
  }
}

@Suite struct ExtensionTests {
  @Test func aSchedule() {
    let marginal = GaussianPath(schedule: SmoothSchedule()).marginal(over: Examples.plane)
    let x: Vector<Double> = [0.2, -0.7]
    let terms = marginal.continuityTerms(marginal.velocity, x, at: 0.4).map(\.value)
    #expect(abs(terms.reduce(0, +)) < 1e-13 * terms.reduce(0) { $0 + abs($1) })
    let process = ForwardProcess(SmoothSchedule())
    #expect(abs(process.variance(from: 0.0, to: 0.6) - SmoothSchedule().variance(0.4)) < 1e-15)
    let dpm = simulate(
      marginal.flow, from: .normals(count: 9, dimension: 2, from: RandomStream(seed: 1)) as Batch<Double>,
      by: .dpmSolver, times: .uniform(from: 0.01, steps: 20))
    #expect(dpm.outcome == .completed)
  }

  @Test func aSolver() {
    let marginal = GaussianPath(schedule: .trigonometric).marginal(over: Examples.plane)
    let start = Batch<Double>.normals(count: 7, dimension: 2, from: RandomStream(seed: 2))
    func end(_ solver: some Solver, _ steps: Int) -> Batch<Double> {
      simulate(marginal.flow, from: start, by: solver, times: .uniform(steps: steps)).final
    }
    let exact = end(.dormandPrince(tolerance: Tolerance(absolute: 1e-11, relative: 1e-11)), 1)
    let errors = [32, 128].map { steps in
      let found = end(Ralston(), steps)
      return (0..<7).reduce(0.0) { larger($0, (found[$1] - exact[$1]).norm) }
    }
    #expect(abs(Double.log2(errors[0] / errors[1]) / 2 - 2) < 0.2, "errors \(errors)")
    let noisy = simulate(
      marginal.diffusion(.constant(0.4)), from: start, by: Ralston(), times: .uniform(to: 0.9, steps: 5),
      stream: RandomStream(seed: 3))
    #expect(noisy.outcome == .completed && noisy.evaluations == 10)
    let trained = MultilayerPerceptron<Float>(Architecture(dimension: 2), stream: RandomStream(seed: 1))
    #expect(Simulator(ODE(trained), by: Ralston()).step(start, from: 0, to: 0.1).isFinite)
  }

  /// Under a schedule of one's own too, and for a network's predictions as for the exact ones.
  @Test func aSamplerForDenoisingModels() {
    let path = GaussianPath(schedule: SmoothSchedule())
    let network = MultilayerPerceptron<Double>(Architecture(dimension: 2), stream: RandomStream(seed: 9))
    let start = Batch<Double>.normals(count: 5, dimension: 2, from: RandomStream(seed: 2))
    func expectDDIM(_ flow: some Dynamics) {
      let found = simulate(flow, from: start, by: ExponentialEuler(), times: .uniform(from: 0.05, steps: 9))
      let known = simulate(flow, from: start, by: .ddim, times: .uniform(from: 0.05, steps: 9))
      #expect(Peer.gap(found.final.elements, known.final.elements) < 1e-13 && found.evaluations == 9)
    }
    expectDDIM(path.marginal(over: Examples.plane).flow)
    expectDDIM(path.flow(of: network, predicting: .noise))
  }

  /// v-prediction is minimised by alpha E[eps | x] - beta E[z | x]: the sampler that is told so finds the mean.
  @Test func aLossAnActivationAndAnOptimizer() {
    let path = GaussianPath(schedule: .trigonometric)
    let data = GaussianMixture(weights: [1], means: [[0.8, -0.5]], deviations: [0.4])
    var training = Training(
      MultilayerPerceptron<Float>(
        Architecture(dimension: 2, hidden: [24, 24], activation: Softplus()), stream: RandomStream(seed: 4)),
      loss: VPrediction(path: path, data: data), optimizer: Adam(rate: 5e-3), stream: RandomStream(seed: 5))
    #expect(training.run(steps: 600) == .completed)
    let noise = Batch<Float>.normals(count: 2_000, dimension: 2, from: RandomStream(seed: 6))
    let samples = simulate(
      path.flow(of: training.network, predicting: .v), from: noise, by: .ddim,
      times: .uniform(from: 0.02, steps: 20))
    // Chance 0.04; a small network after 600 steps.
    #expect((samples.final.mean - data.mean).norm < 0.12)
    var signed = Training(
      training.network, loss: VPrediction(path: path, data: data), optimizer: SignDescent(),
      stream: RandomStream(seed: 5))
    #expect(signed.run(steps: 3) == .completed)
  }

  @Test func aDistributionAndADistance() {
    let mass = integrate(over: -40...40) { x in Logistic().density(x) }
    #expect(abs(mass.value - 1) < 1e-10)
    // By dual numbers: -tanh(x / 2).
    #expect(abs(Logistic().score(0.7) + Double.tanh(0.35)) < 1e-15)
    var scores = Batch<Float>([Float(0.7), -1.2])
    Logistic().langevin.drift.floatEvaluator(count: 2, dimension: 1)(scores, at: 0, into: &scores)
    #expect(abs(scores[0, 0] + Float.tanh(0.35)) < 1e-6 && abs(scores[1, 0] - Float.tanh(0.6)) < 1e-6)
    let marginal = QuadratureMarginal(GaussianPath(schedule: .linear), over: Logistic(), in: -40...40)
    let expected = -marginal.field(-0.4, at: 0.3)
    #expect(abs(marginal.field(0.4, at: 0.3) - expected) < 1e-8, "symmetric data, odd field")
    let draws = Logistic().samples(Double.self, count: 4_000, from: RandomStream(seed: 7))
    let shifted = Batch<Double>(draws.column(0).map { $0 + 0.5 })
    let compared = MeanDistance().compare(draws, shifted, permutations: 19, stream: RandomStream(seed: 8))
    #expect(abs(compared.distance - 0.5) < 1e-12 && compared.pValue == 0.05)
    let training = LossTests().value(
      ConditionalFlowMatching(path: GaussianPath(schedule: .linear), data: .draws(of: Logistic())),
      MultilayerPerceptron<Double>(Architecture(dimension: 1, hidden: []), parameters: [0, 0, 0]))
    // E |z - eps|^2 = pi^2 / 3 + 1, by 60,000 draws.
    #expect(abs(training - (Double.pi * Double.pi / 3 + 1)) < 0.15)
  }
}
