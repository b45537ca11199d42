import RealModule

/// What a training has learned, and what it needs to go on.
public struct TrainingState<Scalar: NetworkReal>: Sendable {
  /// The network after `step` steps.
  public internal(set) var network: MultilayerPerceptron<Scalar>

  /// The moving average of the parameters, empty where none is kept.
  var average: [Scalar]

  /// The optimizer's running averages.
  var moments: [[Scalar]]

  /// How many steps have been made.
  public internal(set) var step = 0

  /// The reports so far.
  public internal(set) var history: [TrainingProgress] = []

  /// The loss before the first step, against which divergence is measured.
  var initialLoss: Double?

  let optimizer: any Optimizer
  let batch: Int
  let averaging: Double?
  let clipping: Double?
  let stream: RandomStream

  init(
    network: MultilayerPerceptron<Scalar>, optimizer: some Optimizer, batch: Int, averaging: Double?,
    clipping: Double?, stream: RandomStream
  ) {
    precondition(batch > 0, "a minibatch of \(batch) points")
    precondition(averaging.map { (0..<1).contains($0) } ?? true, "an average cannot decay by \(averaging!)")
    precondition(
      clipping.map { $0 > 0 && $0.isFinite } ?? true,
      "gradients cannot be clipped to \(clipping!): give a positive, finite norm, or nil")
    self.network = network
    self.optimizer = optimizer
    self.batch = batch
    self.averaging = averaging
    self.clipping = clipping
    self.stream = stream
    average = averaging == nil ? [] : network.parameters
    moments = Array(
      repeating: [Scalar](repeating: 0, count: network.parameters.count), count: optimizer.moments)
  }

  /// The network of averaged parameters, nil where no average is kept.
  public var averagedNetwork: MultilayerPerceptron<Scalar>? {
    averaging.map { _ in MultilayerPerceptron(network.architecture, parameters: average) }
  }

  @usableFromInline
  mutating func run(
    steps: Int, tangents: Int, interval: Int, _ onProgress: (inout TrainingProgress) -> Void,
    _ evaluate: (NetworkPass<Scalar>, TrainingDraws) -> Double
  ) -> TrainingOutcome {
    precondition(steps >= 0 && interval > 0, "\(steps) steps, reported every \(interval)")
    precondition(
      steps <= TrainingDraws.mostSteps - step,
      "\(steps) steps after \(step): a training has at most \(TrainingDraws.mostSteps)")
    let pass = NetworkPass<Scalar>(network.architecture, rows: batch, tangents: tangents)
    let memory = WorkingMemory()
    // What an update started from, to return to where it leads nowhere.
    var (oldParameters, oldMoments) = (network.parameters, moments)
    // The window decides on divergence and reports; a few steps are too noisy for either.
    let window = min(interval, 50)
    var (sum, count, recent) = (0.0, 0, 0.0)
    let last = step + steps
    while step < last {
      pass.load(network.parameters)
      pass.clearGradient()
      let value = evaluate(pass, TrainingDraws(stream: stream, step: step, memory: memory))
      let norm = pass.gradient.withUnsafeBufferPointer { Scalar.sumOfSquares($0) }.squareRoot()
      guard value.isFinite, norm.isFinite else { return .notFinite(at: step) }
      initialLoss = initialLoss ?? value
      let scale = clipping.map { min(1, $0 / norm) } ?? 1
      copy(network.parameters, to: &oldParameters)
      for k in 0..<moments.count { copy(moments[k], to: &oldMoments[k]) }
      Scalar.update(
        &network.parameters, by: optimizer, moments: &moments, gradient: pass.gradient, scale: scale,
        step: step)
      guard isFinite else {
        network.parameters = oldParameters
        moments = oldMoments
        return .notFinite(at: step)
      }
      updateAverage()
      step += 1
      sum += value
      recent += value
      count += 1
      if step % window == 0 {
        let mean = recent / Double(min(window, count))
        recent = 0
        if let initial = initialLoss, mean > initial + 1000 * abs(initial) {
          return .diverged(at: step, loss: mean, initially: initial)
        }
      }
      if step % interval == 0 || step == last {
        var progress = TrainingProgress(
          step: step, loss: sum / Double(count), gradientNorm: norm, learningRate: optimizer.rate(step - 1))
        (sum, count) = (0, 0)
        onProgress(&progress)
        history.append(progress)
        if progress.isStopped, step < last { return .stopped(at: step) }
      }
    }
    return .completed
  }

  /// Whether parameters and moments are numbers; their squares are summed in double precision.
  private var isFinite: Bool {
    func isFinite(_ numbers: [Scalar]) -> Bool {
      numbers.withUnsafeBufferPointer { Scalar.sumOfSquares($0) }.isFinite
    }
    guard isFinite(network.parameters) else { return false }
    for k in 0..<moments.count where !isFinite(moments[k]) { return false }
    return true
  }

  /// Copies numbers into an array that keeps its memory.
  private func copy(_ numbers: [Scalar], to place: inout [Scalar]) {
    numbers.withUnsafeBufferPointer { source in
      place.withUnsafeMutableBufferPointer { _ = $0.update(fromContentsOf: source) }
    }
  }

  /// average = decay average + (1 - decay) parameters.
  private mutating func updateAverage() {
    guard let averaging else { return }
    average.withUnsafeMutableBufferPointer { average in
      Scalar.scale(average, by: Scalar(averaging))
      network.parameters.withUnsafeBufferPointer {
        Scalar.addScaled(Scalar(1 - averaging), $0, to: average)
      }
    }
  }
}
