import Diffusion
import RealModule
import Synchronization
import Testing

/// What is defined at the ends of time, and that it is the limit of what is defined before.
@Suite struct LimitTests {
  /// Under every schedule that ends at the data exactly, and at t = 1 beta = 0.
  @Test func dataEnd() {
    let data = GaussianMixture(weights: [0.3, 0.7], means: [-1, 0.8], deviations: [0.5, 0.4])
    func check(_ schedule: some Schedule, velocity slack: Double) {
      let marginal = GaussianPath(schedule: schedule).marginal(over: data)
      let (x, h) = (0.35, 0x1p-30)
      #expect(schedule.beta(1.0) == 0 && schedule.alpha(1.0) == 1, "\(schedule)")
      #expect(schedule.logSNR(1.0) == .infinity)
      #expect(abs(marginal.score(x, at: 1) - data.score(x)) < 1e-14)
      #expect(marginal.denoiser(x, at: 1) == x && marginal.noise(x, at: 1) == 0)
      #expect(marginal.posteriorCovariance(x, at: 1)[0, 0] < 1e-30)
      #expect(abs(marginal.score(x, at: 1 - h) - data.score(x)) < 1e3 * h)
      // The field changes by at most `slack` per unit of time near the end.
      #expect(marginal.field(x, at: 1).isFinite, "\(schedule)")
      #expect(abs(marginal.field(x, at: 1) - marginal.field(x, at: 1 - h)) < slack * h, "\(schedule)")
    }
    check(.linear, velocity: 1e2)
    check(.polynomial(dataPower: 2, noisePower: 3), velocity: 1e2)
    check(.trigonometric, velocity: 1e2)
    check(.cosine(), velocity: 1e3)
    check(.variancePreserving(), velocity: 1e3)
    check(.variancePreserving(0...20), velocity: 1e3)
    check(.subVariancePreserving(), velocity: 1e3)
    check(.varianceExploding(0.01...50), velocity: 1e3)
    check(ProcessSchedule(OrnsteinUhlenbeck(theta: 0.7, deviation: 1.3)), velocity: 1e3)
    check(DDPMChain.linear(steps: 100).schedule, velocity: 1e3)
  }

  /// Where beta behaves like a square root beta' is infinite and beta beta' is not.
  @Test func infiniteSlopes() {
    func expectInfinite(_ schedule: some Schedule, growth: Double) {
      #expect(schedule.betaDerivative(1.0) == -.infinity, "\(schedule)")
      #expect(abs(schedule.varianceGrowth(1.0) - growth) < 1e-12 * abs(growth), "\(schedule)")
    }
    // -b(0) / 2; -least^2 log(most / least); -w sin 2w / (2 sin^2 w); -sigma^2 / 2 a unit of time.
    expectInfinite(.variancePreserving(0.3...15), growth: -0.15)
    expectInfinite(.varianceExploding(0.1...10), growth: -0.01 * Double.log(100))
    let w = Double.pi / 2 / 1.008
    expectInfinite(.cosine(), growth: -w * Double.sin(2 * w) / (2 * Double.sin(w) * Double.sin(w)))
    expectInfinite(ProcessSchedule(BrownianMotion(deviation: 3), horizon: 2), growth: -9)
    // Without noise at the data itself beta is linear in s = 1 - t: beta^2 = most s^2 / 2 to first order.
    let quiet = VariancePreservingSchedule(rates: 0...18)
    #expect(quiet.betaDerivative(1.0) == -3 && abs(quiet.beta(1 - 1e-7) - 3e-7) < 1e-13)
    #expect(SubVariancePreservingSchedule(rates: 0.3...15).betaDerivative(1.0) == -0.3)
  }

