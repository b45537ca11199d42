/// Expects the check in the closure to be refuted, whatever its kind:
///
///     refute("eq-order", because: "Euler-Maruyama has strong order 1/2 only") {
///       verifyOrder("eq-order", 1, ...) { h in ... }
///     }
///
/// The session hears of the check once, as an expected refutation.
@discardableResult
public func refute(
  _ label: String, named name: String = "", because reason: String, file: String = #fileID, line: Int = #line,
  column: Int = #column,
  _ check: () -> Check
) -> Check {
  refute(
    Heading(label, named: name, Check.Place(file: file, line: line, column: column)), because: reason, check)
}

func refute(_ heading: Heading, because reason: String, _ check: () -> Check) -> Check {
  let session = VerificationSession.current
  var silent = session
  silent.record = { _ in }
  let inner = VerificationSession.$current.withValue(silent) { check() }
  var expected = Check(heading, kind: inner.kind, verdict: inner.verdict, sentence: inner.sentence)
  expected.expectsRefutation = true
  expected.diagnosis = inner.diagnosis
  expected.resolution = inner.resolution
  expected.facts = [Check.Fact(name: "expected to fail because", value: reason)] + inner.facts
  expected.links = inner.links
  expected.resolutionPart = inner.resolutionPart
  expected.firstLine = inner.firstLine
  expected.evidence = inner.evidence
  expected.convergence = inner.convergence
  expected.seconds = inner.seconds
  session.record(expected)
  return expected
}
