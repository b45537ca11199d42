import RealModule

/// The learning rate as a function of the step's number, from 0. A number literal is a constant rate.
public struct LearningRate: Sendable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  private let rate: @Sendable (Int) -> Double

  /// Any rate, at least 0, as a function of the step's number.
  public init(_ rate: @escaping @Sendable (_ step: Int) -> Double) { self.rate = rate }

  public init(floatLiteral value: Double) { self = .constant(value) }
  public init(integerLiteral value: Int) { self = .constant(Double(value)) }

  /// The rate of step number `step`.
  public func callAsFunction(_ step: Int) -> Double { rate(step) }

  /// The same rate at all steps, at least 0 and finite.
  public static func constant(_ value: Double) -> LearningRate {
    requireRate(value)
    return LearningRate { _ in value }
  }

  private static func requireRate(_ value: Double) {
    precondition(value >= 0 && value.isFinite, "a learning rate cannot be \(value)")
  }

  /// From `start` to `end` within `steps` along half a cosine, and `end` after that.
  ///
  /// Source: I. Loshchilov, F. Hutter, "SGDR: stochastic gradient descent with warm restarts", ICLR 2017,
  /// equation 5.
  public static func cosine(from start: Double, to end: Double = 0, steps: Int) -> LearningRate {
    precondition(steps > 0, "a schedule of \(steps) steps")
    requireRate(start)
    requireRate(end)
    return LearningRate { step in
      let progress = min(1, Double(step) / Double(steps))
      return end + (start - end) * (1 + Double.cos(Double.pi * progress)) / 2
    }
  }

  /// `start` times `factor`^(step / `every`), the exponent a fraction between.
  public static func exponential(from start: Double, factor: Double, every: Int) -> LearningRate {
    requireRate(start)
    precondition(factor > 0 && factor.isFinite && every > 0, "a factor \(factor) every \(every) steps")
    return LearningRate { step in start * Double.pow(factor, Double(step) / Double(every)) }
  }

  /// This schedule, raised linearly during its first `steps` steps: step k has (k + 1) / `steps` of its rate.
  public func warmingUp(steps: Int) -> LearningRate {
    precondition(steps > 0, "a schedule of \(steps) steps")
    return LearningRate { [rate] step in rate(step) * min(1, Double(step + 1) / Double(steps)) }
  }
}
