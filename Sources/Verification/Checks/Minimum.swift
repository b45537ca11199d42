public import Diffusion

/// Verifies that a parameter vector minimises a loss, up to what `radius` resolves.
///
///     verifyMinimum("eq-optimal-velocity", at: best, radius: 0.5) { theta in
///       mean { draws in loss(theta, &draws) }
///     }
///
/// Along each parameter (of up to 16) and along random directions, 32 in all, the loss must rise alike to both
/// sides: its third-order term is removed, so that a difference means a slope. Relative to the rise, a difference e is a
/// displacement of the minimum by e / 2 of the radius. Refuted where the slope does not vanish, or where the loss falls
/// to both sides, as beside a saddle; a saddle that falls within a narrow cone between those directions goes unseen.
/// A minimum is often given to some digits: a displacement by a fifth of what must be visible, 0.5% of the radius,
/// does not count.
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
      seed: session.seed(for: heading), includesAxes: true)
    let rise = Rise(directions)
    if let fall = try rise.fall(of: loss, heading, session) {
      check.verdict = .refuted
      check.sentence = fall
      check.diagnosis = "no minimum: the loss is not convex here"
      return
    }
    let equation = try rise.equation(of: loss)
    try judgeDirections(&check, equation, resolving, tolerance: 0.2, heading, session)
    check.kind = "optimality"
    if check.verdict == .verified {
      check.sentence =
        "the loss rises alike to both sides along \(count(equation.points.count)) directions; a displacement of "
        + "the minimum by \(number(check.resolution * radius / 2, digits: 2)) would have been seen"
    } else if check.verdict == .inconclusive, equation.nature == .means {
      check.sentence += "; a larger radius takes fewer"
    } else if check.verdict == .refuted {
      if let evidence = check.evidence {
        check.sentence =
          "the loss has a slope here: along \(directions.direction(evidence.point)) it rises by "
          + "\(number(evidence.left, digits: 4)) one way and by \(number(evidence.right, digits: 4)) the other; errors "
          + "explain a difference of \(number(evidence.allowance, digits: 1)) only"
      }
      check.diagnosis = "its minimum lies elsewhere"
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

  /// What the loss does along a direction in which it falls to both sides; nil where there is none.
  func fall<Loss: Side>(
    of loss: @escaping (Vector<Double>) throws -> Loss, _ heading: Heading, _ session: VerificationSession
  ) throws -> String? {
    let directions = directions
    // f(h) + f(-h) - 2 f(0), which is at least 0 beside a minimum.
    let bend = [(weight: 1.0, offset: 1.0), (weight: 1, offset: -1), (weight: -2, offset: 0)]
    let equation = try Equation(
      points: directions.points, coordinates: ["parameters", "direction"],
      left: { point in
        // A bend within the rounding of the loss itself is none.
        let here = try directions.combination([(weight: 1, offset: 0)], of: loss, at: point)
        guard case .values(let values) = here.form, values.count == 1 else { return Estimate(0).content }
        return Estimate(0, truncation: 4 * values[0].value.ulp).content
      },
      right: { try directions.combination(bend, of: loss, at: $0) })
    let table: ComparisonTable
    if equation.nature == .numbers {
      table = try Evaluations(equation, accuracy: 0, thresholds: session.thresholds).table
    } else {
      var judge = try MeanJudge(
        equation, claim: IdentityClaim(isConstant: true, resolving: session.thresholds.gradient), heading,
        session: session)
      table = try judge.inequality()
    }
    let falling = table.refuted.filter { $0.difference > 0 }
    guard let worst = falling.max(by: { $0.difference < $1.difference }) else { return nil }
    return
      "the loss falls along \(count(falling.count)) of \(count(table.points.count, "direction")), most along "
      + "\(directions.direction(table.points[worst.point])): a step of \(number(directions.step)) to either side changes it by "
      + "\(number(-worst.difference / 2)) on average"
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
