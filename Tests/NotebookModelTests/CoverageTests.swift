import NotebookEvents
import NotebookModel
import Testing

@Suite struct CoverageTests {
  private func check(_ label: String, _ verdict: Event.Check.Verdict, expects: Bool = false) -> Output {
    .check(
      Event.Check(
        label: label, kind: "identity", verdict: verdict, expectsRefutation: expects, sentence: "because"))
  }

  private func coverage(_ outputs: [Output]) throws -> Coverage {
    let text = """
      $$ a $$ {#eq-a}
      $$ b $$ {#eq-b .definition}
      $$ c $$

      ```swift
      ```
      """
    return Coverage(
      of: try notebook(text), in: RunRecord(cells: [CellRecord(state: .ended, outputs: outputs)]))
  }

  @Test(
    arguments: [
      ([(.verified, false)], .verified), ([(.verified, false), (.inconclusive, false)], .inconclusive),
      ([(.verified, false), (.refuted, false), (.inconclusive, false)], .refuted),
      ([(.refuted, true)], .refutedAsExpected), ([(.verified, true)], .refuted),
      ([(.inconclusive, true)], .inconclusive), ([], .missing),
    ] as [([(Event.Check.Verdict, Bool)], Coverage.Standing)])
  func theWorstCheckCounts(_ verdicts: [(Event.Check.Verdict, Bool)], _ standing: Coverage.Standing) throws {
    let coverage = try coverage(verdicts.map { check("eq-a", $0.0, expects: $0.1) })
    #expect(coverage.entries[0].standing == standing)
    #expect(coverage.entries[1].standing == .declared(.definition))
    #expect(coverage.entries[2].standing == .missing)
  }

  @Test func strictWantsAVerdictOrAStatusForEachEquation() throws {
    let verified = try coverage([check("eq-a", .verified)])
    #expect(verified.strictFailures(file: "n.md").map(\.position?.line) == [3])
    let inconclusive = try coverage([check("eq-a", .inconclusive)])
    #expect(
      inconclusive.strictFailures(file: "n.md").map(\.description).first
        == "n.md:1:1: error: `eq-a` is inconclusive; because")
    #expect(try coverage([]).strictFailures(file: "n.md").count == 2)
  }

  @Test func checksOfNoEquationAreKeptApart() throws {
    let coverage = try coverage([check("helper", .verified), check("eq-z", .refuted)])
    #expect(coverage.otherChecks.map(\.check.label) == ["helper"])
    #expect(coverage.unknownChecks.map(\.check.label) == ["eq-z"])
    #expect(coverage.summary == "0 of 2 equations verified, 2 without a verdict; 1 declared")
  }
}
