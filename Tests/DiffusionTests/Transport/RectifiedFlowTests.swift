import Diffusion
import RealModule
import Testing

@Suite struct RectifiedFlowTests {
  /// N(0, 1) to N(m, s^2) along the linear path: x_t = t m + sigma_t x_0, sigma_t^2 = (1 - t)^2 + t^2 s^2, so the
  /// energy is m^2 + int sigma_t'^2 dt and the cost m^2 + (s - 1)^2.
  @Test func energyOfAGaussianFlow() {
    let (m, s) = (1.7, 0.4)
    let marginal = GaussianPath(schedule: .linear).marginal(
      over: GaussianMixture(weights: [1], means: [m], deviations: [s]))
    let quantiles = (0..<2000).map { normalQuantile((Double($0) + 0.5) / 2000) }
    let paths = simulate(
      marginal.flow, from: Batch(elements: quantiles, dimension: 1), by: .rungeKutta4,
      times: .uniform(steps: 400), saving: .every(1))
    let energy = integrate(over: 0...1) { t in
      let sigma = ((1 - t) * (1 - t) + t * t * s * s).squareRoot()
      let rate = (t * s * s - (1 - t)) / sigma
      return m * m + rate * rate
    }.value
    // The quantiles' variance is 1 - 7e-4; the polygon's energy is too small by a term of order h^2.
    #expect(abs(paths.transportCost - (m * m + (s - 1) * (s - 1))) < 1e-3)
    #expect(abs(paths.pathEnergy - energy) < 2e-3)
    #expect(abs(paths.straightness - (energy - m * m - (s - 1) * (s - 1))) < 2e-3)
  }

  /// Straight at constant speed, and run backward over another span of time.
  @Test func straightPathsHaveNoStraightnessDefect() {
    let field = ClosureField { (x: Vector<Double>, _: Double) in [2.0, -1.0] }
    let start = Batch<Double>.normals(count: 50, dimension: 2, from: RandomStream(seed: 1))
    let paths = simulate(
      ODE(field), from: start, by: .euler, times: .uniform(from: 3, to: 1, steps: 7), saving: .every(1))
    #expect(abs(paths.straightness) < 1e-12)
    #expect(abs(paths.pathEnergy - 5 * 2) < 1e-12)
    #expect(abs(paths.transportCost - 20) < 1e-12)
  }

  /// One round of reflow on a mixture: the laws stay, the cost falls, the paths straighten (Liu et al., theorems
  /// 3.5 and 3.7), with the exact field for the first flow and a trained network for the second.
  @Test func reflowStraightensPaths() {
    let mixture = GaussianMixture(
      weights: [0.5, 0.5], means: [[-2.5, 1.5], [2.0, 0.5]], deviations: [0.4, 0.6])
    let marginal = GaussianPath(schedule: .linear).marginal(over: mixture)
    let noise = Batch<Float>.normals(count: 4000, dimension: 2, from: RandomStream(seed: 1))
    let times = TimeGrid.uniform(steps: 40)
    let first = simulate(marginal.flow, from: noise, by: .heun, times: times, saving: .every(1))
    let pairs = PairedDataset(start: noise, end: first.final)
    // Independent ends have the cost E|z|^2 + 2 = 8.77, which the flow lowers.
    #expect(pairs.transportCost < 0.8 * 8.77)
    var training = Training(
      MultilayerPerceptron<Float>(
        Architecture(dimension: 2, hidden: [48, 48]), stream: RandomStream(seed: 2)),
      loss: ConditionalFlowMatching(path: GaussianPath(schedule: .linear), coupling: pairs),
      optimizer: Adam(rate: .cosine(from: 4e-3, steps: 1500)), stream: RandomStream(seed: 3))
    training.run(steps: 1500)
    let second = simulate(ODE(training.network), from: noise, by: .heun, times: times, saving: .every(1))
    #expect(second.straightness < 0.25 * first.straightness)
    #expect(second.transportCost < 1.02 * first.transportCost)
    #expect((second.final.mean - mixture.mean).norm < 0.15)
  }

  @Test func pairsOfAFlow() {
    let field = ClosureField { (x: Vector<Double>, _: Double) in -1 * x }
    let start = Batch<Double>.normals(count: 10, dimension: 3, from: RandomStream(seed: 4))
    let pairs = PairedDataset(flowing: field, from: start, by: .rungeKutta4, times: .uniform(steps: 20))
    for i in 0..<10 { #expect((pairs.end[i] - Double.exp(-1) * start[i]).norm < 1e-6) }
    var (x, z) = (Batch<Double>(count: 30, dimension: 3), Batch<Double>(count: 30, dimension: 3))
    var labels = [Int?](repeating: 1, count: 30)
    pairs.fill(
      start: &x, end: &z, labels: &labels, from: TrainingDraws(stream: RandomStream(seed: 1), step: 0))
    for i in 0..<30 { #expect((z[i] - Double.exp(-1) * x[i]).norm < 1e-6 && labels[i] == nil) }
  }
}
