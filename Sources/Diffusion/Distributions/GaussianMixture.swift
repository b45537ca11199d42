import RealModule

/// A mixture of Gaussians, p(x) = sum_k w_k N(x; m_k, Sigma_k), in any dimension: the oracle of the library,
/// for under x = alpha z + beta eps it stays one, and every marginal quantity has a closed form. A density or score costs
/// O(K d^2) for K components, O(K d) where all covariances are diagonal; far from all of them nothing underflows.
public struct GaussianMixture: Distribution {
  /// w_k > 0, which sum to one.
  public let weights: [Double]

  /// N(m_k, Sigma_k).
  public let components: [Gaussian]
  public let dimension: Int
  @usableFromInline let logWeights: [Double]

  /// The components once more where they are on the line; else empty.
  @usableFromInline let line: [LineComponent]

  /// Weights are positive and sum to one (to 1e-9; they are then normalised to the last bit).
  public init(weights: [Double], components: [Gaussian]) {
    precondition(
      !weights.isEmpty && weights.count == components.count,
      "\(weights.count) weights for \(components.count) components")
    let total = weights.reduce(0, +)
    precondition(
      weights.allSatisfy { $0 > 0 } && abs(total - 1) <= 1e-9,
      "the weights of a mixture must be positive and sum to one: \(weights)")
    precondition(
      components.allSatisfy { $0.dimension == components[0].dimension },
      "the components of a mixture must have one dimension")
    self.weights = weights.map { $0 / total }
    self.components = components
    dimension = components[0].dimension
    logWeights = self.weights.map { Double.log($0) }
    line =
      dimension > 1
      ? []
      : zip(self.weights, components).map {
        LineComponent(weight: $0, mean: $1.mean[0], variance: $1.variances[0])
      }
  }

  /// A mixture on the line.
  public init(weights: [Double], means: [Double], deviations: [Double]) {
    precondition(means.count == deviations.count, "\(means.count) means for \(deviations.count) deviations")
    self.init(
      weights: weights, components: zip(means, deviations).map { Gaussian(mean: $0, deviation: $1) })
  }

  /// A mixture with covariances `deviations[k]`^2 I.
  public init(weights: [Double], means: [Vector<Double>], deviations: [Double]) {
    precondition(means.count == deviations.count, "\(means.count) means for \(deviations.count) deviations")
    self.init(
      weights: weights, components: zip(means, deviations).map { Gaussian(mean: $0, deviation: $1) })
  }

  /// A mixture with full covariances.
  public init(weights: [Double], means: [Vector<Double>], covariances: [Matrix<Double>]) {
    precondition(
      means.count == covariances.count, "\(means.count) means for \(covariances.count) covariances")
    self.init(
      weights: weights, components: zip(means, covariances).map { Gaussian(mean: $0, covariance: $1) })
  }

  /// log sum_k w_k N(x; m_k, Sigma_k).
  @inlinable
  public func logDensity<P: Point>(_ x: P) -> P.Scalar {
    logDensity(x, alpha: 1, variance: 0)
  }

  /// -sum_k r_k(x) Sigma_k^-1 (x - m_k), r_k = w_k N(x; m_k, Sigma_k) / p(x) the responsibilities.
  @inlinable
  public func score<P: Point>(_ x: P) -> P {
    combination(x, alpha: 1, variance: 0, mean: 0, score: 1)
  }

  @inlinable
  public func sample<P: Point, G: RandomNumberGenerator>(using generator: inout G) -> P {
    let component = generator.categorical(weights)
    guard line.isEmpty else {
      let z = lineSample(of: component, using: &generator)
      return P(count: 1) { _ in P.Scalar(z) }
    }
    return components[component].sample(using: &generator)
  }

  /// sum_k w_k m_k.
  public var mean: Vector<Double> {
    zip(weights, components).reduce(.zero(dimension)) { $0 + $1.0 * $1.1.mean }
  }

  /// sum_k w_k (Sigma_k + (m_k - m)(m_k - m)^T).
  public var covariance: Matrix<Double> {
    let center = mean
    return Matrix(rows: dimension, columns: dimension) { i, j in
      zip(weights, components).reduce(0) { sum, pair in
        let (weight, component) = pair
        let spread = (component.mean[i] - center[i]) * (component.mean[j] - center[j])
        return sum + weight * (component.covariance[i, j] + spread)
      }
    }
  }

  /// P(x <= `bound`) on the line; see `logCDF` and `logSurvival` for far out.
  @inlinable
  public func cdf<T: RealNumber>(_ bound: T) -> T {
    zip(weights, components).reduce(0) { $0 + T($1.0) * $1.1.cdf(bound) }
  }
}

extension GaussianMixture {
  /// The law of alpha x + beta eps, eps ~ N(0, I) independent: alpha^2 Sigma_k + beta^2 I about alpha m_k.
  public func noised(alpha: Double, beta: Double) -> GaussianMixture {
    let noise = beta * beta * Matrix<Double>.identity(dimension)
    return GaussianMixture(
      weights: weights,
      components: components.map {
        Gaussian(mean: alpha * $0.mean, covariance: alpha * alpha * $0.covariance + noise)
      })
  }

  /// The law of direction . x, a mixture on the line.
  public func projected(on direction: Vector<Double>) -> GaussianMixture {
    precondition(direction.count == dimension, "a direction of dimension \(direction.count) for \(dimension)")
    return GaussianMixture(
      weights: weights,
      means: components.map { $0.mean.dot(direction) },
      // Across the support of a degenerate component rounding may leave less than nothing.
      deviations: components.map { larger(0, $0.covariance(direction).dot(direction)).squareRoot() })
  }

  /// E[exp(i frequency . x)] = sum_k w_k exp(i frequency . m_k - frequency^T Sigma_k frequency / 2).
  public func characteristicFunction(_ frequency: Vector<Double>) -> (real: Double, imaginary: Double) {
    precondition(frequency.count == dimension, "a frequency of dimension \(frequency.count) for \(dimension)")
    var (real, imaginary) = (0.0, 0.0)
    for (weight, component) in zip(weights, components) {
      let radius = weight * Double.exp(-component.covariance(frequency).dot(frequency) / 2)
      let angle = component.mean.dot(frequency)
      real += radius * Double.cos(angle)
      imaginary += radius * Double.sin(angle)
    }
    return (real, imaginary)
  }
}
