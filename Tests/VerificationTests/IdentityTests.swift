import Diffusion
import Testing
import Verification

@Suite struct IdentityTests {
  let domain = Domain(t: 0.05...0.95, x: -4...4)

  /// Tweedie's formula by quadrature against its closed form: the notebook's first example.
  @Test func verifiesTweedie() {
    let check = verify("eq-tweedie", over: domain) { t, x in
      integral(over: -12...12, peaks: [x / Mixture.alpha(t)]) { z in z * Mixture.posterior(z, x, t) }
    } equals: { t, x in
      (x + Mixture.beta(t) * Mixture.beta(t) * Mixture.score(x, t)) / Mixture.alpha(t)
    }
    #expect(check.verdict == .verified, "\(check)")
    #expect(check.resolution < 1e-8)
  }

  @Test func diagnosesTweedieWithoutTheSquare() {
    let check = verify("eq-tweedie", over: domain, quantities: ["beta": Mixture.beta]) { t, x in
      integral(over: -12...12, peaks: [x / Mixture.alpha(t)]) { z in z * Mixture.posterior(z, x, t) }
    } equals: { t, x in
      (x + Mixture.beta(t) * Mixture.score(x, t)) / Mixture.alpha(t)
    }
    #expect(check.verdict == .refuted, "\(check)")
    #expect(check.diagnosis.contains("apart from the term x/t, which both sides share"), "\(check.diagnosis)")
    #expect(check.diagnosis.contains("the left side is beta times the right side"), "\(check.diagnosis)")
  }

  /// Where terms cancel, rounding is many units in the last place: 1 - cos x against 2 sin^2(x / 2).
  @Test func measuresRoundingUnderCancellation() {
    let check = verify("eq-half-angle", over: Domain(x: 1e-3...3).logarithmic("x")) { x in
      1 - cos(x)
    } equals: { x in
      2 * sin(x / 2) * sin(x / 2)
    }
    #expect(check.verdict == .verified, "\(check)")
    // A unit in the last place of 1 relative to 1 - cos x, at best.
    #expect(check.resolution > 1e-16 && check.resolution < 1e-6)
  }

  /// Below x = 1e-6 the left side has lost more than six digits: nothing can be said there.
  @Test func isInconclusiveWhereRoundingHidesEverything() {
    let check = verify("eq-half-angle", over: Domain(x: 1e-9...1e-7).logarithmic("x")) { x in
      1 - cos(x)
    } equals: { x in
      2 * sin(x / 2) * sin(x / 2)
    }
    #expect(check.verdict == .inconclusive, "\(check)")
  }

  @Test(arguments: [1e-9, 1e-12, -1e-9])
  func refutesSmallDeviations(_ e: Double) {
    let check = verify("eq-square", over: domain) { t, x in
      (t + x) * (t + x)
    } equals: { t, x in
      (1 + e) * (t * t + 2 * t * x + x * x)
    }
    #expect(check.verdict == .refuted, "\(check)")
    #expect(check.diagnosis.contains("digits"))
  }

  /// Three times the stated resolution is refuted, a third is not.
  @Test(arguments: [0.05, 0.5, 0.9])
  func resolutionIsWhatItSays(_ upper: Double) {
    func check(_ e: Double) -> Check {
      verify("eq-tweedie", over: Domain(t: 0.04...upper, x: -3...3)) { t, x in
        integral(over: -12...12, peaks: [x / t]) { z in z * Mixture.posterior(z, x, t) }
      } equals: { t, x in
        (1 + e) * (x + (1 - t) * (1 - t) * Mixture.score(x, t)) / t
      }
    }
    let resolution = check(0).resolution
    #expect(check(3 * resolution).verdict == .refuted)
    #expect(check(-3 * resolution).verdict == .refuted)
    #expect(check(resolution / 3).verdict != .refuted)
  }