  /// Where alpha = 0 nothing of the data is left: all of it is averaged.
  @Test(arguments: [CosineSchedule(offset: 0), CosineSchedule(offset: 0.008)])
  func noiseEnd(_ schedule: CosineSchedule) {
    let data = Examples.plane
    let marginal = GaussianPath(schedule: schedule).marginal(over: data)
    let x: Vector<Double> = [0.4, -0.9]
    #expect((marginal.score(x, at: 0) + x).norm < 1e-14)
    #expect((marginal.denoiser(x, at: 0) - data.mean).norm < 1e-14)
    #expect((marginal.noise(x, at: 0) - x).norm < 1e-14)
    #expect(schedule.logSNR(0.0) == -.infinity)
    for i in 0..<2 {
      for j in 0..<2 {
        #expect(abs(marginal.posteriorCovariance(x, at: 0)[i, j] - data.covariance[i, j]) < 1e-13)
      }
    }
    #expect(
      abs(marginal.posterior(Vector([0.1, 0.2]), given: x, at: 0) - data.density(Vector([0.1, 0.2]))) < 1e-14)
    #expect(ForwardProcess(schedule).rate(1.0) == -.infinity)
  }

  /// What a conversion does not divide by may be 0.
  @Test func conversionsAtTheEnds() {
    let path = GaussianPath(schedule: .linear)
    // At t = 0 x is the noise, and says nothing of the data; v = eps.
    #expect(path.convert(0.3, from: .data, to: .noise, at: 0.7, 0) == 0.7)
    #expect(path.convert(0.3, from: .data, to: .velocity, at: 0.7, 0) == 0.3 - 0.7)
    #expect(path.convert(0.3, from: .data, to: .score, at: 0.7, 0) == -0.7)
    #expect(path.convert(0.3, from: .velocity, to: .data, at: 0.7, 0) == 1)
    // At t = 1 x is the data.
    #expect(path.convert(0.3, from: .noise, to: .data, at: 0.7, 1) == 0.7)
    #expect(path.convert(0.3, from: .score, to: .data, at: 0.7, 1) == 0.7)
    #expect(path.convert(0.3, from: .noise, to: .velocity, at: 0.7, 1) == 0.7 - 0.3)
    #expect(path.convert(0.3, from: .v, to: .noise, at: 0.7, 1) == 0.3)
    // Of finite slope, for rates from 0 on.
    let quiet = GaussianPath(schedule: .variancePreserving(0...18))
    #expect(quiet.convert(0.2, from: .noise, to: .velocity, at: 0.7, 1) == -3 * 0.2)
  }

  /// Just before the singular end there is a score.
  @Test func nearTheSingularEnd() {
    let marginal = GaussianPath(schedule: .linear).marginal(over: Dirac(at: 0.5))
    let (t, beta) = (1 - 0x1p-20, 0x1p-20)
    #expect(marginal.score(0.5 * t + beta, at: t) == -0x1p20, "-(x - alpha z) / beta^2, all powers of two")
  }

  /// Processes at the time at which they start, and bridges at both ends, are where they are known to be.
  @Test func processesAtTheirEnds() {
    let process = OrnsteinUhlenbeck(theta: 0.6, mean: [0.2, -0.4], deviation: 1.1)
    #expect(process.transition(from: [0.3, 0.5], at: 0.7, to: 0.7).covariance == Matrix.diagonal([0, 0]))
    #expect(process.transition(from: [0.3, 0.5], at: 0.7, to: 0.7).mean == [0.3, 0.5])
    #expect(BrownianMotion().variance(from: 0.0, to: 0) == 0)
    let law = process.law(from: Examples.plane, at: 0.2, to: 0.2)
    #expect((law.mean - Examples.plane.mean).norm < 1e-15)
    let bridge = Bridge(of: process, from: [0.3, 0.5], to: [1, -1], over: 0.2...0.9)
    for (time, place) in [(0.2, bridge.from), (0.9, bridge.to)] {
      #expect((bridge.mean(at: time) - place).norm < 1e-15 && bridge.variance(at: time) == 0)
      #expect(bridge.law(at: time).covariance[0, 0] == 0)
    }
    let short = ForwardProcess(.variancePreserving()).transition(from: [0.3], at: 0.4, to: (0.4).nextUp)
    #expect(short.covariance[0, 0] >= 0 && short.covariance[0, 0] < 1e-14)
    #expect(ForwardProcess(.linear).covariance(1, 1, from: 0) == 1, "pure noise, though a is infinite there")
  }

  /// A process goes on beyond its schedule's noise end, where paths do not: B(2) = 2 least + 2 (most - least).
  @Test func beyondTheNoiseEnd() {
    let process = ForwardProcess(.variancePreserving(0.3...7))
    let (signal, lost): (Double, Double) = (process.factor(from: 0, to: 2), process.variance(from: 0, to: 2))
    let rate: Double = process.rate(2)
    #expect(abs(signal - Double.exp(-7)) < 1e-15)
    #expect(abs(lost - 1 + Double.exp(-14)) < 1e-15)
    #expect(abs(rate + 6.85) < 1e-13, "-(0.3 + 2 * 6.7) / 2")
    let exploded: Double = ForwardProcess(.varianceExploding(0.1...10)).variance(from: 0, to: 1.5)
    #expect(abs(exploded - 9_999.99) < 1e-8, "0.01 (100^3 - 1)")
  }

  @Test func laws() {
    let place = Gaussian(mean: 0.3, deviation: 0)
    #expect(place.cdf(0.3) == 1 && place.cdf((0.3).nextDown) == 0, "the step of a point mass")
    #expect(Empirical(Batch([0.3])).covariance[0, 0] == 0, "of the law, not an estimate from one point")
    // So far away that the squares of all distances overflow.
    let far: Vector<Double> = [1e170, -1e170]
    #expect(
      Examples.plane.score(far).largestMagnitude.isFinite && Examples.plane.logDensity(far) == -.infinity)
  }

  /// A time that rounding has carried beyond an end is taken for the end, its derivative kept.
  @Test func rounding() {
    let marginal = GaussianPath(schedule: .variancePreserving()).marginal(over: Examples.plane)
    let x: Vector<Double> = [0.4, -0.9]
    #expect(marginal.field(x, at: (1.0).nextUp) == marginal.field(x, at: 1))
    #expect(marginal.score(x, at: -1e-17) == marginal.score(x, at: 0))
    #expect(VariancePreservingSchedule(rates: 0.1...20).beta(Float(1).nextUp) == 0)
    let late = derivative(at: (1.0).nextUp) { t in LinearSchedule().alpha(t) * t }
    #expect(abs(late - 2) < 1e-15, "(t^2)' = 2")
  }

  /// No solver looks beyond the last time, where rounding could carry it.
  @Test func solversStayWithin() {
    func latest(_ solver: some Solver, from: Double, to: Double, steps: Int) -> Double {
      let times = Mutex([Double]())
      let watched = WatchedField { t in times.withLock { $0.append(t) } }
      _ = simulate(
        ODE(watched), from: Batch<Double>([0.3]), by: solver,
        times: .uniform(from: from, to: to, steps: steps))
      return times.withLock { seen in to > from ? seen.max()! : -seen.min()! }
    }
    for steps in 1...60 {
      for (from, to) in [(0.1, 1.0), (0.7, 0.3)] {
        let end = to > from ? to : -to
        #expect(latest(.heun, from: from, to: to, steps: steps) <= end)
        #expect(latest(.rungeKutta4, from: from, to: to, steps: steps) <= end)
        #expect(latest(.stochasticHeun, from: from, to: to, steps: steps) <= end)
      }
    }
    #expect(latest(.dormandPrince, from: 0.1, to: 1, steps: 3) == 1)
  }

  /// No particles are simulated at once.
  @Test func nothing() {
    let marginal = GaussianPath(schedule: .linear).marginal(over: Examples.plane)
    let none = Batch<Float>(count: 0, dimension: 2)
    let flown = simulate(
      marginal.flow, from: none, by: .dormandPrince, times: .uniform(steps: 3), saving: .every(1))
    #expect(flown.outcome == .completed && flown.final.count == 0 && flown.states.count == 4)
    #expect(
      ODE(marginal.velocity).logLikelihood(of: Batch(count: 0, dimension: 2), base: Gaussian.standard(2))
        .logDensities.isEmpty)
  }
}

/// -x, with a watch on the times at which it is asked for.
private struct WatchedField: BatchField {
  let watch: @Sendable (Double) -> Void
  init(_ watch: @escaping @Sendable (Double) -> Void) { self.watch = watch }

  func floatEvaluator(count: Int, dimension: Int) -> BatchFunction<Float> { evaluator() }
  func doubleEvaluator(count: Int, dimension: Int) -> BatchFunction<Double> { evaluator() }

  private func evaluator<T: MachineReal>() -> BatchFunction<T> {
    BatchFunction { x, t, out in
      watch(t.realPart)
      out.copy(x)
      out.scale(by: -1)
    }
  }
}
