import Glibc

/// A network at work on a minibatch: values, tangents, and the pullback of both to its parameters.
///
/// For rows x_i at times t_i it computes the outputs y_i = f(x_i, t_i) and, along each of K tangents
/// (v_i, s), the derivative dy_i = d/de f(x_i + e v_i, t_i + e s) at e = 0. Given the gradients of a loss
/// with respect to all of these, `backward` adds the loss's gradient with respect to the parameters. That one
/// primitive serves losses that contain derivatives of the network in its inputs: its divergence, its
/// gradient, the log-density of its flow.
///
/// Values and tangents are stacked as (1 + K) blocks of rows, so that one product with a layer's weights
/// serves all. With z the argument of an activation a, a block of tangents dz obeys dh = a'(z) dz, hence
///
///     grad dz_k = a'(z) grad dh_k
///     grad z    = a'(z) grad h + a''(z) sum_k dz_k grad dh_k
///
/// All memory is allocated at the start.
public final class NetworkPass<Scalar: NetworkReal> {
  public let architecture: Architecture

  /// The number B of points.
  public let rows: Int

  /// The number K of tangents.
  public let tangents: Int

  // The inputs, for a loss to fill.

  /// x, B x d.
  public var points: Batch<Scalar>

  /// t, one for each point.
  public var times: [Scalar]

  /// The labels, nil for none.
  public var labels: [Int?]

  /// v, B x d for each tangent.
  public var directions: [Batch<Scalar>]

  /// s, one for each tangent.
  public var timeDirections: [Scalar]

  // The outputs.

  /// y, B x outputs.
  public internal(set) var values: Batch<Scalar>

  /// dy, B x outputs for each tangent.
  public internal(set) var tangentValues: [Batch<Scalar>]

  // The gradients of the loss, for it to fill.

  /// The gradient with respect to y.
  public var valueGradient: Batch<Scalar>

  /// The gradient with respect to dy, for each tangent.
  public var tangentGradients: [Batch<Scalar>]

  /// What `backward` has added up since `clearGradient`: the gradient with respect to the parameters.
  public internal(set) var gradient: [Scalar]

  /// Whether `backward` computes `pointGradient` too.
  public var wantsPointGradient = false

  /// The gradient with respect to x, from the last `backward` that was to compute it.
  public internal(set) var pointGradient: Batch<Scalar>

  /// Memory for what a loss draws and computes.
  public let minibatch: Minibatch<Scalar>

  // Gone through by number: unspecialised, the iterators of arrays allocate.
  let layers: [LayerPass<Scalar>]
  private let lossMemory = WorkingMemory()

  /// Gradients on their way back, from one layer's input to the one before.
  private var incoming: LayerMemory<Scalar>
  private var outgoing: LayerMemory<Scalar>
  private let curved: LayerMemory<Scalar>

  /// A pass over `rows` points; one that is not differentiated can only go forward.
  public init(
    _ architecture: Architecture, rows: Int, tangents: Int = 0, isDifferentiated: Bool = true
  ) {
    precondition(rows > 0 && tangents >= 0, "a pass over \(rows) points and \(tangents) tangents")
    self.architecture = architecture
    self.rows = rows
    self.tangents = tangents
    points = Batch(count: rows, dimension: architecture.dimension)
    times = Array(repeating: 0, count: rows)
    labels = Array(repeating: nil, count: rows)
    directions = Array(repeating: points, count: tangents)
    timeDirections = Array(repeating: 0, count: tangents)
    values = Batch(count: rows, dimension: architecture.outputs)
    tangentValues = Array(repeating: values, count: tangents)
    valueGradient = values
    tangentGradients = tangentValues
    pointGradient = points
    gradient = Array(repeating: 0, count: isDifferentiated ? architecture.parameterCount : 0)
    minibatch = Minibatch(
      count: isDifferentiated ? rows : 0, dimension: architecture.dimension, outputs: architecture.outputs)
    let shapes = architecture.layers
    layers = shapes.enumerated().map { number, shape in
      LayerPass(
        shape, activation: number == shapes.count - 1 ? nil : architecture.activation, rows: rows,
        tangents: tangents, isDifferentiated: isDifferentiated)
    }
    let widest = layers.map { max($0.inputStride, $0.outputStride) }.max() ?? 0
    let size = isDifferentiated ? (1 + tangents) * rows * widest : 0
    incoming = LayerMemory(size)
    outgoing = LayerMemory(size)
    curved = LayerMemory(tangents > 0 && isDifferentiated ? rows * widest : 0)
  }

