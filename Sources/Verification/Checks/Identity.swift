/// Verifies that two sides are equal over a domain.
///
///     verify("eq-tweedie", over: Domain(t: 0.05...0.95, x: -4...4)) { t, x in
///       integral(over: -12...12, peaks: [x / path.alpha(t)]) { z in z * marginal.posterior(z, given: x, at: t) }
///     } equals: { t, x in
///       (x + path.beta(t) * path.beta(t) * marginal.score(x, at: t)) / path.alpha(t)
///     }
///
/// A side returns a number, an `Estimate`, a vector or a matrix. Verified means: at every point the sides
/// agree within their errors (rounding, which is measured, and truncation, which an `Estimate` states),
/// and these are small enough to see a relative difference of `resolving`. What the check could have
/// seen is measured and reported; a check that could not have failed is inconclusive.
///
/// - Parameters:
///   - label: The equation's label.
///   - name: Which of several checks of the equation this is, "cosine schedule": the page groups them in one row.
///   - domain: Where the equation is claimed. 256 points are tried, 56 where a side is an
///     estimate: corners, points near every
///     end, lines that share all coordinates but one, low-discrepancy points.
///   - constant: Whether both sides are meant not to vary over the domain, like the mass of a density.
///   - exact: Whether both sides may agree to the last bit without being one computation.
///   - accuracy: Relative accuracy of sides that return plain numbers from an approximate method.
///   - resolving: Relative difference that must be visible; 1e-6 unless the session says otherwise.
///   - quantities: Functions of the coordinate `t` (or else the first) that a diagnosis may name:
///     `["beta": path.beta]`.
/// Where a side is a `mean`, draws are taken until a relative difference of 2e-2 is visible, or the
/// session's budget ends.
///
/// - Complexity: About three evaluations of each side a point, up to eleven where rounding matters.
@discardableResult
public func verify<Point, Left: Side, Right: Side>(
  _ label: String, named name: String = "", over domain: Domain<Point>, constant: Bool = false,
  exact: Bool = false,
  accuracy: Double = 0, resolving: Double? = nil,
  quantities: KeyValuePairs<String, (Double) -> Double> = [:],
  file: String = #fileID, line: Int = #line, column: Int = #column,
  _ left: @escaping (Point) throws -> Left, equals right: @escaping (Point) throws -> Right
) -> Check {
  let claim = IdentityClaim(isConstant: constant, isExact: exact, accuracy: accuracy, resolving: resolving)
  return checkIdentity(
    Heading(label, named: name, Check.Place(file: file, line: line, column: column)), over: domain, claim,
    quantities,
    left, right)
}

/// Verifies that two sides without free variables are equal.
@discardableResult
public func verify<Left: Side, Right: Side>(
  _ label: String, named name: String = "", exact: Bool = false, accuracy: Double = 0,
  resolving: Double? = nil,
  file: String = #fileID, line: Int = #line, column: Int = #column,
  _ left: @escaping () throws -> Left, equals right: @escaping () throws -> Right
) -> Check {
  let claim = IdentityClaim(isConstant: true, isExact: exact, accuracy: accuracy, resolving: resolving)
  return checkIdentity(
    Heading(label, named: name, Check.Place(file: file, line: line, column: column)), over: Domain.single,
    claim, [:],
    { _ in try left() }, { _ in try right() })
}

/// Verifies that a printed equation is wrong: a known erratum. Anything but a refutation is reported as
/// contrary to expectation.
///
///     refute("eq-printed-form", because: "the paper forgets the square", over: Domain(t: 0.1...0.9)) { t in
///       path.variance(t)
///     } equals: { t in path.beta(t) }
@discardableResult
public func refute<Point, Left: Side, Right: Side>(
  _ label: String, named name: String = "", because reason: String, over domain: Domain<Point>,
  accuracy: Double = 0,
  resolving: Double? = nil, quantities: KeyValuePairs<String, (Double) -> Double> = [:],
  file: String = #fileID, line: Int = #line, column: Int = #column,
  _ left: @escaping (Point) throws -> Left, equals right: @escaping (Point) throws -> Right
) -> Check {
  let heading = Heading(
    label, named: name, Check.Place(file: file, line: line, column: column))
  return refute(heading, because: reason) {
    let claim = IdentityClaim(isConstant: true, isExact: true, accuracy: accuracy, resolving: resolving)
    return checkIdentity(heading, over: domain, claim, quantities, left, right)
  }
}

/// The identity check behind every spelling.
private func checkIdentity<Point, Left: Side, Right: Side>(
  _ heading: Heading, over domain: Domain<Point>, _ claim: IdentityClaim,
  _ quantities: KeyValuePairs<String, (Double) -> Double>,
  _ left: @escaping (Point) throws -> Left, _ right: @escaping (Point) throws -> Right
) -> Check {
  conclude(heading, kind: "identity") { check, session in
    try judgeIdentity(&check, over: domain, claim, quantities, session, heading, left, right)
  }
}

/// Compares two sides in the way of their kind.
func judgeIdentity<Point, Left: Side, Right: Side>(
  _ check: inout Check, over domain: Domain<Point>, _ claim: IdentityClaim,
  _ quantities: KeyValuePairs<String, (Double) -> Double>, _ session: VerificationSession, _ heading: Heading,
  _ left: @escaping (Point) throws -> Left, _ right: @escaping (Point) throws -> Right
) throws {
  let equation = try Equation(
    over: domain, session.thresholds, quantities: quantities, left: left, right: right)
  switch equation.nature {
  case .numbers:
    var judge = try IdentityJudge(equation, claim: claim, thresholds: session.thresholds)
    try judge.judge(&check)
  case .means, .simulation:
    check.kind = "identity of means"
    var judge = try MeanJudge(equation, claim: claim, heading, session: session)
    try judge.judge(&check)
  case .law:
    check.kind = "equality of laws"
    var judge = LawJudge(equation, claim: claim, heading, session: session)
    try judge.judge(&check)
  }
}
