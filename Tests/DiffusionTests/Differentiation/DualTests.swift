import Diffusion
import RealModule
import Testing

@Suite struct DualTests {
  typealias Function = @Sendable (Dual<Double>) -> Dual<Double>

  /// Every function against its derivative by a central difference of order 4; h = 1e-3 leaves a relative
  /// error near 1e-11.
  static let functions: [(name: String, at: Double, f: Function)] = [
    ("exp", 0.7, { .exp($0) }), ("expMinusOne", -0.3, { .expMinusOne($0) }), ("cosh", 0.4, { .cosh($0) }),
    ("sinh", -1.2, { .sinh($0) }), ("tanh", 0.6, { .tanh($0) }), ("cos", 1.1, { .cos($0) }),
    ("sin", 2.3, { .sin($0) }), ("tan", 0.5, { .tan($0) }), ("log", 1.7, { .log($0) }),
    ("log1p", 0.3, { .log(onePlus: $0) }), ("acosh", 1.9, { .acosh($0) }), ("asinh", -0.8, { .asinh($0) }),
    ("atanh", 0.45, { .atanh($0) }), ("acos", 0.35, { .acos($0) }), ("asin", -0.55, { .asin($0) }),
    ("atan", 1.6, { .atan($0) }), ("x^2.5", 1.3, { .pow($0, 2.5) }), ("2^x", 1.3, { .pow(2, $0) }),
    ("x^x", 1.4, { .pow($0, $0) }), ("x^-3", 1.2, { .pow($0, -3) }), ("cube root", 2.2, { .root($0, 3) }),
    ("sqrt", 0.9, { .sqrt($0) }), ("erf", 0.6, { .erf($0) }), ("erfc", 1.1, { .erfc($0) }),
    ("exp2", 0.8, { .exp2($0) }), ("exp10", 0.3, { .exp10($0) }), ("log2", 2.6, { .log2($0) }),
    ("log10", 3.1, { .log10($0) }), ("gamma", 2.7, { .gamma($0) }), ("gamma", -1.4, { .gamma($0) }),
    ("logGamma", 4.2, { .logGamma($0) }), ("hypot", 1.5, { .hypot($0, 2 - $0) }),
    ("atan2", 0.7, { .atan2(y: $0, x: $0 * $0 - 2) }), ("quotient", 0.4, { (1 + $0) / (2 - $0 * $0) }),
    ("abs", -0.7, { abs($0) * $0 }), ("remainder", 7.3, { $0.remainder(dividingBy: 2 + $0 / 10) }),
    ("truncating", 7.3, { $0.truncatingRemainder(dividingBy: 2 + $0 / 10) }),
    ("fma", 1.2, { (3 * $0).addingProduct($0, $0) }), ("cosMinusOne", 0.8, { .cosMinusOne($0) }),
    ("significand", 5.3, { $0.significand * $0 }),
  ]

  @Test(arguments: functions.indices)
  func derivativesMatchDifferences(index: Int) {
    let (name, x, f) = DualTests.functions[index]
    let exact = derivative(at: x, f)
    let h = 1e-3
    func value(_ x: Double) -> Double { f(Dual(x)).value }
    let difference = (8 * (value(x + h) - value(x - h)) - (value(x + 2 * h) - value(x - 2 * h))) / (12 * h)
    #expect(
      abs(exact - difference) < 1e-9 * max(1, abs(exact)), "\(name)'(\(x)) is \(exact), not \(difference)")
  }

  /// Second derivatives by nesting, against closed forms.
  @Test func secondDerivatives() {
    #expect(abs(secondDerivative(at: 0.4) { x in exp(-x * x) } - (4 * 0.16 - 2) * Double.exp(-0.16)) < 1e-15)
    #expect(abs(secondDerivative(at: 1.3) { x in log(x) } + 1 / 1.69) < 1e-15)
    #expect(abs(secondDerivative(at: 2.0) { x in .pow(x, 3) } - 12) < 1e-14)
    // (log Gamma)'' (1) = pi^2 / 6.
    #expect(abs(secondDerivative(at: 1.0) { .logGamma($0) } - Double.pi * Double.pi / 6) < 1e-13)
  }

  /// Values of scipy.special.digamma.
  @Test(arguments: [
    (0.1, -10.423754940411076),
    (1.5, 0.03648997397857652),
    (-2.3, 3.3173231575618236),
    (7.0, 1.872784335098467),
    (25.0, 3.198742512851974),
  ])
  func digammaValues(x: Double, expected: Double) {
    #expect(abs(digamma(x) - expected) < 2e-14 * max(1, abs(expected)))
  }

  @Test func aConstantPowerOfZeroHasADerivative() {
    #expect(derivative(at: 0.0) { x in .pow(x, 2) } == 0)
    #expect(derivative(at: 0.0) { x in .pow(x, 1) } == 1)
    #expect(derivative(at: 0.0) { x in .pow(x, Dual(2)) } == 0)
    #expect(derivative(at: 0.0) { x in .pow(x, Dual(1)) } == 1)
    #expect(secondDerivative(at: 0.0) { x in .pow(x, 2.0) } == 2)
  }

  /// Where the inner derivative is 0 but not constant: (1 + x^2)^1.5 and 2^(1 + x^2) at 0.
  @Test func powersAtStationaryPoints() {
    #expect(abs(secondDerivative(at: 0.0) { x in .pow(1 + x * x, 1.5) } - 3) < 1e-15)
    #expect(abs(secondDerivative(at: 0.0) { x in .pow(2, 1 + x * x) } - 4 * Double.log(2)) < 1e-15)
    let product = hessianVectorProduct(at: [0, 1.2], along: [1, 0]) { x in .pow(1 + x.squaredNorm, 1.5) }
    #expect((product - [3 * Double.sqrt(2.44), 0]).largestMagnitude < 1e-14)
  }

  @Test func comparisonsLookAtTheValue() {
    #expect(Dual(1.0, 5) == Dual(1.0, 7))
    #expect(Dual(1.0, 5) < Dual(2.0, 0))
    #expect(Dual(2.5, 3).rounded() == 3)
    #expect(Dual(2.5, 3).rounded().derivative == 0)
  }
}
