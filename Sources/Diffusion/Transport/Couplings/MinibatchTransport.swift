/// A coupling that draws both ends independently and then pairs each minibatch by optimal transport for the cost
/// |x_0 - x_1|^2: exactly, or by the entropic plan.
///
/// Both laws stay as they are; the paths from one to the other become straighter as minibatches grow. Labels
/// move with the data that they belong to. O(n^2) numbers are kept from step to step.
/// Source: A. Tong et al., "Improving and generalizing flow-based generative models with minibatch optimal
/// transport", TMLR 2024; A.-A. Pooladian et al., "Multisample flow matching: straightening flows with minibatch
/// couplings", ICML 2023.
public struct MinibatchTransport<Base: Coupling>: Coupling {
  /// How the pairs of a minibatch are found.
  public enum Method: Hashable, Sendable {
    /// The optimal permutation, O(n^3).
    case exact

    /// Each x_0 gets an x_1 drawn from its row of the entropic plan with epsilon = `epsilon` times the mean cost.
    /// An x_1 may be taken twice or not at all.
    case sinkhorn(epsilon: Double)
  }

  public let base: Base
  public let method: Method

  /// `base` draws the ends.
  public init(_ base: Base, method: Method = .exact) {
    if case .sinkhorn(let epsilon) = method {
      precondition(
        epsilon > 0 && epsilon.isFinite,
        "an entropic plan with epsilon = \(epsilon): give a positive, finite part of the mean cost")
    }
    self.base = base
    self.method = method
  }

  public var dimension: Int { base.dimension }

  @inlinable
  public func fill<T: NetworkReal>(
    start: inout Batch<T>, end: inout Batch<T>, labels: inout [Int?], from draws: TrainingDraws
  ) {
    base.fill(start: &start, end: &end, labels: &labels, from: draws)
    let n = start.count
    guard n > 1 else { return }
    let pairing = draws.memory.object(where: { $0.fits(n, dimension) }) {
      MinibatchPairing(count: n, dimension: dimension)
    }
    pairing.measure(start, end)
    switch method {
    case .exact: pairing.assign()
    case .sinkhorn(let epsilon): pairing.draw(epsilon: epsilon, using: draws[.extra])
    }
    pairing.arrange(&end, &labels)
  }
}

/// What pairing a minibatch needs, kept from step to step.
@usableFromInline
final class MinibatchPairing {
  private let count: Int
  private let dimension: Int

  /// |x_0 - x_1|^2, row after row, and the partner of each x_0.
  private var cost: [Double]
  private var partner: [Int]

  /// The other ends and their labels before they are rearranged.
  private var points: [Double]
  private var names: [Int?]

  private var search: AssignmentSearch
  private var scaling: SinkhornScaling

  @usableFromInline
  init(count n: Int, dimension: Int) {
    count = n
    self.dimension = dimension
    cost = [Double](repeating: 0, count: n * n)
    partner = [Int](repeating: 0, count: n)
    points = [Double](repeating: 0, count: n * dimension)
    names = [Int?](repeating: nil, count: n)
    search = AssignmentSearch(count: n)
    let weights = [Double](repeating: 1 / Double(n), count: n)
    scaling = SinkhornScaling(rowWeights: weights, columnWeights: weights)
  }

  @usableFromInline
  func fits(_ n: Int, _ d: Int) -> Bool { n == count && d == dimension }

  @usableFromInline
  func measure<T: MachineReal>(_ start: Batch<T>, _ end: Batch<T>) {
    cost.withUnsafeMutableBufferPointer { cost in
      start.withElements { x in end.withElements { z in fillSquaredDistances(x, z, dimension, into: cost) } }
    }
  }

  @usableFromInline
  func assign() {
    cost.withUnsafeBufferPointer { search.run($0) }
    for i in 0..<count { partner[i] = search.partners[i] }
  }

  /// One x_1 for each x_0, from its row of the entropic plan.
  @usableFromInline
  func draw(epsilon: Double, using stream: RandomStream) {
    var mean = 0.0
    for c in cost { mean += c }
    mean /= Double(cost.count)
    cost.withUnsafeBufferPointer {
      scaling.run(
        $0, epsilon: epsilon * max(mean, .leastNormalMagnitude), tolerance: 1e-3, budget: 1000)
    }
    var generator = stream
    scaling.plan.withUnsafeBufferPointer { plan in
      for i in 0..<count {
        partner[i] = generator.index(UnsafeBufferPointer(rebasing: plan[i * count..<(i + 1) * count]))
      }
    }
  }

  @usableFromInline
  func arrange<T: MachineReal>(_ end: inout Batch<T>, _ labels: inout [Int?]) {
    let d = dimension
    for i in 0..<count { names[i] = labels[i] }
    end.withMutableElements { end in
      for k in 0..<end.count { points[k] = end[k].realPart }
      for i in 0..<count { for j in 0..<d { end[i * d + j] = T(points[partner[i] * d + j]) } }
    }
    for i in 0..<count { labels[i] = names[partner[i]] }
  }
}

extension Coupling {
  /// This coupling, with each minibatch paired by optimal transport.
  public func transported(by method: MinibatchTransport<Self>.Method = .exact) -> MinibatchTransport<Self> {
    MinibatchTransport(self, method: method)
  }
}

/// |a_i - b_j|^2 for the rows of a and b, row after row: `a.count` x `b.count` numbers, O(n m d).
public func squaredDistances<T: MachineReal>(_ a: Batch<T>, _ b: Batch<T>) -> [Double] {
  precondition(
    a.dimension == b.dimension, "distances of points of dimensions \(a.dimension) and \(b.dimension)")
  return [Double](unsafeUninitializedCapacity: a.count * b.count) { out, count in
    let out = UnsafeMutableBufferPointer(rebasing: out[..<(a.count * b.count)])
    a.withElements { x in b.withElements { y in fillSquaredDistances(x, y, a.dimension, into: out) } }
    count = out.count
  }
}

/// The same for points of dimension d, coordinate by coordinate.
private func fillSquaredDistances<T: MachineReal>(
  _ a: UnsafeBufferPointer<T>, _ b: UnsafeBufferPointer<T>, _ d: Int,
  into out: UnsafeMutableBufferPointer<Double>
) {
  let (n, m) = (a.count / d, b.count / d)
  for i in 0..<n {
    for j in 0..<m {
      var sum = 0.0
      for k in 0..<d {
        let difference = a[i * d + k].realPart - b[j * d + k].realPart
        sum += difference * difference
      }
      out[i * m + j] = sum
    }
  }
}
