/// A number that was computed, with how far it may be from the number that was meant.
///
///     let mass = integral(over: -8...8) { x in exp(-x * x) }
///     mass.value        // 1.7724538509055159
///     mass.error        // 4.1e-16
///     mass.kind         // .truncation
///
/// Three sources of error are carried apart, since a verdict treats them differently: rounding and
/// truncation bound the error, a standard error only scales it.
///
/// - Note: Arithmetic adds errors **linearly**. Two sides of an equation often share draws or
///   quadrature nodes, so their errors may be perfectly correlated, and adding in quadrature would be
///   wrong. To first order the result's errors hold for any correlation.
public struct Estimate: Hashable, Sendable {
  /// How the largest part of an error came about.
  public enum Kind: Hashable, Sendable {
    /// Exact up to rounding.
    case rounding
    /// A series, a quadrature or a step size that ends too early.
    case truncation
    /// A mean over `samples` draws; the error is a standard error.
    case statistical(samples: Int)
  }

  public let value: Double
  /// Bound of the error from rounding, by running error analysis: half a unit in the last place for
  /// each operation (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., section 3.3).
  public let rounding: Double
  /// Bound, or cautious estimate, of the error from stopping a limit process early.
  public let truncation: Double
  /// Standard deviation of the error from drawing at random.
  public let standardError: Double
  /// Number of draws behind `standardError`; 0 where nothing was drawn.
  public let samples: Int

  /// An estimate with its sources of error.
  /// - Precondition: no error is negative; NaN counts as unbounded.
  public init(
    _ value: Double, rounding: Double = 0, truncation: Double = 0, standardError: Double = 0, samples: Int = 0
  ) {
    precondition(
      !(rounding < 0 || truncation < 0 || standardError < 0), "An error is a size: it is not negative.")
    self.value = value
    self.rounding = rounding.isNaN ? .infinity : rounding
    self.truncation = truncation.isNaN ? .infinity : truncation
    self.standardError = standardError.isNaN ? .infinity : standardError
    self.samples = samples
  }

  /// All errors together: the bounds and one standard error.
  public var error: Double { rounding + truncation + standardError }

  public var kind: Kind {
    if samples > 0, standardError >= truncation { return .statistical(samples: samples) }
    return truncation > rounding ? .truncation : .rounding
  }

  /// Error relative to the value; infinite at zero, unless the error is zero too.
  public var relativeError: Double { error == 0 ? 0 : error / value.magnitude }
}

extension Estimate: CustomStringConvertible {
  /// `1.7724539 ± 4e-16`
  public var description: String {
    error == 0 ? "\(number(value, digits: 8))" : "\(number(value, digits: 8)) ± \(number(error, digits: 1))"
  }
}
