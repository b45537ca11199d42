/// A coupling that draws both ends independently and then pairs each minibatch by optimal transport for the cost
/// |x_0 - x_1|^2: exactly, or by the entropic plan.
///
/// Both laws stay as they are; the paths from one to the other become straighter as minibatches grow. Labels
/// move with the data that they belong to. Allocates n^2 numbers a step.
/// Sources: A. Tong et al., "Improving and generalizing flow-based generative models with minibatch optimal
/// transport", TMLR 2024; A.-A. Pooladian et al., "Multisample flow matching", ICML 2023.
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

  public init(_ base: Base, method: Method = .exact) {
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
    let partner = partners(squaredDistances(start, end), n, draws)
    let (points, names) = (end, labels)
    for i in 0..<n {
      labels[i] = names[partner[i]]
      for j in 0..<dimension { end[i, j] = points[partner[i], j] }
    }
  }

  @usableFromInline
  func partners(_ cost: [Double], _ n: Int, _ draws: TrainingDraws) -> [Int] {
    switch method {
    case .exact: return optimalAssignment(cost: cost, count: n)
    case .sinkhorn(let epsilon):
      let mean = cost.reduce(0, +) / Double(cost.count)
      let weights = [Double](repeating: 1 / Double(n), count: n)
      let plan = sinkhorn(
        cost: cost, rowWeights: weights, columnWeights: weights,
        epsilon: epsilon * max(mean, .leastNormalMagnitude), tolerance: 1e-3, budget: 1000)
      var generator = draws[.extra]
      return (0..<n).map { generator.categorical(Array(plan.plan[$0 * n..<($0 + 1) * n])) }
    }
  }
}

extension Coupling {
  /// This coupling, with each minibatch paired by optimal transport.
  public func transported(by method: MinibatchTransport<Self>.Method = .exact) -> MinibatchTransport<Self> {
    MinibatchTransport(self, method: method)
  }
}

/// |a_i - b_j|^2, row after row.
@inlinable
public func squaredDistances<T: MachineReal>(_ a: Batch<T>, _ b: Batch<T>) -> [Double] {
  precondition(
    a.dimension == b.dimension, "distances of points of dimensions \(a.dimension) and \(b.dimension)")
  let d = a.dimension
  return a.withElements { a in
    b.withElements { b in
      let (n, m) = (a.count / d, b.count / d)
      return [Double](unsafeUninitializedCapacity: n * m) { out, count in
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
        count = n * m
      }
    }
  }
}
