import Glibc
import Testing
import Verification

/// Every misuse is a sentence, never a crash and never a pass.
@Suite struct BadInputTests {
  struct Broken: Error, CustomStringConvertible {
    var description: String { "no such schedule" }
  }

  func sentence(_ check: Check) -> String {
    #expect(check.verdict == .inconclusive, "\(check)")
    return check.sentence
  }

  @Test func aSideThatIsNotFinite() {
    let text = sentence(
      verify("eq", over: Domain(t: 0...1)) { t in
        (t * t - 1) / (t - 1)
      } equals: { t in
        t + 1
      })
    #expect(text.contains("NaN at (t = 1)"), "\(text)")
  }

  @Test func anExclusionIsEvidence() {
    let check = verify("eq", over: Domain(t: 0...1).excluding("t = 1") { t in t == 1 }) { t in
      (t * t - 1) / (t - 1)
    } equals: { t in
      t + 1
    }
    #expect(check.verdict == .verified, "\(check)")
    #expect(check.facts.contains { $0.value.contains("left out as declared: t = 1") })
  }

  @Test func anEmptyDomain() {
    let nowhere = Domain(t: 0...1).excluding("everything") { _ in true }
    #expect(
      sentence(
        verify("eq", over: nowhere) {
          $0
        } equals: {
          $0
        }
      ).contains("domain is empty"))
  }

  @Test func unusableDomains() {
    #expect(
      sentence(
        verify("eq", over: Domain(t: 0...1).logarithmic("t")) {
          $0
        } equals: {
          $0
        }
      ).contains("logarithmic"))
    #expect(
      sentence(
        verify("eq", over: Domain(t: 0...1).logarithmic("u")) {
          $0
        } equals: {
          $0
        }
      ).contains("no coordinate"))
    #expect(
      sentence(
        verify("eq", over: Domain(vector: .draws([]))) {
          $0
        } equals: {
          $0
        }
      ).contains("no draws"))
    #expect(
      sentence(
        verify("eq", over: Domain(x: 0 ... .infinity)) {
          $0
        } equals: {
          $0
        }
      ).contains("infinity"))
  }

  @Test func closuresThatThrow() {
    let text = sentence(
      verify("eq", over: Domain(t: 0...1)) { _ -> Double in
        throw Broken()
      } equals: { t in
        t
      })
    #expect(text.contains("left side threw an error at t = 0: no such schedule"), "\(text)")
  }

  @Test func sidesOfDifferentShape() {
    let text = sentence(
      verify("eq", over: Domain(t: 0...1)) { t in
        [t, t]
      } equals: { t in
        [t, t, t]
      })
    #expect(text.contains("a vector of 2 on the left, a vector of 3 on the right"), "\(text)")
    let ragged = sentence(
      verify("eq", over: Domain(t: 0...1)) { t in
        [[t], [t, t]]
      } equals: { t in
        [[t], [t, t]]
      })
    #expect(ragged.contains("rows differ in length"), "\(ragged)")
  }

  @Test func aSideThatDrawsRandomNumbers() {
    var state = 1.0
    let text = sentence(
      verify("eq", over: Domain(t: 0...1)) { t in
        state += 1e-9
        return t * state
      } equals: { t in
        t
      })
    #expect(text.contains("gives two values at"), "\(text)")
  }

  @Test func aBudgetOfZero() {
    let check = VerificationSession.$current.withValue(VerificationSession(budget: 0)) {
      verify("eq", over: Domain(t: 0...1)) { t in
        t * t
      } equals: { t in
        t
      }
    }
    #expect(sentence(check).contains("budget"))
  }

  @Test func thePlaceIsTheCallers() {
    let line = #line + 1
    let check = verify("eq", over: Domain(t: 0...1)) { t in
      t * t
    } equals: { t in
      t
    }
    #expect(check.line == line)
    #expect(check.place.file.hasSuffix("BadInputTests.swift"))
  }
}
