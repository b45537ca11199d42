import Glibc

/// Verifies the order p with which an error vanishes: e(h) ~ C h^p as h -> 0.
///
///     verifyOrder("eq-heun", of: 2, from: 0.25) { h in
///       solve(step: h) - exact
///     }
///
/// The error is evaluated at h, h/2, h/4, ... Errors below ten times their own noise (rounding, which is
/// measured, or the error of an `Estimate`) are left out; at least three octaves must remain. Verified
/// where the interval for the slope contains p and is no wider than 0.15 to either side; refuted where the
/// last slope and its extrapolation both miss p by more than 0.25 beyond the interval.
///
/// - Parameters:
///   - order: The claimed order p.
///   - largest: The largest step h.
///   - levels: How many steps, each half the one before.
///   - error: The error, or its norm, at step h; an `Estimate` where it is drawn at random.
@discardableResult
public func verifyOrder<Value: Side>(
  _ label: String, named name: String = "", of order: Double, from largest: Double = 0.25, levels: Int = 8,
  file: String = #fileID, line: Int = #line, column: Int = #column, error: (Double) throws -> Value
) -> Check {
  let heading = Heading(
    label, named: name, Check.Place(file: file, line: line, column: column))
  return conclude(heading, kind: "order of convergence") { check, session in
    guard largest > 0, largest.isFinite else {
      throw Obstacle("the largest step is \(number(largest)): it must be positive")
    }
    guard levels >= 6 else { throw Obstacle("an order needs 6 step sizes or more, not \(levels)") }
    var study = ConvergenceStudy(claimed: order)
    for level in 0..<levels {
      let h = largest / Double(1 << level)
      let value = try scalar(error, h)
      var noise = value.error
      for trial in RoundingTrial.all.prefix(3) {
        let moved = try trial.run { try scalar(error, h) }
        noise = max(noise, (moved.value - value.value).magnitude)
      }
      study.add(step: h, error: value.value.magnitude, noise: noise)
    }
    study.conclude(&check)
  }
}

private func scalar<Value: Side>(_ error: (Double) throws -> Value, _ h: Double) throws -> Estimate {
  let content: SideContent
  do { content = try error(h).content } catch {
    throw Obstacle("the error threw at h = \(number(h)): \(error)")
  }
  guard case .values(let values) = content.form, !values.isEmpty else {
    throw Obstacle("an error is a number, a vector or an Estimate")
  }
  // A vector's error is its Euclidean norm.
  guard values.count > 1 else { return values[0] }
  let norm = values.reduce(0) { $0 + $1.value * $1.value }.squareRoot()
  return Estimate(norm, truncation: values.reduce(0) { $0 + $1.error })
}

/// Errors at steps h, h/2, h/4, ... and the slope that they show.
struct ConvergenceStudy {
  let claimed: Double
  private(set) var points: [Check.Convergence] = []
  private var usable: [Check.Convergence] = []

  init(claimed: Double) { self.claimed = claimed }

  mutating func add(step: Double, error: Double, noise: Double) {
    let point = Check.Convergence(step: step, error: error, noise: noise)
    points.append(point)
    if error.isFinite, error > 10 * noise, error > 0 { usable.append(point) }
  }

  func conclude(_ check: inout Check) {
    check.convergence = points
    check.note(
      "steps and errors", points.map { "h = \(number($0.step)): \(number($0.error))" }.joined(separator: "; ")
    )
    if let bad = points.first(where: { !$0.error.isFinite }) {
      check.sentence = "the error at h = \(number(bad.step)) is \(number(bad.error))"
      return
    }
    guard usable.count >= 4 else {
      check.sentence =
        "only \(count(usable.count, "step")) have errors above ten times their noise; an order needs three octaves"
      return
    }
    let slopes = zip(usable, usable.dropFirst()).map { coarse, fine in
      log(coarse.error / fine.error) / log(coarse.step / fine.step)
    }
    let last = slopes[slopes.count - 1]
    // The local slope approaches its limit by about half its distance at each halving.
    let extrapolated = 2 * last - slopes[slopes.count - 2]
    let fine = usable[usable.count - 1]
    let noise = 2 * fine.noise / fine.error / log(2)
    let width = max((extrapolated - last).magnitude, (last - slopes[slopes.count - 2]).magnitude / 2) + noise
    let centre = (last + extrapolated) / 2
    check.resolution = width
    check.note("slopes between neighbours", slopes.map { number($0) }.joined(separator: ", "))
    check.note("slope, extrapolated", number(extrapolated))
    let interval = "\(number(centre)) ± \(number(max(width, 0.005), digits: 1))"
    let misses = [last, extrapolated].allSatisfy { ($0 - claimed).magnitude > 0.25 + width }
    if misses {
      check.verdict = .refuted
      check.sentence = "the errors vanish with order \(interval), not \(number(claimed))"
      let nearest = (2 * centre).rounded() / 2
      if (nearest - centre).magnitude < 0.1 + width { check.diagnosis = "the order is \(number(nearest))" }
    } else if (centre - claimed).magnitude <= width + 0.05, width <= 0.15 {
      check.verdict = .verified
      check.sentence =
        "the errors vanish with order \(interval) over \(usable.count) steps; claimed is \(number(claimed))"
    } else {
      check.sentence =
        "the slopes have not settled (\(slopes.map { number($0) }.joined(separator: ", "))): the steps are not yet small "
        + "enough for an order to show"
    }
  }
}
