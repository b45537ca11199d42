import Testing
import Verification

@testable import mutation

/// Five worlds: in each of them every second true identity and one wrong form of it, so that each is tried in two
/// worlds or three. `swift run -c release mutation` tries all of them in as many worlds as one likes.
@Suite struct SuiteTests {
  static let seeds: [UInt64] = [0, 1, 2, 3, 4]

  @Test func verdictsCanBeTrusted() async {
    let tally = await withTaskGroup(of: Tally.self) { group in
      for seed in Self.seeds { group.addTask { Suite(seed: seed, breadth: .rotating).run() } }
      return await group.reduce(Tally(), +)
    }
    let notes = "\(tally.report)\n\(tally.notes.joined(separator: "\n"))"
    #expect(tally.identities >= Self.seeds.count * allClaims(.reference).count / 2)
    #expect(tally.wrongForms == tally.identities)
    #expect(tally.verified == tally.identities, "\(notes)")
    #expect(tally.refuted * 100 >= tally.wrongForms * 99, "\(notes)")
    #expect(tally.passed == 0, "\(notes)")
    #expect(tally.diagnosable * 100 >= tally.refuted * 95)
    #expect(tally.rightDiagnoses * 100 >= tally.diagnosable * 80, "\(notes)")
    #expect(tally.wrongDiagnoses * 100 <= tally.diagnosable * 2, "\(notes)")
    #expect(tally.unstructured >= 20 && tally.inventedDiagnoses == 0, "\(notes)")
    // Between a third of the resolution and three times it a check may say either; rounding that the trials
    // did not show leaves one in a hundred.
    #expect(tally.triples >= 50 && tally.triplesRefuted * 100 >= tally.triples * 99, "\(notes)")
    #expect(tally.thirds >= 50 && tally.thirdsRefuted * 100 <= tally.thirds, "\(notes)")
  }
}
