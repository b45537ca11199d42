/// A field that is a network: one whose values and derivatives come by batches.
public protocol NetworkField: Field {
  /// A pass over `rows` points in double precision, with parameters and labels in place.
  func pass(rows: Int, tangents: Int) -> NetworkPass<Double>
}

extension MultilayerPerceptron: NetworkField {
  public func pass(rows: Int, tangents: Int) -> NetworkPass<Double> {
    conditioned(on: nil).pass(rows: rows, tangents: tangents)
  }
}

extension ConditionedNetwork: NetworkField {
  public func pass(rows: Int, tangents: Int) -> NetworkPass<Double> {
    let pass = NetworkPass<Double>(
      network.architecture, rows: rows, tangents: tangents, isDifferentiated: false)
    pass.load(network.parameters.map { $0.realPart })
    for row in 0..<rows { pass.labels[row] = label }
    return pass
  }
}

extension ODE where Drift: NetworkField {
  /// The log-likelihood of points under the continuous normalizing flow of a network,
  /// log p_end(x) = log p_base(x_start) - int_start^end div u_t(x_t) dt: as for any field, with the divergence by the
  /// network's own tangents, d of them or one for each probe, for whole batches.
  public func logLikelihood(
    of points: Batch<Double>, base: some Density, from start: Double = 0, to end: Double = 1,
    divergence: DivergenceEstimator = .exact,
    by solver: some Solver = DormandPrince(tolerance: Tolerance(absolute: 1e-9, relative: 1e-9)),
    steps: Int = 1
  ) -> LikelihoodEstimate {
    let layout = divergence.layout(points.dimension)
    return followDivergence(
      NetworkDivergence(network: drift, layout: layout), layout, points, base: base, from: start, to: end,
      divergence, by: solver, steps: steps)
  }
}

/// The field of (x, integrals of the divergence, probes) for a network: see `DivergenceAlong`.
private struct NetworkDivergence<Network: NetworkField>: BatchField {
  let network: Network
  let layout: DivergenceLayout

  func floatEvaluator(count: Int, dimension: Int) -> BatchFunction<Float> {
    preconditionFailure("likelihoods are computed in double precision")
  }

  func doubleEvaluator(count: Int, dimension: Int) -> BatchFunction<Double> {
    let (d, probes) = (layout.dimension, layout.probes)
    let pass = network.pass(rows: count, tangents: probes == 0 ? d : probes)
    precondition(
      pass.architecture.dimension == d && pass.architecture.outputs == d,
      "a network from \(pass.architecture.dimension) to \(pass.architecture.outputs) is no flow on R^\(d)")
    if probes == 0 { pass.directAlongAxes() }
    return BatchFunction { state, t, out in
      for row in 0..<count {
        pass.times[row] = t
        for i in 0..<d { pass.points[row, i] = state[row, i] }
        for k in 0..<probes {
          for i in 0..<d { pass.directions[k][row, i] = state[row, layout.probeOffset + k * d + i] }
        }
      }
      pass.forward()
      for row in 0..<count {
        for i in 0..<d { out[row, i] = pass.values[row, i] }
        for k in 0..<layout.integrals {
          var rate = 0.0
          for i in 0..<d {
            rate +=
              probes == 0
              ? pass.tangentValues[i][row, i] : pass.directions[k][row, i] * pass.tangentValues[k][row, i]
          }
          out[row, d + k] = rate
        }
        for i in layout.probeOffset..<layout.width { out[row, i] = 0 }
      }
    }
  }
}
