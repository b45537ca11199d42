import Diffusion
import RealModule
import Testing

@Suite struct CouplingTests {
  static let data = GaussianMixture(
    weights: [0.5, 0.5], means: [[-2.0, 1.0], [3.0, 0.5]],
    covariances: [Matrix([[0.3, 0.1], [0.1, 0.2]]), Matrix([[0.5, -0.2], [-0.2, 0.4]])])

  func cost(_ n: Int) -> [Double] {
    (0..<n * n).map { index in
      let (i, j) = (index / n, index % n)
      let whole = Double((37 * i * i + 61 * j * j + 17 * i * j + 5 * i) % 101) / 10
      return whole + 0.01 * Double(((i - 2 * j) % 7 + 7) % 7)
    }
  }

  /// Least costs by scipy.optimize.linear_sum_assignment 1.17, of matrices with many ties.
  @Test(arguments: [(12, 17.79), (40, 15.86), (90, 15.04)])
  func assignmentIsOptimal(_ n: Int, _ least: Double) {
    let cost = cost(n)
    let partner = optimalAssignment(cost: cost, count: n)
    #expect(Set(partner).count == n)
    let total = (0..<n).reduce(0) { $0 + cost[$1 * n + partner[$1]] }
    #expect(abs(total - least) < 1e-10)
  }

  /// Weighted plans by scipy.optimize.linprog (HiGHS dual simplex); their sums are the weights.
  @Test(arguments: [(7, 5, 2.366166666666667), (30, 44, 0.4187454780361758), (1, 6, 4.006818181818182)])
  func planIsOptimal(_ n: Int, _ m: Int, _ least: Double) {
    let cost = (0..<n * m).map { index in
      let (i, j) = (index / m, index % m)
      return Double((37 * i * i + 61 * j * j + 17 * i * j + 5 * i) % 101) / 10
        + 0.01 * Double(((i - 2 * j) % 7 + 7) % 7)
    }
    func normalized(_ x: [Double]) -> [Double] { x.map { $0 / x.reduce(0, +) } }
    let rows = normalized((0..<n).map { Double(1 + 3 * $0 % 5) })
    let columns = normalized((0..<m).map { Double(1 + 2 * $0 % 7) })
    let plan = optimalPlan(cost: cost, rowWeights: rows, columnWeights: columns)
    #expect(abs(plan.cost - least) < 1e-12)
    for i in 0..<n {
      #expect(abs(plan.entries.filter { $0.row == i }.reduce(0) { $0 + $1.share } - rows[i]) < 1e-12)
    }
    for j in 0..<m {
      #expect(abs(plan.entries.filter { $0.column == j }.reduce(0) { $0 + $1.share } - columns[j]) < 1e-12)
    }
  }

  @Test func assignmentOfFewPoints() {
    #expect(optimalAssignment(cost: [], count: 0) == [])
    #expect(optimalAssignment(cost: [3], count: 1) == [0])
    #expect(optimalAssignment(cost: [1, -5, 2, 4], count: 2) == [1, 0])
  }

  /// The discrete plan of two Gaussians on a grid against the closed form of Janati et al., epsilon = 2 sigma^2.
  @Test func sinkhornFindsTheEntropicPlanOfGaussians() {
    let (start, end) = (Gaussian(mean: 0.4, deviation: 0.6), Gaussian(mean: -0.8, deviation: 0.9))
    let grid = (0..<160).map { -8 + Double($0) / 10 }
    func weights(_ law: Gaussian) -> [Double] {
      let raw = grid.map { law.density($0) + 1e-18 }
      let total = raw.reduce(0, +)
      return raw.map { $0 / total }
    }
    let cost = grid.flatMap { x in grid.map { y in (x - y) * (x - y) } }
    let sigma = 0.5
    let plan = sinkhorn(
      cost: cost, rowWeights: weights(start), columnWeights: weights(end), epsilon: 2 * sigma * sigma,
      tolerance: 1e-10)
    let bridge = SchroedingerBridge(from: start, to: end, deviation: sigma)
    #expect(plan.isConverged)
    // The trapezoidal rule is exact to rounding for Gaussians as wide as 5 cells.
    #expect(abs(plan.cost - bridge.transportCost) < 1e-7)
    let column = (0..<160).reduce(0) { $0 + plan[$1, 75] }
    #expect(abs(column - weights(end)[75]) < 1e-15)
  }

