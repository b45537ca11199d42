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
  private(set) var evaluations: Evaluations
  let claim: IdentityClaim
  let thresholds: Thresholds
  private let points: [[Double]]
  private let whereabouts: Whereabouts

  /// Share of points at which the shuffled control must be refuted.
  static let controlShare = 0.1

  init(_ equation: Equation, claim: IdentityClaim, thresholds: Thresholds) throws {
    self.claim = claim
    var thresholds = thresholds
    thresholds.deterministic = claim.resolving ?? thresholds.deterministic
    self.thresholds = thresholds
    evaluations = try Evaluations(equation, accuracy: claim.accuracy, thresholds: thresholds)
    points = equation.points
    whereabouts = Whereabouts(points: points, coordinates: equation.coordinates)
  }

  mutating func judge(_ check: inout Check) throws {
    let comparisons = evaluations.comparisons
    let resolution = try evaluations.measureResolution()
    check.resolution = resolution.value
    check.evidence = evidence(comparisons)
    note(&check, resolution)

    let refuted = comparisons.filter { $0.isFinite && $0.isRefuted(thresholds) }
    let infinite = Set(comparisons.filter { !$0.isFinite }.map(\.point))
    if !refuted.isEmpty { return try refute(&check) }
    check.verdict = .inconclusive
    if !infinite.isEmpty {
      check.sentence = sentenceOfInfinite(infinite)
    } else if let doubtful = comparisons.filter({ !$0.isConsistent(thresholds) }).max(by: relative) {
      check.sentence =
        "the sides differ by \(number(doubtful.difference.magnitude, digits: 2)) at \(name(doubtful)), more than "
        + "rounding should and less than an error would"
    } else if evaluations.isBitIdentical, !claim.isExact {
      check.sentence =
        "the sides agree to the last bit everywhere, also under changed rounding: the same computation twice? "
        + "(If exact agreement is expected, say exact: true)"
    } else if resolution.value <= thresholds.deterministic, points.count > 1, !claim.isConstant,
      control < Self.controlShare
    {
      check.sentence =
        "the left side at one point also equals the right side at another, so this check could not have failed. "
        + "(If neither side is meant to vary, say constant: true)"
    } else {
      settle(&check, resolution.value)
    }
  }

  private var control: Double { evaluations.shuffledControl() }

  /// Verified, if enough points are resolved.
  private func settle(_ check: inout Check, _ resolution: Double) {
    let delta = thresholds.deterministic
    let unresolved = Set(
      evaluations.comparisons.filter { !$0.isResolved(delta, thresholds) }.map(\.point))
    let enough = Double(points.count - unresolved.count) >= thresholds.share * Double(points.count)
    let weak = evaluations.strata.strata.first { stratum in
      let resolved = stratum.members.count { !unresolved.contains($0) }
      return Double(resolved) < thresholds.stratumShare * Double(stratum.members.count)
    }
    guard enough, weak == nil, resolution <= delta else {
      let place =
        unresolved.isEmpty ? "in " + (weak?.name ?? "part of the domain") : whereabouts.name(unresolved)
      check.sentence =
        "the sides agree within their errors, but \(place) these errors are too large to see a relative "
        + "difference of \(number(delta, digits: 1))"
      return
    }
    let worst =
      evaluations.comparisons.map { $0.scale > 0 ? $0.difference.magnitude / $0.scale : 0 }.max() ?? 0
    let agreement = worst == 0 ? "exactly" : "within a relative \(number(worst, digits: 2))"
    check.verdict = .verified
    check.sentence =
      "both sides agree \(agreement) at \(count(points.count, "point")); a relative difference of "
      + "\(number(resolution, digits: 2)) would have been seen"
    if !unresolved.isEmpty { check.sentence += " (not resolved \(whereabouts.name(unresolved)))" }
  }

  private mutating func refute(_ check: inout Check) throws {
    // The points that carry the verdict have their rounding measured in full.
    let suspects = evaluations.comparisons.filter { $0.isFinite && $0.isRefuted(thresholds) }
    for c in suspects.sorted(by: { relative($1, $0) }).prefix(3) {
      try evaluations.measureRounding(at: c.point, upTo: RoundingTrial.all.count)
    }
    let refuted = evaluations.comparisons.filter { $0.isFinite && $0.isRefuted(thresholds) }
    guard let worst = refuted.max(by: relative) else {
      check.sentence = "the sides differ, but by no more than their rounding in some trial"
      return
    }
    let failing = Set(refuted.map(\.point)).count
    check.verdict = .refuted
    check.sentence =
      (points.count == 1
        ? "the sides differ"
        : "the sides differ at \(count(failing)) of \(count(points.count)) points, most at \(name(worst))")
      + ": left \(number(worst.left, digits: 6)), right \(number(worst.right, digits: 6))"
      + "; their errors explain a difference of \(number(worst.refuting(thresholds), digits: 1)) only"
    if let simple = try? SmallestCounterexample(evaluations, thresholds).search(from: worst.point) {
      check.note("smallest counterexample", simple)
    }
    check.diagnosis = Diagnosis(evaluations, thresholds).sentence
  }

  private func sentenceOfInfinite(_ points: Set<Int>) -> String {
    let first = evaluations.comparisons.first { !$0.isFinite }
    let hand: Hand = first.map { $0.left.isFinite ? .right : .left } ?? .left
    let value = first.map { number(hand == .left ? $0.left : $0.right) } ?? "NaN"
    return
      "the \(hand.rawValue) side is \(value) \(whereabouts.name(points)); exclude such points by the domain, or "
      + "write the side so that it holds there"
  }

  private func name(_ c: Comparison) -> String {
    evaluations.equation.describe(points[c.point]) + entryName(c.component, shape: evaluations.shape)
  }

  private func relative(_ a: Comparison, _ b: Comparison) -> Bool {
    a.difference.magnitude * b.scale < b.difference.magnitude * a.scale
  }

  private func evidence(_ comparisons: [Comparison]) -> Check.Evidence? {
    comparisons.filter(\.isFinite).max(by: relative).map { worst in
      Check.Evidence(
        coordinates: evaluations.equation.coordinates, point: points[worst.point], component: worst.component,
        left: worst.left, right: worst.right, allowance: worst.refuting(thresholds))
    }
  }

  private func note(_ check: inout Check, _ resolution: (value: Double, stratum: String)) {
    check.note("points", pointsNote)
    if let evidence = check.evidence {
      let entry = entryName(evidence.component, shape: evaluations.shape)
      check.note("worst point", evaluations.equation.describe(evidence.point) + entry)
      check.note("left there", number(evidence.left, digits: 17))
      check.note("right there", number(evidence.right, digits: 17))
      check.note("difference there", number(evidence.left - evidence.right, digits: 3))
      check.note("difference that the errors explain", number(evidence.allowance, digits: 3))
    }
    check.note(
      "smallest relative deviation that would have been seen",
      "\(number(resolution.value, digits: 2)) (in its worst part, \(resolution.stratum))")
    if points.count > 1, !claim.isConstant {
      check.note("shuffled control", "refuted at \(number(100 * control))% of the points")
    }
  }

  private var pointsNote: String {
    let equation = evaluations.equation
    guard equation.excluded > 0 else { return count(points.count) }
    return
      "\(count(points.count)), and \(count(equation.excluded)) left out as declared: \(listed(equation.exclusions))"
  }
}

/// `, entry 2` or `, entry (1, 2)`, counted from 1; empty for a number.
func entryName(_ component: Int, shape: [Int]) -> String {
  switch shape.count {
  case 0: ""
  case 1: ", entry \(component + 1)"
  default: ", entry (\(component / shape[shape.count - 1] + 1), \(component % shape[shape.count - 1] + 1))"
  }
}
