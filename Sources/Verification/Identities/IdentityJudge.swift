/// What an author claims of two sides beyond their equality.
struct IdentityClaim {
  /// Neither side varies over the domain, so that the shuffled control does not apply.
  var isConstant = false
  /// The sides may agree to the last bit without being the same computation.
  var isExact = false
  /// Relative accuracy of the sides' own methods, where these return plain numbers.
  var accuracy = 0.0
  /// Relative deviation that must be visible; nil for the session's threshold.
  var resolving: Double?
}

/// Decides an identity of two deterministic sides.
struct IdentityJudge {
  private var evaluations: Evaluations
  private let claim: IdentityClaim
  private let delta: Double

  init(_ equation: Equation, claim: IdentityClaim, thresholds: Thresholds) throws {
    self.claim = claim
    var thresholds = thresholds
    thresholds.deterministic = claim.resolving ?? thresholds.deterministic
    delta = thresholds.deterministic
    evaluations = try Evaluations(equation, accuracy: claim.accuracy, thresholds: thresholds)
  }

  var table: ComparisonTable { evaluations.table }

  mutating func judge(_ check: inout Check) throws {
    try evaluations.confirmRefutation()
    let resolution = try evaluations.measureResolution()
    table.note(&check, resolution: resolution, isConstant: claim.isConstant, digits: 17)
    if let worst = table.refuted.max(by: table.isMilder) { return try refute(&check, worst) }
    check.verdict = .inconclusive
    let unresolved = table.unresolved(delta)
    if !table.notFinite.isEmpty {
      check.sentence = table.sentenceOfInfinite()
    } else if let doubtful = table.comparisons.filter({ !$0.isConsistent(table.thresholds) })
      .max(by: table.isMilder)
    {
      check.sentence =
        "the sides differ by \(number(doubtful.difference.magnitude, digits: 2)) at \(table.name(doubtful)), more "
        + "than rounding should and less than an error would"
    } else if evaluations.isBitIdentical, !claim.isExact {
      check.sentence =
        "the sides agree to the last bit everywhere, also under changed rounding: the same computation twice? "
        + "(If exact agreement is expected, say exact: true)"
    } else if let weak = table.weakPart(unresolved: unresolved)
      ?? (resolution.value <= delta ? nil : resolution.stratum)
    {
      let place = unresolved.isEmpty ? "in \(weak)" : table.whereabouts.name(unresolved)
      check.sentence =
        "the sides agree within their errors, but \(place) these errors are too large to see a relative "
        + "difference of \(number(delta, digits: 1))"
    } else if table.points.count > 1, !claim.isConstant,
      table.shuffledControl() < ComparisonTable.controlShare
    {
      check.sentence = ComparisonTable.sentenceOfControl
    } else {
      check.verdict = .verified
      check.sentence = table.sentenceOfVerification(resolution: resolution.value, unresolved: unresolved)
    }
  }

  private func refute(_ check: inout Check, _ worst: Comparison) throws {
    check.verdict = .refuted
    check.sentence = table.sentenceOfRefutation(table.refuted)
    if let simple = try? SmallestCounterexample(evaluations).search(from: worst.point) {
      check.note("smallest counterexample", simple)
    }
    check.diagnosis = Diagnosis(table).sentence
  }
}
