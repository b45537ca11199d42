extension Training {
  /// Everything that a resumed training needs: network, moving average, the optimizer's memory, the step.
  public var safetensors: Safetensors {
    var file = state.network.safetensors
    for (name, tensor) in state.averagedNetwork?.safetensors.tensors ?? [:] {
      file.tensors["average." + name] = tensor
    }
    for (number, moment) in state.moments.enumerated() {
      file.tensors["moment.\(number)"] = .init(shape: [moment.count], moment)
    }
    file.metadata["step"] = "\(state.step)"
    file.metadata["initialLoss"] = state.initialLoss?.description
    return file
  }

  /// Saves the training to a file.
  public func save(to path: String) throws(CheckpointError) { try safetensors.write(to: path) }

  /// Takes up a saved training of the same architecture, optimizer and averaging, made as this one was. With
  /// the same loss, batch and stream it goes on as if it had not been interrupted, bit for bit. Data, loss, batch and
  /// stream are not in the file: with others it goes on with those.
  public mutating func restore(from path: String) throws(CheckpointError) {
    do {
      try restore(try Safetensors(path: path))
    } catch {
      throw CheckpointError(error.code, error.detail, path: path)
    }
  }

  /// Takes up a training from what `safetensors` gave.
  public mutating func restore(_ file: Safetensors) throws(CheckpointError) {
    let network = try MultilayerPerceptron<Scalar>(file, activations: [state.network.architecture.activation])
    guard network.architecture.metadata == state.network.architecture.metadata else {
      throw CheckpointError(.mismatch, "its network is \(network.architecture.metadata)")
    }
    guard let step = file.metadata["step"].flatMap({ Int($0) }), (0...TrainingDraws.mostSteps).contains(step)
    else { throw CheckpointError(.mismatch, "it does not say how many steps were made") }
    let initialLoss = file.metadata["initialLoss"].flatMap { Double($0) }
    guard initialLoss?.isFinite ?? (step == 0) else {
      throw CheckpointError(.mismatch, "it does not say what the loss was at first")
    }
    guard file.tensors["moment.\(state.moments.count)"] == nil else {
      throw CheckpointError(
        .mismatch, "it was made by an optimizer with more than \(state.moments.count) moments a parameter")
    }
    var restored = state
    restored.network = network
    restored.step = step
    restored.initialLoss = initialLoss
    for number in state.moments.indices {
      let elements = try file.tensor("moment.\(number)", shape: [network.parameters.count])
      restored.moments[number] = elements.map { Scalar($0) }
    }
    if state.averaging != nil {
      var average = Safetensors(metadata: file.metadata)
      for (name, tensor) in file.tensors where name.hasPrefix("average.") {
        average.tensors[String(name.dropFirst("average.".count))] = tensor
      }
      restored.average = try MultilayerPerceptron<Scalar>(
        average, activations: [network.architecture.activation]
      ).parameters
    }
    state = restored
  }
}
