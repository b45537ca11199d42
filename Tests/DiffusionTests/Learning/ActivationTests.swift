import Diffusion
import RealModule
import Testing

@Suite struct ActivationTests {
  @Test func valuesAreThePublishedFunctions() {
    // z / (1 + exp(-z)) and z erfc(-z / sqrt 2) / 2 by Python's math module.
    #expect(abs(SiLU()(1.5) - 1.2263617142904655) < 1e-15)
    #expect(abs(GELU()(1.5) - 1.399789198096713) < 1e-15)
    #expect(abs(GELU()(-0.7) - -0.16937455655615113) < 1e-15)
    #expect(ReLU()(-2.0) == 0 && ReLU()(3.0) == 3)
  }

  static let fast: [any Activation] = [SiLU(), Tanh(), ReLU()]

  @Test(arguments: fast.indices)
  func theFastLoopsAreTheFormulaAndItsDerivatives(_ index: Int) {
    check(Self.fast[index])
  }

  /// Compares the loop through a network's layer: values, slopes and curvatures all enter its pullback, which
  /// NetworkPassTests check; here values over a wide range.
  private func check(_ activation: some Activation) {
    let architecture = Architecture(
      dimension: 1, hidden: [1], outputs: 1, activation: activation, time: .none)
    let pass = NetworkPass<Double>(architecture, rows: 81)
    pass.load([1, 0, 1, 0])
    for i in 0..<81 { pass.points[i, 0] = Double(i - 40) / 2 + 0.1 }
    pass.forward()
    for i in 0..<81 {
      let z = pass.points[i, 0]
      let expected = activation(z)
      // A few ulps of the exponential.
      #expect(abs(pass.values[i, 0] - expected) <= 4e-15 * max(abs(expected), 1e-300), "at \(z)")
      #expect(pass.values[i, 0].isFinite)
    }
  }
}
