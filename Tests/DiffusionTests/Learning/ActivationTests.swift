import Diffusion
import RealModule
import Testing

@Suite struct ActivationTests {
  @Test func valuesAreThePublishedFunctions() {
    // z / (1 + exp(-z)) and z erfc(-z / sqrt 2) / 2 by Python's math module.
    #expect(abs(SiLU()(1.5) - 1.2263617142904655) < 1e-15)
    #expect(abs(GELU()(1.5) - 1.399789198096713) < 1e-15)
    #expect(abs(GELU()(-0.7) - -0.16937455655615113) < 1e-15)
    // Far out, relatively: 1 + erf would have lost all but three digits.
    #expect(abs(GELU()(-7.5) / -2.3931687546831897e-13 - 1) < 3e-14)
    #expect(ReLU()(-2.0) == 0 && ReLU()(3.0) == 3)
  }

  static let fast: [any Activation] = [SiLU(), Tanh(), ReLU(), GELU()]

  /// The loops against the formula and its derivatives by dual numbers, over a wide range: values relatively,
  /// derivatives absolutely, for 1 - tanh^2 and its like cancel far out. A few ulps of the exponential, in single precision
  /// also the 1.2e-7 of the normal tail's fit.
  @Test(arguments: fast.indices)
  func theFastLoopsAreTheFormulaAndItsDerivatives(_ index: Int) {
    check(Self.fast[index], Double.self, 1e-14)
    check(Self.fast[index], Float.self, 2e-6)
  }

  private func check<T: NetworkReal>(_ activation: some Activation, _ type: T.Type, _ tolerance: Double) {
    let arguments = (0..<81).map { Double($0 - 40) / 5 + 0.1 }
    let architecture = Architecture(
      dimension: 1, hidden: [1], outputs: 1, activation: activation, time: .none)
    // a(z), and the two derivatives as the tangent of a tangent's gradient: y = a(x), dy = a'(x) v.
    let pass = NetworkPass<T>(architecture, rows: 81, tangents: 1)
    pass.load([1, 0, 1, 0])
    pass.wantsPointGradient = true
    for i in 0..<81 {
      pass.points[i, 0] = T(arguments[i])
      pass.directions[0][i, 0] = 1
      pass.valueGradient[i, 0] = 0
      pass.tangentGradients[0][i, 0] = 1
    }
    pass.forward()
    pass.backward()
    for i in 0..<81 {
      let z = pass.points[i, 0].realPart
      let value = activation(z)
      let slope = derivative(at: z) { activation($0) }
      let curvature = secondDerivative(at: z) { activation($0) }
      let size = max(abs(value), 1e-30)
      #expect(abs(pass.values[i, 0].realPart - value) <= tolerance * size, "a(\(z))")
      let terms = max(1, abs(slope) + abs(z * curvature))
      #expect(abs(pass.tangentValues[0][i, 0].realPart - slope) <= tolerance * terms, "a'(\(z))")
      #expect(abs(pass.pointGradient[i, 0].realPart - curvature) <= 4 * tolerance * terms, "a''(\(z))")
    }
  }
}
