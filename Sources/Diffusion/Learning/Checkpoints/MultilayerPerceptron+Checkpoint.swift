extension MultilayerPerceptron {
  /// The network as tensors `0.weight`, `0.bias`, `1.weight`, ..., weights with a row for each output, as in
  /// PyTorch's linear layers, and the architecture as metadata.
  public var safetensors: Safetensors {
    var file = Safetensors(metadata: architecture.metadata)
    for (number, layer) in architecture.layers.enumerated() {
      let weights = (0..<layer.inputs * layer.outputs).map { index in
        parameters[layer.weights + index % layer.inputs * layer.outputs + index / layer.inputs]
      }
      file.tensors["\(number).weight"] = .init(shape: [layer.outputs, layer.inputs], weights)
      file.tensors["\(number).bias"] = .init(
        shape: [layer.outputs], Array(parameters[layer.biases..<layer.biases + layer.outputs]))
    }
    return file
  }

  /// Reads a network; its activation must be among those given.
  public init(
    _ file: Safetensors, activations: [any Activation] = [SiLU(), Tanh(), ReLU(), GELU()]
  ) throws(CheckpointError) {
    let architecture = try Architecture(file.metadata, activations)
    // All tensors first: what the metadata promise need not be there.
    var tensors: [(weight: [Double], bias: [Double])] = []
    for (number, layer) in architecture.layers.enumerated() {
      tensors.append(
        (
          try file.tensor("\(number).weight", shape: [layer.outputs, layer.inputs]),
          try file.tensor("\(number).bias", shape: [layer.outputs])
        ))
    }
    var parameters = [Scalar](repeating: 0, count: architecture.parameterCount)
    for (layer, (weight, bias)) in zip(architecture.layers, tensors) {
      for i in 0..<layer.inputs {
        for j in 0..<layer.outputs {
          parameters[layer.weights + i * layer.outputs + j] = Scalar(weight[j * layer.inputs + i])
        }
      }
      for j in 0..<layer.outputs { parameters[layer.biases + j] = Scalar(bias[j]) }
    }
    self.init(architecture, parameters: parameters)
  }
}

extension Safetensors {
  /// The elements of a tensor that must be there.
  func tensor(_ name: String, shape: [Int]) throws(CheckpointError) -> [Double] {
    guard let tensor = tensors[name] else { throw CheckpointError(.mismatch, "it has no tensor '\(name)'") }
    guard tensor.shape == shape else {
      throw CheckpointError(.mismatch, "tensor '\(name)' has the shape \(tensor.shape), not \(shape)")
    }
    guard tensor.elements.allSatisfy(\.isFinite) else {
      throw CheckpointError(.mismatch, "tensor '\(name)' holds numbers that are not finite")
    }
    return tensor.elements
  }
}

extension Architecture {
  var metadata: [String: String] {
    [
      "dimension": "\(dimension)", "hidden": hidden.map(String.init).joined(separator: " "),
      "outputs": "\(outputs)", "activation": activation.name, "labels": "\(labels)",
      "time": "\(time.includesTime)",
      "frequencies": time.frequencies.map(\.description).joined(separator: " "),
    ]
  }

  fileprivate init(_ metadata: [String: String], _ activations: [any Activation]) throws(CheckpointError) {
    func text(_ key: String) throws(CheckpointError) -> String {
      guard let value = metadata[key] else {
        throw CheckpointError(.mismatch, "its metadata have no '\(key)'")
      }
      return value
    }
    func numbers<N: LosslessStringConvertible>(_ key: String) throws(CheckpointError) -> [N] {
      let words = try text(key).split(separator: " ")
      let values = words.compactMap { N(String($0)) }
      guard values.count == words.count else {
        throw CheckpointError(.mismatch, "its '\(key)' cannot be read: \(words)")
      }
      return values
    }
    func number(_ key: String, atLeast least: Int) throws(CheckpointError) -> Int {
      let values: [Int] = try numbers(key)
      guard values.count == 1, values[0] >= least else {
        throw CheckpointError(.mismatch, "its '\(key)' is \(values)")
      }
      return values[0]
    }
    let name = try text("activation")
    guard let activation = activations.first(where: { $0.name == name }) else {
      throw CheckpointError(.mismatch, "its activation '\(name)' is unknown; give it to the initializer")
    }
    let hidden: [Int] = try numbers("hidden")
    guard hidden.allSatisfy({ $0 > 0 }) else { throw CheckpointError(.mismatch, "its layers are \(hidden)") }
    let frequencies: [Double] = try numbers("frequencies")
    guard frequencies.allSatisfy(\.isFinite) else {
      throw CheckpointError(.mismatch, "its frequencies are \(frequencies)")
    }
    let time = TimeFeatures(includesTime: try text("time") == "true", frequencies: frequencies)
    let (dimension, outputs) = (try number("dimension", atLeast: 1), try number("outputs", atLeast: 1))
    let labels = try number("labels", atLeast: 0)
    let size = Architecture.estimatedSize(
      inputs: [dimension, time.count, labels], hidden: hidden, outputs: outputs)
    guard size < Architecture.mostParameters else {
      throw CheckpointError(.mismatch, "its network has about \(size) parameters")
    }
    self = Architecture(
      dimension: dimension, hidden: hidden, outputs: outputs, activation: activation, time: time,
      labels: labels)
  }
}
