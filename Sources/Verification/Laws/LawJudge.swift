import Diffusion

/// Decides the equality of two laws at each of a few points of a domain.
///
/// It draws 2^12 and doubles until a deviation of `delta` would show, in units of the spread. A statistic
/// beyond its quantile of level 3.4e-6 must be so on three streams, each with features of its own, to
/// refute: (3.4e-6)^3 = 4e-17 a look.
struct LawJudge {
  private let equation: Equation
  private let claim: IdentityClaim
  private let session: VerificationSession
  private let seed: UInt64
  private let delta: Double
  private var spent = 0

  private var thresholds: Thresholds { session.thresholds }

  init(_ equation: Equation, claim: IdentityClaim, _ heading: Heading, session: VerificationSession) {
    self.equation = equation
    self.claim = claim
    self.session = session
    seed = session.seed(for: heading)
    delta = claim.resolving ?? session.thresholds.statistical
  }

  private struct Result {
    let point: [Double]
    let outcome: LawComparison.Outcome
    let comparison: LawComparison
  }

  mutating func judge(_ check: inout Check) throws {
    var results: [Result] = []
    for (i, point) in equation.points.enumerated() {
      let (left, right) = try laws(at: point)
      if let refuted = try look(left, right, index: i, point: point, into: &results) {
        return refute(&check, refuted)
      }
    }
    let worst = results.map(\.outcome.resolution).max() ?? .infinity
    note(&check, results)
    check.resolution = worst
    check.verdict = .inconclusive
    if worst > delta {
      check.sentence =
        "no difference was seen, but \(count(spent)) draws cannot see a deviation of \(number(delta, digits: 1)) "
        + "spreads"
    } else if equation.points.count > 1, !claim.isConstant, !(try controlIsRefuted()) {
      check.sentence = ComparisonTable.sentenceOfControl
    } else {
      check.verdict = .verified
      let place = equation.points.count > 1 ? " at \(count(equation.points.count, "point"))" : ""
      check.sentence =
        "the laws agree\(place); a shift, stretch or shear by \(number(worst, digits: 2)) of the spread would have "
        + "been seen"
    }
  }

  /// The laws at a point, a sampler first.
  private func laws(at point: [Double]) throws -> (LawSide, LawSide) {
    guard case .law(let left) = try equation.evaluate(.left, at: point).form,
      case .law(let right) = try equation.evaluate(.right, at: point).form
    else { throw Obstacle("one side is a law and the other is not") }
    guard left.dimension == right.dimension else {
      throw Obstacle(
        "the laws differ in dimension: \(left.dimension) on the left, \(right.dimension) on the right")
    }
    guard left.isSampler || right.isSampler else {
      throw Obstacle(
        "neither law can be drawn from; of two closed forms the functions themselves can be compared")
    }
    return left.isSampler ? (left, right) : (right, left)
  }

  /// Looks at one point until it is resolved or refuted.
  private mutating func look(
    _ left: LawSide, _ right: LawSide, index: Int, point: [Double], into results: inout [Result]
  ) throws -> Result? {
    let place = point.isEmpty ? "" : "at \(equation.describe(point))"
    func comparison(_ stream: Int) throws -> LawComparison {
      try LawComparison(
        left, right, stream: RandomStream(seed: seed, path: UInt64(stream) << 20 | UInt64(index)),
        place: place)
    }
    var main = try comparison(0)
    var n = thresholds.firstLook
    var result: Result?
    let share = session.budget / equation.points.count
    var used = 0
    for _ in 0..<thresholds.looks {
      let cost = main.cost * (n - main.count)
      guard used + cost <= share else { break }
      try main.grow(to: n)
      used += cost
      let outcome = main.outcome(level: thresholds.lawLevel)
      result = Result(point: point, outcome: outcome, comparison: main)
      if outcome.probability < thresholds.lawLevel {
        var persists = true
        for stream in 1..<3 where persists && thresholds.confirmations > 0 {
          var fresh = try comparison(stream)
          try fresh.grow(to: n)
          used += fresh.cost * n
          persists = fresh.outcome(level: thresholds.lawLevel).probability < thresholds.lawLevel
        }
        if persists {
          spent += used
          return result
        }
      }
      if outcome.resolution <= delta { break }
      n *= 2
    }
    spent += used
    guard let result else {
      throw Obstacle(
        "the budget of \(count(session.budget)) evaluations does not cover the first \(count(n)) draws")
    }
    results.append(result)
    return nil
  }

  /// The shuffled control: the left law at each point against the right law at the next.
  private func controlIsRefuted() throws -> Bool {
    for (i, point) in equation.points.enumerated() {
      let other = equation.points[(i + 1) % equation.points.count]
      let (left, _) = try laws(at: point)
      let (_, right) = try laws(at: other)
      var crossed = try LawComparison(
        left, right, stream: RandomStream(seed: seed, path: UInt64(9) << 20 | UInt64(i)), place: "")
      try crossed.grow(to: 1 << 13)
      if crossed.outcome(level: thresholds.lawLevel).probability < thresholds.lawLevel { return true }
    }
    return false
  }

  private func refute(_ check: inout Check, _ result: Result) {
    check.verdict = .refuted
    check.resolution = result.outcome.resolution
    note(&check, [result])
    let place = result.point.isEmpty ? "" : " at \(equation.describe(result.point))"
    check.sentence =
      "the laws differ\(place): so large a difference has probability \(probability(result.outcome)) "
      + "between equal laws, and it appeared on three streams of \(count(result.comparison.count)) draws"
    check.diagnosis = LawDiagnosis(result.comparison).sentence
  }

  private func probability(_ outcome: LawComparison.Outcome) -> String {
    outcome.probability > 0 ? number(outcome.probability, digits: 1) : "below 1e-300"
  }

  private func note(_ check: inout Check, _ results: [Result]) {
    guard let worst = results.min(by: { $0.outcome.probability < $1.outcome.probability }) else { return }
    check.note("points", count(results.count))
    if !worst.point.isEmpty { check.note("worst point", equation.describe(worst.point)) }
    check.note("probability of so large a difference", probability(worst.outcome))
    check.note("features", "\(worst.outcome.degrees) independent ones of \(FourierFeatures.count)")
    check.note("draws at a point", count(results.map(\.comparison.count).max() ?? 0))
    check.note(
      "smallest deviation that would have been seen",
      "\(number(check.resolution.isNaN ? worst.outcome.resolution : check.resolution, digits: 2)) spreads")
    check.note("seed", String(session.seed))
  }
}