  @Test func vectorsAndMatrices() {
    let check = verify("eq-rotation", over: Domain(t: 0...1, vector: .box(0.1...2, dimension: 2))) { t, x in
      [cos(t) * x[0] - sin(t) * x[1], sin(t) * x[0] + cos(t) * x[1]]
    } equals: { t, x in
      let r = (x[0] * x[0] + x[1] * x[1]).squareRoot()
      let angle = 2 * atan(x[1] / (r + x[0])) + t
      return [r * cos(angle), r * sin(angle)]
    }
    #expect(check.verdict == .verified, "\(check)")

    let transposed = verify("eq-rotation-matrix", over: Domain(t: 0.1...3)) { t in
      [[cos(t), -sin(t)], [sin(t), cos(t)]]
    } equals: { t in
      [[cos(t), sin(t)], [-sin(t), cos(t)]]
    }
    #expect(transposed.verdict == .refuted)
    #expect(transposed.diagnosis.contains("transpose"), "\(transposed)")
  }

  @Test func constantClaimsSaySo() {
    func check(constant: Bool) -> Check {
      verify("eq-mass", over: Domain(t: 0...0.9), constant: constant) { t in
        integral(over: -12...12) { x in Mixture.density(x, t) }
      } equals: { _ in
        1
      }
    }
    #expect(check(constant: true).verdict == .verified, "\(check(constant: true))")
    let silent = check(constant: false)
    #expect(silent.verdict == .inconclusive)
    #expect(silent.sentence.contains("constant: true"))
  }

  @Test func theSameComputationTwiceIsNoEvidence() {
    let check = verify("eq-score", over: domain) { t, x in
      Mixture.score(x, t)
    } equals: { t, x in
      Mixture.score(x, t)
    }
    #expect(check.verdict == .inconclusive)
    #expect(check.sentence.contains("same computation"))
  }

  /// A quadrature that misses its peak is not believed.
  @Test func aMissedPeakIsNotRefuted() {
    let check = verify("eq-posterior-mean", over: Domain(t: 0.9...0.9999, x: -2...2)) { t, x in
      expectation(over: -12...12, density: { z in Mixture.posterior(z, x, t) }) { z in z }
    } equals: { t, x in
      (x + (1 - t) * (1 - t) * Mixture.score(x, t)) / t
    }
    #expect(check.verdict != .refuted, "\(check)")
  }

  @Test func expectedRefutations() {
    let wrong = refute("eq-erratum", because: "the paper drops the square", over: Domain(t: 0.1...0.9)) { t in
      (1 - t) * (1 - t)
    } equals: { t in
      1 - t
    }
    #expect(wrong.verdict == .refuted && wrong.isAsExpected)
    let right = refute("eq-erratum", because: "a slip", over: Domain(t: 0.1...0.9)) { t in
      (1 - t) * (1 + t)
    } equals: { t in
      1 - t * t
    }
    #expect(right.verdict == .verified && !right.isAsExpected, "\(right)")
  }

  /// (m + 1)^2 - m^2 = 2m + 1 near a million: where both squares are rounded to the same side, changed rounding
  /// modes move both alike. The difference is rounding nevertheless. (At 1e8 x itself is lost in the sum, and this is not
  /// seen.)
  @Test(arguments: [1e5, 1e6, 1e7])
  func squaresThatCancel(_ offset: Double) {
    let check = verify("eq-squares", over: Domain(x: 0.5...1)) { x in
      let m = offset + x
      return (m + 1) * (m + 1) - m * m
    } equals: { x in
      2 * (offset + x) + 1
    }
    #expect(check.verdict != .refuted, "\(check)")
    let wrong = verify("eq-squares", over: Domain(x: 0.5...1)) { x in
      let m = offset + x
      return (m + 1) * (m + 1) - m * m
    } equals: { x in
      2.02 * (offset + x) + 1
    }
    #expect(wrong.verdict == .refuted, "\(wrong)")
  }

  /// An error at one end of the domain only, in the last thousandth of it or at the end itself.
  @Test(arguments: [0.999, 1])
  func errorsAtAnEnd(_ from: Double) {
    let check = verify("eq-end", over: Domain(t: 0...1, x: -3...3)) { t, x in
      t * t + x * x + 1
    } equals: { t, x in
      (t >= from ? 1.001 : 1) * (t * t + x * x + 1)
    }
    #expect(check.verdict == .refuted && check.diagnosis.contains("only for t >="), "\(check)")
  }
}
