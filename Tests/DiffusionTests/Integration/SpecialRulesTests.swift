import Diffusion
import RealModule
import Testing

@Suite struct SpecialRulesTests {
  typealias Case = (name: String, domain: ClosedRange<Double>, f: @Sendable (Double) -> Double, exact: Double)

  static let singular: [Case] = [
    ("1 / sqrt x", 0...1, { x in 1 / x.squareRoot() }, 2),
    ("log x", 0...1, { x in .log(x) }, -1),
    ("x^-0.9", 0...2, { x in .pow(x, -0.9) }, 10 * Double.pow(2, 0.1)),
    ("smooth", -1...3, { x in .exp(x) }, Double.exp(3) - Double.exp(-1)),
    ("quarter circle", 0...1, { x in (1 - x * x).squareRoot() }, Double.pi / 4),
  ]

  @Test(arguments: singular.indices)
  func tanhSinhTakesSingularEnds(index: Int) {
    let (name, domain, f, exact) = SpecialRulesTests.singular[index]
    let result = integrateTanhSinh(over: domain, f)
    #expect(result.isConverged, "\(name): \(result)")
    #expect(abs(result.value - exact) <= result.error + 1e-12 * abs(exact), "\(name): \(result) for \(exact)")
  }

  @Test func tanhSinhSaysWhatItCannot() {
    let undefined = integrateTanhSinh(over: -1...1) { x in Double.log(x) }
    #expect(undefined.error == .infinity)
  }

  /// E[Z^2k] = (2k - 1)!!, exact up to degree 2n - 1.
  @Test(arguments: [1, 2, 3, 8, 21, 64])
  func gaussHermiteMoments(count: Int) {
    let rule = GaussHermite(count: count)
    var moment = 1.0
    for k in 0..<min(count, 30) {
      if k > 0 { moment *= Double(2 * k - 1) }
      let value = rule.expectation { z in Double.pow(z, 2 * k) }
      // Rounding of the nodes is amplified by the degree.
      #expect(
        abs(value - moment) < 1e-14 * Double(2 * k + 1) * moment * 4, "E[Z^\(2 * k)] with \(count) nodes")
      #expect(abs(rule.expectation { z in Double.pow(z, 2 * k + 1) }) < 1e-12 * moment * Double(2 * k + 2))
    }
  }

  @Test func gaussHermiteOfAnEntireFunction() {
    // E[exp(aZ)] = exp(a^2 / 2).
    let value = GaussHermite(count: 32).expectation { z in Double.exp(1.5 * z) }
    #expect(abs(value - Double.exp(1.125)) < 1e-13)
  }
}
