import Diffusion
import RealModule
import Testing

/// f(x) = (x^2 - 1)^2 / 2, a double well; and its sum over two coordinates, coupled.
private struct DoubleWell: Energy {
  let dimension: Int
  func callAsFunction<P: Point>(_ x: P) -> P.Scalar {
    var sum: P.Scalar = 0
    for i in 0..<dimension { sum += (x[i] * x[i] - 1) * (x[i] * x[i] - 1) / 2 }
    return dimension == 2 ? sum + x[0] * x[1] / 3 : sum
  }
}

@Suite struct OtherDistributionTests {
  /// Sample mean and covariance against the law's own, within 5 standard errors estimated from the draws.
  func checkMoments(_ law: some Law, _ name: String) {
    let n = 40_000
    let draws = law.samples(Double.self, count: n, from: RandomStream(seed: 61))
    let mean = law.mean
    let covariance = law.covariance
    for i in 0..<law.dimension {
      let error = 5 * (covariance[i, i] / Double(n)).squareRoot()
      #expect(abs(draws.mean[i] - mean[i]) <= error + 1e-12, "mean of \(name)")
      for j in 0..<law.dimension {
        let products = (0..<n).map { (draws[$0, i] - mean[i]) * (draws[$0, j] - mean[j]) }
        let average = products.reduce(0, +) / Double(n)
        let spread = products.reduce(0) { $0 + ($1 - average) * ($1 - average) } / Double(n)
        #expect(
          abs(average - covariance[i, j]) <= 5 * (spread / Double(n)).squareRoot() + 1e-12,
          "covariance \(i), \(j) of \(name): \(average), not \(covariance[i, j])")
      }
    }
  }

  @Test func samplesHaveTheirMoments() {
    let data = Batch<Double>(elements: [1, 2, -0.5, 3, 4, -1, 0, 0.5], dimension: 2)
    checkMoments(Empirical(data), "a data set")
    checkMoments(Dirac(at: [0.3, -2]), "a point")
    checkMoments(Uniform(lower: [-1, 2], upper: [0.5, 6]), "a box")
    checkMoments(Laplace(mean: [0.7, -1], scale: 0.6), "Laplace")
    checkMoments(GaussianMixture.eightGaussians(radius: 3, deviation: 0.4), "eight Gaussians")
    checkMoments(NoisyCurves.twoMoons(), "two moons")
    checkMoments(NoisyCurves.swissRoll(), "Swiss roll")
    checkMoments(NoisyCurves.rings(), "rings")
    checkMoments(Checkerboard(), "checkerboard")
    checkMoments(Pinwheel(blades: 5, radial: 0.25), "pinwheel")
    checkMoments(Pinwheel(blades: 3, radial: 0.4, tangential: 0.3, rate: -0.5), "another pinwheel")
  }

  /// The published shapes: moments of the moons in closed form, the mean of their half circles.
  @Test func momentsInClosedForm() {
    let moons = NoisyCurves.twoMoons(deviation: 0.2)
    #expect(abs(moons.mean[0] - 0.5) < 1e-12 && abs(moons.mean[1] - 0.25) < 1e-12)
    let rings = NoisyCurves.rings(radii: [1, 3], deviation: 0.1)
    #expect(abs(rings.covariance[0, 0] - (2.5 + 0.01)) < 1e-11 && abs(rings.covariance[0, 1]) < 1e-11)
  }

  @Test func onTheLine() {
    let laplace = Laplace(mean: 0.4, scale: 0.7)
    let mass = integrate(over: -Double.infinity...Double.infinity, breakpoints: [0.4]) { laplace.density($0) }
    #expect(abs(mass.value - 1) < 1e-10)
    let below = integrate(over: -Double.infinity...1.1, breakpoints: [0.4]) { laplace.density($0) }
    #expect(abs(laplace.cdf(1.1) - below.value) < 1e-10)
    #expect(abs(laplace.score(1.1) - derivative(at: 1.1) { laplace.logDensity($0) }) < 1e-15)
    #expect(laplace.score(0.4) == 0 && derivative(at: 0.4) { laplace.score($0) } == 0)
    #expect(laplace.score(Double.nan).isNaN)
    let uniform = Uniform(over: -1...3)
    #expect(uniform.density(0.5) == 0.25 && uniform.density(3.1) == 0 && uniform.score(0.5) == 0)
    #expect(uniform.score(3.1).isNaN && uniform.logDensity(Double.nan).isNaN)
  }

  /// Densities in the plane integrate to one over a box that holds all but 1e-9 of the mass.
  @Test func densitiesInThePlane() {
    let board = Checkerboard()
    #expect(board.score(Vector([0.5, 1.0])) == [0, 0] && board.score(Vector([0.5, -1.0]))[0].isNaN)
    let edges = stride(from: -4.0, through: 4, by: 2)
    let mass = integrate(over: -4...4, breakpoints: Array(edges)) { x in
      integrate(over: -4...4, breakpoints: Array(edges)) { y in board.density(Vector([x, y])) }.value
    }
    #expect(abs(mass.value - 1) < 1e-9)
    let moons = NoisyCurves.twoMoons(deviation: 0.4)
    let tolerance = Tolerance(absolute: 1e-6, relative: 1e-6)
    let moonMass = integrate(over: -4...5, panels: 4, tolerance: tolerance) { x in
      integrate(over: -4...4, panels: 4, tolerance: tolerance) { y in moons.density(Vector([x, y])) }.value
    }
    #expect(abs(moonMass.value - 1) < 1e-5)
  }

  /// A ring's density at its centre is exp(-r^2 / 2 s^2) / (2 pi s^2), and its score there is 0; far away the
  /// log-density stays finite.
  @Test func ringsAtTheirCentre() {
    let ring = NoisyCurves.rings(radii: [1.2], deviation: 0.3)
    let exact = Double.exp(-1.44 / 0.18) / (2 * .pi * 0.09)
    #expect(abs(ring.density(Vector([0.0, 0])) - exact) < 1e-10 * exact)
    #expect(ring.score(Vector([0.0, 0])).largestMagnitude < 1e-9)
    #expect(ring.logDensity(Vector([60.0, 0])).isFinite)
  }

  @Test func energies() {
    let line = EnergyModel(DoubleWell(dimension: 1), over: -Double.infinity...Double.infinity)
    let mass = integrate(over: -6...6) { line.density($0) }
    #expect(abs(mass.value - 1) < 1e-9)
    // -f' = -2 x (x^2 - 1).
    #expect(abs(line.score(0.7) + 1.4 * (0.49 - 1)) < 1e-15)
    let plane = EnergyModel(DoubleWell(dimension: 2), over: -6...6, -6...6)
    let x: Vector<Double> = [0.3, -1.1]
    let total = integrate(over: -5...5) { x in
      integrate(over: -5...5) { y in plane.density(Vector([x, y])) }.value
    }
    #expect(abs(total.value - 1) < 1e-9)
    let expected: Vector<Double> = [-0.6 * (0.09 - 1) + 1.1 / 3, 2.2 * (1.21 - 1) - 0.1]
    #expect((plane.score(x) - expected).largestMagnitude < 1e-14)
  }

  /// The marginal path of a data set: the average of its points' conditional paths.
  @Test func dataSetsHaveMarginalPaths() {
    let data = Batch<Double>(elements: [1, 2, -0.5, 3, 4, -1, 0, 0.5], dimension: 2)
    let path = GaussianPath(schedule: .variancePreserving())
    let marginal = path.marginal(over: Empirical(data))
    let x: Vector<Double> = [0.8, 1.1]
    let densities = data.points.map { path.density(x, given: $0, at: 0.6) }
    let total = densities.reduce(0, +)
    #expect(abs(marginal.density(x, at: 0.6) - total / 4) < 1e-15)
    let fields = zip(densities, data.points).map { $0.0 / total * path.field(x, given: $0.1, at: 0.6) }
    #expect((marginal.field(x, at: 0.6) - fields.reduce(.zero(2), +)).largestMagnitude < 1e-12)
    let guess = zip(densities, data.points).map { $0.0 / total * $0.1 }
    #expect((marginal.denoiser(x, at: 0.6) - guess.reduce(.zero(2), +)).largestMagnitude < 1e-13)
  }
}
