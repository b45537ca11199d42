public import Diffusion

/// Verifies that a function does not change under a transformation of its arguments: f(T p) = f(p).
///
///     verifyInvariance("eq-radial", over: Domain(t: 0...1, vector: .box(-2...2, dimension: 2))) { t, x in
///       (t, rotation(x))
///     } of: { t, x in density(t, x) }
@discardableResult
public func verifyInvariance<Point, Value: Side>(
  _ label: String, named name: String = "", over domain: Domain<Point>, accuracy: Double = 0,
  file: String = #fileID, line: Int = #line, column: Int = #column,
  under transformation: @escaping (Point) throws -> Point, of function: @escaping (Point) throws -> Value
) -> Check {
  verifyEquivariance(
    Heading(label, named: name, Check.Place(file: file, line: line, column: column)), over: domain,
    accuracy: accuracy, kind: "invariance", transformation, function, { $0 })
}

/// Verifies that a function's values are transformed along with its arguments: f(T p) = S f(p), such as a
/// score that turns with its point.
///
///     verifyEquivariance("eq-score-rotates", over: domain) { x in rotation(x) }
///       of: { x in score(x) } carriedBy: { s in rotation(s) }
@discardableResult
public func verifyEquivariance<Point, Value: Side, Image: Side>(
  _ label: String, named name: String = "", over domain: Domain<Point>, accuracy: Double = 0,
  file: String = #fileID, line: Int = #line, column: Int = #column,
  under transformation: @escaping (Point) throws -> Point, of function: @escaping (Point) throws -> Value,
  carriedBy carry: @escaping (Value) throws -> Image
) -> Check {
  verifyEquivariance(
    Heading(label, named: name, Check.Place(file: file, line: line, column: column)), over: domain,
    accuracy: accuracy, kind: "equivariance", transformation, function, carry)
}

private func verifyEquivariance<Point, Value: Side, Image: Side>(
  _ heading: Heading, over domain: Domain<Point>, accuracy: Double, kind: String,
  _ transformation: @escaping (Point) throws -> Point, _ function: @escaping (Point) throws -> Value,
  _ carry: @escaping (Value) throws -> Image
) -> Check {
  conclude(heading, kind: kind) { check, session in
    // Both sides are one function: that they agree to the last bit is no reason for suspicion.
    try judgeIdentity(
      &check, over: domain, IdentityClaim(isExact: true, accuracy: accuracy), [:], session, heading,
      { try function(transformation($0)) }, { try carry(function($0)) })
    check.kind = kind
  }
}

/// Verifies that a law is stationary: a draw from it, moved by one transition, has the same law.
///
///     verifyStationarity("eq-langevin") { draws in target.sample(using: &draws) }
///       under: { x, draws in langevinStep(x, &draws) }
///
/// The transition must leave the law invariant exactly; one step of Euler's method does so only up to its
/// bias, which a fine enough look refutes, rightly.
@discardableResult
public func verifyStationarity(
  _ label: String, named name: String = "", resolving: Double? = nil, file: String = #fileID,
  line: Int = #line, column: Int = #column,
  of sampler: @escaping (inout Draws) throws -> Double,
  under transition: @escaping (Double, inout Draws) throws -> Double
) -> Check {
  verifyStationarity(
    label, named: name, dimension: 1, resolving: resolving, file: file, line: line, column: column,
    of: { [try sampler(&$0)] }, under: { [try transition($0[0], &$1)] })
}

/// Verifies that a law of random vectors is stationary under a transition.
@discardableResult
public func verifyStationarity(
  _ label: String, named name: String = "", dimension: Int, resolving: Double? = nil, file: String = #fileID,
  line: Int = #line,
  column: Int = #column, of sampler: @escaping (inout Draws) throws -> Vector<Double>,
  under transition: @escaping (Vector<Double>, inout Draws) throws -> Vector<Double>
) -> Check {
  let heading = Heading(
    label, named: name, Check.Place(file: file, line: line, column: column))
  return conclude(heading, kind: "stationarity") { check, session in
    try judgeIdentity(
      &check, over: Domain.single, IdentityClaim(resolving: resolving), [:], session, heading,
      { _ in law(dimension: dimension) { draws in try transition(sampler(&draws), &draws) } },
      { _ in law(dimension: dimension, sampler) })
    check.kind = "stationarity"
  }
}
