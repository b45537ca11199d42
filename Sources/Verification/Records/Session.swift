/// What checks share while a notebook or a program runs: the seed, the budget, the thresholds, and who
/// hears of the verdicts.
///
///     var session = VerificationSession()
///     session.record = { check in print(check) }
///     VerificationSession.$current.withValue(session) { ... }
public struct VerificationSession: Sendable {
  /// Every draw of every check derives from this seed and the check's label and name.
  public var seed: UInt64
  /// How often, at most, a check may evaluate the summands of its statistical sides in all.
  public var budget: Int
  public var thresholds: Thresholds
  /// Hears of each check once, in the order of the calls.
  public var record: @Sendable (Check) -> Void

  public init(
    seed: UInt64 = 0, budget: Int = 16_000_000, thresholds: Thresholds = .standard,
    record: @escaping @Sendable (Check) -> Void = { _ in }
  ) {
    self.seed = seed
    self.budget = budget
    self.thresholds = thresholds
    self.record = record
  }

  /// The seed of one check: FNV-1a over its label and name, from the session's seed.
  func seed(for heading: Heading) -> UInt64 {
    (heading.label + heading.name).utf8.reduce(0xcbf2_9ce4_8422_2325 ^ (seed &* 0x9e37_79b9_7f4a_7c15)) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
  }

  /// The session of the current task. Without one, checks use seed 0 and return their verdict only.
  @TaskLocal public static var current = VerificationSession()
}
