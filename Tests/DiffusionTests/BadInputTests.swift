import Diffusion
import RealModule
import Testing

/// What cannot be computed stops with words that say why, rather than going on with a number that is none. The limits
/// that do exist are in the tests of their types.
@Suite struct BadInputTests {
  @Test func distributions() async {
    var result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Gaussian(mean: [0, 0], covariance: Matrix([[1.0, 2], [2, 1]]))
    }
    expectMessage("not positive definite", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Gaussian(mean: [0, 0], covariance: Matrix([[1.0, 2], [0, 1]]))
    }
    expectMessage("symmetric 2 x 2", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Gaussian(mean: [0, 0], covariance: Matrix([[1.0, .nan], [.nan, 1]]))
    }
    expectMessage("symmetric 2 x 2", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GaussianMixture(weights: [0.5, 0.6], means: [0, 1], deviations: [1, 1])
    }
    expectMessage("sum to one", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GaussianMixture(weights: [1.5, -0.5], means: [0, 1], deviations: [1, 1])
    }
    expectMessage("sum to one", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GaussianMixture(weights: [.nan, 1], means: [0, 1], deviations: [1, 1])
    }
    expectMessage("sum to one", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Gaussian(mean: Double.nan, deviation: 1)
    }
    expectMessage("the mean must be finite", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Gaussian(mean: 0, deviation: -1)
    }
    expectMessage("a deviation cannot be", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Empirical(Batch<Double>([0.3, Double.infinity]))
    }
    expectMessage("all finite", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Dataset(Batch<Float>([0.3, Float.nan]))
    }
    expectMessage("finite points", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GaussianMixture(weights: [1], components: [Gaussian(mean: [0, 0], covariance: .diagonal([1, 0]))])
        .score(Vector([0.1, 0.2]))
    }
    expectMessage("has no density", of: result)
  }

  @Test func shapes() async {
    var result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x: Vector<Double> = [1, 2, 3]
      _ = Gaussian.standard(2).score(x)
    }
    expectMessage("dimension 3 where 2 is expected", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = OrnsteinUhlenbeck(theta: 1, mean: [0, 1], deviation: 1).transition(from: [0.2], at: 0, to: 1)
    }
    expectMessage("dimension 1 for a process in 2", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Bridge(of: BrownianMotion(), from: [0, 1], to: [2])
    }
    expectMessage("a bridge from", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let flow = GaussianPath(schedule: .linear).marginal(over: Gaussian.standard(1)).flow
      _ = simulate(flow, from: Batch<Double>(count: 3, dimension: 2), by: .heun, times: .uniform(steps: 2))
    }
    expectMessage("a field of dimension 1 at points of dimension 2", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Training(
        MultilayerPerceptron<Float>(Architecture(dimension: 3), stream: RandomStream(seed: 1)),
        loss: ConditionalFlowMatching(path: GaussianPath(schedule: .linear), data: Gaussian.standard(2)),
        stream: RandomStream(seed: 2))
    }
    expectMessage("from dimension 2 to 2 outputs, not from 3 to 3", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = MultilayerPerceptron<Float>(Architecture(dimension: 2), parameters: [1, 2, 3])
    }
    expectMessage("parameters for a network of", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var c = Batch<Double>(count: 2, dimension: 3)
      let a = c
      multiply(a, a, into: &c)
    }
    expectMessage("a product of 2 x 3 and 2 x 3", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = InterpolantPath(LinearInterpolant(), from: Gaussian.standard(1), to: Gaussian.standard(2))
    }
    expectMessage("a path from dimension 1 to 2", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Wasserstein()(Batch<Double>(count: 3, dimension: 1), Batch<Double>(count: 3, dimension: 2))
    }
    expectMessage("a distance of points of dimensions 1 and 2", of: result)
  }

  @Test func schedules() async {
    var result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = VarianceExplodingSchedule(deviations: 0...2)
    }
    expectMessage("must be positive and increasing", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = PolynomialSchedule(dataPower: 0.5, noisePower: 1)
    }
    expectMessage("powers below 1", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ProcessSchedule(OrnsteinUhlenbeck(theta: 1, mean: 0.5, deviation: 1))
    }
    expectMessage("a process with forcing has no schedule", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = DDPMChain(rates: [0.1, 1])
    }
    expectMessage("must lie in (0, 1)", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = DDPMChain.sampled(from: .variancePreserving(), at: [0.9, 0.5, 0])
    }
    expectMessage("a chain starts from data", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Bridge(of: BrownianMotion(deviation: 0), from: 0.2, to: 1)
    }
    expectMessage("cannot be tied at its end", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      struct Singular: Density {
        let dimension = 1
        func logDensity<P: Point>(_ x: P) -> P.Scalar { P.Scalar.log(P.Scalar(0.3) - x[0]) }
      }
      let path = GaussianPath(schedule: .linear)
      _ = QuadratureMarginal(path, over: Singular(), in: -1...1).score(0.1, at: 0.5)
    }
    expectMessage("is not finite at z", of: result)
  }

  /// Where a law is a point mass there is no score; where a ratio is infinite there is no conversion.
  @Test func singularEnds() async {
    var result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GaussianPath(schedule: .linear).marginal(over: Dirac(at: 0.5)).score(0.5, at: 1)
    }
    expectMessage("it has no density", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GaussianPath(schedule: .linear).field(0.5, given: 0.2, at: 1)
    }
    expectMessage("the conditional law is a point mass", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GaussianPath(schedule: .linear).convert(0.3, from: .noise, to: .data, at: 0.1, 0)
    }
    expectMessage("does not determine the data", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GaussianPath(schedule: .linear).convert(0.3, from: .data, to: .noise, at: 0.1, 1)
    }
    expectMessage("does not determine the noise", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = BrownianMotion().logDensity(0.1, at: 0.5, given: 0.2, at: 0.5)
    }
    expectMessage("does not go forward in time", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let flow = GaussianPath(schedule: .linear).marginal(over: Gaussian.standard(1)).flow
      _ = simulate(flow, from: Batch<Double>([0.3]), by: .edmHeun, times: .uniform(steps: 4))
    }
    expectMessage("no finite, positive noise level", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let linear = GaussianPath(schedule: .linear).marginal(over: Gaussian.standard(1))
      _ = ScheduleChange(linear.velocity, from: LinearSchedule(), to: CosineSchedule(offset: 0))(0.2, at: 0)
    }
    expectMessage("pure noise or pure data", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let old = VariancePreservingSchedule(rates: 0.1...20)
      let flow = GaussianPath(schedule: old).marginal(over: Gaussian.standard(1)).velocity
      _ = ScheduleChange(flow, from: old, to: LinearSchedule())(0.2, at: 0.001)
    }
    expectMessage("that the old one never has", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = HarmonicGradient(of: TerminalSlab(of: BrownianMotion(), in: 1...2, time: 1))(0.3, at: 1)
    }
    expectMessage("it conditions nothing at", of: result)
  }

  @Test func simulations() async {
    var result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = TimeGrid.uniform(steps: 0)
    }
    expectMessage("at least one step, not 0", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = TimeGrid([0, 0.5, 0.5])
    }
    expectMessage("strictly", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = TimeGrid([0, .nan])
    }
    expectMessage("at least one step", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let flow = GaussianPath(schedule: .linear).marginal(over: Gaussian.standard(1)).flow
      _ = simulate(flow, from: Batch<Double>([Double.nan]), by: .heun, times: .uniform(steps: 2))
    }
    expectMessage("must start from finite particles", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let term = GaussianPath(schedule: .linear).marginal(over: Gaussian.standard(1)).diffusion(.constant(1))
      _ = simulate(term, from: Batch<Double>([0.2]), by: .eulerMaruyama, times: .uniform(steps: 2))
    }
    expectMessage("needs a stream of increments", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let flow = GaussianPath(schedule: .linear).marginal(over: Gaussian.standard(1)).flow
      _ = simulate(flow, from: Batch<Double>([0.2]), by: .ddim(eta: 1), times: .uniform(steps: 2))
    }
    expectMessage("draws noise: it needs a stream", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let term = SDE(drift: ClosureField { (x: Double, t: Double) in -x }, diffusion: .constant(1))
      _ = simulate(
        term, from: Batch<Double>([0.2]), by: .eulerMaruyama, times: .uniform(to: 2, steps: 3),
        stream: BrownianPath(stream: RandomStream(seed: 1)))
    }
    expectMessage("has no value at t = 1.3", of: result)
  }

  /// Solvers refuse the terms that they would solve wrongly.
  @Test func solversAndTerms() async {
    var result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let term = GaussianPath(schedule: .linear).marginal(over: Gaussian.standard(1)).diffusion(.constant(1))
      _ = simulate(
        term, from: Batch<Double>([0.2]), by: .rungeKutta4, times: .uniform(steps: 2),
        stream: RandomStream(seed: 1))
    }
    expectMessage("cannot take noise", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let term = GaussianPath(schedule: .linear).marginal(over: Gaussian.standard(1)).diffusion(.constant(1))
      _ = simulate(
        term, from: Batch<Double>([0.2]), by: .ddim, times: .uniform(steps: 2), stream: RandomStream(seed: 1))
    }
    expectMessage("integrates the flow of a denoising model", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let term = DiagonalSDE(
        drift: ClosureField { (x: Double, t: Double) in -x },
        diffusion: ClosureField { (x: Double, t: Double) in x })
      _ = simulate(
        term, from: Batch<Double>([0.2]), by: .milstein, times: .uniform(steps: 2),
        stream: RandomStream(seed: 1))
    }
    expectMessage("give it as a Field", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let term = DiagonalSDE(
        drift: ClosureField { (x: Double, t: Double) in -x },
        diffusion: ClosureField { (x: Double, t: Double) in x })
      _ = simulate(
        term, from: Batch<Double>([0.2]), by: .stochasticHeun, times: .uniform(steps: 2),
        stream: RandomStream(seed: 1))
    }
    expectMessage("differentiates noise that depends on the point", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let process = MatrixOrnsteinUhlenbeck(
        rate: .identity(2), mean: [0, 0], noiseCovariance: Matrix([[1.0, 0.5], [0.5, 1]]))
      let axes = [GridAxis(-2...2, cells: 80), GridAxis(-2...2, cells: 80)]
      let start = GridDensity(axes) { Gaussian.standard(2).density($0) }
      _ = FokkerPlanckGrid(process).evolve(start, from: 0, to: 1, steps: 2)
    }
    expectMessage("take more steps", of: result)
  }

  @Test func learningAndTransport() async {
    var result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LearningRate.constant(.nan)
    }
    expectMessage("a learning rate cannot be", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Training(
        MultilayerPerceptron<Float>(Architecture(dimension: 2), stream: RandomStream(seed: 1)),
        loss: ConditionalFlowMatching(path: GaussianPath(schedule: .linear), data: Gaussian.standard(2)),
        batch: 0,
        stream: RandomStream(seed: 2))
    }
    expectMessage("a minibatch of 0 points", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = MultilayerPerceptron<Float>(Architecture(dimension: 2, labels: 3), stream: RandomStream(seed: 1))
        .conditioned(on: 3)
    }
    expectMessage("label 3 for a network of 3 labels", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = optimalAssignment(cost: [1, 2, .nan, 4], count: 2)
    }
    expectMessage("must be finite", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = sinkhorn(cost: [1, 2, 3, 4], rowWeights: [0.5, 0.5], columnWeights: [0.5, 0.6], epsilon: 0.1)
    }
    expectMessage("positive weights with one sum", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = optimalPlan(cost: [1, 2], rowWeights: [1], columnWeights: [0.5, 0.6])
    }
    expectMessage("positive weights with one sum", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GaussianTransport(from: Gaussian(mean: [0, 0], covariance: .diagonal([1, 0])), to: .standard(2))
    }
    expectMessage("is not determined", of: result)
  }

  /// What is not a number is not taken for 0.
  @Test func notNumbers() async {
    for x in [Vector([0.1, .nan]), Vector([.nan, 0.1])] {
      #expect(x.largestMagnitude.isNaN && Pair(x[0], x[1]).largestMagnitude.isNaN)
      #expect(InlineVector(count: 2) { x[$0] }.largestMagnitude.isNaN)
      #expect(Dual(x[0], x[1]).largestMagnitude.isNaN)
    }
    let mean = MeanEstimate(count: 3) { $0 == 1 ? .nan : 0 }
    #expect(mean.value.isNaN && mean.standardError.isNaN)
    let integral = integrate(over: 0...1) { u in Vector([u, u > 0.5 ? .nan : 0]) }
    guard case .notFinite = integral.outcome else {
      Issue.record("an integrand of which one coordinate is NaN: \(integral.outcome)")
      return
    }
    var result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = OrnsteinUhlenbeck(theta: 1, mean: [0, .nan], deviation: 1)
    }
    expectMessage("Ornstein-Uhlenbeck process with", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Bridge(of: BrownianMotion(), from: .nan, to: 1)
    }
    expectMessage("a bridge from", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LearningRate.cosine(from: .nan, steps: 3)
    }
    expectMessage("a learning rate cannot be", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = TimeSampling.uniform(0...Double.infinity)
    }
    expectMessage("times cannot be drawn from", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = KarrasSchedule(rho: .infinity)
    }
    expectMessage("positive and finite", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = PolynomialSchedule(dataPower: .infinity, noisePower: 2)
    }
    expectMessage("powers must be finite", of: result)
  }

  /// Where beta' is infinite a velocity says nothing of the data, and there is none.
  @Test func infiniteRates() async {
    var result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GaussianPath(schedule: .variancePreserving()).convert(0.3, from: .velocity, to: .data, at: 0.1, 1)
    }
    expectMessage("a velocity prediction does not determine the data", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GaussianPath(schedule: .variancePreserving()).convert(0.0, from: .noise, to: .velocity, at: 0.1, 1)
    }
    expectMessage("there is no velocity", of: result)
    result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = OrnsteinUhlenbeck(theta: 1, deviation: 1).transition(from: [0.2], at: 1, to: 0)
    }
    expectMessage("does not go forward in time", of: result)
  }

  /// Just before the singular end there is a score.
  @Test func nearTheSingularEnd() {
    let marginal = GaussianPath(schedule: .linear).marginal(over: Dirac(at: 0.5))
    let (t, beta) = (1 - 0x1p-20, 0x1p-20)
    #expect(marginal.score(0.5 * t + beta, at: t) == -0x1p20, "-(x - alpha z) / beta^2, all powers of two")
  }
}
