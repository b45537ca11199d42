import Diffusion
import RealModule
import Testing

// Processes, paths and noise that a reader would add, as in `ExtensionTests`: each one type, with the public interface
// alone.

/// dX = (-X / (1 + s) + 1) ds + (1 + s) dW, by its coefficients alone.
private struct Cooling: LinearProcess {
  func rate<T: RealNumber>(_ s: T) -> T { -1 / (1 + s) }
  func diffusion<T: RealNumber>(_ s: T) -> T { 1 + s }
  func forcing<P: Point>(_ dimension: Int, at s: P.Scalar) -> P { P(count: dimension) { _ in 1 } }
}

/// Smooth at both ends, with latent noise in between.
private struct SmoothInterpolant: Interpolant {
  func source<T: RealNumber>(_ t: T) -> T { (1 - t) * (1 - t) * (1 + 2 * t) }
  func target<T: RealNumber>(_ t: T) -> T { t * t * (3 - 2 * t) }
  func latentVariance<T: RealNumber>(_ t: T) -> T { 0.3 * t * t * (1 - t) * (1 - t) }
}

/// A path that bends: mu_t(z) = t z + t (1 - t) z^2, coordinate by coordinate, and sigma_t(z) = 1 - t / 2.
private struct BendingPath: ConditionalPath {
  func mean<P: Point>(_ z: P, at t: P.Scalar) -> P {
    P(count: z.count) { t * z[$0] + t * (1 - t) * z[$0] * z[$0] }
  }
  func deviation<P: Point>(_ z: P, at t: P.Scalar) -> P.Scalar { 1 - t / 2 }
}

/// h(x, s) = exp(c . x - |c|^2 s / 2), harmonic for Brownian motion: conditioning by it adds the drift c.
private struct Tilt: HarmonicFunction {
  let direction: Vector<Double>

  func logValue<P: Point>(_ x: P, at s: P.Scalar) -> P.Scalar {
    (0..<x.count).reduce(P.Scalar(-direction.squaredNorm / 2) * s) { $0 + P.Scalar(direction[$1]) * x[$1] }
  }
}

/// The increments of another source with their signs turned.
private struct Antithetic<Source: BrownianSource>: BrownianSource {
  let source: Source

  func fillIncrements<T: MachineReal>(
    _ out: inout Batch<T>, step: Int, from: Double, to: Double, firstRow: Int
  ) {
    source.fillIncrements(&out, step: step, from: from, to: to, firstRow: firstRow)
    out.scale(by: -1)
  }
}

extension ExtensionTests {
  @Test func aLinearProcess() {
    let (process, s, u) = (Cooling(), 0.3, 1.7)
    #expect(abs(process.factor(from: s, to: u) - (1 + s) / (1 + u)) < 1e-13)
    let variance = (Double.pow(1 + u, 5) - Double.pow(1 + s, 5)) / (5 * (1 + u) * (1 + u))
    #expect(abs(process.variance(from: s, to: u) - variance) < 1e-12 * variance)
    let offset = ((1 + u) * (1 + u) - (1 + s) * (1 + s)) / (2 * (1 + u))
    #expect(abs(process.mean(of: 0.4, from: s, to: u) - (0.4 * (1 + s) / (1 + u) + offset)) < 1e-13)
    let terms = ProcessPath(process, from: Examples.plane, at: s)
      .fokkerPlanckTerms(process.dynamics, Vector([0.4, -0.3]), at: u).map(\.value)
    #expect(abs(terms.reduce(0, +)) < 1e-11 * terms.reduce(0) { $0 + abs($1) })
    #expect(Bridge(of: process, from: 0.1, to: 2, over: s...u).mean(at: u) == [2])
    let start = Batch<Double>(count: 4_000, dimension: 1, repeating: 0.4)
    let moved = simulate(
      process.dynamics, from: start, by: .stochasticHeun, times: .uniform(from: s, to: u, steps: 30),
      stream: RandomStream(seed: 1))
    // Chance 0.023.
    #expect(abs(moved.final.mean[0] - process.mean(of: 0.4, from: s, to: u)) < 0.1)
  }

