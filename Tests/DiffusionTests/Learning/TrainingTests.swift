import Diffusion
import RealModule
import Testing

@Suite struct TrainingTests {
  static let mixture = GaussianMixture(
    weights: [0.35, 0.65], means: [[-2.0, 1.0], [1.5, -0.5]],
    covariances: [Matrix([[0.3, 0.1], [0.1, 0.2]]), Matrix([[0.5, -0.2], [-0.2, 0.4]])])

  func training(
    rate: LearningRate = 2e-3, averaging: Double? = nil, clipping: Double? = nil, batch: Int = 64
  ) -> Training<Float, ConditionalFlowMatching<LinearSchedule, IndependentCoupling<GaussianMixture>>> {
    Training(
      MultilayerPerceptron(Architecture(dimension: 2, hidden: [32, 32]), stream: RandomStream(seed: 1)),
      loss: ConditionalFlowMatching(path: GaussianPath(schedule: .linear), data: Self.mixture),
      optimizer: Adam(rate: rate), batch: batch, averaging: averaging, clipping: clipping,
      stream: RandomStream(seed: 2))
  }

  /// The trained field against the exact marginal field, and its samples' moments against the data's.
  @Test func flowMatchingLearnsTheMarginalField() {
    var training = training(rate: .cosine(from: 4e-3, steps: 2000), batch: 256)
    #expect(training.run(steps: 2000) == .completed)
    let marginal = GaussianPath(schedule: .linear).marginal(over: Self.mixture)
    var stream = RandomStream(seed: 3)
    var (error, size) = (0.0, 0.0)
    for i in 0..<200 {
      let t = (Double(i) + 0.5) / 200
      let x: Vector<Double> = marginal.sample(at: t, using: &stream)
      let u = marginal.field(x, at: t)
      error += (training.network(x, at: t) - u).squaredNorm
      size += u.squaredNorm
    }
    // An untrained network has error / size near 1.
    #expect(error < 0.05 * size)
    let noise = Batch<Float>.normals(count: 4000, dimension: 2, from: RandomStream(seed: 4))
    let samples = simulate(ODE(training.network), from: noise, by: .heun, times: .uniform(steps: 25)).final
    // Four standard errors of the mean, sqrt(3 / 4000), and the network's own error.
    #expect((samples.mean - Self.mixture.mean).norm < 0.25)
  }

  /// Stopping and going on, saving and restoring: bit for bit the same as an uninterrupted run.
  @Test func resumedTrainingIsTheSame() throws {
    var whole = training(averaging: 0.99, clipping: 3)
    whole.run(steps: 60)

    var parts = training(averaging: 0.99, clipping: 3)
    let outcome = parts.run(steps: 60, reportingEvery: 10) { if $0.step == 20 { $0.stop() } }
    #expect(outcome == .stopped(at: 20))
    #expect(parts.state.history.map(\.step) == [10, 20])
    var resumed = training(averaging: 0.99, clipping: 3)
    try resumed.restore(Safetensors(bytes: parts.safetensors.bytes))
    resumed.run(steps: 40)
    #expect(resumed.step == 60)
    #expect(resumed.network.parameters == whole.network.parameters)
    #expect(resumed.averagedNetwork!.parameters == whole.averagedNetwork!.parameters)
  }

  @Test func divergenceStopsWithAReason() {
    var wild = training(rate: 1e4)
    switch wild.run(steps: 2000) {
    case .diverged, .notFinite: break
    case let other: Issue.record("a learning rate of 10,000 ended with \(other)")
    }
    #expect(wild.network.parameters.allSatisfy { $0.isFinite })
    #expect(wild.step < 2000)

    struct Singular: Loss {
      var dimension: Int { 2 }
      func evaluate<T: NetworkReal>(_ pass: NetworkPass<T>, draws: TrainingDraws) -> Double {
        draws.step == 7 ? .nan : 1
      }
    }
    var singular = Training(
      MultilayerPerceptron<Float>(Architecture(dimension: 2), stream: RandomStream(seed: 1)),
      loss: Singular(), stream: RandomStream(seed: 2))
    #expect(singular.run(steps: 20) == .notFinite(at: 7))
    #expect(singular.step == 7)
  }

  /// An update that leaves the numbers: the network keeps what it was before, and so do the optimizer's averages.
  @Test func anUpdateThatOverflowsIsNotMade() {
    struct Exploding: Optimizer {
      var moments: Int { 1 }
      func rate(_ step: Int) -> Double { 0.5 }
      func update<T: NetworkReal>(
        _ parameters: inout [T], moments: inout [[T]], gradient: [T], scale: Double, step: Int
      ) {
        for i in parameters.indices { parameters[i] += 0.25 }
        moments[0][3] += 1
        if step == 5 { parameters[7] = .infinity }
        if step == 8 { moments[0][2] = .nan }
      }
    }
    let start = MultilayerPerceptron<Float>(
      Architecture(dimension: 2, hidden: [8]), stream: RandomStream(seed: 1))
    func training() -> Training<
      Float, ConditionalFlowMatching<LinearSchedule, IndependentCoupling<GaussianMixture>>
    > {
      Training(
        start, loss: ConditionalFlowMatching(path: GaussianPath(schedule: .linear), data: Self.mixture),
        optimizer: Exploding(), batch: 8, averaging: 0.5, stream: RandomStream(seed: 2))
    }
    var run = training()
    #expect(run.run(steps: 20) == .notFinite(at: 5))
    var short = training()
    #expect(short.run(steps: 5) == .completed)
    #expect(run.step == 5 && run.network.parameters == short.network.parameters)
    #expect(run.averagedNetwork!.parameters == short.averagedNetwork!.parameters)
    #expect(run.run(steps: 1) == .notFinite(at: 5), "it stays where it is")
  }

