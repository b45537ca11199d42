import RealModule

/// The energy distance, sqrt(2 E|x - y| - E|x - x'| - E|y - y'|), with all pairs of the two sets.
///
/// On the line it is sqrt(2) times the distance of the distribution functions in L^2. O((n + m)^2 d).
/// Source: G. Szekely, M. Rizzo, "Energy statistics: a class of statistics based on distances", J. Statistical
/// Planning and Inference 143 (2013).
public struct EnergyDistance: SampleDistance {
  /// The distance has no parameters.
  public init() {}

  public func callAsFunction(_ a: SampleSet, _ b: SampleSet) -> Double {
    let root: @Sendable (Double) -> Double = { $0.squareRoot() }
    let square =
      2 * pairMean(a, b, root) - pairMean(a, a, root) - pairMean(b, b, root)
    return max(square, 0).squareRoot()
  }
}

extension SampleDistance where Self == EnergyDistance {
  /// The energy distance.
  public static var energy: EnergyDistance { EnergyDistance() }
}

/// The maximum mean discrepancy with the Gaussian kernel k(x, y) = exp(-|x - y|^2 / (2 h^2)):
/// sqrt(E k(x, x') + E k(y, y') - 2 E k(x, y)), with all pairs, a pair of a point with itself too, so that it is
/// a distance of the two sets (the biased estimate of that of their laws). O((n + m)^2 d).
///
/// Source: A. Gretton et al., "A kernel two-sample test", JMLR 13 (2012), equation 5.
public struct MaximumMeanDiscrepancy: SampleDistance {
  /// h.
  public let bandwidth: Double

  /// h = `bandwidth` > 0.
  public init(bandwidth: Double) {
    precondition(
      bandwidth > 1e-150 && bandwidth < 1e150,
      "a bandwidth cannot be \(bandwidth): give a positive number between 1e-150 and 1e150")
    self.bandwidth = bandwidth
  }

  public func callAsFunction(_ a: SampleSet, _ b: SampleSet) -> Double {
    let factor = -1 / (2 * bandwidth * bandwidth)
    let kernel: @Sendable (Double) -> Double = { Double.exp(factor * $0) }
    let square = pairMean(a, a, kernel) + pairMean(b, b, kernel) - 2 * pairMean(a, b, kernel)
    return max(square, 0).squareRoot()
  }

  /// The median distance between points of both sets, the usual choice of the bandwidth; from at most 1,000 points.
  public static func medianBandwidth<T: MachineReal>(_ a: Batch<T>, _ b: Batch<T>) -> Double {
    let (a, b) = (SampleSet(a[0..<min(a.count, 500)]), SampleSet(b[0..<min(b.count, 500)]))
    a.requireDimension(of: b)
    let all = SampleSet(elements: a.elements + b.elements, dimension: a.dimension)
    let distances = pairwise(all, all) { $0.squareRoot() }.filter { $0 > 0 }.sorted()
    precondition(!distances.isEmpty, "all points are the same: there is no bandwidth")
    return distances[distances.count / 2]
  }
}

extension SampleDistance where Self == MaximumMeanDiscrepancy {
  /// The MMD with the Gaussian kernel of this bandwidth.
  public static func maximumMeanDiscrepancy(bandwidth: Double) -> MaximumMeanDiscrepancy {
    MaximumMeanDiscrepancy(bandwidth: bandwidth)
  }
}

/// The Kolmogorov-Smirnov distance of sets on the line, the largest |F(x) - G(x)| of their distribution functions.
/// O((n + m) log(n + m)).
///
/// Source: N. Smirnov, "Table for estimating the goodness of fit of empirical distributions", Ann. Math. Statist. 19
/// (1948).
public struct KolmogorovSmirnov: SampleDistance {
  /// The distance has no parameters.
  public init() {}

  public func callAsFunction(_ a: SampleSet, _ b: SampleSet) -> Double {
    precondition(a.dimension == 1 && b.dimension == 1, "the Kolmogorov-Smirnov distance is for the line")
    let (x, y) = (a.elements.sorted(), b.elements.sorted())
    var (i, j, largest) = (0, 0, 0.0)
    while i < x.count, j < y.count {
      let value = min(x[i], y[j])
      while i < x.count, x[i] == value { i += 1 }
      while j < y.count, y[j] == value { j += 1 }
      largest = max(largest, abs(Double(i) / Double(x.count) - Double(j) / Double(y.count)))
    }
    return largest
  }
}

extension SampleDistance where Self == KolmogorovSmirnov {
  /// The Kolmogorov-Smirnov distance.
  public static var kolmogorovSmirnov: KolmogorovSmirnov { KolmogorovSmirnov() }
}
