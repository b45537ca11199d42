import Diffusion
import Testing
import Verification

@Suite struct InequalityTests {
  /// exp x >= 1 + x, with equality at 0.
  @Test func tightBounds() {
    let check = verify("eq-bound", over: Domain(x: -2...2)) { x in
      1 + x
    } isAtMost: { x in
      exp(x)
    }
    #expect(check.verdict == .verified, "\(check)")
    let reversed = verify("eq-bound", over: Domain(x: -2...2)) { x in
      exp(x)
    } isAtLeast: { x in
      1 + x
    }
    #expect(reversed.verdict == .verified, "\(reversed)")
  }

  @Test func violationsAreLocated() {
    let check = verify("eq-bound", over: Domain(x: -2...2)) { x in
      1 + x + x * x / 2
    } isAtMost: { x in
      exp(x)
    }
    #expect(check.verdict == .refuted)
    #expect(check.diagnosis.contains("fails for x <="), "\(check)")
    let loose = verify("eq-bound", over: Domain(x: -2...2)) { x in
      1.001 + x
    } isAtMost: { x in
      exp(x)
    }
    #expect(loose.verdict == .refuted, "\(loose)")
  }

  /// Jensen: E[x]^2 <= E[x^2], the other way round refuted.
  @Test func inequalitiesOfMeans() {
    func square(_ t: Double) -> Mean {
      mean { draws in
        let x = t + 0.5 * draws.normal(); return x * x
      }
    }
    let check = verify("eq-jensen", over: Domain(t: 0.5...2)) { t in
      t * t
    } isAtMost: { t in
      square(t)
    }
    #expect(check.verdict == .verified, "\(check)")
    let wrong = verify("eq-jensen", over: Domain(t: 0.5...2)) { t in
      square(t)
    } isAtMost: { t in
      t * t
    }
    #expect(wrong.verdict == .refuted, "\(wrong)")
  }
}
