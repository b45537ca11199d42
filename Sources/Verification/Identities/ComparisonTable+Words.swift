import Glibc

/// What the comparisons say, in words.
extension ComparisonTable {
  /// Where a comparison was made: `t = 0.5, x = 1, entry 2`.
  func name(_ c: Comparison) -> String {
    equation.describe(points[c.point]) + entryName(c.component, shape: shape)
  }

  /// Orders by the difference relative to the sides.
  func isMilder(_ a: Comparison, _ b: Comparison) -> Bool {
    a.relativeDifference < b.relativeDifference
  }

  /// The comparison with the largest relative difference.
  var worst: Comparison? { comparisons.filter(\.isFinite).max(by: isMilder) }

  var evidence: Check.Evidence? {
    worst.map { worst in
      Check.Evidence(
        coordinates: equation.coordinates, point: points[worst.point], component: worst.component,
        left: worst.left, right: worst.right, allowance: worst.refuting(thresholds))
    }
  }

  /// The facts that every identity's evidence lists.
  func note(_ check: inout Check, resolution: Resolution, isConstant: Bool, digits: Int) {
    check.evidence = evidence
    check.resolution = resolution.value
    check.resolutionPart = resolution.part
    var tried = count(points.count)
    if equation.excluded > 0 {
      tried += ", and \(count(equation.excluded)) left out as declared: \(listed(equation.exclusions))"
    }
    check.note("points", tried)
    if let worst {
      check.note("worst point", name(worst))
      check.note("left there", number(worst.left, digits: digits))
      check.note("right there", number(worst.right, digits: digits))
      check.note("difference there", number(worst.difference))
      check.note("difference that the errors explain", number(worst.refuting(thresholds)))
    }
    check.note(
      "smallest relative deviation that would have been seen",
      "\(number(resolution.value, digits: 2)) (in its worst part, \(resolution.stratum))")
    if points.count > 1, !isConstant {
      check.note("shuffled control", "refuted at \(number(100 * shuffledControl()))% of the points")
    }
  }

  func sentenceOfRefutation(_ refuted: [Comparison]) -> String {
    guard let worst = refuted.max(by: isMilder) else { return "" }
    let failing = Set(refuted.map(\.point)).count
    let place =
      points.count == 1
      ? "the sides differ" + entryName(worst.component, shape: shape)
      : "the sides differ at \(count(failing)) of \(count(points.count)) points, most at \(name(worst))"
    // As many digits as show the difference.
    let shared = worst.size > 0 ? -log10(min(1, worst.difference.magnitude / worst.size)) : 0
    let digits = min(17, max(6, Int(shared.isFinite ? shared : 0) + 3))
    return
      "\(place): left \(number(worst.left, digits: digits)), right \(number(worst.right, digits: digits)); their errors "
      + "explain a difference of \(number(worst.refuting(thresholds), digits: 1)) only"
  }

  func sentenceOfInfinite() -> String {
    guard let first = notFinite.first else { return "" }
    let hand: Hand = first.left.isFinite ? .right : .left
    let value = number(hand == .left ? first.left : first.right)
    let place = whereabouts.name(Set(notFinite.map(\.point)))
    return
      "the \(hand.rawValue) side is \(value) \(place); exclude such points by the domain, or write the side so "
      + "that it holds there"
  }

  static let sentenceOfControl =
    "the left side at one point also equals the right side at another, so this check could not have failed. "
    + "(If neither side is meant to vary, say constant: true)"

  func sentenceOfVerification(resolution: Double, unresolved: Set<Int>) -> String {
    let worst = comparisons.map(\.relativeDifference).max() ?? 0
    // At a point whose errors are large the difference may exceed what the others resolve; it is among the facts.
    let agreement =
      worst == 0 ? " exactly" : worst <= resolution ? " within a relative \(number(worst, digits: 2))" : ""
    let place = points.count == 1 ? "" : " at \(count(points.count, "point"))"
    let exception = unresolved.isEmpty ? "" : " (not resolved \(whereabouts.name(unresolved)))"
    return
      "both sides agree\(agreement)\(place); a relative difference of \(number(resolution, digits: 2)) would "
      + "have been seen\(exception)"
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
