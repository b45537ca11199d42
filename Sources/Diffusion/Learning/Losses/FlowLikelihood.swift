/// Maximum likelihood of the continuous normalizing flow dx/dt = f(x, t) from N(0, I) at t = 0: the mean of
///
///     -log p_1(x) = -log N(x_0; 0, I) + int_0^1 div f(x_t, t) dt,  x_1 = x,
///
/// over the data, both integrals by the midpoint rule in `steps` steps from t = 1 to 0. Value and gradient are
/// those of the discretised flow: states are kept, passes repeated on the way back. The divergence is exact,
/// by d tangents: 4 `steps` passes forward and 2 `steps` back, and memory for 2 `steps` minibatches.
/// Source: R. T. Q. Chen, Y. Rubanova, J. Bettencourt, D. Duvenaud, "Neural ordinary differential equations", NeurIPS
/// 2018, theorem 1.
public struct FlowLikelihood<Data: DataSource>: Loss {
  public let data: Data
  public let steps: Int

  /// `steps` > 0 steps of the midpoint rule.
  public init(data: Data, steps: Int = 20) {
    precondition(steps > 0, "a flow of \(steps) steps")
    self.data = data
    self.steps = steps
  }

  public var dimension: Int { data.dimension }
  public var tangents: Int { data.dimension }

  public func evaluate<T: NetworkReal>(_ pass: NetworkPass<T>, draws: TrainingDraws) -> Double {
    let memory = pass.memory { FlowStates<T>(steps: steps, like: pass.points) }
    let h = T(1 / Double(steps))
    data.fill(&memory.states[0], labels: &pass.labels, from: draws)
    pass.directAlongAxes()
    pass.wantsPointGradient = true
    var divergence = 0.0
    for step in 0..<steps {
      let t = 1 - T(Double(step)) * h
      pass.run(at: memory.states[step], t)
      memory.middles[step].copy(memory.states[step])
      memory.middles[step].add(-h / 2, times: pass.values)
      pass.run(at: memory.middles[step], t - h / 2)
      memory.states[step + 1].copy(memory.states[step])
      memory.states[step + 1].add(-h, times: pass.values)
      for k in 0..<dimension { divergence += pass.tangentValues[k].sum(ofColumn: k) }
    }
    pullBack(pass, memory, h)
    let noise = memory.states[steps]
    let squares = noise.withElements { T.sumOfSquares($0) }
    let n = Double(pass.rows)
    return (squares / 2 + h.realPart * divergence) / n + Double(dimension) * logTwoPi / 2
  }

  private func pullBack<T: NetworkReal>(_ pass: NetworkPass<T>, _ memory: FlowStates<T>, _ h: T) {
    let share = 1 / T(Double(pass.rows))
    // The gradient of the loss with respect to the state, from the noise back to the data.
    memory.gradient.copy(memory.states[steps])
    memory.gradient.scale(by: share)
    for step in (0..<steps).reversed() {
      let t = 1 - T(Double(step)) * h
      pass.run(at: memory.middles[step], t - h / 2)
      pass.valueGradient.copy(memory.gradient)
      pass.valueGradient.scale(by: -h)
      pass.setDivergenceGradient(h * share)
      pass.backward()
      memory.gradient.add(1, times: pass.pointGradient)
      memory.middleGradient.copy(pass.pointGradient)

      pass.run(at: memory.states[step], t)
      pass.valueGradient.copy(memory.middleGradient)
      pass.valueGradient.scale(by: -h / 2)
      pass.setDivergenceGradient(0)
      pass.backward()
      memory.gradient.add(1, times: pass.pointGradient)
    }
  }
}

private final class FlowStates<Scalar: NetworkReal> {
  var states: [Batch<Scalar>]
  var middles: [Batch<Scalar>]
  var gradient: Batch<Scalar>
  var middleGradient: Batch<Scalar>

  init(steps: Int, like points: Batch<Scalar>) {
    let empty = Batch<Scalar>(count: points.count, dimension: points.dimension)
    states = Array(repeating: empty, count: steps + 1)
    middles = Array(repeating: empty, count: steps)
    gradient = empty
    middleGradient = empty
  }
}

extension NetworkPass {
  fileprivate func run(at x: Batch<Scalar>, _ t: Scalar) {
    points.copy(x)
    for i in 0..<rows { times[i] = t }
    forward()
  }

  /// The gradient `share` with respect to each row's divergence.
  fileprivate func setDivergenceGradient(_ share: Scalar) {
    for k in 0..<tangents { tangentGradients[k].fill(column: k, with: share) }
  }
}
