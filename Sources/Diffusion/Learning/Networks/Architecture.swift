/// The shape of a multi-layer perceptron: what enters, how wide its layers are, what comes out.
public struct Architecture: Sendable {
  /// The dimension d of the points.
  public let dimension: Int

  /// The widths of the hidden layers.
  public let hidden: [Int]

  /// The number of outputs: d for a field, 1 for a potential.
  public let outputs: Int

  public let activation: any Activation
  public let time: TimeFeatures

  /// The number of classes that a label may name; 0 for a network without labels.
  public let labels: Int

  /// The layers' inputs and outputs, and where their parameters are.
  let layers: [Layer]

  /// The number of weights and biases.
  public let parameterCount: Int

  /// The network's inputs are the point, the time's features, and one indicator for each label; without a
  /// label all indicators are 0.
  public init(
    dimension: Int, hidden: [Int] = [64, 64, 64], outputs: Int? = nil, activation: some Activation = SiLU(),
    time: TimeFeatures = .time, labels: Int = 0
  ) {
    precondition(
      dimension > 0 && hidden.allSatisfy { $0 > 0 } && (outputs ?? 1) > 0 && labels >= 0,
      "a network from \(dimension) inputs over \(hidden) units to \(outputs ?? dimension) outputs")
    let size = Architecture.estimatedSize(
      inputs: [dimension, time.count, labels], hidden: hidden, outputs: outputs ?? dimension)
    precondition(
      size < Architecture.mostParameters,
      "a network of about \(size) parameters: that is more than can be kept")
    self.dimension = dimension
    self.hidden = hidden
    self.outputs = outputs ?? dimension
    self.activation = activation
    self.time = time
    self.labels = labels
    var offset = 0
    let inputs = dimension + time.count + labels
    layers = zip([inputs] + hidden, hidden + [self.outputs]).map { inputs, outputs in
      defer { offset += (inputs + 1) * outputs }
      return Layer(inputs: inputs, outputs: outputs, weights: offset)
    }
    parameterCount = offset
  }

  /// More parameters than could be kept.
  static let mostParameters = 0x1p40

  /// The number of parameters, in numbers that do not overflow.
  static func estimatedSize(inputs: [Int], hidden: [Int], outputs: Int) -> Double {
    let widths = [inputs.reduce(0) { $0 + Double($1) }] + hidden.map { Double($0) } + [Double(outputs)]
    return zip(widths, widths.dropFirst()).reduce(0) { $0 + ($1.0 + 1) * $1.1 }
  }

  /// A layer's parameters are its weights, `inputs` rows of `outputs`, and then its biases.
  struct Layer: Sendable {
    let inputs: Int
    let outputs: Int
    let weights: Int
    var biases: Int { weights + inputs * outputs }
  }
}
