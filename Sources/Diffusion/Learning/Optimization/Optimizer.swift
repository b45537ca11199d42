import RealModule

/// A rule that moves parameters against a gradient, with running averages of its own.
///
/// A new optimizer is `moments`, `rate` and `update`; nothing else changes. Its `update` is compiled for each number type
/// where it is declared, so that a plain loop over the parameters runs at full speed.
public protocol Optimizer: Sendable {
  /// How many numbers it remembers for each parameter.
  var moments: Int { get }

  /// The learning rate of step number `step`, from 0.
  func rate(_ step: Int) -> Double

  /// Moves the parameters by one step; `moments` are this optimizer's own, all 0 before step 0.
  /// `scale` multiplies the gradient first (1 unless it was clipped).
  func update<T: NetworkReal>(
    _ parameters: inout [T], moments: inout [[T]], gradient: [T], scale: Double, step: Int)

  /// `update` for networks in single precision: what a training calls.
  func floatUpdate(
    _ parameters: inout [Float], moments: inout [[Float]], gradient: [Float], scale: Double, step: Int)

  /// `update` for networks in double precision.
  func doubleUpdate(
    _ parameters: inout [Double], moments: inout [[Double]], gradient: [Double], scale: Double, step: Int)
}

extension Optimizer {
  // Not generic over the number type, so that the conforming module compiles them for its own rule.

  @inlinable
  public func floatUpdate(
    _ parameters: inout [Float], moments: inout [[Float]], gradient: [Float], scale: Double, step: Int
  ) {
    update(&parameters, moments: &moments, gradient: gradient, scale: scale, step: step)
  }

  @inlinable
  public func doubleUpdate(
    _ parameters: inout [Double], moments: inout [[Double]], gradient: [Double], scale: Double, step: Int
  ) {
    update(&parameters, moments: &moments, gradient: gradient, scale: scale, step: step)
  }
}

/// Adam with bias correction and decoupled weight decay (AdamW). Step n = 1, 2, ... with the gradient g is
///
///     m = beta1 m + (1 - beta1) g,  v = beta2 v + (1 - beta2) g^2
///     theta = (1 - rate decay) theta - rate m / (1 - beta1^n) / (sqrt(v / (1 - beta2^n)) + epsilon)
///
/// Source: D. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1;
/// I. Loshchilov, F. Hutter, "Decoupled weight decay regularization", ICLR 2019, algorithm 2.
public struct Adam: Optimizer {
  public let learningRate: LearningRate

  /// The decay of the average m of gradients.
  public let beta1: Double

  /// The decay of the average v of their squares.
  public let beta2: Double

  /// What keeps the quotient finite where v is 0.
  public let epsilon: Double

  /// `decay` in the formula; 0 is Adam.
  public let weightDecay: Double

  /// beta1 and beta2 from 0 to below 1, epsilon > 0. Decay applies to all parameters, biases included, as in the paper.
  public init(
    rate: LearningRate = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
    weightDecay: Double = 0
  ) {
    precondition(
      (0..<1).contains(beta1) && (0..<1).contains(beta2) && epsilon > 0 && epsilon.isFinite
        && weightDecay >= 0 && weightDecay.isFinite,
      "Adam with beta1 = \(beta1), beta2 = \(beta2), epsilon = \(epsilon), weight decay \(weightDecay)")
    learningRate = rate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }

  public var moments: Int { 2 }

  public func rate(_ step: Int) -> Double { learningRate(step) }

  public func update<T: NetworkReal>(
    _ parameters: inout [T], moments: inout [[T]], gradient: [T], scale: Double, step: Int
  ) {
    let update = AdamUpdate(
      rate: rate(step), beta1: beta1, beta2: beta2,
      correction1: 1 / (1 - Double.pow(beta1, step + 1)), correction2: 1 / (1 - Double.pow(beta2, step + 1)),
      epsilon: epsilon, decay: weightDecay, gradientScale: scale)
    parameters.withUnsafeMutableBufferPointer { parameters in
      moments.withUnsafeMutableBufferPointer { moments in
        moments[0].withUnsafeMutableBufferPointer { first in
          moments[1].withUnsafeMutableBufferPointer { second in
            gradient.withUnsafeBufferPointer { T.adamUpdate(parameters, first, second, $0, update) }
          }
        }
      }
    }
  }
}

extension Optimizer where Self == Adam {
  /// Adam with beta1 = 0.9, beta2 = 0.999 and epsilon = 1e-8.
  public static func adam(rate: LearningRate = 1e-3) -> Adam { Adam(rate: rate) }

  /// The same with decoupled weight decay.
  public static func adamW(rate: LearningRate = 1e-3, weightDecay: Double = 0.01) -> Adam {
    Adam(rate: rate, weightDecay: weightDecay)
  }
}
