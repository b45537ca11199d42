/// A term that a solver can integrate: a drift, and noise or none.
public protocol Dynamics: Sendable {
  associatedtype Drift: BatchField
  var drift: Drift { get }

  /// The noise, nil for an ordinary differential equation.
  var noise: Noise? { get }
}

/// How Brownian motion enters: the same sigma_t for all points, one factor per coordinate that depends on the
/// point, or a matrix.
public enum Noise: Sendable {
  case additive(any DiffusionCoefficient)
  case diagonal(any BatchField)
  case matrix(any BatchMatrixField)
}

/// dX/dt = f_t(X).
public struct ODE<Drift: BatchField>: Dynamics {
  public let drift: Drift
  public init(_ drift: Drift) { self.drift = drift }
  public var noise: Noise? { nil }
}

/// dX = f_t(X) dt + sigma_t dW, in Ito's sense; sigma_t does not depend on X, so Stratonovich's is the same.
public struct SDE<Drift: BatchField, Sigma: DiffusionCoefficient>: Dynamics {
  public let drift: Drift
  public let diffusion: Sigma

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

  public init(drift: Drift, diffusion: G) {
    self.drift = drift
    self.diffusion = diffusion
  }

  public var noise: Noise? { .diagonal(diffusion) }
}

/// sigma_t >= 0, a diffusion coefficient that depends on time alone.
public protocol DiffusionCoefficient: Sendable {
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
  public static func constant(_ value: Double) -> ConstantDiffusion { ConstantDiffusion(value) }
}
