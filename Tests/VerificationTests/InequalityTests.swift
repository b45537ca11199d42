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

  /// Sides whose errors overlap are not ordered by what they happen to be: 1.1 +- 0.5 is not at most 1.
  @Test func errorsThatHideAViolation() {
    let check = verify("eq-bound", over: Domain(x: 0...1)) { x in
      Estimate(1.1 + x, truncation: 0.05)
    } isAtMost: { x in
      1 + x
    }
    #expect(check.verdict == .inconclusive, "\(check)")
    #expect(check.sentence.contains("too large to tell which is larger"), "\(check)")
    let noisy = verify("eq-bound", over: Domain(t: 0...1)) { t in
      mean { draws in 1.001 + t + 30 * draws.normal() }
    } isAtMost: { t in
      1 + t
    }
    #expect(noisy.verdict == .inconclusive, "\(noisy)")
  }

  /// E[exp(3 e)] = exp(4.5) = 90: sample means are mostly below 50, and their standard errors say nothing.
  @Test func heavyTailsOrderNothing() {
    let check = verify("eq-bound", over: Domain(t: 0...1)) { _ in
      mean { draws in exp(3 * draws.normal()) }
    } isAtMost: { t in
      50 + t
    }
    #expect(check.verdict != .verified, "\(check)")
  }

  /// The violation is confined to one corner of a rectangle, and to one of a box.
  @Test func violationsInACorner() {
    let plane = verify("eq-bound", over: Domain(t: 0...1, x: -3...3)) { t, x in
      t > 0.999 && x < -2.999 ? 2 : 1 - 0.1 * t
    } isAtMost: { _, x in
      1.5 + 0.01 * x
    }
    #expect(plane.verdict == .refuted, "\(plane)")
    let space = verify("eq-bound", over: Domain(vector: .box(-2...2, dimension: 3))) { x in
      x.squaredNorm
    } isAtMost: { _ in
      11.99
    }
    #expect(space.verdict == .refuted, "\(space)")
  }
}
