/// What checks share while a notebook or a program runs: the seed, the budget, the thresholds, and who
/// hears of the verdicts.
///
///     var session = VerificationSession()
///     session.record = { check in print(check) }
///     VerificationSession.$current.withValue(session) { ... }
public struct VerificationSession: Sendable {
  /// Every draw of every check derives from this seed and the check's label.
  public var seed: UInt64
  /// How often, at most, a check may evaluate the summands of its statistical sides in all.
  public var budget: Int
  public var thresholds: Thresholds
  /// Hears of each check once, in the order of the calls.
  public var record: @Sendable (Check) -> Void

  public init(
    seed: UInt64 = 0, budget: Int = 20_000_000, thresholds: Thresholds = .standard,
    record: @escaping @Sendable (Check) -> Void = { _ in }
  ) {
    self.seed = seed
    self.budget = budget
    self.thresholds = thresholds
    self.record = record
  }

  /// The session of the current task. Without one, checks use seed 0 and return their verdict only.
  @TaskLocal public static var current = VerificationSession()
}
