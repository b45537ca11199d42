/// DDPM's loss: E |f(x_t, t) - eps|^2 with x_t = alpha_t z + beta_t eps, minimised by E[eps | x_t] =
/// -beta_t nabla log p_t(x_t). Finite at all times of any schedule.
///
/// Source: J. Ho, A. Jain, P. Abbeel, "Denoising diffusion probabilistic models", NeurIPS 2020, equation 14.
public struct NoisePrediction<S: Schedule, Data: DataSource>: RegressionLoss {
  public let path: GaussianPath<S>
  public let data: Data
  public let times: TimeSampling

  /// The noise of x_t along `path`.
  public init(path: GaussianPath<S>, data: Data, times: TimeSampling = .uniform()) {
    self.path = path
    self.data = data
    self.times = times
  }

  public var dimension: Int { data.dimension }

  @inlinable
  public func draw<T: NetworkReal>(_ pass: NetworkPass<T>, draws: TrainingDraws) {
    pass.drawNoised(from: IndependentCoupling(data), times: times, draws)
    pass.mixRows { t in RowMixing(point: (path.alpha(t), path.beta(t)), target: (0, 1)) }
  }
}
