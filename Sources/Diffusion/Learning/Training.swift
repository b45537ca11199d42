import RealModule

/// Training of a network: what is learned from, how, and how far it has come.
///
///     var training = Training(
///       MultilayerPerceptron<Float>(Architecture(dimension: 2), stream: RandomStream(seed: 1)),
///       loss: ConditionalFlowMatching(path: GaussianPath(schedule: .linear), data: mixture),
///       stream: RandomStream(seed: 2))
///     training.run(steps: 1000) { progress in print(progress.step, progress.loss) }
///     let samples = simulate(ODE(training.network), from: noise, by: .heun, times: .uniform(steps: 50)).final
///
/// Calling `run` again goes on. What step n draws depends on the stream and on n alone, so a run that was
/// stopped, saved and resumed gives the same bits as one that was not. On one thread; memory is allocated when
/// `run` begins, not in its steps, unless a law, path, loss or optimizer of one's own makes vectors or arrays in them.
///
/// Source: B. Polyak, A. Juditsky, "Acceleration of stochastic approximation by averaging", SIAM J. Control Optim. 30
/// (1992), for averaging; R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent neural networks",
/// ICML 2013, for clipping.
public struct Training<Scalar: NetworkReal, L: Loss>: Sendable {
  public let loss: L

  /// Everything that changes, and the settings that it depends on.
  public var state: TrainingState<Scalar>

  /// Starts from a network.
  ///
  /// - Parameters:
  ///   - batch: how many points each step draws.
  ///   - averaging: the decay a of an exponential moving average of the parameters, average = a average +
  ///     (1 - a) parameters from those at the start on, such as 0.999; nil for none.
  ///   - clipping: the largest Euclidean norm of the gradient; larger ones are scaled down to it.
  public init(
    _ network: MultilayerPerceptron<Scalar>, loss: L, optimizer: some Optimizer = Adam(), batch: Int = 256,
    averaging: Double? = nil, clipping: Double? = nil, stream: RandomStream
  ) {
    loss.requireFit(network.architecture)
    self.loss = loss
    state = TrainingState(
      network: network, optimizer: optimizer, batch: batch, averaging: averaging, clipping: clipping,
      stream: stream)
  }

  /// The network as trained so far.
  public var network: MultilayerPerceptron<Scalar> { state.network }

  /// The moving average of the network, where one is kept.
  public var averagedNetwork: MultilayerPerceptron<Scalar>? { state.averagedNetwork }

  /// How many steps have been made.
  public var step: Int { state.step }

  /// Trains for `steps` more steps.
  ///
  /// `onProgress` is called after every `interval` steps and may stop the training. A step whose loss,
  /// gradient or result is not finite is not made: network and optimizer stay as they were before it.
  @inlinable
  @discardableResult
  public mutating func run(
    steps: Int, reportingEvery interval: Int = 100,
    onProgress: (inout TrainingProgress) -> Void = { _ in }
  ) -> TrainingOutcome {
    let loss = loss
    return state.run(steps: steps, tangents: loss.tangents, interval: interval, onProgress) { pass, draws in
      loss.evaluate(pass, draws: draws)
    }
  }
}

/// How training is going.
public struct TrainingProgress: Hashable, Sendable {
  /// How many steps have been made.
  public let step: Int

  /// The mean loss since the last report.
  public let loss: Double

  /// The norm of the last gradient, before clipping.
  public let gradientNorm: Double

  /// The last step's learning rate.
  public let learningRate: Double

  var isStopped = false

  /// Ends the training after this report.
  public mutating func stop() { isStopped = true }
}

/// How training ended.
public enum TrainingOutcome: Hashable, Sendable {
  /// All steps were made.
  case completed

  /// It was told to.
  case stopped(at: Int)

  /// The loss, its gradient or the parameters after this step were not finite; the parameters are those before it.
  case notFinite(at: Int)

  /// The loss had grown a thousandfold since the beginning.
  case diverged(at: Int, loss: Double, initially: Double)

  /// What to do about it.
  public var advice: String {
    switch self {
    case .completed, .stopped: "nothing"
    case .notFinite(let step):
      """
      at step \(step) the loss, its gradient or the update was not finite: keep times away from the singular ends, lower \
      the learning rate, or clip gradients
      """
    case .diverged(let step, let loss, let initially):
      "at step \(step) the loss was \(loss), from \(initially): lower the learning rate, or clip gradients"
    }
  }
}
