public import RealModule

/// The coefficients of a stochastic interpolant x_t = a_t x_0 + b_t x_1 + gamma_t eps between two laws, with
/// latent noise eps ~ N(0, I) independent of both: a_0 = b_1 = 1, a_1 = b_0 = 0, gamma_0 = gamma_1 = 0,
/// for 0 <= t <= 1 alone: paths refuse other times.
///
/// A new one is these three formulas; derivatives are by dual numbers, the laws between mixtures in closed form.
/// Source: M. Albergo, N. Boffi, E. Vanden-Eijnden, "Stochastic interpolants: a unifying framework for flows
/// and diffusions", 2023, section 2; M. Albergo, E. Vanden-Eijnden, "Building normalizing flows with stochastic
/// interpolants", ICLR 2023, for gamma = 0.
public protocol Interpolant: Sendable {
  /// a_t, the factor of the source x_0.
  func source<T: RealNumber>(_ t: T) -> T

  /// b_t, the factor of the target x_1.
  func target<T: RealNumber>(_ t: T) -> T

  /// gamma_t^2, smooth where gamma_t has an infinite slope at the ends.
  func latentVariance<T: RealNumber>(_ t: T) -> T
}

/// (1 - t) x_0 + t x_1 + gamma_t eps with gamma_t^2 = `latent` t (1 - t): without latent noise the straight
/// two-sided path; with `latent` = sigma^2 at each time the law of the Brownian bridge of sigma W from x_0 to x_1.
public struct LinearInterpolant: Interpolant {
  /// gamma_t^2 / (t (1 - t)).
  public let latent: Double

  /// gamma_t^2 = `latent` t (1 - t) with `latent` >= 0; 0 is no latent noise.
  public init(latent: Double = 0) {
    precondition(latent >= 0 && latent.isFinite, "a latent variance cannot be \(latent)")
    self.latent = latent
  }

  @inlinable public func source<T: RealNumber>(_ t: T) -> T { 1 - unitTime(t) }
  @inlinable public func target<T: RealNumber>(_ t: T) -> T { unitTime(t) }
  @inlinable public func latentVariance<T: RealNumber>(_ t: T) -> T {
    let t = unitTime(t)
    return T(latent) * t * (1 - t)
  }
}

/// cos(pi t / 2) x_0 + sin(pi t / 2) x_1 + gamma_t eps with gamma_t^2 = `latent` t (1 - t).
public struct TrigonometricInterpolant: Interpolant {
  /// gamma_t^2 / (t (1 - t)).
  public let latent: Double

  /// gamma_t^2 = `latent` t (1 - t) with `latent` >= 0; 0 is no latent noise.
  public init(latent: Double = 0) {
    precondition(latent >= 0 && latent.isFinite, "a latent variance cannot be \(latent)")
    self.latent = latent
  }

  @inlinable public func source<T: RealNumber>(_ t: T) -> T { T.sin(T.pi * (1 - unitTime(t)) / 2) }
  @inlinable public func target<T: RealNumber>(_ t: T) -> T { T.sin(T.pi * unitTime(t) / 2) }
  @inlinable public func latentVariance<T: RealNumber>(_ t: T) -> T {
    let t = unitTime(t)
    return T(latent) * t * (1 - t)
  }
}
