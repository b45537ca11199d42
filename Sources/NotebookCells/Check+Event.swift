public import NotebookEvents
public import Verification

extension Check: Displayable {
  /// Nothing: a check has reached the page when its verdict was found.
  public func events() -> [Event] { [] }
}

extension CellReport {
  /// Runs a cell's checks so that their verdicts reach the page.
  ///
  /// - Parameter reseed: replaces the seed from which all checks draw.
  public func withVerification(reseed: UInt64?, _ body: () -> Void) {
    var session = VerificationSession { [self] in send(.check(Event.Check($0))) }
    if let reseed { session.seed = reseed }
    VerificationSession.$current.withValue(session, operation: body)
  }
}

extension Event.Check {
  init(_ check: Check) {
    self.init(
      label: check.label, name: check.name, kind: check.kind, verdict: Verdict(check.verdict),
      expectsRefutation: check.expectsRefutation, sentence: check.sentence, diagnosis: check.diagnosis,
      resolution: check.resolution, facts: check.facts.map { Fact(name: $0.name, value: $0.value) },
      links: check.links.map { Link(name: $0.name, verdict: Verdict($0.verdict), sentence: $0.sentence) },
      firstLine: check.firstLine, line: check.line, column: check.column, seconds: check.seconds)
  }
}

extension Event.Check.Verdict {
  init(_ verdict: Verification.Verdict) {
    self =
      switch verdict {
      case .verified: .verified
      case .refuted: .refuted
      case .inconclusive: .inconclusive
      }
  }
}
