public import Diffusion

/// Verifies that two losses have the same gradient with respect to their parameters.
///
///     verifyGradient("eq-cfm-gradient", at: [theta1, theta2, theta3]) { theta in
///       mean { draws in flowMatchingLoss(theta, &draws) }
///     } equals: { theta in
///       mean { draws in conditionalFlowMatchingLoss(theta, &draws) }
///     }
///
/// Compared are the derivatives along 32 random directions in all, by central differences whose third-order
/// error is removed; means use the same draws for all terms. The losses themselves may differ by a constant.
///
/// - Parameters:
///   - parameters: Where the gradients are compared: three parameter vectors or more, typical ones.
///   - step: Length of a step along a direction.
///   - resolving: Relative difference that must be visible; 5e-2 unless the session says otherwise.
@discardableResult
public func verifyGradient<Left: Side, Right: Side>(
  _ label: String, named name: String = "", at parameters: [Vector<Double>], step: Double = 1e-2,
  resolving: Double? = nil,
  file: String = #fileID, line: Int = #line, column: Int = #column,
  _ left: @escaping (Vector<Double>) throws -> Left, equals right: @escaping (Vector<Double>) throws -> Right
) -> Check {
  let heading = Heading(
    label, named: name, Check.Place(file: file, line: line, column: column))
  return conclude(heading, kind: "equality of gradients") { check, session in
    let directions = try Directions(
      parameters: parameters, count: session.thresholds.directions, step: step,
      seed: session.seed(for: heading)
    )
    // (8 (f(1) - f(-1)) - (f(2) - f(-2))) / 12 steps is the slope up to fifth order.
    let slope = [(8.0, 1.0), (-8, -1), (-1, 2), (1, -2)].map { (weight: $0 / (12 * step), offset: $1) }
    let equation = try directions.equation(left: slope, of: left, right: slope, of: right)
    try judgeDirections(&check, equation, resolving, heading, session)
    check.kind = "equality of gradients"
    if check.verdict == .refuted, let evidence = check.evidence {
      check.sentence =
        "the gradients differ, most at parameters \(directions.parameters(evidence.point)) along "
        + "\(directions.direction(evidence.point)): slope \(number(evidence.left, digits: 6)) on the left, "
        + "\(number(evidence.right, digits: 6)) on the right; their errors explain a difference of "
        + "\(number(evidence.allowance, digits: 1)) only"
    }
  }
}

/// Compares two sides over directions, as numbers or as means.
///
/// - Parameter tolerance: Share of what must be visible by which numbers may differ.
func judgeDirections(
  _ check: inout Check, _ equation: Equation, _ resolving: Double?, tolerance: Double = 0,
  _ heading: Heading, _ session: VerificationSession
) throws {
  // Gradients at different parameters need not differ, so no control; both sides may be one loss.
  let resolving = resolving ?? session.thresholds.gradient
  let claim = IdentityClaim(
    isConstant: true, isExact: true,
    accuracy: equation.nature == .numbers ? tolerance * resolving : 0, resolving: resolving)
  if equation.nature == .numbers {
    var judge = try IdentityJudge(equation, claim: claim, thresholds: session.thresholds)
    try judge.judge(&check)
  } else {
    var judge = try MeanJudge(equation, claim: claim, heading, session: session)
    try judge.judge(&check)
  }
}
