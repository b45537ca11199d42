/// Expects the check in the closure to be refuted, whatever its kind:
///
///     refute("eq-order", because: "Euler-Maruyama has strong order 1/2 only") {
///       verifyOrder("eq-order", 1, ...) { h in ... }
///     }
///
/// The session hears of the check once, as an expected refutation.
@discardableResult
public func refute(
  _ label: String, because reason: String, file: String = #fileID, line: Int = #line, column: Int = #column,
  _ check: () -> Check
) -> Check {
  refute(label, because: reason, Check.Place(file: file, line: line, column: column), check)
}

func refute(_ label: String, because reason: String, _ place: Check.Place, _ check: () -> Check) -> Check {
  let session = VerificationSession.current
  var silent = session
  silent.record = { _ in }
  let inner = VerificationSession.$current.withValue(silent) { check() }
  var expected = Check(
    label, kind: inner.kind, verdict: inner.verdict, sentence: inner.sentence, place: place)
  expected.expectsRefutation = true
  expected.diagnosis = inner.diagnosis
  expected.resolution = inner.resolution
  expected.facts = [Check.Fact(name: "expected to fail because", value: reason)] + inner.facts
  expected.links = inner.links
  expected.resolutionPart = inner.resolutionPart
  expected.evidence = inner.evidence
  expected.convergence = inner.convergence
  expected.seconds = inner.seconds
  session.record(expected)
  return expected
}
