/// The value of an integral with an estimate of its error and how the computation ended.
public struct Integral<Value: Point> {
  /// What was found, converged or not: `outcome` tells.
  public let value: Value

  /// An estimate of the truncation and rounding error of the worst component; usually generous.
  public let error: Double

  /// How often the integrand was evaluated.
  public let evaluations: Int

  public let outcome: IntegrationOutcome

  /// Whether the tolerance asked for was reached.
  public var isConverged: Bool { outcome == .converged }

  /// A result as found elsewhere.
  public init(value: Value, error: Double, evaluations: Int, outcome: IntegrationOutcome) {
    self.value = value
    self.error = error
    self.evaluations = evaluations
    self.outcome = outcome
  }
}

extension Integral: Sendable where Value: Sendable {}

/// How an integration ended.
public enum IntegrationOutcome: Hashable, Sendable {
  /// The error estimate is below the tolerance.
  case converged

  /// The budget of evaluations is used up; `error` tells what was reached.
  case exhausted

  /// Dividing further would not help: the error left is that of rounding, or intervals have shrunk to the
  /// spacing of numbers at a singularity; `error` tells which is which.
  case roundoff

  /// The integrand was not finite at this point; `value` is what was found and `error` is infinite.
  case notFinite(at: Double)
}

/// The error that is acceptable: `absolute` + `relative` times the integral's magnitude.
public struct Tolerance: Hashable, Sendable {
  public let absolute: Double
  public let relative: Double

  /// Both at least 0, one of them positive.
  @inlinable
  public init(absolute: Double = 1e-14, relative: Double = 1e-10) {
    precondition(absolute >= 0 && relative >= 0 && absolute + relative > 0, "a tolerance must be positive")
    self.absolute = absolute
    self.relative = relative
  }

  @inlinable func accepts(_ error: Double, for magnitude: Double) -> Bool {
    error <= absolute + relative * magnitude
  }
}
