import Diffusion
import Testing
import Verification

@Suite struct ChainTests {
  func chain(_ factor: Double) -> Check {
    verifyChain("eq-square", over: Domain(t: 0.1...0.9, x: -2...2)) {
      Line("(x + t)^2") { t, x in (x + t) * (x + t) }
      Line("x^2 + 2 t x + t^2") { t, x in x * x + factor * t * x + t * t }
      Line("(x - t)^2 + 4 t x") { t, x in (x - t) * (x - t) + (factor + 2) * t * x }
      Line("exp 2 log |x + t|") { t, x in exp(log((x + t) * (x + t))) }
    }
  }

  @Test func everyLinkIsChecked() {
    let check = chain(2)
    #expect(check.verdict == .verified, "\(check)")
    #expect(check.links.map(\.verdict) == [.verified, .verified, .verified])
    #expect(check.links.map(\.name)[0] == "x^2 + 2 t x + t^2")
  }

  /// A step that changes no bit is suspicious, unless its line says so; the other links stay strict.
  @Test(arguments: [true, false])
  func aLineMayBeExact(_ exact: Bool) {
    let check = verifyChain("eq-square", over: Domain(t: 0.1...0.9, x: -2...2)) {
      Line("(x + t)^2") { t, x in (x + t) * (x + t) }
      Line("(x + t)^2 + 0", exact: exact) { t, x in (x + t) * (x + t) + 0 }
      Line("x^2 + 2 t x + t^2") { t, x in x * x + 2 * t * x + t * t }
    }
    #expect(check.verdict == (exact ? .verified : .inconclusive), "\(check)")
    #expect(check.links.map(\.verdict) == [exact ? .verified : .inconclusive, .verified])
  }

  @Test func theFirstWrongLinkIsNamed() {
    let check = chain(1)
    #expect(check.verdict == .refuted)
    #expect(check.sentence.hasPrefix("the first = is wrong"), "\(check)")
    #expect(check.links.map(\.verdict) == [.refuted, .verified, .refuted])
  }
}
