import Diffusion
import RealModule
import Testing

/// Mixtures that hide nothing: unequal weights, means off zero, covariances unlike and not aligned.
enum Examples {
  static let line = GaussianMixture(weights: [0.3, 0.7], means: [-2, 1], deviations: [0.5, 0.8])

  static let plane = GaussianMixture(
    weights: [0.6, 0.4], means: [[1, -2], [-0.5, 1.5]],
    covariances: [Matrix([[1.0, 0.6], [0.6, 0.8]]), Matrix([[0.3, -0.2], [-0.2, 0.9]])])

  static let space = GaussianMixture(
    weights: [0.2, 0.5, 0.3], means: [[1, -0.5, 2], [-1.5, 0.3, 0.2], [0.4, 1.2, -1]],
    covariances: [
      Matrix([[1.2, 0.3, -0.1], [0.3, 0.6, 0.2], [-0.1, 0.2, 0.9]]),
      Matrix([[0.5, -0.2, 0.1], [-0.2, 0.8, 0], [0.1, 0, 0.3]]), .diagonal([0.4, 1.5, 0.7]),
    ])

  static let spacePoint: Vector<Double> = [0.3, -0.2, 0.9]
}

@Suite struct GaussianMixtureTests {
  @Test func densitiesIntegrateToOne() {
    let line = integrate(over: -Double.infinity...Double.infinity) { x in Examples.line.density(x) }
    #expect(abs(line.value - 1) < 1e-10)
    let plane = integrate(over: -12...12) { x in
      integrate(over: -12...12) { y in Examples.plane.density(Vector([x, y])) }.value
    }
    #expect(abs(plane.value - 1) < 1e-9)
  }

  /// scipy.stats.multivariate_normal.
  @Test func densityInSpace() {
    #expect(abs(Examples.space.density(Examples.spacePoint) - 0.00795541391832092) < 1e-16)
  }

  @Test func scoreIsTheGradientOfTheLogDensity() {
    let exact = gradient(at: Examples.spacePoint) { Examples.space.logDensity($0) }
    #expect((Examples.space.score(Examples.spacePoint) - exact).largestMagnitude < 1e-14)
    let slope = derivative(at: 0.3) { Examples.line.logDensity($0) }
    #expect(abs(Examples.line.score(0.3) - slope) < 1e-14)
    let component = Examples.space.components[0]
    let direct = gradient(at: Examples.spacePoint) { component.logDensity($0) }
    #expect((component.score(Examples.spacePoint) - direct).largestMagnitude < 1e-14)
  }

  /// Where two components weigh the same, to the last bit, derivatives by dual numbers are those of both.
  @Test func derivativesBetweenComponents() {
    let line = GaussianMixture(weights: [0.5, 0.5], means: [-1.3, 1.3], deviations: [0.6, 0.6])
    #expect(derivative(at: 0.0) { line.logDensity($0) } == 0)
    // s' = -1/v + (m/v)^2 half way between.
    let slope = -1 / 0.36 + (1.3 / 0.36) * (1.3 / 0.36)
    #expect(abs(derivative(at: 0.0) { line.score($0) } - slope) < 1e-13)
    let plane = GaussianMixture(
      weights: [0.5, 0.5], means: [[-1.3, 0.4], [1.3, 0.4]], deviations: [0.6, 0.6])
    let gradient = gradient(at: [0, 0.9]) { plane.logDensity($0) }
    #expect((gradient - [0, -0.5 / 0.36]).largestMagnitude < 1e-14)
    #expect((plane.score(Vector([0, 0.9])) - gradient).largestMagnitude < 1e-14)
  }

  /// A point mass on the line has a step as distribution function; across its support a degenerate law is one.
  @Test func pointMasses() {
    let mass = Gaussian(mean: 0.4, deviation: 0)
    #expect(mass.cdf(0.39) == 0 && mass.cdf(0.4) == 1 && mass.cdf(0.7) == 1)
    let diagonal = GaussianMixture(
      weights: [1], means: [[1.0, 2]], covariances: [Matrix([[0.49, 0.7], [0.7, 1.0]])])
    let across = diagonal.projected(on: [1, -0.7])
    #expect(across.covariance[0, 0] < 1e-15 && abs(across.mean[0] + 0.4) < 1e-15)
  }

  /// Sample moments within 5 standard errors, the errors estimated from the fourth moments' bound.
  @Test func samplesHaveTheMomentsAsked() {
    var stream = RandomStream(seed: 40)
    let n = 100_000
    let draws: [Vector<Double>] = (0..<n).map { _ in Examples.plane.sample(using: &stream) }
    let mean = (1 / Double(n)) * draws.reduce(.zero(2), +)
    let exact = Examples.plane.covariance
    for i in 0..<2 {
      let error = 5 * (exact[i, i] / Double(n)).squareRoot()
      #expect(abs(mean[i] - Examples.plane.mean[i]) < error)
      for j in 0..<2 {
        let products = draws.map { ($0[i] - Examples.plane.mean[i]) * ($0[j] - Examples.plane.mean[j]) }
        let average = products.reduce(0, +) / Double(n)
        let spread = products.reduce(0) { $0 + ($1 - average) * ($1 - average) } / Double(n)
        #expect(abs(average - exact[i, j]) < 5 * (spread / Double(n)).squareRoot())
      }
    }
  }

  @Test func momentsAndDistributionFunctionOnTheLine() {
    let mean = integrate(over: -12...12) { x in x * Examples.line.density(x) }.value
    let square = integrate(over: -12...12) { x in x * x * Examples.line.density(x) }.value
    #expect(abs(Examples.line.mean[0] - mean) < 1e-12)
    #expect(abs(Examples.line.covariance[0, 0] - (square - mean * mean)) < 1e-11)
    let below = integrate(over: -12...0.4) { x in Examples.line.density(x) }.value
    #expect(abs(Examples.line.cdf(0.4) - below) < 1e-12)
    #expect(abs(derivative(at: 0.4) { Examples.line.cdf($0) } - Examples.line.density(0.4)) < 1e-15)
  }

  @Test func characteristicFunctionAndProjection() {
    let direction: Vector<Double> = [0.8, -0.5, 1.1]
    let projected = Examples.space.projected(on: direction)
    let real = integrate(over: -20...20) { x in Double.cos(x) * projected.density(x) }.value
    let imaginary = integrate(over: -20...20) { x in Double.sin(x) * projected.density(x) }.value
    let value = Examples.space.characteristicFunction(direction)
    #expect(abs(value.real - real) < 1e-11 && abs(value.imaginary - imaginary) < 1e-11)
  }

  @Test func farAwayNothingOverflows() {
    let x = 1e6
    #expect(Examples.line.density(x) == 0)
    #expect(Examples.line.logDensity(Double.infinity) == -.infinity)
    #expect(Examples.line.density(-Double.infinity) == 0)
    #expect(abs(Examples.line.score(x) + (x - 1) / 0.64) < 1e-6)
  }

  @Test func singlePrecisionFollowsDouble() {
    let x: Vector<Float> = [0.3, -0.2, 0.9]
    let difference = Double(Examples.space.logDensity(x)) - Examples.space.logDensity(Examples.spacePoint)
    #expect(abs(difference) < 2e-6)
  }
}