  /// A small plan by 20,000 scalings in NumPy, u = a / (K v), v = b / (K^T u) with K = exp(-c / epsilon).
  @Test func sinkhornsPlanOfThreePoints() {
    let plan = sinkhorn(
      cost: [0, 1.5, 2, 1, 0.2, 0.7, 2.2, 0.9, 0.1], rowWeights: [0.2, 0.5, 0.3],
      columnWeights: [0.4, 0.35, 0.25], epsilon: 0.3, tolerance: 1e-15, budget: 20_000)
    let expected = [
      0.19985102084378129, 0.00014149227141823091, 7.486884800476926e-06, 0.19288292838304608,
      0.2916830324277373,
      0.015434039189216583, 0.007266050773172666, 0.05817547530084441, 0.23455847392598295,
    ]
    for (found, share) in zip(plan.plan, expected) { #expect(abs(found - share) < 1e-13) }
    #expect(abs(plan.cost - 0.3540496613421116) < 1e-13)
  }

  @Test func sinkhornSaysWhenItHasNotConverged() {
    let plan = sinkhorn(
      cost: cost(12), rowWeights: [Double](repeating: 1 / 12.0, count: 12),
      columnWeights: [Double](repeating: 1 / 12.0, count: 12), epsilon: 0.05, tolerance: 1e-12, budget: 3)
    #expect(!plan.isConverged && plan.iterations == 3 && plan.residual > 1e-12)
    // For small epsilon the plan's cost tends to the optimal permutation's.
    let sharp = sinkhorn(
      cost: cost(12), rowWeights: [Double](repeating: 1 / 12.0, count: 12),
      columnWeights: [Double](repeating: 1 / 12.0, count: 12), epsilon: 0.02, budget: 100_000)
    #expect(abs(sharp.cost - 17.79 / 12) < 0.01)
  }

  func pairs(_ coupling: some Coupling) -> (start: Batch<Double>, end: Batch<Double>, labels: [Int?]) {
    var start = Batch<Double>(count: 128, dimension: 2)
    var end = start
    var labels = [Int?](repeating: nil, count: 128)
    coupling.fill(
      start: &start, end: &end, labels: &labels, from: TrainingDraws(stream: RandomStream(seed: 5), step: 2))
    return (start, end, labels)
  }

  func cost(_ pairs: (start: Batch<Double>, end: Batch<Double>, labels: [Int?])) -> Double {
    PairedDataset(start: pairs.start, end: pairs.end).transportCost
  }

  /// Draws that are used again for batches of another size: what is kept between them does not matter.
  @Test func minibatchesOfSeveralSizes() {
    let coupling = IndependentCoupling(Self.data).transported()
    let kept = TrainingDraws(stream: RandomStream(seed: 5), step: 2)
    for count in [8, 3, 8] {
      let ends = [kept, TrainingDraws(stream: RandomStream(seed: 5), step: 2)].map { draws in
        var start = Batch<Double>(count: count, dimension: 2)
        var end = start
        var labels = [Int?](repeating: nil, count: count)
        coupling.fill(start: &start, end: &end, labels: &labels, from: draws)
        return end
      }
      #expect(ends[0] == ends[1], "\(count) points")
    }
  }

  @Test func minibatchTransportPermutesTheData() {
    let independent = pairs(IndependentCoupling(Self.data))
    let exact = pairs(IndependentCoupling(Self.data).transported())
    #expect(exact.start == independent.start)
    #expect(Set(exact.end.points.map(\.description)) == Set(independent.end.points.map(\.description)))
    #expect(cost(exact) < 0.7 * cost(independent))
    // The optimal cost is that of the Wasserstein distance between the two sets.
    let distance = Wasserstein()(independent.start, independent.end)
    #expect(abs(cost(exact) - distance * distance) < 1e-10)
    // Labels go with their points: the components lie on both sides of x = 0.5.
    for i in 0..<128 { #expect((exact.end[i, 0] > 0.5) == (exact.labels[i] == 1)) }
  }

  @Test func entropicCouplingLiesBetween() {
    let independent = cost(pairs(IndependentCoupling(Self.data)))
    let exact = cost(pairs(IndependentCoupling(Self.data).transported()))
    let sharp = cost(pairs(IndependentCoupling(Self.data).transported(by: .sinkhorn(epsilon: 0.01))))
    let blurred = cost(pairs(IndependentCoupling(Self.data).transported(by: .sinkhorn(epsilon: 100))))
    #expect(sharp < 1.15 * exact + 0.1)
    // Nearly independent: 128 draws of a cost whose deviation is about its mean.
    #expect(abs(blurred - independent) < 0.4 * independent)
  }

  @Test func productCouplingDrawsIndependentEnds() {
    let coupling = ProductCoupling(from: Self.data, to: Self.data)
    let drawn = pairs(coupling)
    #expect(drawn.start != drawn.end)
    let covariance = (0..<128).reduce(0.0) { sum, i in
      sum + (drawn.start[i, 0] - drawn.start.mean[0]) * (drawn.end[i, 0] - drawn.end.mean[0])
    }
    // Both have variance 6.65; four standard errors of the correlation.
    #expect(abs(covariance / 127 / 6.65) < 0.36)
  }
}
