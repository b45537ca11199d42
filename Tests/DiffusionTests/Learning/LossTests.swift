import Diffusion
import RealModule
import Testing

/// Losses of affine networks, f = A x + c t + b, against their expectations in closed form, under Gaussian data
/// with mean and correlations.
@Suite struct LossTests {
  let data = Gaussian(mean: [1.5, -0.7], covariance: Matrix([[0.8, 0.3], [0.3, 0.5]]))
  let a = Matrix([[0.4, -0.9], [0.2, 0.7]])
  let b: Vector<Double> = [0.3, -0.2]
  let c: Vector<Double> = [-0.5, 1.1]
  let n = 60_000
  let draws = TrainingDraws(stream: RandomStream(seed: 21), step: 3)

  /// The network with weights by input: rows of A^T, then c, then b.
  var affine: MultilayerPerceptron<Double> {
    MultilayerPerceptron(
      Architecture(dimension: 2, hidden: []),
      parameters: [a[0, 0], a[1, 0], a[0, 1], a[1, 1], c[0], c[1], b[0], b[1]])
  }

  /// E |M z + N eps + v|^2.
  func secondMoment(_ m: Matrix<Double>, _ n: Matrix<Double>, _ v: Vector<Double>) -> Double {
    (m(data.mean) + v).squaredNorm + (m * data.covariance * m.transposed).trace + (n * n.transposed).trace
  }

  /// The expectation for x = alpha z + beta eps, target p z + q eps.
  func expected<S: Schedule>(
    _ path: GaussianPath<S>, _ times: ClosedRange<Double>,
    _ factors: @escaping (Double) -> (data: Double, noise: Double, weight: Double)
  ) -> Double {
    let one = Matrix<Double>.identity(2)
    let total = integrate(over: times) { t in
      let (p, q, weight) = factors(t)
      return weight
        * secondMoment(path.alpha(t) * a - p * one, path.beta(t) * a - q * one, t * c + b)
    }
    return total.value / (times.upperBound - times.lowerBound)
  }

  func value(_ loss: some Loss) -> Double { loss.valueWithGradient(of: affine, count: n, draws: draws).value }

  /// 60,000 draws of terms whose deviation is below twice their mean: 5 standard errors are 4 %.
  func expectClose(_ value: Double, _ expected: Double, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(abs(value - expected) < 0.04 * abs(expected), sourceLocation: sourceLocation)
  }

  @Test func conditionalFlowMatching() {
    let linear = GaussianPath(schedule: .linear)
    expectClose(
      value(ConditionalFlowMatching(path: linear, data: data)), expected(linear, 0...1) { _ in (1, -1, 1) })
    let curved = GaussianPath(schedule: .trigonometric)
    expectClose(
      value(ConditionalFlowMatching(path: curved, data: data, times: .stratified(0.2...0.9))),
      expected(curved, 0.2...0.9) { t in (curved.alphaDerivative(t), curved.betaDerivative(t), 1) })
  }

  /// Along the path of a schedule, the general loss is that of conditional flow matching on the same draws.
  @Test func anyConditionalPath() {
    let path = GaussianPath(schedule: .trigonometric)
    let times = TimeSampling.uniform(0.1...0.9)
    let general = ConditionalPathMatching(path: path, data: data, times: times)
      .valueWithGradient(of: affine, count: 500, draws: draws)
    let special = ConditionalFlowMatching(path: path, data: data, times: times)
      .valueWithGradient(of: affine, count: 500, draws: draws)
    #expect(abs(general.value - special.value) < 1e-12 * special.value)
    #expect(zip(general.gradient, special.gradient).allSatisfy { abs($0 - $1) < 1e-12 * max(1, abs($1)) })
  }

  /// E |A x_t + c t + b - target|^2 for x_t = (1 - t) x_0 + t x_1 + gamma eps with Gaussian ends and
  /// gamma^2 = k t (1 - t), whose gamma' = k (1 - 2 t) / (2 gamma): second moments of three independent parts.
  @Test func interpolants() {
    let start = Gaussian(mean: [-0.4, 0.9], covariance: Matrix([[0.6, -0.1], [-0.1, 0.4]]))
    let (k, low, high) = (0.7, 0.15, 0.8)
    let coupling = ProductCoupling(from: start, to: data)
    func expected(_ target: (Double) -> (source: Double, target: Double, latent: Double)) -> Double {
      let total = integrate(over: low...high) { t in
        let (one, wanted) = (Matrix<Double>.identity(2), target(t))
        let first = (1 - t) * a - wanted.source * one
        let second = t * a - wanted.target * one
        let third = (k * t * (1 - t)).squareRoot() * a - wanted.latent * one
        let mean = first(start.mean) + second(data.mean) + t * c + b
        return mean.squaredNorm + (first * start.covariance * first.transposed).trace
          + (second * data.covariance * second.transposed).trace + (third * third.transposed).trace
      }
      return total.value / (high - low)
    }
    let (interpolant, times) = (LinearInterpolant(latent: k), TimeSampling.uniform(low...high))
    expectClose(
      value(InterpolantMatching(interpolant, coupling: coupling, times: times)),
      expected { t in (-1, 1, k * (1 - 2 * t) / (2 * (k * t * (1 - t)).squareRoot())) })
    expectClose(
      value(InterpolantMatching(interpolant, coupling: coupling, predicting: .latentNoise, times: times)),
      expected { _ in (0, 0, 1) })
    // Without latent noise the times may be all of (0, 1): rectified flow.
    expectClose(
      value(InterpolantMatching(LinearInterpolant(), coupling: coupling)),
      value(ConditionalFlowMatching(path: GaussianPath(schedule: .linear), coupling: coupling)))
  }

