import Diffusion
import RealModule
import Testing

/// A network whose layers are no multiples of the padding, with biases that are not zero.
func smallNetwork(
  dimension: Int = 3, hidden: [Int] = [7, 19, 5], outputs: Int? = nil, activation: some Activation,
  time: TimeFeatures = TimeFeatures(includesTime: true, frequencies: [2.5]), labels: Int = 0
) -> MultilayerPerceptron<Double> {
  let architecture = Architecture(
    dimension: dimension, hidden: hidden, outputs: outputs, activation: activation, time: time,
    labels: labels)
  return MultilayerPerceptron(
    architecture,
    parameters: RandomStream(seed: 11).normals(Double.self, 0..<architecture.parameterCount).map { 0.4 * $0 })
}

@Suite struct NetworkPassTests {
  static let activations: [any Activation] = [SiLU(), Tanh(), GELU(), ReLU()]
  let points = Batch<Double>.normals(count: 6, dimension: 3, from: RandomStream(seed: 1))
  let times = [0.1, 0.25, 0.4, 0.55, 0.7, 0.95]

  func pass(_ network: MultilayerPerceptron<Double>, tangents: Int = 0) -> NetworkPass<Double> {
    let pass = NetworkPass<Double>(network.architecture, rows: 6, tangents: tangents)
    pass.load(network.parameters)
    pass.points = points
    pass.times = times
    for k in 0..<tangents {
      pass.directions[k] = .normals(count: 6, dimension: 3, from: RandomStream(seed: 2, path: UInt64(k)))
      pass.timeDirections[k] = 0.3 - Double(k)
    }
    return pass
  }

  @Test(arguments: activations.indices)
  func valuesAndTangentsAreThoseOfThePointwiseFormula(_ index: Int) {
    let network = smallNetwork(outputs: 2, activation: Self.activations[index])
    let pass = pass(network, tangents: 2)
    pass.forward()
    for i in 0..<6 {
      let expected = network.outputs(points[i], at: times[i])
      for k in 0..<2 {
        let x = Vector<Dual<Double>>(count: 3) { Dual(points[i, $0], pass.directions[k][i, $0]) }
        let moved = network.outputs(x, at: Dual(times[i], pass.timeDirections[k]))
        for j in 0..<2 {
          // Sums of up to 19 terms of order 1: rounding stays below a few hundred ulps.
          #expect(abs(pass.values[i, j] - expected[j]) < 1e-13)
          #expect(abs(pass.tangentValues[k][i, j] - moved[j].derivative) < 1e-12)
        }
      }
    }
  }

  /// A scalar made of values and tangents, with random coefficients: linear, so that these are its gradients.
  func functional(_ pass: NetworkPass<Double>) -> Double {
    pass.forward()
    var sum = 0.0
    let coefficients = RandomStream(seed: 5).normals(Double.self, 0..<100)
    var next = 0
    for i in 0..<6 {
      for j in 0..<2 {
        pass.valueGradient[i, j] = coefficients[next]
        sum += coefficients[next] * pass.values[i, j]
        for k in 0..<pass.tangents {
          pass.tangentGradients[k][i, j] = coefficients[next + 1 + k]
          sum += coefficients[next + 1 + k] * pass.tangentValues[k][i, j]
        }
        next += 1 + pass.tangents
      }
    }
    return sum
  }

  @Test(arguments: [0, 1, 2, 3], [0, 2])
  func thePullbackOfValuesAndTangentsIsTheirDerivativeInTheParameters(
    _ index: Int, _ tangents: Int
  ) {
    let network = smallNetwork(outputs: 2, activation: Self.activations[index])
    let pass = pass(network, tangents: tangents)
    pass.wantsPointGradient = true
    _ = functional(pass)
    pass.backward()
    let gradient = pass.gradient
    let pointGradient = pass.pointGradient
    let h = 1e-5
    for parameter in stride(from: 0, to: network.parameters.count, by: 7) {
      var sides: [Double] = []
      for sign in [1.0, -1.0] {
        var moved = network.parameters
        moved[parameter] += sign * h
        pass.load(moved)
        sides.append(functional(pass))
      }
      // Central differences: h^2 times third derivatives of order 10 to 100, and rounding 1e-15 / h.
      #expect(abs(gradient[parameter] - (sides[0] - sides[1]) / (2 * h)) < 2e-8)
    }
    pass.load(network.parameters)
    for i in 0..<6 {
      for j in 0..<3 {
        pass.points[i, j] = points[i, j] + h
        let above = functional(pass)
        pass.points[i, j] = points[i, j] - h
        let below = functional(pass)
        pass.points[i, j] = points[i, j]
        #expect(abs(pointGradient[i, j] - (above - below) / (2 * h)) < 2e-8)
      }
    }
  }

  @Test func singlePrecisionAgreesWithDouble() {
    let network = smallNetwork(activation: SiLU())
    let float: BatchFunction<Float> = network.floatEvaluator(count: 6, dimension: 3)
    var out = Batch<Float>(count: 6, dimension: 3)
    float(
      Batch<Float>(points.points.map { Vector<Float>($0.coordinates.map { Float($0) }) }), at: 0.3, into: &out
    )
    for i in 0..<6 {
      let expected = network(points[i], at: 0.3)
      for j in 0..<3 { #expect(abs(Double(out[i, j]) - expected[j]) < 3e-6) }
    }
  }

  @Test func layersWiderThanABlockAndManyRowsAreSummedAlike() {
    let architecture = Architecture(dimension: 5, hidden: [130, 81], outputs: 3)
    let network = MultilayerPerceptron<Double>(architecture, stream: RandomStream(seed: 3))
    let x = Batch<Double>.normals(count: 101, dimension: 5, from: RandomStream(seed: 4))
    let pass = NetworkPass<Double>(architecture, rows: 101, isDifferentiated: false)
    pass.load(network.parameters)
    pass.points = x
    pass.times = [Double](repeating: 0.6, count: 101)
    pass.forward()
    for i in stride(from: 0, to: 101, by: 10) {
      let expected = network.outputs(x[i], at: 0.6)
      for j in 0..<3 { #expect(abs(pass.values[i, j] - expected[j]) < 1e-13) }
    }
  }
}
