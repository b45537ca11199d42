import Diffusion
import RealModule
import Testing

/// torch 2.15.0 and torchdiffeq 0.2.5.
@Suite struct NetworkPeerTests {
  static let siluValues = [
    -0.7832560190885488, -0.5430921344601817, -0.5629410425772269, -0.18527140120232818, -0.4230163017616768,
    0.07783502991567917,
  ]
  static let siluGradient = [
    6.1793419543413615, 0.044594504121336816, 0.35471740976964317, -1.3010570114936615, 4.554098278838739,
  ]
  static let tanhValues = [
    -0.9814889996394187, -0.05717340570172008, -0.7815181441954866, -0.1629536233649042, -0.5027713721553705,
    -0.10904094472018772,
  ]
  static let tanhGradient = [
    8.17684884259132, -0.2826995985894835, 0.39086512100011583, -0.658335947573624, 2.7261831528304823,
  ]
  static let reluValues = [
    -0.6940234546897166, -0.5922465193563162, -0.40621896085728665, -0.20855201797489464,
    -0.30497554001593635, 0.18734946569817906,
  ]
  static let reluGradient = [
    6.615002235682055, -0.030744745489675304, 0.6438557732689649, -1.2268981432660637, 4.68794131724545,
  ]
  static let geluValues = [
    -0.7454864082941438, -0.6256310387523168, -0.512428467670575, -0.21873414043898154, -0.3788192029800905,
    0.14199913480442172,
  ]
  static let geluGradient = [
    6.583091104617327, 0.08010547184478888, 0.4695620107689671, -1.4047320887737533, 5.11752935280537,
  ]
  static let implicitLoss = [-0.04621403026998122]
  static let implicitGradient = [
    0.8855962333095143, 0.07468384365990766, 0.005959405464053172, -0.21684283524894357, -0.12446652052496211,
  ]
  static let likelihoods = [-5.363829925913468, -2.0005813013426144, -2.046315520396959]
  static let likelihoodsAlike = [-5.1222117098086715, -1.709676022780263, -1.8289856822245176]
  static let likelihoodsOpposed = [-5.6054481419930156, -2.291486579904819, -2.2636453585769036]
  static let adam = [
    0.1345750567297513, 0.4532385998316087, 0.41016533910123115, 0.24374723039789606, 0.4114238274295008,
  ]
  static let adamW = [
    0.14926309616253525, 0.2584825037405319, 0.25292901409412627, 0.13993598715808533, 0.4106589663633415,
  ]
  static let descent = [
    0.2996088660365344, 0.0249089853586713, 0.5981767137621804, 0.008730254313385234, 0.5937100612834078,
  ]
  static let file: [UInt8] = [
    144, 0, 0, 0, 0, 0, 0, 0, 123, 34, 95, 95, 109, 101, 116, 97, 100, 97, 116, 97, 95, 95, 34, 58, 123, 34,
    109, 97, 100, 101, 34, 58, 34, 98, 121, 32, 195, 169, 34, 125, 44, 34, 97, 34, 58, 123, 34, 100, 116, 121,
    112, 101, 34, 58, 34, 70, 54, 52, 34, 44, 34, 115, 104, 97, 112, 101, 34, 58, 91, 49, 44, 51, 93, 44, 34,
    100, 97, 116, 97, 95, 111, 102, 102, 115, 101, 116, 115, 34, 58, 91, 48, 44, 50, 52, 93, 125, 44, 34, 98,
    34, 58, 123, 34, 100, 116, 121, 112, 101, 34, 58, 34, 70, 51, 50, 34, 44, 34, 115, 104, 97, 112, 101, 34,
    58, 91, 50, 93, 44, 34, 100, 97, 116, 97, 95, 111, 102, 102, 115, 101, 116, 115, 34, 58, 91, 50, 52, 44,
    51, 50, 93, 125, 125, 156, 117, 0, 136, 60, 228, 55, 126, 0, 0, 0, 0, 0, 0, 4, 192, 154, 153, 153, 153,
    153, 153, 185, 63, 0, 0, 192, 63, 205, 204, 204, 189,
  ]

  /// A network of 3 - 5 - 4 - 2 units whose parameters are 0.6 sin(1.3 k).
  static func network(_ activation: some Activation) -> MultilayerPerceptron<Double> {
    let architecture = Architecture(dimension: 2, hidden: [5, 4], activation: activation)
    return MultilayerPerceptron(
      architecture, parameters: (0..<architecture.parameterCount).map { 0.6 * Double.sin(1.3 * Double($0)) })
  }

  static func pass(_ activation: some Activation, tangents: Int = 0) -> NetworkPass<Double> {
    let network = network(activation)
    let pass = NetworkPass<Double>(network.architecture, rows: 3, tangents: tangents)
    pass.load(network.parameters)
    pass.points = Batch(elements: Peer.cloud(3, 2, 1.1), dimension: 2)
    pass.times = [0.2, 0.5, 0.9]
    return pass
  }

  /// Five numbers that stand for a gradient: its norm, three entries, and a sum over all.
  static func summary(_ gradient: [Double]) -> [Double] {
    let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let sum = gradient.indices.reduce(0) { $0 + gradient[$1] * Double.cos(Double($1)) }
    return [norm, gradient[0], gradient[7], gradient[gradient.count - 1], sum]
  }

  /// Values, and the gradient of the sum of their squares. GELU is torch's with approximate='none'.
  @Test func valuesAndGradients() {
    func expect(_ activation: some Activation, _ values: [Double], _ gradient: [Double]) {
      let pass = Self.pass(activation)
      pass.forward()
      #expect(Peer.gap(pass.values.elements, values) < 1e-14, "\(activation.name)")
      pass.valueGradient.copy(pass.values)
      pass.valueGradient.scale(by: 2)
      pass.backward()
      #expect(Peer.gap(Self.summary(pass.gradient), gradient) < 1e-13, "\(activation.name)")
    }
    expect(.silu, Self.siluValues, Self.siluGradient)
    expect(.tanh, Self.tanhValues, Self.tanhGradient)
    expect(.relu, Self.reluValues, Self.reluGradient)
    expect(.gelu, Self.geluValues, Self.geluGradient)
  }

