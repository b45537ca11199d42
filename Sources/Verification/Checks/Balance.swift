/// Verifies that named terms add up to zero: a partial differential equation, a balance, a residual.
///
///     verify("eq-continuity", over: Domain(t: 0.1...0.9, x: -3...3), terms: { t, x in
///       ["d_t log p": dLogDensityByTime(t, x), "div u": divergence(t, x), "u . grad log p": u(t, x) * score(t, x)]
///     })
///
/// Write evolution equations of a density p divided by p, as above: so the terms keep their size where p
/// is tiny. The sum is compared with the size of its terms; the evidence names the term at fault where one
/// factor on one term would settle the balance.
@discardableResult
public func verify<Point, Term: Side>(
  _ label: String, named name: String = "", over domain: Domain<Point>, accuracy: Double = 0,
  resolving: Double? = nil,
  file: String = #fileID, line: Int = #line, column: Int = #column,
  terms: @escaping (Point) throws -> KeyValuePairs<String, Term>
) -> Check {
  let heading = Heading(
    label, named: name, Check.Place(file: file, line: line, column: column))
  return conclude(heading, kind: "balance of terms") { check, session in
    let balance = Balance(terms: terms)
    let equation = try Equation(
      over: domain, session.thresholds, left: { try balance.side($0, sign: 1) },
      right: { try balance.side($0, sign: -1) })
    guard equation.nature == .numbers else {
      throw Obstacle("the terms of a balance are numbers or estimates")
    }
    let claim = IdentityClaim(isConstant: true, accuracy: accuracy, resolving: resolving)
    var judge = try IdentityJudge(equation, claim: claim, thresholds: session.thresholds)
    try judge.judge(&check)
    check.note("terms", listed(try balance.names(equation, domain)))
    if check.verdict == .refuted {
      check.diagnosis = try balance.diagnosis(equation, domain, session.thresholds)
      if let evidence = check.evidence {
        check.sentence = try balance.sentence(equation, domain, evidence, failing: judge.table)
      }
    } else if check.verdict == .verified {
      check.sentence =
        "the terms cancel at \(count(equation.points.count, "point")); a relative error of "
        + "\(number(check.resolution, digits: 2)) in their sum would have been seen"
    }
  }
}

/// The terms of a balance, brought to the two sides of an equation.
struct Balance<Point, Term: Side> {
  let terms: (Point) throws -> KeyValuePairs<String, Term>

  /// The positive terms for the left side, or the negative ones with their sign changed: the sides' size
  /// is then half the sum of all terms' sizes.
  func side(_ point: Point, sign: Double) throws -> Estimate {
    var sum = Estimate(0)
    for estimate in try estimates(point) where !(estimate.value * sign < 0) { sum = sum + sign * estimate }
    return sum
  }

  /// What the terms are where they cancel least.
  func sentence(
    _ equation: Equation, _ domain: Domain<Point>, _ evidence: Check.Evidence, failing table: ComparisonTable
  ) throws -> String {
    let worst = domain.make(evidence.point)
    let values = zip(try names(equation, domain), try estimates(worst)).map { name, term in
      "\(name) = \(number(term.value, digits: 4))"
    }
    let failing = Set(table.refuted.map(\.point)).count
    return
      "the terms do not cancel at \(count(failing)) of \(count(equation.points.count, "point")), least at "
      + "\(equation.describe(evidence.point)): \(listed(values)) add up to "
      + "\(number(evidence.left - evidence.right, digits: 4)); their errors explain "
      + "\(number(evidence.allowance, digits: 1)) only"
  }

  func names(_ equation: Equation, _ domain: Domain<Point>) throws -> [String] {
    try terms(domain.make(equation.points[0])).map(\.key)
  }

  private func estimates(_ point: Point) throws -> [Estimate] {
    try terms(point).map { pair in
      guard case .values(let values) = pair.value.content.form, values.count == 1 else {
        throw Obstacle("the term '\(pair.key)' is not a number")
      }
      return values[0]
    }
  }

  /// Looks for one term that a constant factor, the same at all points, would put right.
  func diagnosis(_ equation: Equation, _ domain: Domain<Point>, _ thresholds: Thresholds) throws -> String {
    let names = try names(equation, domain)
    var values: [[Double]] = []
    for point in equation.points {
      let terms = try estimates(domain.make(point)).map(\.value)
      if terms.allSatisfy(\.isFinite), terms.count == names.count { values.append(terms) }
    }
    let found = names.indices.compactMap { k -> String? in
      let samples = Samples(
        all: zip(equation.points, values).map { point, terms in
          let size = terms.reduce(0) { $0 + $1.magnitude }
          return Samples.Sample(
            point: point, component: 0, left: terms[k] - terms.reduce(0, +), right: terms[k],
            error: 1e-7 * size)
        }, coordinates: equation.coordinates)
      guard let relation = (samples.sign() + samples.factor()).first else { return nil }
      switch relation {
      case .sign: return "the term \(names[k]) has the wrong sign"
      case .factor(let c): return "the terms would cancel if \(names[k]) were \(c) times as large"
      default: return nil
      }
    }
    if !found.isEmpty { return listed(found, "or") }
    let part = Samples(
      all: zip(equation.points, values).map { point, terms in
        let sum = terms.reduce(0, +)
        return Samples.Sample(
          point: point, component: 0, left: sum, right: 0, error: 1e-9 * terms.reduce(0) { $0 + $1.magnitude }
        )
      }, coordinates: equation.coordinates
    ).differenceDependence().first
    guard case .differenceDepends(let names)? = part else {
      return "no factor on a single term makes them cancel"
    }
    return "what is left of the sum depends on \(listed(names)) alone: a term in \(listed(names)) is missing"
  }
}
