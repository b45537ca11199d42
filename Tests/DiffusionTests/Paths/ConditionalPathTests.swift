import Diffusion
import RealModule
import Testing

/// A path that is not of the form alpha z + beta eps: the mean curves, the deviation depends on z.
struct CurvedPath: ConditionalPath {
  func mean<P: Point>(_ z: P, at t: P.Scalar) -> P {
    P(count: z.count) { i in t * t * z[i] + t * (1 - t) * P.Scalar.sin(z[i] + 1) }
  }

  func deviation<P: Point>(_ z: P, at t: P.Scalar) -> P.Scalar {
    (1 - t) * (1 + t * z.squaredNorm / 4) + t * 0.1
  }
}

@Suite struct ConditionalPathTests {
  let z: Vector<Double> = [0.7, -1.2]
  let x: Vector<Double> = [0.2, 0.4]

  func check(_ path: some ConditionalPath, _ t: Double) {
    // The conditional continuity equation, the score as a gradient, and unit mass.
    let growth = derivative(at: t) { t in path.logDensity(x.lifted, given: z.lifted, at: t) }
    let spreading = divergence(at: x) { x in path.field(x, given: z.lifted, at: t.lifted) }
    let score = path.score(x, given: z, at: t)
    let advection = path.field(x, given: z, at: t).dot(score)
    let scale = abs(growth) + abs(spreading) + abs(advection)
    #expect(abs(growth + spreading + advection) < 1e-13 * scale)
    let slope = gradient(at: x) { x in path.logDensity(x, given: z.lifted, at: t.lifted) }
    #expect((score - slope).largestMagnitude < 1e-13 * max(1, score.largestMagnitude))
    let mass = integrate(over: -30...30, peaks: [path.mean(0.7, at: t)]) { x in
      path.density(x, given: 0.7, at: t)
    }
    #expect(abs(mass.value - 1) < 1e-10)
  }

  @Test(arguments: [0.0, 0.2, 0.6, 0.95])
  func conditionalQuantitiesAgree(t: Double) {
    check(GaussianPath(schedule: .linear), t)
    check(GaussianPath(schedule: .cosine()), t)
    check(GaussianPath(schedule: .variancePreserving()), t)
    check(CurvedPath(), t)
  }

  /// The formula as the lecture writes it: u = (alpha' - beta'/beta alpha) z + beta'/beta x.
  @Test func fieldOfAGaussianPath() {
    let path = GaussianPath(schedule: .variancePreserving(0.3...7))
    let t = 0.4
    let ratio = path.betaDerivative(t) / path.beta(t)
    let expected = (path.alphaDerivative(t) - ratio * path.alpha(t)) * z + ratio * x
    #expect((path.field(x, given: z, at: t) - expected).largestMagnitude < 1e-14)
  }

  @Test func samplesHaveTheirMoments() {
    let path = CurvedPath()
    var stream = RandomStream(seed: 8)
    let n = 40_000
    let t = 0.55
    let draws = (0..<n).map { _ in path.sample(given: z, at: t, using: &stream) }
    let sigma = path.deviation(z, at: t)
    let mean = (1 / Double(n)) * draws.reduce(.zero(2), +)
    #expect((mean - path.mean(z, at: t)).largestMagnitude < 5 * sigma / Double(n).squareRoot())
    let square = draws.reduce(0) { $0 + ($1 - path.mean(z, at: t)).squaredNorm } / Double(2 * n)
    #expect(abs(square - sigma * sigma) < 5 * sigma * sigma / Double(n).squareRoot())
  }

  /// Half way between two data points, which weigh the same there to the last bit, derivatives by dual numbers are those of
  /// both: the law is a mixture of N(-0.78, 0.16) and N(0.78, 0.16).
  @Test func betweenTwoDataPoints() {
    let data = Empirical(Batch<Double>([-1.3, 1.3]))
    let marginal = DataMarginal(GaussianPath(schedule: .linear), over: data)
    #expect(derivative(at: 0.0) { marginal.logDensity($0, at: Dual(0.6)) } == 0)
    let slope = derivative(at: 0.0) { marginal.score($0, at: Dual(0.6)) }
    #expect(abs(slope - (-1 / 0.16 + (0.78 / 0.16) * (0.78 / 0.16))) < 1e-12)
  }
}