  /// Hyvarinen's loss E[|f|^2 / 2 + div f]: the gradient goes through a derivative.
  @Test func gradientOfADivergence() {
    let pass = Self.pass(.silu, tangents: 2)
    for k in 0..<2 { for i in 0..<3 { pass.directions[k][i, k] = 1 } }
    pass.forward()
    var loss = 0.0
    for i in 0..<3 {
      for k in 0..<2 {
        loss += (pass.values[i, k] * pass.values[i, k] / 2 + pass.tangentValues[k][i, k]) / 3
        pass.valueGradient[i, k] = pass.values[i, k] / 3
        pass.tangentGradients[k][i, k] = 1.0 / 3
      }
    }
    pass.backward()
    #expect(Peer.gap([loss], Self.implicitLoss) < 1e-14)
    #expect(Peer.gap(Self.summary(pass.gradient), Self.implicitGradient) < 1e-13)
  }

  /// The network as a field that is not known to be one.
  struct Formula: Field {
    let network: MultilayerPerceptron<Double>
    func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P { network(x, at: t) }
  }

  /// log p of a flow from N(0, I), with the divergence exact and along one probe: in the plane v . J v depends on
  /// whether the signs of the probe are alike. Both sides integrate to 1e-11.
  @Test func likelihoodsOfAFlow() {
    let (network, stream) = (Self.network(.silu), RandomStream(seed: 3))
    let points = Batch(elements: Peer.cloud(3, 2, 1.1), dimension: 2)
    let solver = DormandPrince(tolerance: Tolerance(absolute: 1e-12, relative: 1e-11))
    let signs = stream.uniforms(Double.self, 0..<6).map { $0 < 0.5 }
    let probed = (0..<3).map { (i: Int) -> Double in
      let isAlike = signs[2 * i] == signs[2 * i + 1]
      return isAlike ? Self.likelihoodsAlike[i] : Self.likelihoodsOpposed[i]
    }
    func expect(_ found: LikelihoodEstimate, _ values: [Double]) {
      #expect(found.outcome == .completed && Peer.gap(found.logDensities, values) < 1e-9)
    }
    let base = Gaussian.standard(2)
    let probes = DivergenceEstimator.hutchinson(probes: 1, stream: stream)
    let formula = ODE(Formula(network: network))
    expect(ODE(network).logLikelihood(of: points, base: base, by: solver), Self.likelihoods)
    expect(ODE(network).logLikelihood(of: points, base: base, divergence: probes, by: solver), probed)
    expect(formula.logLikelihood(of: points, base: base, by: solver), Self.likelihoods)
    expect(formula.logLikelihood(of: points, base: base, divergence: probes, by: solver), probed)
  }

  /// Regression on one batch that never changes.
  struct Regression: Loss {
    var dimension: Int { 2 }

    func evaluate<T: NetworkReal>(_ pass: NetworkPass<T>, draws: TrainingDraws) -> Double {
      let (points, targets) = (Peer.cloud(4, 2, 1.1), Peer.cloud(4, 2, 0.6))
      for i in 0..<8 { pass.points[i / 2, i % 2] = T(points[i]) }
      for (i, t) in [0.2, 0.5, 0.9, 0.4].enumerated() { pass.times[i] = T(t) }
      pass.forward()
      var sum = 0.0
      for i in 0..<8 {
        let gap = pass.values[i / 2, i % 2] - T(targets[i])
        pass.valueGradient[i / 2, i % 2] = gap / 2
        sum += (gap * gap).realPart / 4
      }
      pass.backward()
      return sum
    }
  }

  /// Twelve steps of training: optimizers, clipping (torch divides by the norm + 1e-6), a cosine of the rate and the
  /// moving average. After them the last loss and two parameters, then the averages of these.
  @Test func trainings() {
    func expect(
      _ optimizer: some Optimizer, clipping: Double? = nil, _ values: [Double], within tolerance: Double
    ) {
      var training = Training(
        Self.network(.tanh), loss: Regression(), optimizer: optimizer, batch: 4, averaging: 0.9,
        clipping: clipping, stream: RandomStream(seed: 0))
      training.run(steps: 12, reportingEvery: 1)
      let parameters = training.network.parameters
      let average = training.averagedNetwork!.parameters
      let found = [
        training.state.history[11].loss, parameters[0], parameters[11], average[0], average[11],
      ]
      #expect(Peer.gap(found, values) < tolerance, "\(found)")
    }
    expect(Adam(rate: 0.1, beta1: 0.7, beta2: 0.97, epsilon: 1e-3), Self.adam, within: 1e-13)
    let cosine = LearningRate.cosine(from: 0.05, to: 0.01, steps: 12)
    expect(Adam(rate: cosine, weightDecay: 0.3), clipping: 0.4, Self.adamW, within: 1e-6)
    expect(GradientDescent(rate: 0.05, momentum: 0.8), clipping: 0.4, Self.descent, within: 3e-6)
  }

  /// A file that the safetensors package 0.8.0 wrote.
  @Test func checkpoints() throws {
    let read = try Safetensors(bytes: Self.file)
    #expect(read.metadata == ["made": "by é"])
    #expect(
      read.tensors == [
        "a": .init(shape: [1, 3], [1e300, -2.5, 0.1]), "b": .init(shape: [2], [Float(1.5), -0.1]),
      ])
  }
}