  @Test func noisePrediction() {
    let path = GaussianPath(schedule: .variancePreserving())
    expectClose(value(NoisePrediction(path: path, data: data)), expected(path, 0...1) { _ in (0, 1, 1) })
  }

  @Test func denoisingScoreMatching() {
    let path = GaussianPath(schedule: .trigonometric)
    expectClose(
      value(DenoisingScoreMatching(path: path, data: data, times: .uniform(0...0.9))),
      expected(path, 0...0.9) { t in (0, -1 / path.beta(t), path.beta(t) * path.beta(t)) })
    expectClose(
      value(
        DenoisingScoreMatching(
          path: path, data: data, times: .uniform(0.1...0.8), weight: .function { 1 + $0 })),
      expected(path, 0.1...0.8) { t in (0, -1 / path.beta(t), 1 + t) })
  }

  /// Exact targets M x + v: the score -S^-1 (x - alpha m) with S = alpha^2 Sigma + beta^2 I, and the field
  /// m' + (S' / 2) S^-1 (x - alpha m).
  @Test func exactTargets() {
    let path = GaussianPath(schedule: .trigonometric)
    let marginal = path.marginal(over: GaussianMixture(weights: [1], components: [data]))
    func law(_ t: Double) -> (inverse: Matrix<Double>, growth: Matrix<Double>) {
      let (alpha, beta) = (path.alpha(t), path.beta(t))
      let s = alpha * alpha * data.covariance + beta * beta * Matrix<Double>.identity(2)
      let growth =
        2 * alpha * path.alphaDerivative(t) * data.covariance
        + 2 * beta * path.betaDerivative(t) * Matrix<Double>.identity(2)
      return (s.symmetricEigen().map { 1 / $0 }, 0.5 * growth)
    }
    func expectation(
      _ target: @escaping (Double) -> (slope: Matrix<Double>, offset: Vector<Double>, weight: Double)
    )
      -> Double
    {
      integrate(over: 0.1...0.9) { t in
        let (slope, offset, weight) = target(t)
        return weight
          * secondMoment(
            path.alpha(t) * (a - slope), path.beta(t) * (a - slope), t * c + b - offset)
      }.value / 0.8
    }
    expectClose(
      value(ExplicitScoreMatching(marginal, times: .uniform(0.1...0.9))),
      expectation { t in
        let slope = -1 * law(t).inverse
        return (slope, -path.alpha(t) * slope(data.mean), path.beta(t) * path.beta(t))
      })
    expectClose(
      value(FlowMatching(marginal, times: .uniform(0.1...0.9))),
      expectation { t in
        let slope = law(t).growth * law(t).inverse
        return (slope, path.alphaDerivative(t) * data.mean - path.alpha(t) * slope(data.mean), 1)
      })
  }

  /// E[|A x + c t + b|^2 / 2 + tr A] at the data themselves.
  @Test func implicitAndSlicedScoreMatching() {
    let zero = Matrix<Double>.diagonal([0, 0])
    let expected =
      integrate(over: 0...1) { t in secondMoment(a, zero, t * c + b) / 2 }.value + a.trace
    expectClose(value(ImplicitScoreMatching(data: data)), expected)
    expectClose(value(SlicedScoreMatching(data: data)), expected)
  }

  /// The potential w . x + v t + u: L = |w|^2 / 2 - w . (E x_1 - E x_0), whatever v and u.
  @Test func actionMatching() {
    let w: Vector<Double> = [0.7, -1.3]
    let network = MultilayerPerceptron<Double>(
      Architecture(dimension: 2, hidden: [], outputs: 1), parameters: [w[0], w[1], 2.5, -0.4])
    let loss = ActionMatching(path: GaussianPath(schedule: .linear), data: data)
    let value = loss.valueWithGradient(of: network, count: n, draws: draws).value
    expectClose(value, w.squaredNorm / 2 - w.dot(data.mean))
  }

  /// The flow of f = A x + b carries N(0, I) to N(q, E E^T), E = exp A and q = A^-1 (E - 1) b; entropies in
  /// closed form. The midpoint rule in 20 steps is accurate to 1e-3 here.
  @Test func flowLikelihood() {
    let network = MultilayerPerceptron<Double>(
      Architecture(dimension: 2, hidden: [], time: .none),
      parameters: [a[0, 0], a[1, 0], a[0, 1], a[1, 1], b[0], b[1]])
    var e = Matrix<Double>.identity(2)
    var q: Vector<Double> = [0, 0]
    var term = Matrix<Double>.identity(2)
    for k in 1...30 {
      q += 1 / Double(k) * term(b)
      term = 1 / Double(k) * (term * a)
      e = e + term
    }
    let law = Gaussian(mean: q, covariance: e * e.transposed)
    let precision = law.covariance.symmetricEigen().map { 1 / $0 }
    let difference = data.mean - q
    let expected =
      ((precision * data.covariance).trace + precision(difference).dot(difference)) / 2 - law.logDensity(q)
    expectClose(value(FlowLikelihood(data: data), network), expected)
  }

  func value(_ loss: some Loss, _ network: MultilayerPerceptron<Double>) -> Double {
    loss.valueWithGradient(of: network, count: n, draws: draws).value
  }
}
