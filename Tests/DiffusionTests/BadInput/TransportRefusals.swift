import Diffusion

/// Distances, couplings and transports of what does not go together.
enum TransportRefusals {
  static let transport: [Refusal] = [
    Refusal("must be finite") { _ = optimalAssignment(cost: [1, 2, .nan, 4], count: 2) },
    Refusal("positive weights with one sum") {
      _ = sinkhorn(cost: [1, 2, 3, 4], rowWeights: [0.5, 0.5], columnWeights: [0.5, 0.6], epsilon: 0.1)
    },
    Refusal("positive weights with one sum") {
      _ = optimalPlan(cost: [1, 2], rowWeights: [1], columnWeights: [0.5, 0.6])
    },
    Refusal("is not determined") {
      _ = GaussianTransport(from: Gaussian(mean: [0, 0], covariance: .diagonal([1, 0])), to: .standard(2))
    },
    Refusal("a bridge from") { _ = Bridge(of: BrownianMotion(), from: .nan, to: 1) },
    Refusal("a path from dimension 1 to 2") {
      _ = InterpolantPath(LinearInterpolant(), from: Gaussian.standard(1), to: Gaussian.standard(2))
    },
    Refusal("a distance of points of dimensions 1 and 2") {
      _ = Wasserstein()(Batch<Double>(count: 3, dimension: 1), Batch<Double>(count: 3, dimension: 2))
    },
    Refusal("a distance needs points") { _ = Wasserstein()([], [0.1]) },
    Refusal("a distance needs points") { _ = EnergyDistance()([0.1], [Double.nan]) },
    Refusal("below 1e150") { _ = EnergyDistance()([0.1], [1e200]) },
    Refusal("a distance of points of dimensions 1 and 2") {
      _ = EnergyDistance()(Batch<Double>(count: 3, dimension: 1), Batch<Double>(count: 3, dimension: 2))
    },
    Refusal("a distance of points of dimensions 2 and 1") {
      _ = SlicedWasserstein()(Batch<Double>(count: 3, dimension: 2), Batch<Double>(count: 3, dimension: 1))
    },
    Refusal("a distance of points of dimensions 1 and 2") {
      _ = MaximumMeanDiscrepancy.medianBandwidth(
        Batch<Double>(count: 4, dimension: 1), Batch<Double>(count: 3, dimension: 2))
    },
    Refusal("all points are the same") {
      _ = MaximumMeanDiscrepancy.medianBandwidth(
        Batch<Double>(count: 4, dimension: 1), Batch<Double>(count: 3, dimension: 1))
    },
    Refusal("is for the line") {
      _ = KolmogorovSmirnov()(Batch<Double>(count: 3, dimension: 2), Batch<Double>(count: 3, dimension: 2))
    },
    Refusal("a bandwidth cannot be 0.0") { _ = MaximumMeanDiscrepancy(bandwidth: 0) },
    Refusal("a bandwidth cannot be 1e-200") { _ = MaximumMeanDiscrepancy(bandwidth: 1e-200) },
    Refusal("a Wasserstein distance of order 0.5") { _ = Wasserstein(order: 0.5) },
    Refusal("a sliced Wasserstein distance of order inf") { _ = SlicedWasserstein(order: .infinity) },
    Refusal("over 0 directions") { _ = SlicedWasserstein(directions: 0) },
    Refusal("a noise floor of 0 permutations") {
      _ = EnergyDistance().compare(Batch([0.1]), Batch([0.2]), permutations: 0, stream: RandomStream(seed: 1))
    },
    Refusal("coordinate 2 of point 0 in a set") {
      _ = SampleSet(Batch<Double>(count: 3, dimension: 2))[0, 2]
    },
    Refusal("3 costs for an assignment of 2") { _ = optimalAssignment(cost: [1, 2, 3], count: 2) },
    Refusal("0 costs for an assignment") { _ = optimalAssignment(cost: [], count: .max) },
    Refusal("3 costs for 2 x 2 points") {
      _ = sinkhorn(cost: [1, 2, 3], rowWeights: [0.5, 0.5], columnWeights: [0.5, 0.5], epsilon: 0.1)
    },
    Refusal("epsilon = nan") {
      _ = sinkhorn(cost: [1], rowWeights: [1], columnWeights: [1], epsilon: .nan)
    },
    Refusal("epsilon = 1e-300") {
      _ = sinkhorn(cost: [1e300], rowWeights: [1], columnWeights: [1], epsilon: 1e-300)
    },
    Refusal("costs must be finite") {
      _ = sinkhorn(cost: [.nan], rowWeights: [1], columnWeights: [1], epsilon: 1)
    },
    Refusal("costs must be finite") {
      _ = optimalPlan(cost: [.infinity], rowWeights: [1], columnWeights: [1])
    },
    Refusal("0 costs for 0 x 0 points") { _ = optimalPlan(cost: [], rowWeights: [], columnWeights: []) },
    Refusal("an entropic plan with epsilon = 0.0") {
      _ = IndependentCoupling(Gaussian.standard(2)).transported(by: .sinkhorn(epsilon: 0))
    },
    Refusal("ends of dimensions 1 and 2") {
      _ = ProductCoupling(from: Gaussian.standard(1), to: Gaussian.standard(2))
    },
    Refusal("1 and 2 points are no pairs") {
      _ = PairedDataset(start: Batch<Double>([0.1]), end: Batch<Double>([0.1, 0.2]))
    },
    Refusal("pairs must be finite") {
      _ = PairedDataset(start: Batch<Double>([0.1]), end: Batch<Double>([Double.nan]))
    },
    Refusal("the flow did not arrive") {
      _ = PairedDataset(
        flowing: ClosureField { (x: Double, t: Double) in x * x }, from: Batch<Double>([2.0]),
        by: .dormandPrince, times: .uniform(steps: 1))
    },
    Refusal("use saving: .every(1)") {
      _ =
        simulate(
          ODE(BrownianMotion().drift), from: Batch<Double>([0.1]), by: .euler, times: .uniform(steps: 2)
        ).straightness
    },
    Refusal("a transport cost needs the first state") {
      _ =
        simulate(
          ODE(BrownianMotion().drift), from: Batch<Double>([0.1]), by: .euler, times: .uniform(steps: 2)
        ).transportCost
    },
    Refusal("the paths of no particles") {
      _ =
        simulate(
          ODE(BrownianMotion().drift), from: Batch<Double>(count: 0, dimension: 1), by: .euler,
          times: .uniform(steps: 2), saving: .every(1)
        ).pathEnergy
    },
    Refusal("distances of points of dimensions 1 and 2") {
      _ = squaredDistances(Batch<Double>(count: 1, dimension: 1), Batch<Double>(count: 1, dimension: 2))
    },
    Refusal("laws of dimensions 1 and 2") { _ = GaussianTransport(from: .standard(1), to: .standard(2)) },
    Refusal("laws of dimensions 1 and 2") {
      _ = SchroedingerBridge(from: .standard(1), to: .standard(2), deviation: 1)
    },
    Refusal("the deviation of a bridge cannot be 0.0") {
      _ = SchroedingerBridge(from: .standard(1), to: .standard(1), deviation: 0)
    },
    Refusal("must start from a law with a density") {
      _ = SchroedingerBridge(from: Gaussian(mean: 0, deviation: 0), to: .standard(1), deviation: 1)
    },
  ]
}
