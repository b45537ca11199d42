import Diffusion
import Testing
import Verification

@Suite struct LimitTests {
  /// Known limits: sin x / x, (exp x - 1) / x, x log x (slow), (1 + 1/n)^n, sqrt(x) shapes.
  @Test func knownLimits() {
    let sinc = limit(at: 0, from: 1) { x in sin(x) / x }
    #expect(abs(sinc.value - 1) <= 10 * sinc.error && sinc.error < 1e-9, "\(sinc)")
    let euler = limit(at: .infinity, from: 1) { n in pow(1 + 1 / n, n) }
    #expect(abs(euler.value - exp(1)) <= 10 * euler.error && euler.error < 1e-6, "\(euler)")
    let root = limit(at: 0, from: 1) { x in (1 + x.squareRoot()) * exp(x) }
    #expect(abs(root.value - 1) <= 10 * root.error && root.error < 1e-6, "\(root)")
  }

  /// 1 / log x converges slower than any power: the error says that nothing is known to six digits.
  @Test func slowLimitsClaimNothing() {
    let slow = limit(at: 0, from: 0.5) { x in 1 / log(x) }
    #expect(abs(slow.value) <= 10 * slow.error && slow.error > 1e-4, "\(slow)")
  }

  @Test func limitsInsideChecks() {
    func check(_ factor: Double) -> Check {
      verify("eq-limit", over: Domain(x: 0.5...2)) { x in
        limit(at: 0, from: 0.5) { h in (pow(x, h) - 1) / h }
      } equals: { x in
        factor * log(x)
      }
    }
    #expect(check(1).verdict == .verified, "\(check(1))")
    #expect(check(1.001).verdict == .refuted, "\(check(1.001))")
  }

  @Test func finiteDifferences() {
    let slope = finiteDifference(at: 1) { x in exp(x) * sin(3 * x) }
    let exact: Double = exp(1) * (sin(3) + 3 * cos(3))
    #expect(abs(slope.value - exact) <= 10 * slope.error && slope.error < 1e-8, "\(slope)")
  }

  @Test func stepHalving() {
    let value = stepHalved(from: 16, order: 4) { n in OrderTests.solve(4, 1 / Double(n)) }
    #expect(abs(value.value - exp(-1)) <= 1.5 * value.error && value.error < 1e-6)
  }

  /// 1 + h^4 - c h^5, with c such that 16 and 32 steps give the same number: their difference alone would
  /// claim no error at all.
  @Test func stepHalvingWhereTheLastChangeVanishes() {
    let c = 16 * (1 - 1.0 / 16) / (1 - 1.0 / 32)
    let value = stepHalved(from: 16, order: 4) { n in
      let h = 1 / Double(n)
      return 1 + h * h * h * h * (1 - c * h)
    }
    #expect(abs(value.value - 1) > 1e-7 && abs(value.value - 1) <= value.error, "\(value)")
  }
}
