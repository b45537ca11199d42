/// The numbers on which decisions turn.
///
/// They are arguments of a check, not constants of nature: loosened, they make the rate of false
/// alarms large enough to be measured.
public struct Thresholds: Hashable, Sendable {
  /// Relative deviation that a deterministic check must be able to see to count as evidence.
  public var deterministic = 1e-6
  /// The same for means and laws.
  public var statistical = 2e-2
  /// The same for means over simulations.
  public var simulated = 1e-1
  /// The same for gradients over random directions.
  public var gradient = 5e-2

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
