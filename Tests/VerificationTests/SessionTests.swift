import Diffusion
import Synchronization
import Testing
import Verification

@Suite struct SessionTests {
  @Test func theSessionHearsOfEachCheckOnce() {
    let heard = Mutex<[Check]>([])
    let session = VerificationSession(record: { check in heard.withLock { $0.append(check) } })
    let returned = VerificationSession.$current.withValue(session) {
      [
        verify("eq-1", over: Domain(t: 0...1)) { t in
          (1 - t) * (1 + t)
        } equals: { t in
          1 - t * t
        },
        refute("eq-2", because: "a sign", over: Domain(t: 0.1...1)) { t in
          t
        } equals: { t in
          -t
        },
        refute("eq-3", because: "a sign") {
          verify("eq-3") {
            1.5
          } equals: {
            2.5
          }
        },
      ]
    }
    #expect(heard.withLock { $0 } == returned)
    #expect(returned.map(\.label) == ["eq-1", "eq-2", "eq-3"])
    #expect(returned.map(\.isAsExpected) == [true, true, true])
  }

  /// Checks of one equation are told apart by their names, which also give each its own draws.
  @Test func namesTellChecksOfOneEquationApart() {
    func check(_ name: String) -> Check {
      verify("eq-mean", named: name, resolving: 0.1) {
        mean { 1 + $0.normal() }
      } equals: {
        1.0
      }
    }
    let (a, b) = (check("linear"), check("cosine"))
    #expect(a.label == b.label && a.name == "linear" && a.description.hasPrefix("eq-mean (linear): verified"))
    #expect(a.evidence?.left != b.evidence?.left)
  }

  /// Same source, same seed, same evidence.
  @Test func aCheckRepeats() {
    func check() -> Check {
      verify("eq", over: Domain(t: 0.1...1, x: -2...2)) { t, x in
        t / (x * x + 1)
      } equals: { t, x in
        t / (x * x + 1.01)
      }
    }
    let (a, b) = (check(), check())
    #expect(a.sentence == b.sentence && a.facts == b.facts && a.diagnosis == b.diagnosis)
  }
}