  @Test func anInterpolant() {
    let path = InterpolantPath(
      SmoothInterpolant(), from: Gaussian(mean: [0.5, 0], deviation: 0.6), to: Examples.plane)
    let x: Vector<Double> = [0.2, -0.7]
    let terms = path.continuityTerms(path.velocity, x, at: 0.4).map(\.value)
    #expect(abs(terms.reduce(0, +)) < 1e-12 * terms.reduce(0) { $0 + abs($1) })
    var out = Batch<Double>([x])
    path.scoreField.doubleEvaluator(count: 1, dimension: 2)(Batch([x]), at: 0.4, into: &out)
    #expect((out[0] - PathScore(of: path)(x, at: 0.4)).norm < 1e-12, "batched, and by dual numbers")
  }

  @Test func aConditionalPath() {
    let (path, x, z, t) = (BendingPath(), 0.7, -0.4, 0.3)
    let mean = t * z + t * (1 - t) * z * z
    let expected = z + (1 - 2 * t) * z * z - 0.5 / (1 - t / 2) * (x - mean)
    #expect(abs(path.field(x, given: z, at: t) - expected) < 1e-15)
    let marginal = QuadratureMarginal(path, over: Gaussian(mean: 0.2, deviation: 0.5), in: -5...5)
    let slope = derivative(at: x) { marginal.logDensity($0, at: Dual(t)) }
    #expect(abs(marginal.score(x, at: t) - slope) < 1e-9)
  }

  @Test func aHarmonicFunction() {
    let tilted = BrownianMotion().dynamics.conditioned(by: Tilt(direction: [0.6, -0.2]))
    var out = Batch<Float>(count: 3, dimension: 2)
    tilted.drift.floatEvaluator(count: 3, dimension: 2)(out, at: 0.3, into: &out)
    #expect(out.points.allSatisfy { abs($0[0] - 0.6) < 1e-6 && abs($0[1] + 0.2) < 1e-6 })
  }

  /// The mean of a linear equation's antithetic paths has no noise.
  @Test func aSourceOfNoise() {
    let process = OrnsteinUhlenbeck(theta: 0.8, mean: 0.3, deviation: 1.2)
    let start = Batch<Double>([0.5, -1, 2])
    let stream = RandomStream(seed: 4)
    func end(_ source: some BrownianSource) -> Batch<Double> {
      simulate(
        process.dynamics, from: start, by: .eulerMaruyama, times: .uniform(steps: 10), stream: source
      ).final
    }
    let (one, other) = (end(stream), end(Antithetic(source: stream)))
    for row in 0..<3 {
      let mean = 0.3 + Double.pow(1 - 0.08, 10) * (start[row, 0] - 0.3)
      #expect(abs((one[row, 0] + other[row, 0]) / 2 - mean) < 1e-14)
    }
  }

  /// Methods that are data are extended by data.
  @Test func aTableauAndARule() {
    let third = ButcherTableau(
      name: "Ralston 3", order: 3, nodes: [0, 0.5, 0.75], matrix: [[], [0.5], [0, 0.75]],
      weights: [2.0 / 9, 1.0 / 3, 4.0 / 9])
    let errors = [8, 32].map { steps in
      let end = simulate(
        ODE(ClosureField { (x: Double, t: Double) in -t * x }), from: Batch<Double>([1]),
        by: RungeKutta(third),
        times: .uniform(to: 2, steps: steps))
      return abs(end.final[0, 0] - Double.exp(-2))
    }
    #expect(abs(Double.log2(errors[0] / errors[1]) / 2 - 3) < 0.2, "errors \(errors)")
    // The smallest pair: Gauss's one point, and the three that extend it.
    let coarse = GaussKronrodRule(
      nodes: [(0.6).squareRoot(), 0], kronrodWeights: [5.0 / 9, 8.0 / 9], gaussWeights: [2])
    let found = integrate(over: 0...1, rule: coarse, tolerance: Tolerance(absolute: 1e-9, relative: 0)) {
      Double.exp($0)
    }
    #expect(found.isConverged && abs(found.value - (Double.exp(1) - 1)) < 1e-9)
  }
}
