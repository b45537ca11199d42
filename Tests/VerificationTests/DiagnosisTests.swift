import Diffusion
import Testing
import Verification

@Suite struct DiagnosisTests {
  typealias Case = (wrong: @Sendable (Double, Double) -> Double, words: String)

  /// log p of a normal with variance 1 + t, at x, in wrong forms.
  static let cases: [(String, @Sendable (Double, Double) -> Double, String)] = [
    ("sign", { t, x in -truth(t, x) }, "minus"),
    ("factor 2", { t, x in 2 * truth(t, x) }, "1/2 times"),
    ("factor pi", { t, x in truth(t, x) / .pi }, "pi times"),
    ("a number", { t, x in truth(t, x) / 1.37 }, "1.37 times"),
    ("offset", { t, x in truth(t, x) + 0.5 }, "plus -1/2"),
    ("square", { t, x in truth(t, x) * truth(t, x) }, "square root of the right"),
    ("reflected time", { t, x in truth(1 - t, x) }, "1 - t for t"),
    ("exchanged", { t, x in truth(x, t) }, "t and x exchanged"),
    ("factor of a quantity", { t, x in truth(t, x) / sigma(t) }, "sigma times"),
    ("square of a quantity", { t, x in truth(t, x) * sigma(t) * sigma(t) }, "1/sigma^2 times"),
    ("root of a quantity", { t, x in truth(t, x) * 2 / sigma(t).squareRoot() }, "1/2 sqrt(sigma) times"),
    ("missing term", { t, x in truth(t, x) - 2 * sigma(t) }, "plus 2 sigma"),
    ("missing normaliser", { t, x in truth(t, x) * (2 + sin(5 * t)) }, "depends on t alone"),
    ("threshold", { t, x in t > 0.6 ? 2 * truth(t, x) : truth(t, x) }, "only for t >="),
    ("nothing simple", { t, x in truth(t, x) + sin(7 * x * t) }, "no simple relation"),
  ]

  static func sigma(_ t: Double) -> Double { (1 + 2 * t * t).squareRoot() }
  static func truth(_ t: Double, _ x: Double) -> Double { (1.5 + cos(x + 2 * t)) * exp(-t * x) }

  /// A range that cuts off a part of the mass too small to matter: the difference is real, and the diagnosis
  /// says that it is finer than what was asked. (At some points the ratio is 1 to the last bit.)
  @Test(arguments: [-6.0, -5.5])
  func aTailCutOff(_ lower: Double) {
    let check = verify("eq-oracle", over: Domain(t: 0.05...0.95, x: -4...4)) { t, x in
      integral(over: lower...7, peaks: [x / t, -2, 1]) { z in
        Mixture.normal(x, t * z, 1 - t) * Mixture.data(z)
      }
    } equals: { t, x in
      Mixture.density(x, t)
    }
    #expect(check.verdict == .refuted, "\(check)")
    #expect(check.diagnosis.contains("finer than the 1e-6 asked for"), "\(check.diagnosis)")
    #expect(check.diagnosis.contains("range"), "\(check.diagnosis)")
  }

  @Test(arguments: cases.indices)
  func finds(_ index: Int) {
    let (name, wrong, words) = Self.cases[index]
    let check = verify(
      "eq-\(name)", over: Domain(t: 0.05...0.95, x: 0.1...0.9), quantities: ["sigma": Self.sigma]
    ) { t, x in
      (1.5 + cos(x) * cos(2 * t) - sin(x) * sin(2 * t)) / exp(t * x)
    } equals: { t, x in
      wrong(t, x)
    }
    #expect(check.verdict == .refuted)
    #expect(check.diagnosis.contains(words), "\(name): \(check.diagnosis)")
  }
}
