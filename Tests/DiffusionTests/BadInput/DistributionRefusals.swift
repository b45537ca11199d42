import Diffusion

/// Laws that there are not, and points at which they are not defined.
enum DistributionRefusals {
  static let laws: [Refusal] = [
    Refusal("not positive definite") {
      _ = Gaussian(mean: [0, 0], covariance: Matrix([[1.0, 2], [2, 1]]))
    },
    Refusal("symmetric 2 x 2") { _ = Gaussian(mean: [0, 0], covariance: Matrix([[1.0, 2], [0, 1]])) },
    Refusal("symmetric 2 x 2") {
      _ = Gaussian(mean: [0, 0], covariance: Matrix([[1.0, .nan], [.nan, 1]]))
    },
    Refusal("sum to one") { _ = GaussianMixture(weights: [0.5, 0.6], means: [0, 1], deviations: [1, 1]) },
    Refusal("sum to one") { _ = GaussianMixture(weights: [1.5, -0.5], means: [0, 1], deviations: [1, 1]) },
    Refusal("sum to one") { _ = GaussianMixture(weights: [.nan, 1], means: [0, 1], deviations: [1, 1]) },
    Refusal("the mean must be finite") { _ = Gaussian(mean: Double.nan, deviation: 1) },
    Refusal("a deviation cannot be") { _ = Gaussian(mean: 0, deviation: -1) },
    Refusal("all finite") { _ = Empirical(Batch<Double>([0.3, Double.infinity])) },
    Refusal("finite points") { _ = Dataset(Batch<Float>([0.3, Float.nan])) },
    Refusal("has no density") {
      _ = GaussianMixture(weights: [1], components: [Gaussian(mean: [0, 0], covariance: .diagonal([1, 0]))])
        .score(Vector([0.1, 0.2]))
    },
    Refusal("the mean must be finite") { _ = Gaussian(mean: Vector<Double>([]), deviation: 1) },
    Refusal("symmetric 2 x 2") {
      _ = Gaussian(mean: [0, 0], covariance: Matrix([[1.0, 0, 0], [0, 1, 0]]))
    },
    Refusal("finite symmetric") { _ = Gaussian(mean: 0, deviation: .infinity) },
    Refusal("0 weights for 0 components") { _ = GaussianMixture(weights: [], components: []) },
    Refusal("2 weights for 1 components") {
      _ = GaussianMixture(weights: [0.5, 0.5], components: [.standard(1)])
    },
    Refusal("must have one dimension") {
      _ = GaussianMixture(weights: [0.5, 0.5], components: [.standard(1), .standard(2)])
    },
    Refusal("2 means for 1 deviations") {
      _ = GaussianMixture(weights: [1], means: [0, 1], deviations: [1])
    },
    Refusal("a box from") { _ = Uniform(lower: [0, 1], upper: [1, 1]) },
    Refusal("a box from") { _ = Uniform(lower: [0], upper: [1, 1]) },
    Refusal("a box from") { _ = Uniform(over: 0...Double.infinity) },
    Refusal("a Laplace distribution needs") { _ = Laplace(mean: .nan, scale: 1) },
    Refusal("a Laplace distribution needs") { _ = Laplace(mean: 0, scale: -1) },
    Refusal("a point mass at") { _ = Dirac(at: .infinity) },
    Refusal("a data set must have points") { _ = Empirical(Batch<Double>(count: 0, dimension: 2)) },
    Refusal("noisy curves need") { _ = NoisyCurves([], deviation: 0.1) },
    Refusal("noisy curves need") { _ = NoisyCurves.twoMoons(deviation: 0) },
    Refusal("must be finite for 0 <= u <= 1") {
      _ = NoisyCurves([{ u in Pair(u, 1 / (u - u)) }], deviation: 0.1)
    },
    Refusal("radii must be positive") { _ = NoisyCurves.rings(radii: [1, .nan]) },
    Refusal("a pinwheel needs") { _ = Pinwheel(radial: .infinity) },
    Refusal("a pinwheel needs") { _ = Pinwheel(rate: .nan) },
    Refusal("could not be integrated") { _ = EnergyModel(Slope(dimension: 1), over: 0...Double.infinity) },
    Refusal("an interval for an energy of dimension 2") {
      _ = EnergyModel(Slope(dimension: 2), over: 0...1)
    },
    Refusal("an energy in dimension 1 with log Z = nan") {
      _ = EnergyModel(Slope(dimension: 1), logNormalizer: .nan)
    },
  ]

  /// Points of another dimension, and questions that the law has no answer to.
  static let points: [Refusal] = [
    Refusal("a point of dimension 1 where 2 is expected") { _ = Gaussian.standard(2).logDensity(0.3) },
    Refusal("a point of dimension 3 where 2 is expected") {
      _ = GaussianMixture.eightGaussians().score(Vector([0.1, 0.2, 0.3]))
    },
    Refusal("a point of dimension 1 where 2 is expected") { _ = Checkerboard().logDensity(0.3) },
    Refusal("a point of dimension 2 where 1 is expected") {
      _ = Laplace(mean: 0, scale: 1).score(Vector([0.1, 0.2]))
    },
    Refusal("a distribution function needs dimension 1, not 2") {
      _ = GaussianMixture.eightGaussians().cdf(0.3)
    },
    Refusal("a direction of dimension 1 for 2") {
      _ = GaussianMixture.eightGaussians().projected(on: [1])
    },
    Refusal("a frequency of dimension 1 for 2") {
      _ = GaussianMixture.eightGaussians().characteristicFunction([1])
    },
    Refusal("the mean must be finite") {
      _ = GaussianMixture.eightGaussians().noised(alpha: .nan, beta: 1)
    },
    Refusal("is a point mass") { _ = Gaussian(mean: 1, deviation: 0).density(1) },
    Refusal("a scalar is a point of dimension 1, not 2") {
      _ = DistributionRefusals.draw(from: Gaussian.standard(2))
    },
    Refusal("a map of dimension 2 of 1") { _ = Pushforward(of: Gaussian.standard(1), by: Swap()) },
    Refusal("relative entropy needs laws with densities") {
      _ = Gaussian.standard(1).relativeEntropy(to: Gaussian(mean: 0, deviation: 0))
    },
    Refusal("laws of dimensions 1 and 2") { _ = Gaussian.standard(1).relativeEntropy(to: .standard(2)) },
    Refusal("laws of dimensions 1 and 2") {
      _ = Gaussian.standard(1).wassersteinDistance(to: .standard(2))
    },
    Refusal("the mean of no draws") {
      _ = Gaussian.standard(1).expectation(draws: 0, from: RandomStream(seed: 1)) { (x: Double) in x }
    },
  ]

  private static func draw(from law: some Law) -> Double {
    var stream = RandomStream(seed: 1)
    return law.sample(using: &stream)
  }

  /// exp(x), which has no integral over the half line.
  private struct Slope: Energy {
    let dimension: Int
    func callAsFunction<P: Point>(_ x: P) -> P.Scalar { -x[0] }
  }

  private struct Swap: Diffeomorphism {
    var dimension: Int { 2 }
    func callAsFunction<P: Point>(_ x: P) -> P { P(count: 2) { x[1 - $0] } }
    func inverse<P: Point>(_ y: P) -> P { P(count: 2) { y[1 - $0] } }
  }
}
