import Diffusion
import Testing
import Verification

@testable import mutation

/// False alarms at thresholds that are loosened until they can be counted. Each check is of one true mean over
/// fresh seeds, so the number of alarms is binomial; it must lie within four of its deviations, which a rate half
/// as large or twice as large would leave.
@Suite struct SizeTests {
  struct Summand: Sendable, CustomTestStringConvertible {
    let name: String
    let mean: Double
    let draw: @Sendable (inout Draws) -> Double
    var testDescription: String { name }
  }

  static let summands = [
    Summand(name: "normal", mean: 0.3) { 0.3 + $0.normal() },
    // Skewness 1.4 to either side, and 1.3: the rule n >= 1000 skewness^2 asks for half of the 4,096 draws.
    Summand(name: "gamma", mean: 2) { $0.exponential() + $0.exponential() },
    Summand(name: "minus gamma", mean: -2) { -$0.exponential() - $0.exponential() },
    Summand(name: "log-normal", mean: 1.0832870676749586) { exp(0.4 * $0.normal()) },
    Summand(name: "rare event", mean: 0.25) { $0.uniform() < 0.25 ? 1 : 0 },
  ]

  @Test(arguments: summands, [1e-2, 1e-3])
  func oneLookRefutesAtItsRate(summand: Summand, level: Double) {
    // Two-sided quantiles of the normal distribution.
    let deviations = level == 1e-2 ? 2.5758293035489 : 3.2905267314919
    let runs = level == 1e-2 ? 600 : 2000
    let alarms = alarms(summand, runs: runs, deviations: deviations, confirmations: 0)
    expect(alarms, of: runs, at: level)
  }

  /// A crossing at the level 0.2 that must repeat to the same side on one fresh stream: 0.2 x 0.1.
  @Test(arguments: summands)
  func confirmationMultipliesTheRates(summand: Summand) {
    let runs = 600
    expect(
      alarms(summand, runs: runs, deviations: 1.2815515655446, confirmations: 1), of: runs, at: 0.02)
  }

  /// The same of all the means of the suite in one world: 16 points each and one look.
  @Test func claimsOfTheSuite() {
    let world = World(seed: 3)
    var thresholds = Suite.thresholds
    thresholds.deviations = 3.2905267314919
    thresholds.confirmations = 0
    thresholds.looks = 1
    var (alarms, checks) = (0, 0)
    for claim in allClaims(world) where claim.isDrawn && !claim.isLaw {
      for seed in 0..<4 {
        let session = VerificationSession(seed: UInt64(seed), budget: 6_000_000, thresholds: thresholds)
        let check = VerificationSession.$current.withValue(session) { claim.isTrue(in: world) }
        checks += 1
        if check.verdict == .refuted { alarms += 1 }
      }
    }
    // At most: comparisons with too few draws for their skewness are not counted.
    let expected = 16e-3 * Double(checks)
    #expect(Double(alarms) < expected + 4 * expected.squareRoot(), "\(alarms) alarms in \(checks) checks")
    #expect(Double(alarms) > expected / 2 - 4 * (expected / 2).squareRoot())
  }

  private func expect(_ alarms: Int, of runs: Int, at level: Double) {
    let expected = level * Double(runs)
    let deviation = (expected * (1 - level)).squareRoot()
    #expect(abs(Double(alarms) - expected) < 4 * deviation, "\(alarms) alarms, expected \(expected)")
  }

  private func alarms(_ summand: Summand, runs: Int, deviations: Double, confirmations: Int) -> Int {
    var thresholds = Thresholds.standard
    thresholds.deviations = deviations
    thresholds.confirmations = confirmations
    thresholds.looks = 1
    return (0..<runs).count { seed in
      let session = VerificationSession(seed: UInt64(seed), budget: 6_000_000, thresholds: thresholds)
      let check = VerificationSession.$current.withValue(session) {
        verify("eq-rate", resolving: 1) {
          mean { draws in summand.draw(&draws) }
        } equals: {
          summand.mean
        }
      }
      return check.verdict == .refuted
    }
  }
}
