import RealModule

/// The Wasserstein distance W_p = (min over couplings of E |x - y|^p)^(1/p), exactly.
///
/// On the line by sorting. In more dimensions the best coupling of sets of one size is a permutation, found in O(n^3),
/// up to some 1,000 points; sets of different sizes take the general `optimalPlan`, up to some 300.
/// Source: C. Villani, *Optimal Transport: Old and New*, Springer 2009, chapter 6.
public struct Wasserstein: SampleDistance {
  /// p >= 1.
  public let order: Double

  /// p = `order` >= 1.
  public init(order: Double = 2) {
    precondition(order >= 1 && order.isFinite, "a Wasserstein distance of order \(order)")
    self.order = order
  }

  public func callAsFunction(_ a: SampleSet, _ b: SampleSet) -> Double {
    a.requireDimension(of: b)
    if a.dimension == 1 {
      return Double.pow(transportOnLine(a.elements.sorted(), b.elements.sorted(), order), 1 / order)
    }
    let (n, m) = (a.count, b.count)
    let cost = pairwise(a, b) { $0 }
    let powers = order == 2 ? cost : cost.map { Double.pow($0, order / 2) }
    guard n == m else {
      // Whole numbers as weights, so that shares are exact.
      let plan = optimalPlan(
        cost: powers, rowWeights: [Double](repeating: Double(m), count: n),
        columnWeights: [Double](repeating: Double(n), count: m))
      return Double.pow(plan.cost / (Double(n) * Double(m)), 1 / order)
    }
    let partner = optimalAssignment(cost: powers, count: n)
    return Double.pow((0..<n).reduce(0) { $0 + powers[$1 * n + partner[$1]] } / Double(n), 1 / order)
  }
}

extension SampleDistance where Self == Wasserstein {
  /// W_p with p = `order`.
  public static func wasserstein(order: Double = 2) -> Wasserstein { Wasserstein(order: order) }
}

/// The sliced Wasserstein distance: (mean over directions u of W_p(u . x, u . y)^p)^(1/p), over random unit
/// vectors u that are the same for every pair of sets. O(directions (n + m) (d + log(n + m))).
///
/// Source: N. Bonneel, J. Rabin, G. Peyre, H. Pfister, "Sliced and Radon Wasserstein barycenters of measures",
/// J. Math. Imaging and Vision 51 (2015).
public struct SlicedWasserstein: SampleDistance {
  /// p >= 1.
  public let order: Double

  /// How many directions are averaged.
  public let directions: Int

  /// Where they are drawn from.
  public let stream: RandomStream

  /// p = `order` >= 1, over at least one direction drawn from `stream`.
  public init(order: Double = 2, directions: Int = 100, stream: RandomStream = RandomStream(seed: 0)) {
    precondition(
      order >= 1 && order.isFinite && directions > 0,
      "a sliced Wasserstein distance of order \(order) over \(directions) directions")
    self.order = order
    self.directions = directions
    self.stream = stream
  }

  public func callAsFunction(_ a: SampleSet, _ b: SampleSet) -> Double {
    a.requireDimension(of: b)
    let d = a.dimension
    let normals = stream.normals(Double.self, 0..<directions * d)
    let sum = (0..<directions).reduce(0.0) { sum, k in
      let direction = Vector(Array(normals[k * d..<(k + 1) * d]))
      let unit = (1 / direction.norm) * direction
      return sum + transportOnLine(a.projected(on: unit).sorted(), b.projected(on: unit).sorted(), order)
    }
    return Double.pow(sum / Double(directions), 1 / order)
  }
}

extension SampleDistance where Self == SlicedWasserstein {
  /// The sliced W_p with p = `order`, over directions drawn from `RandomStream(seed: 0)`.
  public static func slicedWasserstein(order: Double = 2, directions: Int = 100) -> SlicedWasserstein {
    SlicedWasserstein(order: order, directions: directions)
  }
}

extension SampleSet {
  func projected(on direction: Vector<Double>) -> [Double] {
    let coordinates = direction.coordinates
    return elements.withUnsafeBufferPointer { elements in
      (0..<count).map { row in
        var sum = 0.0
        for i in 0..<dimension { sum += elements[row * dimension + i] * coordinates[i] }
        return sum
      }
    }
  }
}

/// int_0^1 |F^-1(q) - G^-1(q)|^p dq for sorted sets: both quantile functions are steps.
func transportOnLine(_ a: [Double], _ b: [Double], _ order: Double) -> Double {
  func power(_ x: Double) -> Double {
    switch order {
    case 1: return abs(x)
    case 2: return x * x
    default: return Double.pow(abs(x), order)
    }
  }
  var (i, j, sum) = (0, 0, 0.0)
  // Levels in units of 1 / (n m), where both step at whole numbers.
  var level = 0
  while i < a.count, j < b.count {
    let next = min((i + 1) * b.count, (j + 1) * a.count)
    sum += Double(next - level) * power(a[i] - b[j])
    level = next
    if (i + 1) * b.count == next { i += 1 }
    if (j + 1) * a.count == next { j += 1 }
  }
  return sum / (Double(a.count) * Double(b.count))
}
