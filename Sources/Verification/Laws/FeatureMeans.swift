import Diffusion

/// Means of features over draws, with their covariance, and the draws' first two moments.
struct FeatureMeans {
  let size: Int
  private(set) var count = 0
  private var sums: [Double]
  /// Upper triangle of sums of products, over the first draws only: a covariance needs no more.
  private var products: [Double]
  private var productSums: [Double]
  private(set) var covarianceCount = 0
  private(set) var moments: [Moments]
  /// The first draws, for perturbations.
  private(set) var stored: [Vector<Double>] = []

  static let storedDraws = 4096
  static let covarianceDraws = 1 << 14

  init(size: Int, dimension: Int) {
    self.size = size
    sums = Array(repeating: 0, count: size)
    productSums = sums
    products = Array(repeating: 0, count: size * size)
    moments = Array(repeating: Moments(), count: dimension)
  }

  mutating func add(_ features: [Double], of x: Vector<Double>) {
    count += 1
    for i in 0..<size { sums[i] += features[i] }
    if covarianceCount < Self.covarianceDraws {
      covarianceCount += 1
      for i in 0..<size {
        productSums[i] += features[i]
        for j in i..<size { products[i * size + j] += features[i] * features[j] }
      }
    }
    for j in moments.indices { moments[j].add(x[j]) }
    if stored.count < Self.storedDraws { stored.append(x) }
  }

  /// Adds points with their features, and 1 as the weight of each.
  mutating func add(_ points: [Vector<Double>], _ features: FourierFeatures) {
    var values = Array(repeating: 1.0, count: size)
    for x in points {
      features.write(x, into: &values)
      add(values, of: x)
    }
  }

  /// The correlation of two coordinates among the stored draws.
  func correlation(_ i: Int, _ j: Int) -> Double {
    let (a, b) = (moments[i], moments[j])
    let sum = stored.reduce(0) { total, x in
      total + (x[i] - a.mean) / a.deviation * ((x[j] - b.mean) / b.deviation)
    }
    return sum / Double(max(stored.count, 1))
  }

  func mean(_ i: Int) -> Double { sums[i] / Double(count) }

  /// Covariance of the means of features i <= j.
  func covariance(_ i: Int, _ j: Int) -> Double {
    let n = Double(covarianceCount)
    let product = products[min(i, j) * size + max(i, j)] / n
    return (product - productSums[i] / n * (productSums[j] / n)) / Double(count)
  }
}
