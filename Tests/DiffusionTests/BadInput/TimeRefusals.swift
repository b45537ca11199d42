import Diffusion

/// Times at which nothing is defined: outside of [0, 1], or at a singular end.
enum TimeRefusals {
  /// Under every schedule, whoever asks.
  static let outside: [Refusal] = [
    Refusal("they are not defined at t = 1.2") { _ = TimeRefusals.marginal(.linear).score(0.3, at: 1.2) },
    Refusal("they are not defined at t = -0.1") {
      _ = TimeRefusals.marginal(.linear).score(0.3, at: -0.1)
    },
    Refusal("they are not defined at t = nan") { _ = TimeRefusals.marginal(.linear).score(0.3, at: .nan) },
    Refusal("they are not defined at t = 1.2") {
      _ = TimeRefusals.marginal(.polynomial(dataPower: 2, noisePower: 3)).score(0.3, at: 1.2)
    },
    Refusal("they are not defined at t = -0.1") {
      _ = TimeRefusals.marginal(.polynomial(dataPower: 2, noisePower: 3)).score(0.3, at: -0.1)
    },
    Refusal("they are not defined at t = nan") {
      _ = TimeRefusals.marginal(.polynomial(dataPower: 2, noisePower: 3)).score(0.3, at: .nan)
    },
    Refusal("they are not defined at t = 1.2") {
      _ = TimeRefusals.marginal(.trigonometric).score(0.3, at: 1.2)
    },
    Refusal("they are not defined at t = -0.1") {
      _ = TimeRefusals.marginal(.trigonometric).score(0.3, at: -0.1)
    },
    Refusal("they are not defined at t = nan") {
      _ = TimeRefusals.marginal(.trigonometric).score(0.3, at: .nan)
    },
    Refusal("they are not defined at t = 1.2") {
      _ = TimeRefusals.marginal(.cosine()).score(0.3, at: 1.2)
    },
    Refusal("they are not defined at t = -0.1") {
      _ = TimeRefusals.marginal(.cosine()).score(0.3, at: -0.1)
    },
    Refusal("they are not defined at t = nan") {
      _ = TimeRefusals.marginal(.cosine()).score(0.3, at: .nan)
    },
    Refusal("they are not defined at t = 1.2") {
      _ = TimeRefusals.marginal(.variancePreserving()).score(0.3, at: 1.2)
    },
    Refusal("they are not defined at t = -0.1") {
      _ = TimeRefusals.marginal(.variancePreserving()).score(0.3, at: -0.1)
    },
    Refusal("they are not defined at t = nan") {
      _ = TimeRefusals.marginal(.variancePreserving()).score(0.3, at: .nan)
    },
    Refusal("they are not defined at t = 1.2") {
      _ = TimeRefusals.marginal(.subVariancePreserving()).score(0.3, at: 1.2)
    },
    Refusal("they are not defined at t = -0.1") {
      _ = TimeRefusals.marginal(.subVariancePreserving()).score(0.3, at: -0.1)
    },
    Refusal("they are not defined at t = nan") {
      _ = TimeRefusals.marginal(.subVariancePreserving()).score(0.3, at: .nan)
    },
    Refusal("they are not defined at t = 1.2") {
      _ = TimeRefusals.marginal(.varianceExploding()).score(0.3, at: 1.2)
    },
    Refusal("they are not defined at t = -0.1") {
      _ = TimeRefusals.marginal(.varianceExploding()).score(0.3, at: -0.1)
    },
    Refusal("they are not defined at t = nan") {
      _ = TimeRefusals.marginal(.varianceExploding()).score(0.3, at: .nan)
    },
    Refusal("they are not defined at t = 1.2") { _ = TimeRefusals.marginal(.karras).score(0.3, at: 1.2) },
    Refusal("they are not defined at t = -0.1") {
      _ = TimeRefusals.marginal(.karras).score(0.3, at: -0.1)
    },
    Refusal("they are not defined at t = nan") { _ = TimeRefusals.marginal(.karras).score(0.3, at: .nan) },
    Refusal("they are not defined at t = 1.2") { _ = LinearSchedule().beta(1.2) },
    Refusal("they are not defined at t = 1.2") {
      _ = PolynomialSchedule(dataPower: 2, noisePower: 3).beta(1.2)
    },
    Refusal("they are not defined at t = 1.2") { _ = CosineSchedule(offset: 0).beta(1.2) },
    Refusal("they are not defined at t = 1.2") { _ = CosineSchedule(offset: 0.008).beta(1.2) },
    Refusal("they are not defined at t = 1.2") {
      _ = VariancePreservingSchedule(rates: 0.1...20).beta(1.2)
    },
    Refusal("they are not defined at t = 1.2") {
      _ = SubVariancePreservingSchedule(rates: 0.1...20).beta(1.2)
    },
    Refusal("they are not defined at t = 1.2") {
      _ = VarianceExplodingSchedule(deviations: 0.01...50).beta(1.2)
    },
    Refusal("they are not defined at t = 1.2") { _ = KarrasSchedule().beta(1.2) },
    Refusal("they are not defined at t = 1.2") { _ = DDPMChain.linear().schedule.beta(1.2) },
    Refusal("they are not defined at t = 1.2") {
      _ = ProcessSchedule(OrnsteinUhlenbeck(theta: 1, deviation: 1)).beta(1.2)
    },
  ]

