import Diffusion
import RealModule
import Testing

// Couplings, data and losses that a reader would add, as in `ExtensionTests`.

/// x_1 = shift - x_0: every point goes through one place.
private struct Reflection: Coupling {
  let shift: Vector<Double>
  var dimension: Int { shift.count }

  func fill<T: NetworkReal>(
    start: inout Batch<T>, end: inout Batch<T>, labels: inout [Int?], from draws: TrainingDraws
  ) {
    start.fillNormals(from: draws[.noise])
    end.copy(start)
    end.scale(by: -1)
    for i in 0..<dimension { end.add(T(shift[i]), toColumn: i) }
  }
}

/// The corners of a square, labelled.
private struct Corners: DataSource {
  var dimension: Int { 2 }

  func fill<T: MachineReal>(_ data: inout Batch<T>, labels: inout [Int?], from draws: TrainingDraws) {
    var choices = draws[.choices]
    for row in 0..<data.count {
      let corner = Int.random(in: 0..<4, using: &choices)
      labels[row] = corner
      data[row, 0] = corner % 2 == 0 ? -1 : 1
      data[row, 1] = corner < 2 ? -1 : 1
    }
  }
}

/// The mean absolute error of a guess at the data, E |f(x_t, t) - z|_1: its minimiser is a median.
private struct AbsoluteError<S: Schedule, Data: DataSource>: Loss {
  let path: GaussianPath<S>
  let data: Data
  var dimension: Int { data.dimension }

  func evaluate<T: NetworkReal>(_ pass: NetworkPass<T>, draws: TrainingDraws) -> Double {
    pass.drawNoised(from: IndependentCoupling(data), times: .stratified(), draws)
    pass.mixRows { t in RowMixing(point: (path.alpha(t), path.beta(t)), target: (1, 0)) }
    pass.forward()
    let share = 1 / T(Double(pass.rows))
    var sum = 0.0
    for i in 0..<pass.rows {
      for j in 0..<dimension {
        let error = pass.values[i, j] - pass.minibatch.targets[i, j]
        pass.valueGradient[i, j] = error > 0 ? share : -share
        sum += abs(error).realPart
      }
    }
    pass.backward()
    return sum / Double(pass.rows)
  }
}

extension ExtensionTests {
  @Test func aCoupling() {
    let coupling = Reflection(shift: [0.5, -1])
    let network = MultilayerPerceptron<Double>(
      Architecture(dimension: 2, hidden: []), parameters: [Double](repeating: 0, count: 8))
    let found = LossTests().value(
      ConditionalFlowMatching(path: GaussianPath(schedule: .linear), coupling: coupling), network)
    // E |shift - 2 x_0|^2 = 1.25 + 8, of deviation 12 / sqrt(60,000) at most.
    #expect(abs(found - 9.25) < 0.25)
  }

  /// Classes that the data name are learned: each corner is its class's answer.
  @Test func aSourceOfLabelledData() {
    var training = Training(
      MultilayerPerceptron<Float>(
        Architecture(dimension: 2, hidden: [16], labels: 4), stream: RandomStream(seed: 1)),
      loss: AbsoluteError(path: GaussianPath(schedule: .trigonometric), data: Corners()),
      optimizer: Adam(rate: 1e-2), batch: 64, stream: RandomStream(seed: 2))
    #expect(training.run(steps: 400) == .completed)
    let guess = training.network.outputs(Vector<Float>([0.1, -0.2]), at: 0.1, label: 2)
    #expect(abs(guess[0] + 1) < 0.2 && abs(guess[1] - 1) < 0.2, "the corner (-1, 1), not \(guess)")
  }

  /// The gradient that a loss of one's own pulls back is that of its value.
  @Test func aLossWithoutTargets() {
    let loss = AbsoluteError(path: GaussianPath(schedule: .linear), data: Corners())
    let draws = TrainingDraws(stream: RandomStream(seed: 5), step: 0)
    var network = smallNetwork(dimension: 2, hidden: [6], activation: Tanh())
    let (_, gradient) = loss.valueWithGradient(of: network, count: 40, draws: draws)
    for index in [0, 9, network.parameters.count - 1] {
      let (parameter, h) = (network.parameters[index], 1e-6)
      network.parameters[index] = parameter + h
      let above = loss.valueWithGradient(of: network, count: 40, draws: draws).value
      network.parameters[index] = parameter - h
      let below = loss.valueWithGradient(of: network, count: 40, draws: draws).value
      network.parameters[index] = parameter
      #expect(abs((above - below) / (2 * h) - gradient[index]) < 1e-8, "piecewise smooth: no kink within h")
    }
  }
}
