/// Stochastic gradient descent with momentum: m = momentum m + g, theta = theta - rate m, g the gradient.
///
/// Source: I. Sutskever, J. Martens, G. Dahl, G. Hinton, "On the importance of initialization and momentum in
/// deep learning", ICML 2013, equations 1 and 2, with the rate outside the average.
public struct GradientDescent: Optimizer {
  public let learningRate: LearningRate
  public let momentum: Double

  /// `momentum` from 0 to below 1.
  public init(rate: LearningRate, momentum: Double = 0) {
    precondition((0..<1).contains(momentum), "a momentum cannot be \(momentum)")
    learningRate = rate
    self.momentum = momentum
  }

  public var moments: Int { 1 }

  public func rate(_ step: Int) -> Double { learningRate(step) }

  public func update<T: NetworkReal>(
    _ parameters: inout [T], moments: inout [[T]], gradient: [T], scale: Double, step: Int
  ) {
    moments[0].withUnsafeMutableBufferPointer { average in
      T.scale(average, by: T(momentum))
      gradient.withUnsafeBufferPointer { T.addScaled(T(scale), $0, to: average) }
    }
    parameters.withUnsafeMutableBufferPointer { parameters in
      moments[0].withUnsafeBufferPointer { T.addScaled(T(-rate(step)), $0, to: parameters) }
    }
  }
}

extension Optimizer where Self == GradientDescent {
  /// theta = theta - rate g, with momentum if asked for.
  public static func gradientDescent(rate: LearningRate, momentum: Double = 0) -> GradientDescent {
    GradientDescent(rate: rate, momentum: momentum)
  }
}
