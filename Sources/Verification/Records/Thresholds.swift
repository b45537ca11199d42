/// The numbers on which decisions turn.
///
/// They are arguments of a check, not constants of nature: loosened, they make the rate of false
/// alarms large enough to be measured, and the tests do so.
///
/// ## How often chance alone refutes
///
/// Less than once in a million runs of a course with 500 statistical checks, over fresh seeds. The argument:
///
/// - **Means**, and with them gradients, minima and inequalities. A difference that is normal with mean zero exceeds
///   4.5 standard errors with probability 6.8e-6 (3.4e-6 to either side). It refutes if the same entry at the
///   same point does so twice more, on fresh streams and to the same side: 6.8e-6 x (3.4e-6)^2 = 8e-17. A check
///   looks at most 14 times at up to 1024 comparisons, whose probabilities add up, dependent or not: 500 x 14 x
///   1024 x 8e-17 = 6e-10.
/// - **That the differences are normal** is not assumed of any summand: a comparison counts from n >= 1000 skewness^2 on,
///   where the first Edgeworth term makes the tail at 4.5 heavier by a factor of exp(4.5^3 / (6 sqrt(1000))) = 1.6
///   at most, and not at all where the tail index of the draws is above 0.3. Should every one of the three
///   stages err ten times as often as supposed, the rate is still 6e-7. (One look at 7 standard errors
///   has the same nominal rate, but an error of its tail is not cubed away.)
/// - **Laws.** The statistic exceeds its quantile of level 3.4e-6 on three streams, each with features of its own:
///   4e-17. At 4 points and 14 looks, 500 x 4 x 14 x 4e-17 = 1e-12, and 1e-9 with tenfold errors.
/// - **Simulations** allow for twice their measured bias, with 4.5 of its standard errors, before anything counts as a
///   difference.
///
/// What the argument does not cover: draws that are not independent (refused where they show), a generator that is
/// not random, truncation errors that an `Estimate` states too small, and events that decide a mean but are so rare that
/// no draw met one while the other draws vary.
public struct Thresholds: Hashable, Sendable {
  /// Relative deviation that a deterministic check must be able to see to count as evidence.
  public var deterministic = 1e-6
  /// The same for means and laws.
  public var statistical = 2e-2
  /// The same for means over simulations.
  public var simulated = 1e-1
  /// The same for gradients over random directions.
  public var gradient = 5e-2

  /// Errors as a share of the sides' size beyond which an inequality whose sides they overlap is not settled.
  public var bound = 1e-4

  /// A difference up to this many times the measured rounding (and as many units in the last
  /// place) is consistent with equality.
  public var consistent = 4.0
  /// A difference beyond this many times the measured rounding is not.
  public var refuting = 16.0
  /// Factor on estimates of truncation, which are estimates and no bounds.
  public var truncation = 10.0

  /// Standard errors that a difference of means must exceed, at a look and at each confirmation.
  public var deviations = 4.5
  /// Number of fresh streams on which a crossing must repeat.
  public var confirmations = 2
  /// Draws at the first look, and number of looks, each with twice the draws of the one before.
  public var firstLook = 1 << 12
  public var looks = 14
  /// Error probability of one stream of a test of laws.
  public var lawLevel = 3.4e-6

  /// Points at which an identity is tried.
  public var points = 256
  /// The same where a side is a quadrature or another estimate with truncation, which takes longer.
  public var estimatedPoints = 56
  /// Points at which a mean is compared.
  public var statisticalPoints = 48
  /// The same for means over simulations.
  public var simulatedPoints = 12
  /// Points at which laws are compared.
  public var lawPoints = 4
  /// Random directions in the space of parameters.
  public var directions = 32
  /// Share of points that must be resolved.
  public var share = 0.9
  /// Share of each third of each coordinate that must be resolved.
  public var stratumShare = 0.5
  /// A side's size counts as at least this share of its root mean square in the stratum.
  public var floor = 1e-3

  /// The same for means, whose relative error is of no interest where they pass through zero.
  public var statisticalFloor = 0.3

  public static let standard = Thresholds()
  public init() {}
}