  /// What is made of a path or a schedule, asked at another time.
  static let users: [Refusal] = [
    Refusal("they are not defined at t = 1.2") {
      _ = TimeRefusals.marginal(.linear).velocity(0.3, at: 1.2)
    },
    Refusal("they are not defined at t = 1.2") {
      _ = TimeRefusals.marginal(.linear).logDensity(0.3, at: 1.2)
    },
    Refusal("they are not defined at t = 1.2") {
      _ = TimeRefusals.marginal(.linear).denoiser(0.3, at: 1.2)
    },
    Refusal("they are not defined at t = 1.2") {
      _ = TimeRefusals.marginal(.linear).divergence(0.3, at: 1.2)
    },
    Refusal("they are not defined at t = 1.2") { _ = TimeRefusals.marginal(.linear).noise(0.3, at: 1.2) },
    Refusal("they are not defined at t = 1.2") {
      _ = TimeRefusals.marginal(.linear).posteriorCovariance(0.3, at: 1.2)
    },
    Refusal("they are not defined at t = 1.2") {
      _ = TimeRefusals.marginal(.linear).posterior(0.1, given: 0.3, at: 1.2)
    },
    Refusal("they are not defined at t = 1.2") { _ = TimeRefusals.marginal(.linear).law(at: 1.2) },
    Refusal("they are not defined at t = 1.2") {
      TimeRefusals.evaluate(TimeRefusals.marginal(.variancePreserving()).velocity, at: 1.2)
    },
    Refusal("they are not defined at t = -0.1") {
      TimeRefusals.evaluate(TimeRefusals.marginal(.linear).scoreField, at: -0.1)
    },
    Refusal("they are not defined at t = 1.2") {
      TimeRefusals.evaluate(TimeRefusals.bridge.drift, at: 1.2)
    },
    Refusal("they are not defined at t = 1.2") { _ = TimeRefusals.bridge.law(at: 1.2) },
    Refusal("they are not defined at t = 1.2") {
      _ = GaussianTransport(from: .standard(1), to: .standard(1)).law(at: 1.2)
    },
    Refusal("they are not defined at t = 1.2") { _ = TimeRefusals.interpolant.score(0.3, at: 1.2) },
    Refusal("they are not defined at t = -0.1") {
      TimeRefusals.evaluate(TimeRefusals.interpolant.velocity, at: -0.1)
    },
    Refusal("they are not defined at t = 1.2") { _ = LinearInterpolant(latent: 1).latentVariance(1.2) },
    Refusal("they are not defined at t = 1.2") { _ = GaussianPath(schedule: .linear).alpha(1.2) },
    Refusal("they are not defined at t = 1.2") {
      _ = GaussianPath(schedule: .linear).logDensity(0.3, given: 0.1, at: 1.2)
    },
    Refusal("they are not defined at t = 1.2") {
      _ = GaussianPath(schedule: .linear).convert(0.3, from: .data, to: .noise, at: 0.1, 1.2)
    },
    Refusal("they are not defined at t = 1.2") {
      _ = GaussianPath(schedule: Own()).marginal(over: Gaussian.standard(1)).score(0.3, at: 1.2)
    },
    Refusal("they are not defined at t = -0.5") { _ = ForwardProcess(.linear).factor(from: 0, to: 1.5) },
    Refusal("they are not defined at t = 1.2") { _ = ForwardProcess(.variancePreserving()).rate(-0.2) },
    Refusal("at s = 1.5 the schedule has ended") { _ = ForwardProcess(Own()).variance(from: 0, to: 1.5) },
    Refusal("they are not defined at t = 1.2") {
      _ = derivative(at: 1.2) { t in LinearSchedule().beta(t) }
    },
    Refusal("they are not defined at t = 1.2") {
      _ = QuadratureMarginal(GaussianPath(schedule: .linear), over: Laplace(mean: 0, scale: 1), in: -9...9)
        .score(0.3, at: 1.2)
    },
    Refusal("they are not defined at t = 1.1") {
      _ = simulate(
        TimeRefusals.marginal(.linear).flow, from: Batch<Float>(count: 1, dimension: 1), by: .euler,
        times: TimeGrid([1.1, 1.3]))
    },
    Refusal("they are not defined at t = 1.3") {
      _ = simulate(
        TimeRefusals.marginal(.linear).flow, from: Batch<Double>([0.3]), by: .ddim,
        times: TimeGrid([0.5, 1.3]))
    },
    Refusal("times cannot be drawn from 0.0...2.0") { _ = TimeSampling.uniform(0...2) },
    Refusal("times cannot be drawn from -1.0...0.5") { _ = TimeSampling.stratified(-1...0.5) },
    Refusal("a process that starts at 0.0 has no law at -0.2") {
      _ = ProcessPath(BrownianMotion(), from: Gaussian.standard(1)).logDensity(0.3, at: -0.2)
    },
    Refusal("a process that starts at 0.0 has no law at -0.2") {
      TimeRefusals.evaluate(ProcessPath(BrownianMotion(), from: Gaussian.standard(1)).scoreField, at: -0.2)
    },
    Refusal("is not within the bridge's times") {
      _ = Bridge(of: BrownianMotion(), from: 0, to: 1).law(at: 1.2)
    },
  ]

