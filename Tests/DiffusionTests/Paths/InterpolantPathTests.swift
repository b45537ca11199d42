import Diffusion
import RealModule
import Testing

@Suite struct InterpolantPathTests {
  static let source = GaussianMixture(
    weights: [0.45, 0.55], means: [[-1, 0.5], [0.8, -1.2]],
    covariances: [Matrix([[0.7, 0.2], [0.2, 0.4]]), Matrix([[0.5, -0.3], [-0.3, 1.1]])])

  /// d_t log p + div u + u . grad log p = 0, between mixtures whose covariances do not commute.
  @Test(arguments: [0.0, 0.15, 0.6, 1.0])
  func continuityEquation(t: Double) {
    func check(_ interpolant: some Interpolant) {
      let path = InterpolantPath(interpolant, from: InterpolantPathTests.source, to: Examples.plane)
      let x: Vector<Double> = [0.2, -0.7]
      let growth = derivative(at: t) { path.logDensity(x.lifted, at: $0) }
      let spreading = divergence(at: x) { path.field($0, at: t.lifted) }
      let score = path.score(x, at: t)
      let advection = path.field(x, at: t).dot(score)
      let scale = abs(growth) + abs(spreading) + abs(advection)
      #expect(abs(growth + spreading + advection) < 1e-12 * scale, "\(interpolant) at \(t)")
      let slope = gradient(at: x) { path.logDensity($0, at: t.lifted) }
      #expect((slope - score).largestMagnitude < 1e-12 * max(1, score.largestMagnitude))
    }
    check(LinearInterpolant())
    check(LinearInterpolant(latent: 0.8))
    check(TrigonometricInterpolant(latent: 1.7))
  }

  @Test func theEndsAreTheTwoLaws() {
    let path = InterpolantPath(
      LinearInterpolant(latent: 0.5), from: InterpolantPathTests.source, to: Examples.plane)
    let x: Vector<Double> = [0.2, -0.7]
    #expect(abs(path.logDensity(x, at: 0) - InterpolantPathTests.source.logDensity(x)) < 1e-13)
    #expect(abs(path.logDensity(x, at: 1) - Examples.plane.logDensity(x)) < 1e-13)
    #expect(path.field(x, at: 0).largestMagnitude.isFinite && path.field(x, at: 1).largestMagnitude.isFinite)
  }

  /// From N(0, I) without latent noise it is the Gaussian path of the linear schedule.
  @Test func aOneSidedPathIsAGaussianPath() {
    let path = InterpolantPath(LinearInterpolant(), from: Gaussian.standard(2), to: Examples.plane)
    let marginal = GaussianPath(schedule: .linear).marginal(over: Examples.plane)
    let x: Vector<Double> = [0.9, 0.3]
    #expect((path.field(x, at: 0.35) - marginal.field(x, at: 0.35)).largestMagnitude < 1e-13)
    #expect(abs(path.logDensity(x, at: 0.35) - marginal.logDensity(x, at: 0.35)) < 1e-13)
  }

  /// The latent denoiser is E[eps | x], here from 200,000 draws near one x, on the line.
  @Test func latentNoiseIsAConditionalMean() {
    let source = GaussianMixture(weights: [1], means: [-0.5], deviations: [0.6])
    let path = InterpolantPath(LinearInterpolant(latent: 1.3), from: source, to: Examples.line)
    let t = 0.4
    var stream = RandomStream(seed: 15)
    var (inside, sum) = (0, 0.0)
    let gamma = (1.3 * t * (1 - t)).squareRoot()
    for _ in 0..<200_000 {
      let x0: Double = source.sample(using: &stream)
      let x1: Double = Examples.line.sample(using: &stream)
      let latent = stream.normal()
      if abs((1 - t) * x0 + t * x1 + gamma * latent - 0.2) < 0.03 {
        inside += 1
        sum += latent
      }
    }
    let expected = path.latentNoise(0.2, at: t)
    // Var[eps | x] < 1; the window's width adds less than 1e-3.
    #expect(abs(sum / Double(inside) - expected) < 5 / Double(inside).squareRoot() + 1e-3)
  }

  @Test func theFlowTransports() {
    let path = InterpolantPath(
      LinearInterpolant(latent: 0.4), from: InterpolantPathTests.source, to: Examples.plane)
    let n = 500
    let start = InterpolantPathTests.source.samples(Double.self, count: n, from: RandomStream(seed: 31))
    let end = simulate(ODE(path.velocity), from: start, by: .rungeKutta4, times: .uniform(steps: 16)).final
    let exact = Examples.plane
    for i in 0..<2 {
      #expect(abs(end.mean[i] - exact.mean[i]) < 5 * (exact.covariance[i, i] / Double(n)).squareRoot())
      // The relative error of a variance is at most sqrt(2 / n) for these flat-tailed mixtures.
      #expect(abs(end.covariance[i, i] / exact.covariance[i, i] - 1) < 5 * (2 / Double(n)).squareRoot())
    }
  }
}
