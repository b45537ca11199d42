import Diffusion
import RealModule
import Testing

@Suite struct MarginalPathTests {
  static let schedules: [any Schedule] = [
    LinearSchedule(), CosineSchedule(offset: 0.008), VariancePreservingSchedule(rates: 0.1...20),
    PolynomialSchedule(dataPower: 2, noisePower: 1.5), SubVariancePreservingSchedule(rates: 0.1...20),
    VarianceExplodingSchedule(deviations: 0.1...5), KarrasSchedule(deviations: 0.1...5, rho: 7),
  ]

  /// Values computed with NumPy and SciPy from the matrix formulas, VP with rates 0.1...20 at t = 0.6.
  @Test func closedFormsInSpace() {
    let marginal = GaussianPath(schedule: .variancePreserving(0.1...20)).marginal(over: Examples.space)
    let (x, t) = (Examples.spacePoint, 0.6)
    #expect(abs(marginal.density(x, at: t) - 0.03359191043960201) < 1e-16)
    #expect(
      (marginal.score(x, at: t) - [-0.4217039690852091, 0.23834780945429473, -0.6566623361605387])
        .largestMagnitude < 1e-14)
    #expect(
      (marginal.denoiser(x, at: t) - [-0.08874954259250444, -0.01867554869740992, 0.8406666032964532])
        .largestMagnitude < 1e-14)
    #expect(
      (marginal.field(x, at: t) - [-0.4904669954133925, 0.15454167210080785, 0.9806507852730294])
        .largestMagnitude < 1e-13)
    let covariance = marginal.posteriorCovariance(x, at: t)
    let expected: [[Double]] = [
      [1.6000865393536803, -0.16597043801798636, 0.5736270457728148],
      [-0.16597043801798636, 0.885574436005981, -0.3813588985972189],
      [0.5736270457728148, -0.3813588985972189, 1.487569875661595],
    ]
    for i in 0..<3 { for j in 0..<3 { #expect(abs(covariance[i, j] - expected[i][j]) < 1e-14) } }
  }

  /// On the line sums are formed as they come; in the plane, beside an independent coordinate, from stored
  /// responsibilities. Equal up to the rounding of a handful of operations, far out too, and differentiated.
  @Test(arguments: [0.05, 0.5, 1], [-30, -2.2, 0.3, 40])
  func theLineIsAPartOfThePlane(t: Double, x: Double) {
    let (means, deviations) = ([-2.0, 1, 0.5], [0.5, 0.8, 0.01])
    let path = GaussianPath(schedule: .trigonometric)
    let line = path.marginal(
      over: GaussianMixture(weights: [0.3, 0.5, 0.2], means: means, deviations: deviations))
    let plane = path.marginal(
      over: GaussianMixture(
        weights: [0.3, 0.5, 0.2], means: means.map { [$0, 0] },
        covariances: deviations.map { Matrix([[$0 * $0, 0], [0, 1]]) }))
    func expectEqual(_ a: Double, _ b: Double) { #expect(abs(a - b) <= 1e-13 * max(abs(a), abs(b), 1)) }
    let point = Vector([x, 0.4])
    expectEqual(line.score(x, at: t), plane.score(point, at: t)[0])
    expectEqual(line.denoiser(x, at: t), plane.denoiser(point, at: t)[0])
    expectEqual(line.field(x, at: t), plane.field(point, at: t)[0])
    let slope = derivative(at: x) { x in line.score(x, at: Dual(t)) }
    expectEqual(slope, jacobian(at: point) { x in plane.score(x, at: Dual(t)) }[0][0])
  }

  /// d_t log p + div u + u . grad log p = 0, the continuity equation, with the derivatives by dual numbers.
  @Test(arguments: schedules.indices, [0.05, 0.4, 0.93])
  func continuityEquation(index: Int, t: Double) {
    func check(_ schedule: some Schedule) {
      let marginal = GaussianPath(schedule: schedule).marginal(over: Examples.space)
      let x = Examples.spacePoint
      let growth = derivative(at: t) { t in marginal.logDensity(x.lifted, at: t) }
      let spreading = divergence(at: x) { x in marginal.field(x, at: t.lifted) }
      let advection = marginal.field(x, at: t).dot(marginal.score(x, at: t))
      let scale = abs(growth) + abs(spreading) + abs(advection)
      #expect(abs(growth + spreading + advection) < 1e-12 * scale, "\(schedule) at \(t)")
      #expect(abs(marginal.divergence(x, at: t) - spreading) < 1e-12 * scale)
    }
    check(MarginalPathTests.schedules[index])
  }

  /// Averages of the conditional quantities under the posterior, by quadrature over the data.
  @Test(arguments: [0.1, 0.5, 0.9], [-2.2, 0.3, 1.7])
  func marginalsAverageConditionals(t: Double, x: Double) {
    func check(_ path: GaussianPath<some Schedule>) {
      let marginal = path.marginal(over: Examples.line)
      func average(_ f: (Double) -> Double) -> Double {
        integrate(over: -12...12, peaks: [x / path.alpha(t)]) { z in
          f(z) * marginal.posterior(z, given: x, at: t)
        }
        .value
      }
      #expect(abs(average { _ in 1 } - 1) < 1e-10)
      let mean = average { $0 }
      #expect(abs(mean - marginal.denoiser(x, at: t)) < 1e-9)
      let variance = average { ($0 - mean) * ($0 - mean) }
      #expect(abs(variance - marginal.posteriorCovariance(x, at: t)[0, 0]) < 1e-9)
      #expect(abs(average { path.field(x, given: $0, at: t) } - marginal.field(x, at: t)) < 1e-8)
      #expect(abs(average { path.score(x, given: $0, at: t) } - marginal.score(x, at: t)) < 1e-8)
      let noise = average { (x - path.alpha(t) * $0) / path.beta(t) }
      #expect(abs(noise - marginal.noise(x, at: t)) < 1e-9)
      let evidence = integrate(over: -12...12, peaks: [x / path.alpha(t)]) { z in
        path.density(x, given: z, at: t) * Examples.line.density(z)
      }
      #expect(abs(evidence.value - marginal.density(x, at: t)) < 1e-10)
    }
    check(GaussianPath(schedule: .linear))
    check(GaussianPath(schedule: .variancePreserving()))
    check(GaussianPath(schedule: .trigonometric))
  }

  /// At t = 1 the law is the data and the field is finite, the limit of the fields before.
  @Test(arguments: [0, 1, 2])
  func theEndIsTheLimit(index: Int) {
    func check(_ schedule: some Schedule) {
      let marginal = GaussianPath(schedule: schedule).marginal(over: Examples.space)
      let x = Examples.spacePoint
      #expect(abs(marginal.logDensity(x, at: 1) - Examples.space.logDensity(x)) < 1e-13)
      #expect((marginal.denoiser(x, at: 1) - x).largestMagnitude < 1e-14)
      let near = marginal.field(x, at: 1 - 1e-9)
      let end = marginal.field(x, at: 1)
      #expect((near - end).largestMagnitude < 1e-6 * max(1, end.largestMagnitude), "\(schedule)")
      #expect(end.largestMagnitude.isFinite && marginal.divergence(x, at: 1).isFinite)
    }
    check(MarginalPathTests.schedules[index])
  }

  /// At t = 0, alpha = 0: x is noise, and the best guess at the data is its mean.
  @Test func theBeginningIsNoise() {
    let marginal = GaussianPath(schedule: .linear).marginal(over: Examples.space)
    let x = Examples.spacePoint
    #expect(abs(marginal.logDensity(x, at: 0) - Gaussian.standard(3).logDensity(x)) < 1e-14)
    #expect((marginal.denoiser(x, at: 0) - Examples.space.mean).largestMagnitude < 1e-15)
    #expect((marginal.field(x, at: 0) - (Examples.space.mean - x)).largestMagnitude < 1e-14)
  }

  @Test func samplesFollowTheLaw() {
    let marginal = GaussianPath(schedule: .variancePreserving()).marginal(over: Examples.line)
    var stream = RandomStream(seed: 3, path: 9)
    let n = 50_000
    let t = 0.7
    let law = marginal.law(at: t)
    let draws: [Double] = (0..<n).map { _ in marginal.sample(at: t, using: &stream) }
    let mean = draws.reduce(0, +) / Double(n)
    #expect(abs(mean - law.mean[0]) < 5 * (law.covariance[0, 0] / Double(n)).squareRoot())
    // Kolmogorov-Smirnov: sqrt(n) D exceeds 2.6 with probability 3e-6.
    let sorted = draws.sorted()
    let distance = sorted.enumerated().reduce(0.0) { worst, pair in
      larger(worst, abs(law.cdf(pair.element) - (Double(pair.offset) + 0.5) / Double(n)))
    }
    #expect(distance * Double(n).squareRoot() < 2.6)
  }
}
