/// What a network is trained to make small: an expectation, estimated on one minibatch at a time.
///
/// A new loss is a new type in one file. It fills the inputs of the pass, calls `forward`, computes its value
/// and the gradients with respect to the pass's outputs, and calls `backward`; it may do so several times.
/// Losses that regress on targets have less to write: see `RegressionLoss`.
public protocol Loss: Sendable {
  /// The dimension of its points.
  var dimension: Int { get }

  /// The number of outputs that the network must have.
  var outputs: Int { get }

  /// How many tangents the passes carry.
  var tangents: Int { get }

  /// The value on one minibatch; its gradient is added to `pass.gradient`.
  func evaluate<T: NetworkReal>(_ pass: NetworkPass<T>, draws: TrainingDraws) -> Double
}

extension Loss {
  public var outputs: Int { dimension }
  public var tangents: Int { 0 }

  /// The loss and its gradient with respect to the parameters on one minibatch of `count` points.
  ///
  /// `training` does this step by step; here it is for looking at a loss by itself.
  public func valueWithGradient<T: NetworkReal>(
    of network: MultilayerPerceptron<T>, count: Int, draws: TrainingDraws
  ) -> (value: Double, gradient: [T]) {
    requireFit(network.architecture)
    precondition(count > 0, "a minibatch of \(count) points")
    let pass = NetworkPass<T>(network.architecture, rows: count, tangents: tangents)
    pass.load(network.parameters)
    let value = evaluate(pass, draws: draws)
    return (value, pass.gradient)
  }

  @usableFromInline
  func requireFit(_ architecture: Architecture) {
    precondition(
      architecture.dimension == dimension && architecture.outputs == outputs,
      """
      this loss is for networks from dimension \(dimension) to \(outputs) outputs, not from \
      \(architecture.dimension) to \(architecture.outputs)
      """)
  }
}
