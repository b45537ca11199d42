import Diffusion
import RealModule
import Testing

/// Densities far out, beside a component of weight 1e-9, along curves, and of energies.
@Suite struct DistributionValueTests {
  static let mixture = [-11.17283330202912, -1842.6958701357175, -2253.7284788313696]
  static let mixtureScores = [
    4.727220421888558, -6.545395316831913, 77.60869565217392, -31.08695652173913, -50.86956521739131,
    -76.30434782608695,
  ]
  static let logCDF = [
    -936.0302003440041, -56.85003943620292, -2.5640394624514515, -0.4026542968975036, -2.9350580065946774e-17,
    -0.0,
  ]
  static let logSurvival = [
    -0.0, -2.0433444232858059e-25, -0.08011856964182695, -1.1042577246853404, -38.06721936406796,
    -765.7763037449375,
  ]
  static let normalTails = [
    -804.6084420137538, -23.938149495161838, -15.064998393988725, -1.8410216450092636, -0.4814101615884812,
    -6.220960574271786e-16, -0.0,
  ]
  static let moons = [-0.8883250971545282, -0.9496375895788108, -152.3645382142272]
  static let roll = [-5.505502210686816, -1.833398632029253, -44.464973310628515]
  static let rings = [-2.2217918382732806, -2.7439373110846232, -10.134360657327568]
  static let well = [0.14642124422756436]
  static let valley = [1.092049628020487]

  static let plane = GaussianMixture(
    weights: [1 - 1e-9, 1e-9], means: [[1, -2], [-0.5, 1.5]],
    covariances: [Matrix([[1.0, 0.6], [0.6, 0.8]]), Matrix([[0.3, -0.2], [-0.2, 0.9]])])
  static let line = GaussianMixture(
    weights: [0.2, 0.5, 0.3], means: [-3, 0.4, 2.5], deviations: [0.3, 1.4, 0.05])
  static let places = [-60, -14, -3.1, 2.4, 12, 55]

  /// Rounding of a sum of a few terms.
  @Test func mixtures() {
    let points: [Vector<Double>] = [[0.2, 0.4], [-30, 45], [-0.5, 60]]
    #expect(Exact.gap(points.map { Self.plane.logDensity($0) }, Self.mixture) < 1e-14)
    let scores = points.flatMap { x -> [Double] in Self.plane.score(x).coordinates }
    #expect(Exact.gap(scores, Self.mixtureScores) < 1e-13)
    // Sixty deviations out in single precision: squares keep 24 bits.
    let single = points.map { x in
      Double(Self.plane.logDensity(Vector<Float>(count: 2) { i in Float(x[i]) }))
    }
    #expect(Exact.gap(single, Self.mixture) < 3e-6)
  }

  @Test func tailsOnTheLine() {
    #expect(Exact.gap(Self.places.map { Self.line.logCDF($0) }, Self.logCDF) < 1e-13)
    #expect(Exact.gap(Self.places.map { Self.line.logSurvival($0) }, Self.logSurvival) < 1e-13)
    let normal = [-40, -6.5, -5, -1, 0.3, 8, 40].map { logNormalCDF($0) }
    #expect(Exact.gap(normal, Self.normalTails) < 1e-13)
    for x in Self.places {
      #expect(abs(Self.line.logCDF(x) - Double.log(Self.line.cdf(x))) < 1e-12 || Self.line.cdf(x) == 0)
      // d log F = p / F, by dual numbers, and minus that for the other tail.
      let slopes = [
        derivative(at: x) { Self.line.logCDF($0) }, -derivative(at: x) { Self.line.logSurvival($0) },
      ]
      let rates = [Self.line.logCDF(x), Self.line.logSurvival(x)].map {
        Double.exp(Self.line.logDensity(x) - $0)
      }
      #expect(Exact.gap(slopes, rates) < 1e-10, "at \(x)")
    }
    #expect(Exact.gap([Double(logNormalCDF(Float(-40)))], [Self.normalTails[0]]) < 1e-6)
  }

  /// A point mass lies at or below its own place.
  @Test func pointMassesHaveDistributionFunctions() {
    let data = Empirical(Batch<Double>([0.3, -1, 0.3, 2])).mixture
    #expect([-1.5, -1, 0.3, 1.9, 2].map { data.cdf($0) } == [0, 0.25, 0.75, 0.75, 1])
    #expect(data.logCDF(-1.5) == -.infinity && data.logCDF(2.0) == 0)
    #expect(abs(data.logSurvival(0.3) - Double.log(0.25)) < 1e-15)
  }

  /// Quadrature to nine digits.
  @Test func curves() {
    let points: [Vector<Double>] = [[0.3, 0.9], [1.2, -0.4], [-3, 2]]
    let cases = [
      (NoisyCurves.twoMoons(deviation: 0.15), Self.moons), (.swissRoll(deviation: 0.2), Self.roll),
      (.rings(radii: [1, 2.5], deviation: 0.3), Self.rings),
    ]
    for (law, expected) in cases { #expect(Exact.gap(points.map { law.logDensity($0) }, expected) < 1e-10) }
  }

  private struct Well: Energy {
    let dimension = 1
    func callAsFunction<P: Point>(_ x: P) -> P.Scalar {
      let y = x[0] * x[0] - 2
      return 1.5 * y * y + 0.3 * x[0]
    }
  }

  /// Rosenbrock's valley over 3.
  private struct Valley: Energy {
    let dimension = 2
    func callAsFunction<P: Point>(_ x: P) -> P.Scalar {
      let (a, b) = (1 - x[0], x[1] - x[0] * x[0])
      return (a * a + 10 * b * b) / 3
    }
  }

  @Test func energies() {
    let well = EnergyModel(Well(), over: -Double.infinity...Double.infinity)
    #expect(Exact.gap([well.logNormalizer], Self.well) < 1e-9)
    // Six deviations of x to either side, and where the valley goes.
    let valley = EnergyModel(Valley(), over: -7...9, -4...84)
    #expect(Exact.gap([valley.logNormalizer], Self.valley) < 1e-7)
  }
}
