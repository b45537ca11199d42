import Diffusion
import RealModule
import Testing

/// The gradients of all losses against central differences of their values on the same minibatch.
@Suite struct LossGradientTests {
  static let mixture = GaussianMixture(
    weights: [0.3, 0.7], means: [[1.0, -0.5], [-0.4, 0.8]],
    covariances: [Matrix([[0.5, 0.2], [0.2, 0.3]]), Matrix([[0.2, -0.1], [-0.1, 0.6]])])
  static let path = GaussianPath(schedule: .trigonometric)
  static let times = TimeSampling.uniform(0.1...0.9)

  static let losses: [any Loss] = [
    ConditionalFlowMatching(path: path, data: mixture),
    NoisePrediction(path: path, data: mixture),
    DenoisingScoreMatching(path: path, data: mixture, times: times),
    FlowMatching(path.marginal(over: mixture), times: times),
    ExplicitScoreMatching(path.marginal(over: mixture), times: times, weight: .one),
    ImplicitScoreMatching(path: path, data: mixture),
    SlicedScoreMatching(data: mixture),
    ActionMatching(path: path, data: mixture),
    FlowLikelihood(data: mixture, steps: 3),
    ConditionalPathMatching(path: CurvedPath(), data: mixture, times: times),
    InterpolantMatching(
      LinearInterpolant(latent: 0.7),
      coupling: ProductCoupling(from: mixture, to: Uniform(lower: [0, 0], upper: [1, 2])),
      times: times),
    BregmanLoss(ConditionalFlowMatching(path: path, data: mixture), generator: Quartic()),
  ]

  /// F(x) = sum_i x_i^4 + |x|^2 + x_1 x_2, convex.
  struct Quartic: BregmanGenerator {
    func callAsFunction<T: RealNumber>(_ x: Vector<T>) -> T {
      var sum = x[0] * x[1]
      for i in 0..<x.count { sum += x[i] * x[i] * (x[i] * x[i] + 1) }
      return sum
    }
  }

  @Test(arguments: losses.indices)
  func gradientIsTheDerivative(_ index: Int) { check(Self.losses[index]) }

  private func check(_ loss: some Loss) {
    let network = smallNetwork(
      dimension: 2, hidden: [9, 6], outputs: loss.outputs, activation: SiLU())
    let draws = TrainingDraws(stream: RandomStream(seed: 8), step: 1)
    func value(_ parameters: [Double]) -> Double {
      loss.valueWithGradient(
        of: MultilayerPerceptron(network.architecture, parameters: parameters), count: 12, draws: draws
      ).value
    }
    let gradient = loss.valueWithGradient(of: network, count: 12, draws: draws).gradient
    let size = gradient.reduce(1) { larger($0, abs($1)) }
    let h = 1e-5
    for parameter in stride(from: 0, to: gradient.count, by: 5) {
      var (above, below) = (network.parameters, network.parameters)
      above[parameter] += h
      below[parameter] -= h
      let difference = (value(above) - value(below)) / (2 * h)
      // h^2 times third derivatives, and rounding of values up to 100 divided by h.
      #expect(
        abs(gradient[parameter] - difference) < 1e-8 * size, "\(type(of: loss)), parameter \(parameter)")
    }
  }

  @Test func bregmanOfTheSquareIsTheSquare() {
    struct Square: BregmanGenerator {
      func callAsFunction<T: RealNumber>(_ x: Vector<T>) -> T { x.squaredNorm }
    }
    let base = NoisePrediction(path: Self.path, data: Self.mixture)
    let network = smallNetwork(dimension: 2, activation: Tanh())
    let draws = TrainingDraws(stream: RandomStream(seed: 9), step: 0)
    let square = base.valueWithGradient(of: network, count: 10, draws: draws)
    let bregman = BregmanLoss(base, generator: Square()).valueWithGradient(
      of: network, count: 10, draws: draws)
    #expect(abs(square.value - bregman.value) < 1e-12)
    #expect(zip(square.gradient, bregman.gradient).allSatisfy { abs($0 - $1) < 1e-12 })
  }
}
