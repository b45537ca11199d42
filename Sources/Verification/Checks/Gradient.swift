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
  _ label: String, at parameters: [Vector<Double>], step: Double = 1e-2, resolving: Double? = nil,
  file: String = #fileID, line: Int = #line, column: Int = #column,
  _ left: @escaping (Vector<Double>) throws -> Left, equals right: @escaping (Vector<Double>) throws -> Right
) -> Check {
  let place = Check.Place(file: file, line: line, column: column)
  return conclude(label, kind: "equality of gradients", place: place) { check, session in
    let directions = try Directions(
      parameters: parameters, count: session.thresholds.directions, step: step, seed: session.seed(for: label)
    )
    // (8 (f(1) - f(-1)) - (f(2) - f(-2))) / 12 steps is the slope up to fifth order.
    let slope = [(8.0, 1.0), (-8, -1), (-1, 2), (1, -2)].map { (weight: $0 / (12 * step), offset: $1) }
    let equation = try directions.equation(left: slope, of: left, right: slope, of: right)
    try judgeDirections(&check, equation, resolving, label: label, session)
    check.kind = "equality of gradients"
  }
}

/// Verifies that a parameter vector minimises a loss, up to what `radius` resolves.
///
///     verifyMinimum("eq-optimal-velocity", at: best, radius: 0.5) { theta in
///       mean { draws in loss(theta, &draws) }
///     }
///
/// Along 32 random directions the loss must rise alike to both sides: its third-order term is removed, so
/// that a difference means a slope. Relative to the rise, a difference e is a displacement of the minimum
/// by e / 2 of the radius. Refuted where the slope does not vanish, or where the loss falls.
@discardableResult
public func verifyMinimum<Loss: Side>(
  _ label: String, at best: Vector<Double>, radius: Double = 0.1, resolving: Double? = nil,
  file: String = #fileID, line: Int = #line, column: Int = #column,
  of loss: @escaping (Vector<Double>) throws -> Loss
) -> Check {
  let place = Check.Place(file: file, line: line, column: column)
  return conclude(label, kind: "optimality", place: place) { check, session in
    let directions = try Directions(
      parameters: [best], count: session.thresholds.directions, step: radius / 2,
      seed: session.seed(for: label))
    // (8 (f(1) - f(0)) + (f(-2) - f(0))) / 6 against its mirror image: even terms agree, the third cancels.
    let rise = [(8.0, 1.0), (1, -2), (-9, 0)].map { (weight: $0 / 6, offset: $1) }
    let mirrored = rise.map { (weight: $0.weight, offset: -$0.offset) }
    let equation = try directions.equation(left: rise, of: loss, right: mirrored, of: loss)
    try judgeDirections(&check, equation, resolving, label: label, session)
    check.kind = "optimality"
    guard let evidence = check.evidence else { return }
    if check.verdict == .verified, evidence.left < -evidence.allowance, evidence.right < -evidence.allowance {
      check.verdict = .refuted
      check.sentence =
        "the loss falls to both sides, most along direction \(number(evidence.point[1])): no minimum"
    } else if check.verdict == .verified {
      check.sentence =
        "the loss rises alike to both sides along \(count(equation.points.count)) random directions; a displacement of "
        + "the minimum by \(number(check.resolution * radius / 2, digits: 2)) would have been seen"
    } else if check.verdict == .refuted {
      check.diagnosis = "the loss has a slope here: its minimum lies elsewhere"
    }
  }
}

/// Compares two sides over directions, as numbers or as means.
private func judgeDirections(
  _ check: inout Check, _ equation: Equation, _ resolving: Double?, label: String,
  _ session: VerificationSession
) throws {
  // Gradients at different parameters need not differ, so no control; both sides may be one loss.
  let claim = IdentityClaim(
    isConstant: true, isExact: true, resolving: resolving ?? session.thresholds.gradient)
  if equation.nature == .numbers {
    var judge = try IdentityJudge(equation, claim: claim, thresholds: session.thresholds)
    try judge.judge(&check)
  } else {
    var judge = try MeanJudge(equation, claim: claim, label: label, session: session)
    try judge.judge(&check)
  }
}
