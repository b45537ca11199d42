import Diffusion
import RealModule
import Testing

@Suite struct MatrixLinearProcessTests {
  /// By mpmath's matrix exponential and quadrature: `oracles/exact.py`.
  static let factor = [
    0.30017431238505315, 0.2646597757589907, 1.2771992774064953, -0.3472608426508012, -0.11775256798456361,
    -1.1530926126558396, 2.387145776899968, 1.5307442816442518, 11.948645042480019,
  ]
  static let offset = [-0.10060950553207304, -0.48606401755944717, 2.213700681959816]
  static let covariance = [
    1.9684795500488461, -1.3204320360074633, 12.514239783040628, -1.3204320360074633, 1.7012326959533604,
    -11.67576540556399, 12.514239783040628, -11.67576540556399, 117.71239591610072,
  ]

  static let process = MatrixLinearProcess(
    matrix: Matrix([[-0.4, 1.9, 0.3], [-2.2, -0.7, 0.1], [0.5, -0.2, 0.6]]), offset: [0.3, -1, 0.2],
    noiseCovariance: Matrix([[0.9, 0.2, 0.1], [0.2, 0.5, -0.3], [0.1, -0.3, 1.1]]))

  func entries(_ m: Matrix<Double>) -> [Double] {
    (0..<m.rows).flatMap { i in (0..<m.columns).map { m[i, $0] } }
  }

  /// A rotation that grows along one axis, over a time of several turns.
  @Test func transitions() {
    let found = Self.process.transition(after: 3.7)
    #expect(Exact.gap(entries(found.factor), Self.factor, scale: 1) < 1e-13)
    #expect(Exact.gap(found.offset.coordinates, Self.offset, scale: 1) < 1e-13)
    #expect(Exact.gap(entries(found.covariance), Self.covariance, scale: 1) < 1e-13)
    #expect(Self.process.stationaryLaw == nil, "one eigenvalue is positive")
    // Two times in turn are one.
    let start = Gaussian(
      mean: [1, 0.2, -0.3], covariance: Matrix([[0.6, 0.1, 0], [0.1, 0.4, 0.2], [0, 0.2, 0.9]]))
    let twice = Self.process.law(from: Self.process.law(from: start, after: 0.4), after: 1.1)
    let once = Self.process.law(from: start, after: 1.5)
    #expect((twice.mean - once.mean).largestMagnitude < 1e-13)
    #expect(Exact.gap(entries(twice.covariance), entries(once.covariance), scale: 1) < 1e-13)
    #expect(entries(Self.process.transition(after: 0).covariance).allSatisfy { $0 == 0 })
  }

  /// With a symmetric rate it is the Ornstein-Uhlenbeck process by eigenvalues.
  @Test func relaxation() throws {
    let relaxation = MatrixOrnsteinUhlenbeckTests.process
    let rate = relaxation.rate
    let process = MatrixLinearProcess(
      matrix: -1 * rate, offset: rate(relaxation.mean), noiseCovariance: relaxation.noiseCovariance)
    let start = MatrixOrnsteinUhlenbeckTests.start
    let (a, b) = (process.law(from: start, after: 0.7), relaxation.law(from: start, after: 0.7))
    #expect((a.mean - b.mean).largestMagnitude < 1e-14)
    #expect(Exact.gap(entries(a.covariance), entries(b.covariance), scale: 0.1) < 1e-13)
    let settled = try #require(process.stationaryLaw)
    #expect((settled.mean - relaxation.mean).largestMagnitude < 1e-13)
    #expect(
      Exact.gap(entries(settled.covariance), entries(relaxation.stationaryLaw.covariance), scale: 0.1) < 1e-13
    )
  }

  /// Underdamped Langevin dynamics, dx = v ds, dv = (-k x - friction v) ds + sqrt(2 friction T) dW, settles where x and v
  /// are independent with variances T / k and T: equipartition. The density is stationary, though no flux vanishes.
  @Test(arguments: [0.3, 2.0, 9.0])
  func underdampedLangevin(friction: Double) throws {
    let (k, temperature) = (2.5, 0.7)
    let process = MatrixLinearProcess(
      matrix: Matrix([[0, 1], [-k, -friction]]), offset: [0, 0.5],
      noiseCovariance: .diagonal([0, 2 * friction * temperature]))
    let law = try #require(process.stationaryLaw)
    #expect((law.mean - [0.5 / k, 0]).largestMagnitude < 1e-13)
    #expect(Exact.gap(entries(law.covariance), [temperature / k, 0, 0, temperature], scale: 1) < 1e-13)
    let terms = law.stationarityTerms(process, Vector([0.7, -0.4]))
    #expect(abs(terms.reduce(0) { $0 + $1.value }) < 1e-12)
    // Without noise in the position: particles of the equation have the law's moments, within 5 standard errors.
    let n = 4_000
    let start = Gaussian(mean: [1.5, -0.5], covariance: .diagonal([0.2, 0.1]))
    let run = simulate(
      process, from: start.samples(Double.self, count: n, from: RandomStream(seed: 5)), by: .stochasticHeun,
      times: .uniform(to: 0.9, steps: 40), stream: RandomStream(seed: 6))
    let expected = process.law(from: start, after: 0.9)
    for i in 0..<2 {
      let variance = expected.covariance[i, i]
      #expect(abs(run.final.mean[i] - expected.mean[i]) < 5 * (variance / Double(n)).squareRoot())
      #expect(
        abs(run.final.covariance[i, i] - variance) < 5 * variance * (2 / Double(n)).squareRoot() + 0.005)
    }
  }
}
