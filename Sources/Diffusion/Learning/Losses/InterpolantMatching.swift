/// Learning a stochastic interpolant between the two ends of a coupling: E |f(x_t, t) - target|^2 with
///
///     x_t = a_t x_0 + b_t x_1 + gamma_t eps,
///
/// eps ~ N(0, I) independent of both ends. The target is either the velocity a' x_0 + b' x_1 + gamma' eps, whose
/// regression is the field that transports p_t, or eps, whose regression is -gamma_t times the score.
///
/// Where gamma_t^2 = c t (1 - t), gamma' is infinite at both ends, so with latent noise draw the times of a velocity
/// from within (0, 1).
/// Source: M. Albergo, N. Boffi, E. Vanden-Eijnden, "Stochastic interpolants: a unifying framework for flows and
/// diffusions", 2023, section 2.
public struct InterpolantMatching<I: Interpolant, Pairs: Coupling>: RegressionLoss {
  /// What the network learns.
  public enum Target: Hashable, Sendable {
    /// a' x_0 + b' x_1 + gamma' eps.
    case velocity

    /// eps, the denoiser of the latent noise.
    case latentNoise
  }

  public let interpolant: I
  public let coupling: Pairs
  public let target: Target
  public let times: TimeSampling

  /// With latent noise, velocities need times from within (0, 1).
  public init(
    _ interpolant: I, coupling: Pairs, predicting target: Target = .velocity, times: TimeSampling = .uniform()
  ) {
    self.interpolant = interpolant
    self.coupling = coupling
    self.target = target
    self.times = times
  }

  public var dimension: Int { coupling.dimension }

  @inlinable
  public func draw<T: NetworkReal>(_ pass: NetworkPass<T>, draws: TrainingDraws) {
    pass.drawNoised(from: coupling, times: times, draws)
    let latent = pass.memory { LatentNoise<T>(like: pass.points) }
    latent.values.fillNormals(from: draws[.directions])
    for row in 0..<pass.rows {
      let now = Dual(pass.times[row], 1)
      let (a, b) = (interpolant.source(now), interpolant.target(now))
      let variance = interpolant.latentVariance(now)
      // gamma' = (gamma^2)' / (2 gamma); without latent noise both are 0.
      let gamma = variance.value.squareRoot()
      let growth = gamma == 0 && variance.derivative == 0 ? 0 : variance.derivative / (2 * gamma)
      for i in 0..<dimension {
        let (x, z) = (pass.minibatch.noise[row, i], pass.minibatch.data[row, i])
        let noise = latent.values[row, i]
        pass.points[row, i] = a.value * x + b.value * z + gamma * noise
        pass.minibatch.targets[row, i] =
          target == .latentNoise ? noise : a.derivative * x + b.derivative * z + growth * noise
      }
      pass.minibatch.weights[row] = 1
    }
  }
}

/// The third draw of an interpolant.
@usableFromInline
final class LatentNoise<Scalar: MachineReal> {
  @usableFromInline var values: Batch<Scalar>

  @usableFromInline
  init(like points: Batch<Scalar>) { values = Batch(count: points.count, dimension: points.dimension) }
}