  /// Takes the parameters for the passes that follow.
  public func load(_ parameters: [Scalar]) {
    precondition(parameters.count == architecture.parameterCount, "parameters of another network")
    parameters.withUnsafeBufferPointer { all in
      for number in 0..<layers.count { layers[number].load(all.baseAddress!) }
    }
  }

  /// Sets `gradient` to 0.
  public func clearGradient() {
    gradient.withUnsafeMutableBytes { _ = memset($0.baseAddress!, 0, $0.count) }
  }

  /// Computes `values` and `tangentValues`.
  public func forward() {
    fillInput()
    for number in 1..<layers.count { layers[number - 1].forward(into: layers[number].input) }
    let last = layers[layers.count - 1]
    last.forward(into: last.output)
    last.output.unstack(0, stride: last.outputStride, into: &values)
    for k in 0..<tangents {
      last.output.unstack((1 + k) * rows, stride: last.outputStride, into: &tangentValues[k])
    }
  }

  /// Adds to `gradient` what the gradients with respect to values and tangents pull back to.
  public func backward() {
    precondition(!gradient.isEmpty, "a pass that is not differentiated cannot go backward")
    let last = layers[layers.count - 1]
    // Padding must be zero.
    incoming.clear((1 + tangents) * rows * last.outputStride)
    incoming.stack(valueGradient, 0, stride: last.outputStride)
    for k in 0..<tangents {
      incoming.stack(tangentGradients[k], (1 + k) * rows, stride: last.outputStride)
    }
    gradient.withUnsafeMutableBufferPointer { gradient in
      for number in stride(from: layers.count - 1, through: 0, by: -1) {
        layers[number].backward(
          incoming, into: outgoing, curved: curved, gradient: gradient.baseAddress!,
          reachesInput: number > 0 || wantsPointGradient)
        swap(&incoming, &outgoing)
      }
    }
    if wantsPointGradient { incoming.unstack(0, stride: layers[0].inputStride, into: &pointGradient) }
  }

  /// Memory of a loss's own kind: made at its first step, and given back to it at those that follow. One of each type.
  public func memory<Memory: AnyObject>(_ make: () -> Memory) -> Memory { lossMemory.object(make) }

  /// The first layer's input: points, time features, labels; below them the tangents of these.
  private func fillInput() {
    let (input, stride, d) = (layers[0].input, layers[0].inputStride, architecture.dimension)
    input.stack(points, 0, stride: stride)
    for k in 0..<tangents { input.stack(directions[k], (1 + k) * rows, stride: stride) }
    times.withUnsafeBufferPointer { times in
      timeDirections.withUnsafeBufferPointer { rates in
        Scalar.fillFeatures(
          architecture.time, at: times, rates: rates, into: input.base + d, stride: stride)
      }
    }
    guard architecture.labels > 0 else { return }
    let first = d + architecture.time.count
    for i in 0..<rows {
      architecture.requireLabel(labels[i])
      for label in 0..<architecture.labels {
        input.base[i * stride + first + label] = labels[i] == label ? 1 : 0
      }
    }
  }
}

extension LayerMemory {
  /// Copies a batch to the rows from `row` on, `stride` apart; what is behind them stays.
  func stack(_ batch: Batch<Scalar>, _ row: Int, stride: Int) {
    batch.withElements { source in
      guard let source = source.baseAddress else { return }
      Scalar.copyRows(
        source, stride: batch.dimension, to: base + row * stride, stride: stride, rows: batch.count,
        columns: batch.dimension)
    }
  }

  /// Copies the first columns of the rows from `row` on to a batch.
  func unstack(_ row: Int, stride: Int, into batch: inout Batch<Scalar>) {
    let (count, width) = (batch.count, batch.dimension)
    batch.withMutableElements { target in
      guard let target = target.baseAddress else { return }
      Scalar.copyRows(
        base + row * stride, stride: stride, to: target, stride: width, rows: count, columns: width)
    }
  }
}
