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

  @Test func theFirstWrongLinkIsNamed() {
    let check = chain(1)
    #expect(check.verdict == .refuted)
    #expect(check.sentence.hasPrefix("the first = is wrong"), "\(check)")
    #expect(check.links.map(\.verdict) == [.refuted, .verified, .refuted])
  }
}