  /// Where a law is a point mass there is no score; where a ratio is infinite there is no conversion.
  static let singularEnds: [Refusal] = [
    Refusal("it has no density") {
      _ = GaussianPath(schedule: .linear).marginal(over: Dirac(at: 0.5)).score(0.5, at: 1)
    },
    Refusal("the conditional law is a point mass") {
      _ = GaussianPath(schedule: .linear).field(0.5, given: 0.2, at: 1)
    },
    Refusal("does not determine the data") {
      _ = GaussianPath(schedule: .linear).convert(0.3, from: .noise, to: .data, at: 0.1, 0)
    },
    Refusal("does not determine the noise") {
      _ = GaussianPath(schedule: .linear).convert(0.3, from: .data, to: .noise, at: 0.1, 1)
    },
    Refusal("does not go forward in time") {
      _ = BrownianMotion().logDensity(0.1, at: 0.5, given: 0.2, at: 0.5)
    },
    Refusal("no finite, positive noise level") {
      let flow = GaussianPath(schedule: .linear).marginal(over: Gaussian.standard(1)).flow
      _ = simulate(flow, from: Batch<Double>([0.3]), by: .edmHeun, times: .uniform(steps: 4))
    },
    Refusal("pure noise or pure data") {
      let linear = GaussianPath(schedule: .linear).marginal(over: Gaussian.standard(1))
      _ = ScheduleChange(linear.velocity, from: LinearSchedule(), to: CosineSchedule(offset: 0))(0.2, at: 0)
    },
    Refusal("it conditions nothing at") {
      _ = HarmonicGradient(of: TerminalSlab(of: BrownianMotion(), in: 1...2, time: 1))(0.3, at: 1)
    },
    Refusal("a velocity prediction does not determine the data") {
      _ = GaussianPath(schedule: .variancePreserving()).convert(0.3, from: .velocity, to: .data, at: 0.1, 1)
    },
    Refusal("there is no velocity") {
      _ = GaussianPath(schedule: .variancePreserving()).convert(0.0, from: .noise, to: .velocity, at: 0.1, 1)
    },
    Refusal("does not go forward in time") {
      _ = OrnsteinUhlenbeck(theta: 1, deviation: 1).transition(from: [0.2], at: 1, to: 0)
    },
    Refusal("the law is a point mass") {
      TimeRefusals.evaluate(GaussianPath(schedule: .linear).marginal(over: Dirac(at: 0.5)).velocity, at: 1)
    },
    Refusal("the conditional law is a point mass") {
      _ = GaussianPath(schedule: .variancePreserving()).score(0.5, given: 0.2, at: 1)
    },
    Refusal("the conditional law is a point mass") {
      _ = TimeRefusals.marginal(.cosine()).posterior(0.1, given: 0.3, at: 1)
    },
    Refusal("does not determine the data") {
      _ = GaussianPath(schedule: .trigonometric).convert(0.3, from: .score, to: .data, at: 0.1, 0)
    },
    Refusal("it has no score") {
      _ = GaussianPath(schedule: .linear).convert(0.3, from: .noise, to: .score, at: 0.1, 1)
    },
    Refusal("without noise from 0.0 to 1.0 the transition is a point mass") {
      _ = OrnsteinUhlenbeck(theta: 1, deviation: 0).logDensity(0.1, at: 1, given: 0.2, at: 0)
    },
    Refusal("it has no density") {
      _ = ProcessPath(BrownianMotion(), from: Dirac(at: 0.2)).score(0.1, at: 0)
    },
    Refusal("nothing is left of the data") { _ = ForwardProcess(.linear).factor(from: 1, to: 1) },
    Refusal("it conditions nothing at") {
      _ = TerminalSlab(of: BrownianMotion(), in: 1...2, time: 1).logValue(0.3, at: 1)
    },
    Refusal("does not go forward in time") {
      _ = Endpoint(of: BrownianMotion(), at: [1], time: 1).logValue(0.3, at: 1)
    },
    Refusal("it has no density") {
      _ = InterpolantPath(LinearInterpolant(latent: 1), from: Dirac(at: 0), to: Dirac(at: 1)).score(
        0.2, at: 0)
    },
    Refusal("it has no density") {
      TimeRefusals.evaluate(
        InterpolantPath(LinearInterpolant(), from: Dirac(at: 0), to: Dirac(at: 1)).velocity, at: 0.5)
    },
    Refusal("there is no noise to take away at t = 1.0") {
      _ = simulate(
        TimeRefusals.marginal(.linear).flow, from: Batch<Double>([0.3]), by: .dpmSolver,
        times: .uniform(from: 1, to: 0, steps: 2))
    },
    Refusal("the noise level is infinite") {
      _ = simulate(
        TimeRefusals.marginal(.linear).flow, from: Batch<Double>([0.3]), by: .edmHeun,
        times: .uniform(from: 0.5, to: 0, steps: 2))
    },
    Refusal("that the old one never has") {
      let old = VariancePreservingSchedule(rates: 0.1...20)
      _ = ScheduleChange(TimeRefusals.marginal(old).velocity, from: old, to: LinearSchedule())(0.2, at: 0.001)
    },
    Refusal("the old one never has") {
      _ = ScheduleChange(
        TimeRefusals.marginal(.varianceExploding(0.1...2)).velocity,
        from: VarianceExplodingSchedule(deviations: 0.1...2), to: LinearSchedule())(0.2, at: 0.01)
    },
  ]

  private static func marginal<S: Schedule>(_ schedule: S) -> MarginalPath<S> {
    GaussianPath(schedule: schedule).marginal(over: Gaussian(mean: 0.4, deviation: 0.7))
  }

  private static let bridge = SchroedingerBridge(from: .standard(1), to: .standard(1), deviation: 1)
  private static let interpolant = InterpolantPath(
    LinearInterpolant(latent: 0.5), from: Gaussian.standard(1), to: Gaussian.standard(1))

  /// What a simulator would compute.
  private static func evaluate(_ field: some BatchField, at t: Double) {
    var out = Batch<Double>(count: 3, dimension: 1)
    field.doubleEvaluator(count: 3, dimension: 1)(out, at: t, into: &out)
  }

  /// A schedule that does not look at its time.
  private struct Own: Schedule {
    func alpha<T: RealNumber>(_ t: T) -> T { t }
    func beta<T: RealNumber>(_ t: T) -> T { 1 - t }
  }
}
