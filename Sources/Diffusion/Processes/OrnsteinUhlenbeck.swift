public import RealModule

/// dX = theta (m - X) ds + sigma dW: relaxation towards m against noise.
///
///     X_u | X_s ~ N(m + exp(-theta (u - s)) (X_s - m), sigma^2 (1 - exp(-2 theta (u - s))) / (2 theta) I)
///
/// Its stationary law is N(m, sigma^2 / (2 theta) I). With theta = beta/2, sigma = sqrt(beta), m = 0 it is
/// the variance preserving process at a constant rate; with theta = beta and sigma = sqrt(2 beta), as some
/// write it, that process at twice the pace.
/// Source: G. Uhlenbeck, L. Ornstein, "On the theory of the Brownian motion", Phys. Rev. 36 (1930).
public struct OrnsteinUhlenbeck: LinearProcess {
  public let theta: Double

  /// m.
  public let mean: Vector<Double>

  /// sigma.
  public let deviation: Double

  /// theta > 0; m = `mean`, which gives the dimension; sigma = `deviation` >= 0.
  public init(theta: Double, mean: Vector<Double>, deviation: Double) {
    precondition(
      theta > 0 && theta.isFinite && deviation >= 0 && deviation.isFinite && mean.count > 0
        && mean.largestMagnitude.isFinite,
      "an Ornstein-Uhlenbeck process with theta = \(theta), deviation \(deviation), mean \(mean)")
    self.theta = theta
    self.mean = mean
    self.deviation = deviation
  }

  /// On the line.
  public init(theta: Double, mean: Double = 0, deviation: Double) {
    self.init(theta: theta, mean: Vector([mean]), deviation: deviation)
  }

  @inlinable public func rate<T: RealNumber>(_ s: T) -> T { T(-theta) }
  @inlinable public func diffusion<T: RealNumber>(_ s: T) -> T { T(deviation) }

  @inlinable
  public func forcing<P: Point>(_ dimension: Int, at s: P.Scalar) -> P {
    requireDimension(dimension)
    return P(count: dimension) { P.Scalar(theta * mean[$0]) }
  }

  @inlinable public var isForced: Bool { mean.largestMagnitude > 0 }

  @inlinable public func factor<T: RealNumber>(from s: T, to u: T) -> T { T.exp(T(-theta) * (u - s)) }

  @inlinable
  public func offset<P: Point>(_ dimension: Int, from s: P.Scalar, to u: P.Scalar) -> P {
    requireDimension(dimension)
    let share = -P.Scalar.expMinusOne(P.Scalar(-theta) * (u - s))
    return P(count: dimension) { share * P.Scalar(mean[$0]) }
  }

  @inlinable
  public func variance<T: RealNumber>(from s: T, to u: T) -> T {
    requireForward(s, u)
    return T(-stationaryVariance) * T.expMinusOne(T(-2 * theta) * (u - s))
  }

  /// sigma^2 / (2 theta).
  @inlinable public var stationaryVariance: Double { deviation * deviation / (2 * theta) }

  /// N(m, sigma^2 / (2 theta) I).
  public var stationaryLaw: Gaussian { Gaussian(mean: mean, deviation: stationaryVariance.squareRoot()) }

  /// The time after which the 2-Wasserstein distance of any two laws is at most `fraction` of what it was:
  /// log(1 / fraction) / theta, for paths driven by the same noise approach like exp(-theta s).
  public func mixingTime(to fraction: Double) -> Double {
    precondition(fraction > 0 && fraction <= 1, "a distance cannot shrink to \(fraction) of itself")
    return -Double.log(fraction) / theta
  }

  @inlinable
  func requireDimension(_ dimension: Int) {
    precondition(dimension == mean.count, "dimension \(dimension) for a process in \(mean.count)")
  }
}

/// dX = mu ds + sigma dW: Brownian motion, with a constant drift if there is one. X_u | X_s ~ N(X_s + mu (u - s),
/// sigma^2 (u - s) I).
public struct BrownianMotion: LinearProcess {
  /// sigma.
  public let deviation: Double

  /// mu, or nil where it is 0.
  public let velocity: Vector<Double>?

  /// sigma is `deviation` >= 0; `velocity` gives the dimension where there is one.
  public init(deviation: Double = 1, velocity: Vector<Double>? = nil) {
    precondition(
      deviation >= 0 && deviation.isFinite && velocity?.largestMagnitude.isFinite ?? true
        && velocity?.count != 0,
      "Brownian motion with deviation \(deviation) and drift \(velocity ?? [0])")
    self.deviation = deviation
    self.velocity = velocity
  }

  @inlinable public func rate<T: RealNumber>(_ s: T) -> T { 0 }
  @inlinable public func diffusion<T: RealNumber>(_ s: T) -> T { T(deviation) }

  @inlinable
  public func forcing<P: Point>(_ dimension: Int, at s: P.Scalar) -> P {
    offset(dimension, from: 0, to: 1)
  }

  @inlinable public var isForced: Bool { velocity.map { $0.largestMagnitude > 0 } ?? false }

  @inlinable public func factor<T: RealNumber>(from s: T, to u: T) -> T { 1 }

  @inlinable
  public func offset<P: Point>(_ dimension: Int, from s: P.Scalar, to u: P.Scalar) -> P {
    precondition(
      velocity == nil || velocity!.count == dimension,
      "dimension \(dimension) for Brownian motion with a drift in \(velocity!.count)")
    return P(count: dimension) { i in velocity.map { P.Scalar($0[i]) * (u - s) } ?? 0 }
  }

  @inlinable
  public func variance<T: RealNumber>(from s: T, to u: T) -> T {
    requireForward(s, u)
    return T(deviation * deviation) * (u - s)
  }
}