  /// A finite gradient whose square no Float holds: Adam's average of squares would be infinite for ever, and the
  /// network would silently learn nothing more.
  @Test func aGradientTooLargeForAdamStops() {
    struct Cliff: Loss {
      var dimension: Int { 2 }
      func evaluate<T: NetworkReal>(_ pass: NetworkPass<T>, draws: TrainingDraws) -> Double {
        pass.forward()
        for i in 0..<pass.rows { pass.valueGradient[i, 0] = draws.step == 3 ? 1e25 : 0.1 }
        pass.backward()
        return 1
      }
    }
    var training = Training(
      MultilayerPerceptron<Float>(Architecture(dimension: 2, hidden: [4]), stream: RandomStream(seed: 1)),
      loss: Cliff(), batch: 4, stream: RandomStream(seed: 2))
    let outcome = training.run(steps: 10)
    #expect(outcome == .notFinite(at: 3) && outcome.advice.contains("clip gradients"))
    #expect(training.network.parameters.allSatisfy { $0.isFinite })
  }

  @Test func clippingBoundsTheStep() {
    // Gradient descent with rate 1 moves by the clipped gradient.
    var training = Training(
      MultilayerPerceptron<Double>(Architecture(dimension: 2, hidden: [8]), stream: RandomStream(seed: 1)),
      loss: ConditionalFlowMatching(path: GaussianPath(schedule: .linear), data: Self.mixture),
      optimizer: GradientDescent(rate: 1.0), batch: 32, clipping: 0.125, stream: RandomStream(seed: 2))
    let before = training.network.parameters
    training.run(steps: 1)
    let moved = zip(before, training.network.parameters).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    #expect(abs(moved.squareRoot() - 0.125) < 1e-12)
    #expect(training.state.history[0].gradientNorm > 0.125)
  }

  @Test func averageIsExponential() {
    var training = training(averaging: 0.75)
    var expected = training.network.parameters.map(Double.init)
    for _ in 0..<5 {
      training.run(steps: 1)
      expected = zip(expected, training.network.parameters).map { 0.75 * $0 + 0.25 * Double($1) }
    }
    let average = training.averagedNetwork!.parameters
    #expect(zip(expected, average).allSatisfy { abs($0 - Double($1)) < 1e-6 })
  }

  /// Guidance interpolates the two networks linearly; with label dropout both are trained.
  @Test func guidanceCombinesTheNetworks() {
    let network = smallNetwork(dimension: 2, activation: SiLU(), labels: 3)
    let x: Vector<Double> = [0.4, -1.1]
    let (free, bound) = (network(x, at: 0.3), network.conditioned(on: 2)(x, at: 0.3))
    #expect(network.guided(toward: 2, scale: 1)(x, at: 0.3) == bound)
    let guided = network.guided(toward: 2, scale: 2.5)
    #expect((guided(x, at: 0.3) - (free + 2.5 * (bound - free))).norm < 1e-14)
    var out = Batch<Double>(count: 1, dimension: 2)
    let evaluator: BatchFunction<Double> = guided.doubleEvaluator(count: 1, dimension: 2)
    evaluator(Batch([x]), at: 0.3, into: &out)
    #expect((out[0] - guided(x, at: 0.3)).norm < 1e-13)
  }

  @Test func labelsAreDroppedAtTheirRate() {
    let source = Self.mixture.droppingLabels(probability: 0.3)
    var data = Batch<Float>(count: 5000, dimension: 2)
    var labels = [Int?](repeating: nil, count: 5000)
    source.fill(&data, labels: &labels, from: TrainingDraws(stream: RandomStream(seed: 6), step: 0))
    let counts = [nil, 0, 1].map { label in Double(labels.count { $0 == label }) / 5000 }
    // Binomial with deviation below 0.0071: four of them.
    for (count, expected) in zip(counts, [0.3, 0.7 * 0.35, 0.7 * 0.65]) {
      #expect(abs(count - expected) < 0.03)
    }
    let first = zip(data.points, labels).filter { $0.1 == 0 }.map(\.0)
    let mean = first.reduce(Vector<Float>([0, 0]), +) / Float(first.count)
    // 1,225 points of deviation 0.55.
    #expect(abs(mean[0] + 2) < 0.08 && abs(mean[1] - 1) < 0.08)
  }

  @Test func anyLawIsASource() {
    func mean(_ source: some DataSource) -> Vector<Double> {
      var data = Batch<Double>(count: 4000, dimension: source.dimension)
      var labels = [Int?](repeating: nil, count: 4000)
      source.fill(&data, labels: &labels, from: TrainingDraws(stream: RandomStream(seed: 6), step: 1))
      return data.mean
    }
    let moons = NoisyCurves.twoMoons()
    // Deviations 0.87 and 0.5: four standard errors are 0.055 and 0.03.
    #expect((mean(moons) - moons.mean).norm < 0.06)
    #expect(mean(.draws(of: moons)) == mean(moons))
    let points = Batch<Float>(elements: [1, 2, 3, 5, 8, 13], dimension: 2)
    // Three points of deviation 2.9 and 4.6.
    #expect((mean(Dataset(points)) - [4, 20.0 / 3]).norm < 0.4)
  }
}
