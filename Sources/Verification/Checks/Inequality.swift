import Glibc

/// Verifies that the left side is at most the right side at every point.
///
///     verify("eq-elbo", over: Domain(x: -3...3)) { x in elbo(x) } isAtMost: { x in logLikelihood(x) }
///
/// Refuted where the left side is larger by more than the errors of both. The evidence names the smallest
/// margin, the bound's tightest place; equality there is allowed. The resolution is the smallest relative
/// increase of the left side that would have been refuted: a loose bound is a weak check, and says so.
@discardableResult
public func verify<Point, Left: Side, Right: Side>(
  _ label: String, named name: String = "", over domain: Domain<Point>, accuracy: Double = 0,
  resolving: Double? = nil,
  file: String = #fileID, line: Int = #line, column: Int = #column,
  _ left: @escaping (Point) throws -> Left, isAtMost right: @escaping (Point) throws -> Right
) -> Check {
  checkInequality(
    Heading(label, named: name, Check.Place(file: file, line: line, column: column)), over: domain,
    IdentityClaim(isConstant: true, accuracy: accuracy, resolving: resolving), left, right)
}

/// Verifies that the left side is at least the right side at every point.
@discardableResult
public func verify<Point, Left: Side, Right: Side>(
  _ label: String, named name: String = "", over domain: Domain<Point>, accuracy: Double = 0,
  resolving: Double? = nil,
  file: String = #fileID, line: Int = #line, column: Int = #column,
  _ left: @escaping (Point) throws -> Left, isAtLeast right: @escaping (Point) throws -> Right
) -> Check {
  checkInequality(
    Heading(label, named: name, Check.Place(file: file, line: line, column: column)), over: domain,
    IdentityClaim(isConstant: true, accuracy: accuracy, resolving: resolving), right, left, isReversed: true)
}

/// smaller <= larger; reversed where the author wrote the larger side on the left.
private func checkInequality<Point, Smaller: Side, Larger: Side>(
  _ heading: Heading, over domain: Domain<Point>, _ claim: IdentityClaim,
  _ smaller: @escaping (Point) throws -> Smaller, _ larger: @escaping (Point) throws -> Larger,
  isReversed: Bool = false
) -> Check {
  conclude(heading, kind: "inequality") { check, session in
    let thresholds = session.thresholds
    let equation = try Equation(over: domain, thresholds, left: smaller, right: larger)
    switch equation.nature {
    case .numbers:
      var evaluations = try Evaluations(equation, accuracy: claim.accuracy, thresholds: thresholds)
      try evaluations.confirmRefutation { $0.difference > 0 }
      let table = evaluations.table
      let delta = claim.resolving ?? thresholds.bound
      InequalityJudge(table: table, delta: delta, isReversed: isReversed).judge(&check)
    case .means, .simulation:
      var judge = try MeanJudge(equation, claim: claim, heading, session: session)
      let table = try judge.inequality()
      InequalityJudge(table: table, delta: judge.delta, isReversed: isReversed).judge(&check)
    case .law: throw Obstacle("laws are equal or not; an inequality is one of numbers or means")
    }
  }
}

/// Decides left <= right from comparisons of both.
struct InequalityJudge {
  let table: ComparisonTable
  /// Where the sides are too close to tell which is larger, their errors may be this share of their size.
  let delta: Double
  let isReversed: Bool

  func judge(_ check: inout Check) {
    let t = table.thresholds
    let violated = table.comparisons.filter { $0.isFinite && $0.difference > $0.refuting(t) }
    let doubtful = table.comparisons.filter { !$0.isOrdered(delta, t) }
    let sides = isReversed ? ("right", "left") : ("left", "right")
    note(&check)
    if let worst = violated.max(by: table.isMilder) {
      check.verdict = .refuted
      check.evidence = evidence(worst)
      let failing = count(Set(violated.map(\.point)).count)
      let share = table.points.count > 1 ? " at \(failing) of \(count(table.points.count)) points" : ""
      check.sentence =
        "the \(sides.0) side is larger than the \(sides.1)\(share), most at \(table.name(worst)): "
        + "\(number(worst.left, digits: 6)) against \(number(worst.right, digits: 6))"
      let part = table.whereabouts.confined(Set(violated.map(\.point)))
      check.diagnosis =
        part.map { "the inequality fails \($0)" }
        ?? (violated.count == table.comparisons.count ? "the inequality holds the other way round" : "")
      return
    }
    check.verdict = .inconclusive
    guard table.notFinite.isEmpty else { return check.sentence = table.sentenceOfInfinite() }
    guard doubtful.isEmpty else {
      let place = table.whereabouts.name(Set(doubtful.map(\.point)))
      return check.sentence =
        "the errors of the sides are too large to tell which is larger, \(place)"
    }
    guard let tightest = table.comparisons.min(by: { relativeMargin($0) < relativeMargin($1) }) else {
      return
    }
    check.resolution =
      table.comparisons.map { c in
        c.left == 0 ? .infinity : (c.refuting(t) - c.difference) / c.left.magnitude
      }.min() ?? .infinity
    check.verdict = .verified
    check.evidence = evidence(tightest)
    let margin = relativeMargin(tightest)
    check.sentence =
      "the \(sides.0) side never exceeds the \(sides.1) at \(count(table.points.count, "point")); the margin is "
      + (margin <= 1e-9 ? "used up" : "smallest, \(number(100 * margin, digits: 2))%,")
      + " at \(table.name(tightest))"
  }

  private func relativeMargin(_ c: Comparison) -> Double { c.scale > 0 ? -c.difference / c.scale : 0 }

  private func evidence(_ c: Comparison) -> Check.Evidence {
    Check.Evidence(
      coordinates: table.equation.coordinates, point: table.points[c.point], component: c.component,
      left: isReversed ? c.right : c.left, right: isReversed ? c.left : c.right,
      allowance: c.refuting(table.thresholds))
  }

  private func note(_ check: inout Check) {
    check.note("points", count(table.points.count))
    if let tightest = table.comparisons.filter(\.isFinite).min(by: { relativeMargin($0) < relativeMargin($1) }
    ) {
      check.note("tightest point", table.name(tightest))
      check.note("left there", number(isReversed ? tightest.right : tightest.left, digits: 10))
      check.note("right there", number(isReversed ? tightest.left : tightest.right, digits: 10))
    }
  }
}
