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
/// by e / 2 of the radius. Refuted where the slope does not vanish, or where the loss falls. A minimum is often
/// given to some digits: a displacement by a fifth of what must be visible, 0.5% of the radius, does not count.
@discardableResult
public func verifyMinimum<Loss: Side>(
  _ label: String, named name: String = "", at best: Vector<Double>, radius: Double = 0.1,
  resolving: Double? = nil,
  file: String = #fileID, line: Int = #line, column: Int = #column,
  of loss: @escaping (Vector<Double>) throws -> Loss
) -> Check {
  let heading = Heading(
    label, named: name, Check.Place(file: file, line: line, column: column))
  return conclude(heading, kind: "optimality") { check, session in
    let directions = try Directions(
      parameters: [best], count: session.thresholds.directions, step: radius / 2,
      seed: session.seed(for: heading))
    let equation = try Rise(directions).equation(of: loss)
    try judgeDirections(&check, equation, resolving, tolerance: 0.2, heading, session)
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

/// How a loss rises along a direction, against how it rises along the opposite one.
private struct Rise {
  let directions: Directions

  init(_ directions: Directions) { self.directions = directions }

  /// (8 (f(h) - f(0)) + (f(-2h) - f(0))) / 6: from its mirror image even terms drop out, and the third as well.
  private func stencil(_ h: Double) -> Directions.Stencil {
    [(weight: 8 / 6, offset: h), (weight: 1 / 6, offset: -2 * h), (weight: -9 / 6, offset: 0)]
  }

  func equation<Loss: Side>(of loss: @escaping (Vector<Double>) throws -> Loss) throws -> Equation {
    let directions = directions
    func side(_ h: Double, _ point: [Double]) throws -> SideContent {
      let content = try directions.combination(stencil(h), of: loss, at: point)
      guard case .values(let values) = content.form, values.count == 1 else { return content }
      return (values[0] + Estimate(0, truncation: try fifthTerm(of: loss, at: point))).content
    }
    return try Equation(
      points: directions.points, coordinates: ["parameters", "direction"], left: { try side(1, $0) },
      right: { try side(-1, $0) })
  }

  /// A tenth of what the term in h^5 adds to the difference of two such sides, from steps h and h / 2. The two
  /// sides carry it, and the tenfold caution towards truncations makes it twice its size.
  private func fifthTerm<Loss: Side>(
    of loss: (Vector<Double>) throws -> Loss, at point: [Double]
  ) throws -> Double {
    if RoundingTrial.isRunning { return 0 }
    func odd(_ h: Double) throws -> Double {
      let content = try directions.combination(
        stencil(h) + stencil(-h).map { (weight: -$0.weight, offset: $0.offset) }, of: loss, at: point)
      guard case .values(let values) = content.form else { return 0 }
      return values[0].value
    }
    return (try odd(1) - 2 * odd(0.5)).magnitude * 16 / 15 / 10
  }
}

/// Compares two sides over directions, as numbers or as means.
///
/// - Parameter tolerance: Share of what must be visible by which numbers may differ.
private func judgeDirections(
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
