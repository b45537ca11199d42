import Diffusion
import RealModule
import Testing

@Suite struct GaussianTransportTests {
  let start = Gaussian(
    mean: [1, -0.5, 2], covariance: Matrix([[1.2, 0.4, -0.1], [0.4, 0.9, 0.2], [-0.1, 0.2, 0.5]]))
  let end = Gaussian(
    mean: [-0.3, 0.8, 0.1], covariance: Matrix([[0.6, -0.2, 0.1], [-0.2, 1.5, 0.3], [0.1, 0.3, 0.8]]))

  func largest(_ a: Matrix<Double>) -> Double {
    (0..<a.rows).reduce(0) { worst, i in (0..<a.columns).reduce(worst) { larger($0, abs(a[i, $1])) } }
  }

  /// By SciPy's matrix roots.
  @Test func distancesInClosedForm() {
    #expect(abs(start.wassersteinDistance(to: end) - 2.727771823792733) < 1e-12)
    #expect(abs(end.wassersteinDistance(to: start) - 2.727771823792733) < 1e-12)
    #expect(abs(start.relativeEntropy(to: end) - 4.805941670102173) < 1e-12)
    #expect(start.wassersteinDistance(to: start) < 1e-7 && abs(start.relativeEntropy(to: start)) < 1e-14)
    // Point masses have distances too.
    let point = Gaussian(mean: [0, 3], deviation: 0)
    let flat = Gaussian(mean: [4, 0], covariance: Matrix([[2.25, 0], [0, 0]]))
    #expect(abs(point.wassersteinDistance(to: flat) - (25 + 2.25).squareRoot()) < 1e-12)
  }

  @Test func mapCarriesOneLawToTheOther() {
    let transport = GaussianTransport(from: start, to: end)
    let image = transport.map * start.covariance * transport.map
    #expect(largest(image - end.covariance) < 1e-12)
    #expect((transport(start.mean) - end.mean).norm < 1e-14)
    // E |T(x) - x|^2 is the squared distance.
    let step = transport.map - Matrix<Double>.identity(3)
    let cost = (step * start.covariance * step).trace + (start.mean - end.mean).squaredNorm
    #expect(abs(cost - transport.distance * transport.distance) < 1e-12)
    // The interpolation is a geodesic: distances from the start grow like t.
    for t in [0.25, 0.6, 1] {
      let reached = start.wassersteinDistance(to: transport.law(at: t))
      #expect(abs(reached - t * transport.distance) < 1e-10)
    }
  }
}

@Suite struct SchroedingerBridgeTests {
  let start = Gaussian(mean: [1, -0.5], covariance: Matrix([[1.2, 0.4], [0.4, 0.9]]))
  let end = Gaussian(mean: [-0.3, 0.8], covariance: Matrix([[0.6, -0.2], [-0.2, 1.5]]))
  func largest(_ a: Matrix<Double>) -> Double {
    (0..<a.rows).reduce(0) { worst, i in (0..<a.columns).reduce(worst) { larger($0, abs(a[i, $1])) } }
  }

  /// The density of the ends must be a(x_0) b(x_1) exp(-|x_0 - x_1|^2 / (2 sigma^2)): the joint precision has the
  /// block -I / sigma^2 off its diagonal.
  @Test(arguments: [0.3, 0.8, 2.5])
  func endsAreTheEntropicPlan(_ sigma: Double) {
    let c = SchroedingerBridge(from: start, to: end, deviation: sigma).crossCovariance
    let joint = Matrix<Double>(rows: 4, columns: 4) { i, j in
      switch (i < 2, j < 2) {
      case (true, true): start.covariance[i, j]
      case (true, false): c[i, j - 2]
      case (false, true): c[j, i - 2]
      case (false, false): end.covariance[i - 2, j - 2]
      }
    }
    let precision = joint.symmetricEigen().map { 1 / $0 }
    for i in 0..<2 {
      for j in 0..<2 {
        // Rounding grows with the condition of the joint covariance, up to 1e3.
        #expect(abs(precision[i, 2 + j] + (i == j ? 1 / (sigma * sigma) : 0)) < 1e-10)
      }
    }
  }

  /// m' and S' of the laws against what drift and noise, and the velocity alone, make of them.
  @Test(arguments: [0.0, 0.2, 0.7, 1.0])
  func fieldsMoveTheLaws(_ t: Double) {
    let bridge = SchroedingerBridge(from: start, to: end, deviation: 0.7)
    let law = bridge.law(at: t)
    // The covariance is a quadratic in t: differences of law(at:) over h are exact but for rounding.
    let (h, s) = (0.25, t < 0.5 ? 1.0 : -1.0)
    let first = bridge.law(at: t + s * h).covariance - law.covariance
    let second = bridge.law(at: t + 2 * s * h).covariance - law.covariance
    let rate = (s / (2 * h)) * (4 * first - second)
    for (field, noise) in [(bridge.drift, 0.49), (bridge.velocity, 0)] {
      #expect((field(law.mean, at: t) - (end.mean - start.mean)).norm < 1e-14)
      let slope = Matrix(jacobian(at: law.mean) { field($0, at: Dual(t)) })
      let growth =
        slope * law.covariance + law.covariance * slope.transposed + noise * Matrix<Double>.identity(2)
      #expect(largest(growth - rate) < 1e-13)
    }
    #expect(largest(bridge.law(at: 0).covariance - start.covariance) < 1e-15)
    #expect(largest(bridge.law(at: 1).covariance - end.covariance) < 1e-15)
  }

  @Test func limitsOfSmallAndLargeNoise() {
    let transport = GaussianTransport(from: start, to: end)
    let quiet = SchroedingerBridge(from: start, to: end, deviation: 1e-4)
    #expect(abs(quiet.transportCost - transport.distance * transport.distance) < 1e-7)
    #expect(largest(quiet.law(at: 0.4).covariance - transport.law(at: 0.4).covariance) < 1e-7)
    let loud = SchroedingerBridge(from: start, to: end, deviation: 1e4)
    // C tends to S_0 S_1 / sigma^2.
    let product = 1e-8 * (start.covariance * end.covariance)
    #expect(largest(loud.crossCovariance - product) < 1e-15)
  }

  @Test func batchesFollowTheFormula() {
    let bridge = SchroedingerBridge(from: start, to: end, deviation: 0.7)
    let points = Batch<Double>.normals(count: 5, dimension: 2, from: RandomStream(seed: 3))
    for field in [bridge.drift, bridge.velocity] {
      var out = points
      let evaluator: BatchFunction<Double> = field.doubleEvaluator(count: 5, dimension: 2)
      evaluator(points, at: 0.35, into: &out)
      for i in 0..<5 { #expect((out[i] - field(points[i], at: 0.35)).norm < 1e-13) }
    }
  }

  /// 20,000 particles of the drift reach the end's law; 200 Euler-Maruyama steps leave a bias below 0.01.
  @Test func simulationArrives() {
    let bridge = SchroedingerBridge(from: start, to: end, deviation: 0.7)
    let particles = start.samples(Double.self, count: 20_000, from: RandomStream(seed: 1))
    let final = simulate(
      bridge.dynamics, from: particles, by: .eulerMaruyama, times: .uniform(steps: 200),
      stream: RandomStream(seed: 2)
    ).final
    // Four standard errors of the mean are 0.035, of a covariance 0.06.
    #expect((final.mean - end.mean).norm < 0.05)
    #expect(largest(final.covariance - end.covariance) < 0.08)
  }
}
