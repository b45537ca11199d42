import Diffusion
import RealModule
import Testing

/// Loops over batches against the pointwise formulas, in single and double precision, in every dimension that has a loop
/// of its own, with block sizes that are no round numbers.
@Suite struct BatchedFieldTests {
  func check(
    _ field: some Field, _ data: GaussianMixture, _ times: [Double], tolerance: Double = 1e-12,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for t in times {
      let double = MarginalFieldTests.largestDifference(Double.self, field, data, count: 37, t: t)
      #expect(double < tolerance, "\(field) at \(t)", sourceLocation: sourceLocation)
      let single = MarginalFieldTests.largestDifference(Float.self, field, data, count: 37, t: t)
      #expect(single < 1e-3, "\(field) at \(t)", sourceLocation: sourceLocation)
    }
  }

  /// A formula of one's own: plain numbers on the line, pairs in the plane, vectors in space.
  @Test func formulas() {
    struct Twist: Field {
      func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
        P(count: x.count) { i in t * P.Scalar.sin(x[i]) - x.squaredNorm * x[(i + 1) % x.count] }
      }
    }
    for data in [Examples.line, Examples.plane, Examples.space] { check(Twist(), data, [0.3]) }
  }

  @Test func pairsAreVectors() {
    let (a, b) = (Pair(0.3, -1.5), Pair(2.0, 0.25))
    #expect((a + b).coordinates == [2.3, -1.25] && (a - b).coordinates == [-1.7, -1.75])
    #expect((2 * a).coordinates == [0.6, -3] && a.dot(b) == 0.3 * 2 - 1.5 * 0.25 && a.count == 2)
    #expect(a.largestMagnitude == 1.5 && Pair(count: 2) { Double($0) + 1 }.coordinates == [1, 2])
  }

  @Test func interpolants() {
    func check(_ interpolant: some Interpolant, _ source: GaussianMixture, _ target: GaussianMixture) {
      let path = InterpolantPath(interpolant, from: source, to: target)
      self.check(path.velocity, target, [0, 0.35, 1])
      self.check(path.scoreField, target, [0, 0.35, 1])
      self.check(path.diffusion(.constant(0.8)).drift, target, [0.1, 0.7])
    }
    check(LinearInterpolant(latent: 0.6), InterpolantPathTests.source, Examples.plane)
    check(TrigonometricInterpolant(latent: 0.2), Gaussian.standard(3).mixture, Examples.space)
    check(
      LinearInterpolant(latent: 0.5), Examples.line,
      GaussianMixture(weights: [1], means: [0.4], deviations: [2]))
  }

  /// Where the components are so far apart that all but one weight vanish, and where the largest comes last.
  @Test func distantComponents() {
    let far = GaussianMixture(weights: [0.5, 0.5], means: [[-60, 0], [60, 0]], deviations: [0.5, 0.4])
    let path = InterpolantPath(LinearInterpolant(latent: 0.1), from: far, to: Examples.plane)
    check(path.velocity, Examples.plane, [0.02, 0.5])
  }

  @Test func changesOfSchedule() {
    let marginal = GaussianPath(schedule: .cosine()).marginal(over: Examples.space)
    let change = ScheduleChange(
      marginal.velocity, from: CosineSchedule(offset: 0.008), to: VariancePreservingSchedule(rates: 0.1...12))
    check(change, Examples.space, [0.2, 0.8], tolerance: 1e-9)
  }

  @Test func conditioning() {
    let process = OrnsteinUhlenbeck(theta: 0.8, mean: [0.4, -0.2], deviation: 1.1)
    check(HarmonicGradient(of: Endpoint(of: process, at: [1, 0.5], time: 1.3)), Examples.plane, [0.1, 1.1])
    check(
      HarmonicGradient(of: TerminalSlab(of: process, along: [1, -0.4], in: 0.5...1.5, time: 1.3)),
      Examples.plane,
      [0.1, 1.1], tolerance: 1e-10)
    check(
      HarmonicGradient(
        of: TerminalSlab(of: BrownianMotion(deviation: 0.7), in: 2...Double.infinity, time: 1)),
      Examples.line, [0, 0.9], tolerance: 1e-10)
    // A condition of one's own, by dual numbers.
    struct Tilt: HarmonicFunction {
      func logValue<P: Point>(_ x: P, at s: P.Scalar) -> P.Scalar { 0.3 * x[0] + 0.1 * x[1] - 0.05 * s }
    }
    check(HarmonicGradient(of: Tilt()), Examples.plane, [0.4])
  }

  /// What noise that depends on the point adds, with matrices that are filled again.
  @Test func probabilityFlows() {
    struct Shear: EntrywiseMatrixField {
      func entry<P: Point>(_ i: Int, _ j: Int, of x: P, at t: P.Scalar) -> P.Scalar {
        i == j ? 1 + t : 0.3 * P.Scalar.sin(x[(i + j) % x.count]) * x[j]
      }
    }
    struct Whole: MatrixField {
      func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> Matrix<P.Scalar> { Shear()(x, at: t) }
    }
    struct Factors: Field {
      func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
        P(count: x.count) { 0.5 + x[$0] * x[($0 + 1) % x.count] / 10 }
      }
    }
    for data in [Examples.line, Examples.plane, Examples.space] {
      let marginal = GaussianPath(schedule: .cosine()).marginal(over: data)
      func check(_ dynamics: some ItoDynamics) {
        let flow = StateDependentScoredField(dynamics, score: marginal.scoreField, factor: -0.5)
        self.check(flow, data, [0.3, 0.8], tolerance: 1e-10)
      }
      check(ODE(marginal.velocity))
      check(SDE(drift: marginal.velocity, diffusion: .constant(0.7)))
      check(DiagonalSDE(drift: marginal.velocity, diffusion: Factors()))
      check(MatrixSDE(drift: marginal.velocity, diffusion: Shear()))
      check(MatrixSDE(drift: marginal.velocity, diffusion: Whole()))
      check(MatrixSDE(drift: marginal.velocity, diffusion: ConstantMatrix(data.covariance)))
      check(
        MatrixOrnsteinUhlenbeck(
          rate: .identity(data.dimension), mean: .zero(data.dimension), noiseCovariance: data.covariance))
    }
  }

  /// Single precision is rounded from double, where the formula itself would not reach the tolerance.
  @Test func marginalsByQuadrature() {
    let marginal = QuadratureMarginal(
      GaussianPath(schedule: .linear), over: Laplace(mean: 1, scale: 0.5), in: -15...15, breakpoints: [1])
    let x = Batch<Double>([-0.7, 0.2, 1.4])
    var out = x
    marginal.velocity.doubleEvaluator(count: 3, dimension: 1)(x, at: 0.4, into: &out)
    let single = Batch<Float>(x.column(0).map { Float($0) })
    var rounded = single
    marginal.velocity.floatEvaluator(count: 3, dimension: 1)(single, at: 0.4, into: &rounded)
    for row in 0..<3 {
      let expected = marginal.field(x[row, 0], at: 0.4)
      #expect(abs(out[row, 0] - expected) < 1e-12 * abs(expected))
      #expect(abs(Double(rounded[row, 0]) - expected) < 1e-5)
    }
  }

  @Test func relaxation() {
    let process = MatrixOrnsteinUhlenbeck(
      rate: Matrix([[1.3, 0.5], [0.5, 0.9]]), mean: [0.4, -0.3], noiseCovariance: .identity(2))
    check(process.drift, Examples.plane, [0.3])
  }

  /// The score of a process with forcing, against the gradient of its log-density.
  @Test func scoresOfProcesses() {
    func check(_ process: some LinearProcess) {
      let path = ProcessPath(process, from: Examples.plane, at: 0.2)
      self.check(path.scoreField, Examples.plane, [0.3, 1.1], tolerance: 1e-10)
      let x: Vector<Double> = [0.4, -1.1]
      let slope = PathScore(of: path)(x, at: 0.9)
      #expect((path.score(x, at: 0.9) - slope).largestMagnitude < 1e-12 * max(1, slope.largestMagnitude))
    }
    check(OrnsteinUhlenbeck(theta: 0.8, mean: [0.4, -0.2], deviation: 1.1))
    check(BrownianMotion(deviation: 0.6, velocity: [1, -2]))
    check(Restless())
  }
}
