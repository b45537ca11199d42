/// A term that a solver can integrate: a drift, and noise or none.
public protocol Dynamics: Sendable {
  associatedtype Drift: BatchField

  /// f_t(x).
  var drift: Drift { get }

  /// The noise, nil for an ordinary differential equation.
  var noise: Noise? { get }
}

/// How Brownian motion enters: the same sigma_t for all points, one factor per coordinate that depends on the
/// point, or a matrix.
public enum Noise: Sendable {
  /// sigma_t dW.
  case additive(any DiffusionCoefficient)

  /// diag(g_t(X)) dW.
  case diagonal(any BatchField)

  /// sigma_t(X) dW, sigma a square matrix.
  case matrix(any BatchMatrixField)
}

/// dX/dt = f_t(X).
public struct ODE<Drift: BatchField>: Dynamics {
  public let drift: Drift

  /// f = `drift`.
  public init(_ drift: Drift) { self.drift = drift }
  public var noise: Noise? { nil }
}

/// dX = f_t(X) dt + sigma_t dW, in Ito's sense; sigma_t does not depend on X, so Stratonovich's is the same.
public struct SDE<Drift: BatchField, Sigma: DiffusionCoefficient>: Dynamics {
  public let drift: Drift
  public let diffusion: Sigma

  /// f = `drift` and sigma = `diffusion`.
  public init(drift: Drift, diffusion: Sigma) {
    self.drift = drift
    self.diffusion = diffusion
  }

  public var noise: Noise? { .additive(diffusion) }
}

/// dX = f_t(X) dt + diag(g_t(X)) dW, in Ito's sense.
public struct DiagonalSDE<Drift: BatchField, G: BatchField>: Dynamics {
  public let drift: Drift
  public let diffusion: G

  /// f = `drift` and g = `diffusion`, a factor for each coordinate.
  public init(drift: Drift, diffusion: G) {
    self.drift = drift
    self.diffusion = diffusion
  }

  public var noise: Noise? { .diagonal(diffusion) }
}

/// sigma_t >= 0, a diffusion coefficient that depends on time alone.
public protocol DiffusionCoefficient: Sendable {
  /// sigma_t.
  func callAsFunction<T: RealNumber>(at t: T) -> T
}

/// The same sigma at all times.
public struct ConstantDiffusion: DiffusionCoefficient {
  public let value: Double

  /// sigma >= 0, finite.
  public init(_ value: Double) {
    precondition(value >= 0 && value.isFinite, "a diffusion coefficient cannot be \(value)")
    self.value = value
  }

  @inlinable public func callAsFunction<T: RealNumber>(at t: T) -> T { T(value) }
}

extension DiffusionCoefficient where Self == ConstantDiffusion {
  /// sigma_t = `value` >= 0 at all times.
  public static func constant(_ value: Double) -> ConstantDiffusion { ConstantDiffusion(value) }
}
