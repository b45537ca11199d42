/// One layer at work: its weights in padded rows, what it keeps on the way forward, and its pullback.
final class LayerPass<Scalar: NetworkReal> {
  private let shape: Architecture.Layer
  private let activation: (any Activation)?
  private let rows: Int
  private let tangents: Int

  /// The lengths of rows, padded to whole cache lines.
  let inputStride: Int
  let outputStride: Int

  /// The stacked inputs, (1 + K) B rows, written by the layer before.
  let input: LayerMemory<Scalar>

  /// Where the last layer puts its results.
  let output: LayerMemory<Scalar>

  private let weights: LayerMemory<Scalar>
  private let transposed: LayerMemory<Scalar>
  private let biases: LayerMemory<Scalar>

  /// a'(z), a''(z), and the tangents dz.
  private let slopes: LayerMemory<Scalar>
  private let curvatures: LayerMemory<Scalar>
  private let arguments: LayerMemory<Scalar>

  private let weightGradient: LayerMemory<Scalar>
  private let biasGradient: LayerMemory<Scalar>

  init(
    _ shape: Architecture.Layer, activation: (any Activation)?, rows: Int, tangents: Int,
    isDifferentiated: Bool
  ) {
    self.shape = shape
    self.activation = activation
    self.rows = rows
    self.tangents = tangents
    let unit = Scalar.layerUnit
    inputStride = (shape.inputs + unit - 1) / unit * unit
    outputStride = (shape.outputs + unit - 1) / unit * unit
    let isHidden = activation != nil
    input = LayerMemory((1 + tangents) * rows * inputStride)
    output = LayerMemory(isHidden ? 0 : (1 + tangents) * rows * outputStride)
    weights = LayerMemory(shape.inputs * outputStride)
    transposed = LayerMemory(isDifferentiated ? shape.outputs * inputStride : 0)
    biases = LayerMemory(outputStride)
    slopes = LayerMemory(isHidden && (isDifferentiated || tangents > 0) ? rows * outputStride : 0)
    curvatures = LayerMemory(isHidden && isDifferentiated && tangents > 0 ? rows * outputStride : 0)
    arguments = LayerMemory(isHidden ? tangents * rows * outputStride : 0)
    weightGradient = LayerMemory(isDifferentiated ? shape.inputs * outputStride : 0)
    biasGradient = LayerMemory(isDifferentiated ? outputStride : 0)
  }

  /// Takes this layer's part of the network's parameters.
  func load(_ parameters: UnsafePointer<Scalar>) {
    let all = parameters + shape.weights
    for i in 0..<shape.inputs {
      let row = all + i * shape.outputs
      (weights.base + i * outputStride).update(from: row, count: shape.outputs)
    }
    if transposed.count > 0 {
      Scalar.transpose(
        all, rows: shape.inputs, columns: shape.outputs, into: transposed.base, stride: inputStride)
    }
    biases.base.update(from: parameters + shape.biases, count: shape.outputs)
  }

  /// Writes a(x W + b) and its tangents to `next`.
  func forward(into next: LayerMemory<Scalar>) {
    let size = rows * outputStride
    product(rows: rows, from: input.base, bias: biases.base, into: next.base)
    guard let activation else {
      product(
        rows: tangents * rows, from: input.base + rows * inputStride, bias: nil, into: next.base + size)
      return
    }
    Scalar.run(
      activation,
      ActivationSignal(
        values: next.write(0, size), slopes: slopes.count > 0 ? slopes.write(0, size) : nil,
        curvatures: curvatures.count > 0 ? curvatures.write(0, size) : nil))
    product(rows: tangents * rows, from: input.base + rows * inputStride, bias: nil, into: arguments.base)
    for k in 0..<tangents {
      let image = next.write((1 + k) * size, size)
      _ = image.update(fromContentsOf: arguments.read(k * size, size))
      Scalar.multiply(image, by: slopes.read(0, size))
    }
  }

  private func product(
    rows: Int, from x: UnsafePointer<Scalar>, bias: UnsafePointer<Scalar>?,
    into out: UnsafeMutablePointer<Scalar>
  ) {
    guard rows > 0 else { return }
    Scalar.layerProduct(
      x, rowStride: inputStride, stride: 1, weights.base, bias: bias, into: out, rows: rows,
      inner: shape.inputs, columns: outputStride)
  }

  /// From the gradient with respect to this layer's stacked results, which is overwritten, to those with
  /// respect to its parameters (added) and, if wanted, its stacked inputs.
  func backward(
    _ incoming: LayerMemory<Scalar>, into outgoing: LayerMemory<Scalar>, curved: LayerMemory<Scalar>,
    gradient: UnsafeMutablePointer<Scalar>, reachesInput: Bool
  ) {
    if activation != nil { pullThroughActivation(incoming, curved) }
    let stacked = (1 + tangents) * rows
    guard stacked > 0 else { return }
    Scalar.layerProduct(
      input.base, rowStride: 1, stride: inputStride, incoming.base, bias: nil, into: weightGradient.base,
      rows: shape.inputs, inner: stacked, columns: outputStride)
    biasGradient.clear(outputStride)
    Scalar.addRows(incoming.base, rows: rows, columns: outputStride, to: biasGradient.base)
    for i in 0..<shape.inputs {
      Scalar.addScaled(
        1, weightGradient.read(i * outputStride, shape.outputs),
        to: UnsafeMutableBufferPointer(
          start: gradient + shape.weights + i * shape.outputs, count: shape.outputs))
    }
    Scalar.addScaled(
      1, biasGradient.read(0, shape.outputs),
      to: UnsafeMutableBufferPointer(start: gradient + shape.biases, count: shape.outputs))
    guard reachesInput else { return }
    Scalar.layerProduct(
      incoming.base, rowStride: outputStride, stride: 1, transposed.base, bias: nil, into: outgoing.base,
      rows: stacked, inner: shape.outputs, columns: inputStride)
  }

  private func pullThroughActivation(_ incoming: LayerMemory<Scalar>, _ curved: LayerMemory<Scalar>) {
    let size = rows * outputStride
    if tangents > 0 {
      curved.clear(size)
      for k in 0..<tangents {
        let gradient = incoming.write((1 + k) * size, size)
        Scalar.addProduct(
          1, arguments.read(k * size, size), UnsafeBufferPointer(gradient), to: curved.write(0, size))
        Scalar.multiply(gradient, by: slopes.read(0, size))
      }
      Scalar.multiply(curved.write(0, size), by: curvatures.read(0, size))
    }
    Scalar.multiply(incoming.write(0, size), by: slopes.read(0, size))
    if tangents > 0 { Scalar.addScaled(1, curved.read(0, size), to: incoming.write(0, size)) }
  }
}
