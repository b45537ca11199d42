import Diffusion

/// Processes that there are not, and questions about their past.
enum ProcessRefusals {
  static let processes: [Refusal] = [
    Refusal("must be positive and increasing") { _ = VarianceExplodingSchedule(deviations: 0...2) },
    Refusal("powers below 1") { _ = PolynomialSchedule(dataPower: 0.5, noisePower: 1) },
    Refusal("a process with forcing has no schedule") {
      _ = ProcessSchedule(OrnsteinUhlenbeck(theta: 1, mean: 0.5, deviation: 1))
    },
    Refusal("must lie in (0, 1)") { _ = DDPMChain(rates: [0.1, 1]) },
    Refusal("dimension 1 for a process in 2") {
      _ = OrnsteinUhlenbeck(theta: 1, mean: [0, 1], deviation: 1).transition(from: [0.2], at: 0, to: 1)
    },
    Refusal("Ornstein-Uhlenbeck process with") {
      _ = OrnsteinUhlenbeck(theta: 1, mean: [0, .nan], deviation: 1)
    },
    Refusal("Ornstein-Uhlenbeck process with") { _ = OrnsteinUhlenbeck(theta: -1, deviation: 1) },
    Refusal("Ornstein-Uhlenbeck process with") { _ = OrnsteinUhlenbeck(theta: 1, mean: [], deviation: 1) },
    Refusal("Brownian motion with deviation -1.0") { _ = BrownianMotion(deviation: -1) },
    Refusal("and drift [nan]") { _ = BrownianMotion(velocity: [.nan]) },
    Refusal("dimension 2 for Brownian motion with a drift in 1") {
      _ = BrownianMotion(velocity: [0.3]).transition(from: [0, 0], at: 0, to: 1)
    },
    Refusal("does not go forward in time") { _ = BrownianMotion().variance(from: 1.0, to: 0.5) },
    Refusal("does not go forward in time") {
      _ = OrnsteinUhlenbeck(theta: 1, deviation: 1).variance(from: 1.0, to: .nan)
    },
    Refusal("does not go forward in time") {
      _ = ForwardProcess(.variancePreserving()).variance(from: 0.5, to: 0.2)
    },
    Refusal("does not follow from a later one") {
      _ = BrownianMotion().law(from: Gaussian.standard(1), at: 1, to: 0)
    },
    Refusal("before the time 0.5") { _ = BrownianMotion().covariance(0.2, 0.8, from: 0.5) },
    Refusal("a process run for a time 0.0") { _ = ProcessSchedule(BrownianMotion(), horizon: 0) },
    Refusal("a distance cannot shrink to 0.0") {
      _ = OrnsteinUhlenbeck(theta: 1, deviation: 1).mixingTime(to: 0)
    },
    Refusal("a process that ends in [] at 1.0") { _ = Endpoint(of: BrownianMotion(), at: [], time: 1) },
    Refusal("at inf") { _ = Endpoint(of: BrownianMotion(), at: [1], time: .infinity) },
    Refusal("the event of ending in") { _ = TerminalSlab(of: BrownianMotion(), in: 1...1, time: 1) },
    Refusal("the event of ending in") {
      _ = TerminalSlab(of: BrownianMotion(), along: [0, 0], in: 0...1, time: 1)
    },
    Refusal("the event of ending in") {
      _ = TerminalSlab(of: BrownianMotion(), along: [.infinity], in: 0...1, time: 1)
    },
    Refusal("the event is decided") {
      _ = TerminalSlab(of: BrownianMotion(deviation: 0), in: 0...1, time: 1).logValue(0.3, at: 0)
    },
    Refusal("a bridge from") { _ = Bridge(of: BrownianMotion(), from: [0, 0], to: [1]) },
    Refusal("a bridge from") { _ = Bridge(of: BrownianMotion(), from: 0, to: 1, over: 1...1) },
    Refusal("a bridge from") {
      _ = Bridge(of: BrownianMotion(), from: 0, to: 1, over: 0...Double.infinity)
    },
    Refusal("cannot be tied at its end") { _ = Bridge(of: BrownianMotion(deviation: 0), from: 0, to: 1) },
    Refusal("0 paths of a bridge") {
      _ = Bridge(of: BrownianMotion(), from: 0, to: 1).paths(
        Double.self, count: 0, at: [0.5], stream: RandomStream(seed: 1))
    },
    Refusal("times of a path must increase") {
      _ = Bridge(of: BrownianMotion(), from: 0, to: 1).paths(
        Double.self, count: 1, at: [0.5, 1.5], stream: RandomStream(seed: 1))
    },
    Refusal("the rate must be positive definite") {
      _ = MatrixOrnsteinUhlenbeck(rate: .diagonal([1, 0]), mean: [0, 0], noiseCovariance: .identity(2))
    },
    Refusal("the noise covariance is indefinite") {
      _ = MatrixOrnsteinUhlenbeck(
        rate: .identity(2), mean: [0, 0], noiseCovariance: Matrix([[1.0, 2], [2, 1]]))
    },
    Refusal("finite symmetric 2 x 2 matrices") {
      _ = MatrixOrnsteinUhlenbeck(rate: .identity(3), mean: [0, 0], noiseCovariance: .identity(2))
    },
    Refusal("the mean must be finite") {
      _ = MatrixOrnsteinUhlenbeck(rate: .identity(1), mean: [.nan], noiseCovariance: .identity(1))
    },
    Refusal("a law after a time -1.0") {
      _ = Gaussian.standard(1).langevinProcess.law(from: .standard(1), after: -1)
    },
    Refusal("a Gaussian without spread") { _ = Gaussian(mean: 0, deviation: 0).langevinProcess },
    Refusal("a batch of 0") {
      _ = StochasticGradientDescent(
        hessian: .identity(1), minimum: [0], gradientNoise: .identity(1), batch: 0, learningRate: 0.1)
    },
    Refusal("at learning rate inf") {
      _ = StochasticGradientDescent(
        hessian: .identity(1), minimum: [0], gradientNoise: .identity(1), batch: 1, learningRate: .infinity)
    },
    Refusal("a step of -0.1") {
      _ = StepReversal(
        drift: BrownianMotion().drift, deviation: 1, from: Gaussian.standard(1), at: 0, step: -0.1)
    },
    Refusal("needs dimension 1, not 2") {
      _ = StepReversal(
        drift: BrownianMotion().drift, deviation: 1, from: Gaussian.standard(2), at: 0, step: 0.1
      ).logEvidence(0.1)
    },
    Refusal("must lie in (0, 1)") { _ = DDPMChain(rates: [0.1, .nan]) },
    Refusal("must lie in (0, 1)") { _ = DDPMChain(rates: []) },
    Refusal("needs two steps, not 1") { _ = DDPMChain.linear(steps: 1) },
    Refusal("state 11 of a chain of 10 steps") { _ = DDPMChain.linear(steps: 10).signal(11) },
    Refusal("step 0 of a chain of 10") { _ = DDPMChain.linear(steps: 10).posterior(0) },
    Refusal("alpha^2 + beta^2 is not 1") { _ = DDPMChain.sampled(from: .linear, at: [0.9, 0.5]) },
    Refusal("a chain starts from data") {
      _ = DDPMChain.sampled(from: .variancePreserving(), at: [0.9, 0.5, 0])
    },
    Refusal("a chain needs two times or more, not [0.9]") {
      _ = DDPMChain.sampled(from: .cosine(), at: [0.9])
    },
    Refusal("must lie in (0, 1)") { _ = DDPMChain.sampled(from: .cosine(), at: [1, 0.5, 0.9]) },
    Refusal("powers must be finite") { _ = PolynomialSchedule(dataPower: .infinity, noisePower: 2) },
    Refusal("noise rates must be positive") { _ = VariancePreservingSchedule(rates: 0...Double.infinity) },
    Refusal("noise rates must be positive") { _ = VariancePreservingSchedule(rates: -1...20) },
    Refusal("must be positive and increasing") {
      _ = VarianceExplodingSchedule(deviations: 1e-200...1e200)
    },
    Refusal("at least two noise levels, not 1") { _ = KarrasSchedule().levels(1) },
    Refusal("the offset of a cosine schedule cannot be nan") { _ = CosineSchedule(offset: .nan) },
    Refusal("a latent variance cannot be -1.0") { _ = LinearInterpolant(latent: -1) },
    Refusal("positive and finite") { _ = KarrasSchedule(rho: .infinity) },
  ]
}
