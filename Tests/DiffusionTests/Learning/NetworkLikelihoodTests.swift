import Diffusion
import RealModule
import Testing

@Suite struct NetworkLikelihoodTests {
  static let base = Gaussian(mean: [0.2, -0.3], covariance: Matrix([[0.9, 0.2], [0.2, 1.4]]))

  /// An affine network, f = A x + b, whose flow carries a Gaussian to N(E m + q, E S E^T), E = exp A and
  /// q = A^-1 (E - 1) b.
  @Test func anAffineNetwork() throws {
    let a = Matrix([[0.4, -0.9], [0.2, 0.7]])
    let b: Vector<Double> = [0.3, -0.2]
    let network = MultilayerPerceptron<Double>(
      Architecture(dimension: 2, hidden: [], time: .none),
      parameters: [a[0, 0], a[1, 0], a[0, 1], a[1, 1], b[0], b[1]])
    var (e, term, q) = (Matrix<Double>.identity(2), Matrix<Double>.identity(2), Vector<Double>.zero(2))
    for k in 1...30 {
      q += 1 / Double(k) * term(b)
      term = 1 / Double(k) * (term * a)
      e = e + term
    }
    let covariance = e * Self.base.covariance * e.transposed
    let law = Gaussian(mean: e(Self.base.mean) + q, covariance: 0.5 * (covariance + covariance.transposed))
    let points = law.samples(Double.self, count: 40, from: RandomStream(seed: 3))
    let exact = ODE(network).logLikelihood(of: points, base: Self.base)
    for row in 0..<40 { #expect(abs(exact.logDensities[row] - law.logDensity(points[row])) < 1e-7) }
    // v . A v is tr A +- (a_12 + a_21) for signs v, whatever the path: the estimate's error is one of two numbers.
    let one = ODE(network).logLikelihood(
      of: points, base: Self.base, divergence: .hutchinson(probes: 1, stream: RandomStream(seed: 4)))
    for row in 0..<40 {
      #expect(abs(abs(one.logDensities[row] - exact.logDensities[row]) - 0.7) < 1e-7)
    }
    let many = ODE(network).logLikelihood(
      of: points, base: Self.base, divergence: .hutchinson(probes: 25, stream: RandomStream(seed: 4)))
    let errors = try #require(many.standardErrors)
    // The mean of 25 signs times 0.7: a deviation of 0.14.
    for row in 0..<40 {
      #expect(abs(many.logDensities[row] - exact.logDensities[row]) < 0.7)
      #expect(errors[row] < 0.2)
    }
  }

  /// Batches with the network's own tangents against the pointwise formula with dual numbers, for a nonlinear network
  /// with time features and a label, in both estimators.
  @Test func tangentsAreDualNumbers() {
    let network = smallNetwork(dimension: 2, activation: SiLU(), labels: 2).conditioned(on: 1)
    /// The same field, known only by its formula.
    struct Formula: Field {
      let network: ConditionedNetwork<Double>
      func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P { network(x, at: t) }
    }
    let points = Batch<Double>.normals(count: 5, dimension: 2, from: RandomStream(seed: 6))
    for divergence in [DivergenceEstimator.exact, .hutchinson(probes: 3, stream: RandomStream(seed: 7))] {
      let fast = ODE(network).logLikelihood(
        of: points, base: Self.base, divergence: divergence, by: .rungeKutta4, steps: 6)
      let slow = ODE(Formula(network: network)).logLikelihood(
        of: points, base: Self.base, divergence: divergence, by: .rungeKutta4, steps: 6)
      #expect(zip(fast.logDensities, slow.logDensities).allSatisfy { abs($0 - $1) < 1e-12 })
      for row in 0..<5 { #expect((fast.origins[row] - slow.origins[row]).norm < 1e-12) }
    }
  }

  /// A network trained by flow matching on a Gaussian: its likelihood is near the data's own.
  @Test func aTrainedNetwork() {
    let data = Gaussian(mean: [1, -0.5], covariance: Matrix([[0.5, 0.2], [0.2, 0.3]]))
    var training = Training(
      MultilayerPerceptron<Float>(
        Architecture(dimension: 2, hidden: [32, 32]), stream: RandomStream(seed: 1)),
      loss: ConditionalFlowMatching(path: GaussianPath(schedule: .linear), data: data),
      optimizer: Adam(rate: .cosine(from: 8e-3, steps: 1500)), stream: RandomStream(seed: 2))
    training.run(steps: 1500)
    let points = data.samples(Double.self, count: 200, from: RandomStream(seed: 5))
    let found = ODE(training.network).logLikelihood(
      of: points, base: Gaussian.standard(2),
      by: .dormandPrince(tolerance: Tolerance(absolute: 1e-5, relative: 1e-5)))
    let gap = (0..<200).reduce(0) { $0 + data.logDensity(points[$1]) - found.logDensities[$1] } / 200
    // The mean gap estimates the relative entropy: small, and hardly negative (its deviation here is near 0.02).
    #expect(gap < 0.1 && gap > -0.06, "mean gap \(gap)")
  }
}
