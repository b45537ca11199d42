import Foundation
import Testing

/// Checks that cannot come to a verdict: the run goes on, and a line names the reason and the place of the call.
@Suite struct BadCheckTests {
  /// The label, the cell's code, whose second line makes the check, and what is said.
  static let cases: [(label: String, code: String, message: String)] = [
    (
      "eq-nan",
      """
      let domain = Domain(t: 0...1)
      verify("eq-nan", over: domain) { t in (t * t - 1) / (t - 1) } equals: { t in t + 1 }
      """, "the left side is NaN at (t = 1)"
    ),
    (
      "eq-empty",
      """
      let nowhere = Domain(t: 0...1).excluding("all of it") { _ in true }
      verify("eq-empty", over: nowhere) { t in t } equals: { t in 2 * t }
      """, "the domain is empty: nothing is left after excluding all of it"
    ),
    (
      "eq-state",
      """
      var calls = 0.0
      verify("eq-state", over: Domain(t: 0...1)) { t in calls += 1e-9; return t + calls } equals: { t in t }
      """, "the left side gives two values at"
    ),
    (
      "eq-throws",
      """
      struct Missing: Error {}; func beta(_ t: Double) throws -> Double { throw Missing() }
      verify("eq-throws", over: Domain(t: 0...1)) { t in try beta(t) } equals: { t in t }
      """, "the left side threw an error at t = 0: Missing()"
    ),
    (
      "eq-shape",
      """
      let unit = Domain(t: 0...1)
      verify("eq-shape", over: unit) { t in [t, t] } equals: { t in [t, t, t] }
      """, "a vector of 2 on the left, a vector of 3 on the right"
    ),
    (
      "eq-budget",
      """
      let poor = VerificationSession(budget: 0, record: VerificationSession.current.record)
      VerificationSession.$current.withValue(poor) { _ = verify("eq-budget") { 1.0 } equals: { 2.0 } }
      """, "the budget of evaluations is 0"
    ),
  ]

  @Test func everyReasonHasItsPlace() throws {
    try withProgram { program in
      let text = Self.cases.map { "$$ a = b $$ {#\($0.label)}\n\n```swift\n\($0.code)\n```\n\n" }.joined()
      try program.write(text, to: "x.md")
      let outcome = try program.run(["check", "x.md"])
      #expect(outcome.status == 0, "\(outcome)")
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      for bad in Self.cases {
        let call = bad.code.split(separator: "\n")[1]
        let line = try #require(lines.firstIndex(of: call)) + 1
        let complaint =
          outcome.errors.split(separator: "\n").first {
            $0.hasPrefix("x.md:\(line):") && $0.contains("warning: `\(bad.label)` is inconclusive: ")
          } ?? ""
        #expect(complaint.contains(bad.message), "\(bad.label): \(outcome)")
      }
      #expect(try program.run(["check", "--strict", "x.md"]).status == 1)
    }
  }

  @Test func aLabelThatNoEquationHas() throws {
    try withProgram { program in
      let text = """
        $$ a = b $$ {#eq-tweedie}

        ```swift
        verify("eq-tweedy", over: Domain(t: 0...1)) { t in t + t } equals: { t in 2.0 * t }
        ```
        """
      try program.write(text, to: "x.md")
      let outcome = try program.run(["check", "x.md"])
      #expect(outcome.errors.contains("x.md:4:"), "\(outcome)")
      #expect(outcome.errors.contains("no displayed equation has the label `eq-tweedy`"), "\(outcome)")
      #expect(outcome.errors.contains("is it `eq-tweedie`?"), "\(outcome)")
    }
  }
}
