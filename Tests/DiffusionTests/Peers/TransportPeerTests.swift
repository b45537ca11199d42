import Diffusion
import RealModule
import Testing

/// POT 0.9.7, scipy 1.17.1 and scikit-learn 1.9.1, for sets of five and seven points of space.
@Suite struct TransportPeerTests {
  static let leastCost = [1.0818820401637907]
  static let entropicCost = [1.0978895459996891]
  static let entropicRow = [
    4.32406655484553e-13, 7.788990196434132e-05, 0.06146608086209145, 4.254320376880692e-13,
    1.2034762289718864e-10, 0.07101318877866102, 0.0007761736694110377,
  ]
  static let uniformDistance = [0.873175553847153]
  static let lineDistances = [0.44429097340211776, 0.4937871257568114, 0.5301868760115814]
  static let sliced = [0.3110636226070588, 0.41360794302028553]
  static let energyOnLine = [0.4505938825260478]
  static let energyInSpace = [0.583172021231412]
  static let meanDiscrepancy = [0.4781722697903535]
  static let kolmogorovSmirnovTest = [0.3, 0.065208068554]
  static let kolmogorovSmirnovLaw = [
    0.16048387096774194, 0.6833908523799367, 0.225, 0.28051744932231876, 0.2887096774193548,
    0.08423996178692239,
    0.3532258064516129, 0.017979416468114923,
  ]
  static let kolmogorovSmirnov = [0.2571428571428571]
  static let gaussians = [1.7274715669580558]
  static let map = [1.3363422743541338, 1.4344267996967353]

  static let a = Batch(elements: Peer.cloud(5, 3, 1.3), dimension: 3)
  static let b = Batch(elements: Peer.cloud(7, 3, 0.8).map { $0 + 0.2 }, dimension: 3)
  static let rows = (1...5).map { Double($0) / 15 }
  static let columns = (2...8).map { Double($0) / 35 }

  /// ot.emd2 and ot.bregman.sinkhorn_log.
  @Test func plans() {
    let cost = squaredDistances(Self.a, Self.b)
    let plan = optimalPlan(cost: cost, rowWeights: Self.rows, columnWeights: Self.columns)
    #expect(Peer.gap([plan.cost], Self.leastCost) < 1e-14)
    let entropic = sinkhorn(
      cost: cost, rowWeights: Self.rows, columnWeights: Self.columns, epsilon: 0.3, tolerance: 1e-14,
      budget: 100_000)
    #expect(Peer.gap([entropic.cost], Self.entropicCost) < 1e-12)
    for j in 0..<7 { #expect(abs(entropic[1, j] / Self.entropicRow[j] - 1) < 1e-9, "entry \(j)") }
  }

  /// ot.emd2, wasserstein_1d and sliced_wasserstein_distance, the last along the directions of the same stream.
  @Test func wasserstein() {
    #expect(Peer.gap([Wasserstein()(Self.a, Self.b)], Self.uniformDistance) < 1e-14)
    let line = [1, 2, 3].map { Wasserstein(order: $0)(Self.a.column(0), Self.b.column(0)) }
    #expect(Peer.gap(line, Self.lineDistances) < 1e-14)
    let sliced = [1, 2].map {
      SlicedWasserstein(order: $0, directions: 4, stream: RandomStream(seed: 5))(Self.a, Self.b)
    }
    #expect(Peer.gap(sliced, Self.sliced) < 1e-14)
  }

  /// scipy.stats.energy_distance and ks_2samp.
  @Test func othersOnTheLine() {
    #expect(Peer.gap([EnergyDistance()(Self.a.column(1), Self.b.column(1))], Self.energyOnLine) < 1e-14)
    let distance = KolmogorovSmirnov()(Self.a.column(2), Self.b.column(2))
    #expect(Peer.gap([distance], Self.kolmogorovSmirnov) < 1e-15)
  }

  /// By scipy's cdist and scikit-learn's rbf_kernel.
  @Test func kernelsInSpace() {
    #expect(Peer.gap([EnergyDistance()(Self.a, Self.b)], Self.energyInSpace) < 1e-14)
    let discrepancy = MaximumMeanDiscrepancy(bandwidth: 0.7)(Self.a, Self.b)
    #expect(Peer.gap([discrepancy], Self.meanDiscrepancy) < 1e-14)
  }

  /// The noise floor is a sample of the statistic's law under one law of the data, which ks_2samp has exactly: 600
  /// regroupings leave shares within 4 standard errors.
  @Test func noiseFloorOfKolmogorovSmirnov() {
    let a = Batch(elements: Peer.cloud(40, 1, 1.3), dimension: 1)
    let b = Batch(elements: Peer.cloud(31, 1, 0.8), dimension: 1)
    let found = KolmogorovSmirnov().compare(a, b, permutations: 600, stream: RandomStream(seed: 4))
    #expect(Peer.gap([found.distance], [Self.kolmogorovSmirnovTest[0]]) < 1e-14)
    func expectShare(_ share: Double, _ p: Double) {
      #expect(abs(share - p) < 4 * (p * (1 - p) / 600).squareRoot(), "a share of \(share), not \(p)")
    }
    expectShare(found.pValue, Self.kolmogorovSmirnovTest[1])
    for k in stride(from: 0, to: 8, by: 2) {
      let (distance, p) = (Self.kolmogorovSmirnovLaw[k], Self.kolmogorovSmirnovLaw[k + 1])
      expectShare(Double(found.floor.count { $0 > distance - 1e-12 }) / 600, p)
    }
    // P(D >= 0.1871) is 0.502 by the same function.
    #expect(abs(found.noiseFloor - 0.187) < 0.02)
  }

  /// ot.gaussian.bures_wasserstein_distance and bures_wasserstein_mapping.
  @Test func gaussianLaws() {
    let p = Gaussian(mean: [0.3, -1], covariance: Matrix([[1.2, 0.3], [0.3, 0.6]]))
    let q = Gaussian(mean: [1.4, 0.2], covariance: Matrix([[0.5, -0.2], [-0.2, 0.8]]))
    #expect(Peer.gap([p.wassersteinDistance(to: q)], Self.gaussians) < 1e-14)
    let transport = GaussianTransport(from: p, to: q)
    #expect(Peer.gap(transport(Vector([0.7, 0.1])).coordinates, Self.map) < 1e-14)
  }
}
