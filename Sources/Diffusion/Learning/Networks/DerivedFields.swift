/// A network conditioned on a label.
public struct ConditionedNetwork<Scalar: NetworkReal>: Field {
  public let network: MultilayerPerceptron<Scalar>

  /// The label, nil for none.
  public let label: Int?

  public func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
    network.field(x, at: t, label: label)
  }

  public func floatEvaluator(count: Int, dimension: Int) -> BatchFunction<Float> {
    network.evaluator(count: count, dimension: dimension, label: label)
  }

  public func doubleEvaluator(count: Int, dimension: Int) -> BatchFunction<Double> {
    network.evaluator(count: count, dimension: dimension, label: label)
  }
}

/// Classifier-free guidance: (1 - w) f(x, t) + w f(x, t | label), for a guidance scale w.
///
/// w = 1 is the conditional network. Ho and Salimans write 1 + w for this w. For scores it is that of
/// p(x)^(1 - w) p(x | label)^w at one time; the law that its flow reaches is another.
/// Source: J. Ho, T. Salimans, "Classifier-free diffusion guidance", 2022, arXiv:2207.12598, equation 6; this form
/// as in P. Holderrieth, E. Erives, "An introduction to flow matching and diffusion models", 2025, section 5.
public struct GuidedNetwork<Scalar: NetworkReal>: Field {
  public let network: MultilayerPerceptron<Scalar>
  public let label: Int

  /// w.
  public let scale: Double

  public func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
    let w = P.Scalar(scale)
    return (1 - w) * network(x, at: t) + w * network.conditioned(on: label)(x, at: t)
  }

  public func floatEvaluator(count: Int, dimension: Int) -> BatchFunction<Float> {
    evaluator(count: count, dimension: dimension)
  }

  public func doubleEvaluator(count: Int, dimension: Int) -> BatchFunction<Double> {
    evaluator(count: count, dimension: dimension)
  }

  private func evaluator<T: NetworkReal>(count: Int, dimension: Int) -> BatchFunction<T> {
    let free: BatchFunction<T> = network.evaluator(count: count, dimension: dimension, label: nil)
    let conditioned: BatchFunction<T> = network.evaluator(count: count, dimension: dimension, label: label)
    var other = Batch<T>(count: count, dimension: dimension)
    return BatchFunction { [scale] x, t, out in
      free(x, at: t, into: &other)
      conditioned(x, at: t, into: &out)
      out.scale(by: T(scale))
      out.add(T(1 - scale), times: other)
    }
  }
}

/// nabla s_t(x) of a network with one output, a field to simulate.
public struct PotentialGradient<Scalar: NetworkReal>: BatchField {
  public let network: MultilayerPerceptron<Scalar>

  public func floatEvaluator(count: Int, dimension: Int) -> BatchFunction<Float> {
    evaluator(count: count, dimension: dimension)
  }

  public func doubleEvaluator(count: Int, dimension: Int) -> BatchFunction<Double> {
    evaluator(count: count, dimension: dimension)
  }

  private func evaluator<T: NetworkReal>(count: Int, dimension: Int) -> BatchFunction<T> {
    precondition(
      dimension == network.architecture.dimension,
      "points of dimension \(dimension) for a network of dimension \(network.architecture.dimension)")
    let pass = NetworkPass<T>(
      network.architecture, rows: count, tangents: dimension, isDifferentiated: false)
    pass.load(network.parameters.map { T($0.realPart) })
    pass.directAlongAxes()
    return BatchFunction { x, t, out in
      pass.points.copy(x)
      for i in 0..<count { pass.times[i] = t }
      pass.forward()
      for k in 0..<dimension { for i in 0..<count { out[i, k] = pass.tangentValues[k][i, 0] } }
    }
  }
}

extension MultilayerPerceptron {
  /// The network for points with this label; nil is the network without one.
  public func conditioned(on label: Int?) -> ConditionedNetwork<Scalar> {
    architecture.requireLabel(label)
    return ConditionedNetwork(network: self, label: label)
  }

  /// Guidance toward a label with w = `scale`, of a network trained with labels left out at random.
  public func guided(toward label: Int, scale: Double) -> GuidedNetwork<Scalar> {
    architecture.requireLabel(label)
    precondition(scale.isFinite, "a guidance scale cannot be \(scale)")
    return GuidedNetwork(network: self, label: label, scale: scale)
  }

  /// nabla_x s_t(x) of a network s with one output, a potential: by d tangents over batches.
  public var gradientField: PotentialGradient<Scalar> {
    precondition(
      architecture.outputs == 1, "the gradient of a network with \(architecture.outputs) outputs")
    return PotentialGradient(network: self)
  }
}
