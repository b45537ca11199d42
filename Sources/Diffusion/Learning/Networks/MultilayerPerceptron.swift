/// A multi-layer perceptron f(x, t): h_0 = (x, features of t, label), h_l = a(h_(l-1) W_l + b_l), and an
/// affine last layer. Rows are points: W_l is inputs x outputs.
///
///     var stream = RandomStream(seed: 1)
///     let network = MultilayerPerceptron<Float>(Architecture(dimension: 2), stream: stream)
///     let samples = simulate(ODE(network), from: noise, by: .heun, times: .uniform(steps: 50)).final
///
/// It is a `Field` where it has as many outputs as its points have coordinates: it can be simulated in either
/// precision and differentiated by dual numbers. With labels, `self` is the network without one.
public struct MultilayerPerceptron<Scalar: NetworkReal>: Sendable {
  public let architecture: Architecture

  /// All weights and biases, layer after layer: the weights by rows, one for each input, then the biases.
  public var parameters: [Scalar] {
    didSet { requireParameterCount() }
  }

  /// A network with the given parameters, all finite.
  public init(_ architecture: Architecture, parameters: [Scalar]) {
    self.architecture = architecture
    self.parameters = parameters
    requireParameterCount()
    precondition(parameters.allSatisfy(\.isFinite), "parameters of a network must be finite")
  }

  /// Random weights N(0, 1 / inputs), biases 0; the same for the same stream.
  ///
  /// Source: Y. LeCun, L. Bottou, G. Orr, K.-R. Mueller, "Efficient BackProp", 1998, section 4.6.
  public init(_ architecture: Architecture, stream: RandomStream) {
    var parameters = stream.normals(Scalar.self, 0..<architecture.parameterCount)
    for layer in architecture.layers {
      let deviation = Scalar((1 / Double(layer.inputs)).squareRoot())
      for i in layer.weights..<layer.biases { parameters[i] *= deviation }
      for i in layer.biases..<layer.biases + layer.outputs { parameters[i] = 0 }
    }
    self.init(architecture, parameters: parameters)
  }

  /// The same network in another precision.
  public init<Other: NetworkReal>(_ other: MultilayerPerceptron<Other>) {
    self.init(other.architecture, parameters: other.parameters.map { Scalar($0.realPart) })
  }

  private func requireParameterCount() {
    precondition(
      parameters.count == architecture.parameterCount,
      "\(parameters.count) parameters for a network of \(architecture.parameterCount)")
  }
}

extension MultilayerPerceptron {
  /// The outputs at one point, for any number type: the formula that the batched passes are tested against.
  public func outputs<P: Point>(_ x: P, at t: P.Scalar, label: Int? = nil) -> [P.Scalar] {
    withOutputs(x, at: t, label: label) { Array($0) }
  }

  /// The outputs as a point.
  func field<P: Point>(_ x: P, at t: P.Scalar, label: Int?) -> P {
    withOutputs(x, at: t, label: label) { y in
      precondition(y.count == x.count, "a network with \(y.count) outputs is no field on R^\(x.count)")
      return P(count: y.count) { y[$0] }
    }
  }

  /// Calls `body` with the outputs, in memory that is used again.
  func withOutputs<P: Point, R>(
    _ x: P, at t: P.Scalar, label: Int?, _ body: (UnsafeMutableBufferPointer<P.Scalar>) -> R
  ) -> R {
    typealias T = P.Scalar
    let (d, layers) = (architecture.dimension, architecture.layers)
    precondition(x.count == d, "a point of dimension \(x.count) for a network of dimension \(d)")
    architecture.requireLabel(label)
    var width = 0
    // Gone through by number: unspecialised, the iterators of arrays allocate.
    for number in 0..<layers.count { width = max(width, layers[number].inputs, layers[number].outputs) }
    return withPointMemory(of: T.self, count: 2 * width) { memory in
      var h = UnsafeMutableBufferPointer(rebasing: memory[..<width])
      var next = UnsafeMutableBufferPointer(rebasing: memory[width...])
      for i in 0..<layers[0].inputs { h[i] = i < d ? x[i] : 0 }
      architecture.time.forEach(at: t) { index, value, _ in h[d + index] = value }
      if let label { h[d + architecture.time.count + label] = 1 }
      for number in 0..<layers.count {
        let layer = layers[number]
        for j in 0..<layer.outputs {
          var z = T(parameters[layer.biases + j].realPart)
          for i in 0..<layer.inputs {
            z += T(parameters[layer.weights + i * layer.outputs + j].realPart) * h[i]
          }
          next[j] = number == layers.count - 1 ? z : architecture.activation(z)
        }
        swap(&h, &next)
      }
      return body(UnsafeMutableBufferPointer(rebasing: h[..<architecture.outputs]))
    }
  }
}

extension Architecture {
  func requireLabel(_ label: Int?) {
    precondition(
      label.map { $0 >= 0 && $0 < labels } ?? true,
      "label \(label ?? 0) for a network of \(labels) labels, which are 0..<\(labels)")
  }
}

extension MultilayerPerceptron: Field {
  public func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
    field(x, at: t, label: nil)
  }

  public func floatEvaluator(count: Int, dimension: Int) -> BatchFunction<Float> {
    evaluator(count: count, dimension: dimension, label: nil)
  }

  public func doubleEvaluator(count: Int, dimension: Int) -> BatchFunction<Double> {
    evaluator(count: count, dimension: dimension, label: nil)
  }

  /// The batched network, for points with this label.
  func evaluator<T: NetworkReal>(count: Int, dimension: Int, label: Int?) -> BatchFunction<T> {
    precondition(
      dimension == architecture.dimension,
      "points of dimension \(dimension) for a network of dimension \(architecture.dimension)")
    architecture.requireLabel(label)
    let pass = NetworkPass<T>(architecture, rows: count, isDifferentiated: false)
    pass.load(parameters.map { T($0.realPart) })
    for i in 0..<count { pass.labels[i] = label }
    return BatchFunction { x, t, out in
      pass.points.copy(x)
      for i in 0..<count { pass.times[i] = t }
      pass.forward()
      out.copy(pass.values)
    }
  }
}
