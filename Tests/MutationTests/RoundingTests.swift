import Testing

@testable import Verification
@testable import mutation

/// What is lost by running most of the rounding trials only where they matter: nothing that is said.
@Suite struct RoundingTests {
  /// The claims about numbers, true and with errors around the resolution, with all trials at every point and
  /// with those that the check chooses: the same points are refuted, and every point that was called resolved
  /// still is.
  @Test(arguments: [0, 1e-11, 1e-14])
  func skippedTrialsChangeNoVerdict(deviation: Double) throws {
    let world = World(seed: 5)
    var thresholds = Suite.thresholds
    thresholds.points = 24
    thresholds.estimatedPoints = 12
    var refuted = 0
    for claim in allClaims(world) where !claim.isDrawn {
      guard case .numbers(let left) = claim.left else { continue }
      let equation = try equation(claim, thresholds, left) { p in
        claim.right(p).map { (1 + deviation) * $0 }
      }
      let chosen = try Evaluations(equation, accuracy: 0, thresholds: thresholds)
      var full = chosen
      for point in equation.points.indices { try full.measureRounding(at: point) }
      let (few, all) = (chosen.table, full.table)
      refuted += few.refuted.count
      let isRefuted = !few.refuted.isEmpty
      #expect(isRefuted == !all.refuted.isEmpty, "\(claim.name)")
      let lost = all.unresolved(thresholds.deterministic)
        .subtracting(few.unresolved(thresholds.deterministic))
      #expect(lost.isEmpty, "\(claim.name) at \(lost.map { equation.describe(equation.points[$0]) })")
    }
    #expect(deviation < 1e-12 || refuted > 100)
  }

  private func equation(
    _ claim: Claim, _ thresholds: Thresholds, _ left: @escaping ([Double]) -> Grid,
    _ right: @escaping ([Double]) -> Grid
  ) throws -> Equation {
    let (first, range) = claim.axes[0]
    guard claim.axes.count > 1 else {
      return try Equation(
        over: Domain(first, range), thresholds, left: { left([$0]) }, right: { right([$0]) })
    }
    let domain = Domain(first, range, claim.axes[1].name, claim.axes[1].range)
    return try Equation(over: domain, thresholds, left: { left([$0, $1]) }, right: { right([$0, $1]) })
  }
}
