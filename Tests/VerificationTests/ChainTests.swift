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

  /// The line between two links is evaluated for both at once; what is asked for again is computed again, so
  /// that a line which keeps state is still found out.
  @Test(arguments: [false, true])
  func aLineServesBothOfItsLinks(_ keepsState: Bool) {
    var evaluations = 0
    func middle(_ t: Double, _ x: Double) -> Double {
      evaluations += 1
      return x * x + 2 * t * x + t * t + (keepsState ? 1e-12 * Double(evaluations) : 0)
    }
    let domain = Domain(t: 0.1...0.9, x: -2...2)
    let check = verifyChain("eq-square", named: "in the plane", over: domain) {
      Line("a") { t, x in (x + t) * (x + t) }
      Line("b") { t, x in middle(t, x) }
      Line("c") { t, x in (x - t) * (x - t) + 4 * t * x }
    }
    #expect(check.firstLine == "a" && check.name == "in the plane")
    if keepsState {
      #expect(check.links.map(\.verdict) == [.inconclusive, .inconclusive], "\(check)")
      return
    }
    #expect(check.verdict == .verified && check.sentence.hasPrefix("both links hold"), "\(check)")
    let together = evaluations
    verify("above", over: domain) { t, x in
      (x + t) * (x + t)
    } equals: { t, x in
      middle(t, x)
    }
    verify("below", over: domain) { t, x in
      middle(t, x)
    } equals: { t, x in
      (x - t) * (x - t) + 4 * t * x
    }
    // At each of 256 points once plainly, and in two rounding trials.
    #expect(evaluations - together >= together + 2 * 256, "\(together) of \(evaluations)")
  }

  @Test func theFirstWrongLinkIsNamed() {
    let check = chain(1)
    #expect(check.verdict == .refuted)
    #expect(check.sentence.hasPrefix("the first = is wrong"), "\(check)")
    #expect(check.links.map(\.verdict) == [.refuted, .verified, .refuted])
  }
}
