/// Conditional flow matching along any conditional path: E |f(x_t, t) - u_t(x_t | z)|^2 with
///
///     x_t = mu_t(z) + sigma_t(z) eps,   u_t(x_t | z) = mu_t'(z) + sigma_t'(z) eps,
///
/// eps ~ N(0, I) independent of z ~ data; derivatives by dual numbers. Its minimiser is E[u_t(x_t | z) | x_t], the
/// marginal field. Times must stay where sigma_t' is finite.
///
/// For the path of a schedule `ConditionalFlowMatching` is the same loss, and faster.
/// Source: Y. Lipman et al., "Flow matching for generative modeling", ICLR 2023, equation 9 and theorem 3.
public struct ConditionalPathMatching<Path: ConditionalPath, Data: DataSource>: RegressionLoss {
  public let path: Path
  public let data: Data
  public let times: TimeSampling

  /// `path` from N(0, I) to the data; times must stay where sigma_t' is finite.
  public init(path: Path, data: Data, times: TimeSampling = .uniform()) {
    self.path = path
    self.data = data
    self.times = times
  }

  public var dimension: Int { data.dimension }

  @inlinable
  public func draw<T: NetworkReal>(_ pass: NetworkPass<T>, draws: TrainingDraws) {
    pass.drawNoised(from: IndependentCoupling(data), times: times, draws)
    for row in 0..<pass.rows {
      switch dimension {
      case 1: place(pass, row, Dual(pass.minibatch.data[row, 0]))
      case 2: place(pass, row, Pair(Dual(pass.minibatch.data[row, 0]), Dual(pass.minibatch.data[row, 1])))
      case 3...16: place(pass, row, InlineVector(count: dimension) { Dual(pass.minibatch.data[row, $0]) })
      default: place(pass, row, LongVector(count: dimension) { Dual(pass.minibatch.data[row, $0]) })
      }
    }
  }

  /// The point and the target of one row, z being its data as a constant.
  @inlinable
  func place<T: NetworkReal, P: Point>(_ pass: NetworkPass<T>, _ row: Int, _ z: P) where P.Scalar == Dual<T> {
    let now = Dual(pass.times[row], 1)
    let (mean, deviation) = (path.mean(z, at: now), path.deviation(z, at: now))
    for i in 0..<dimension {
      let noise = pass.minibatch.noise[row, i]
      pass.points[row, i] = mean[i].value + deviation.value * noise
      pass.minibatch.targets[row, i] = mean[i].derivative + deviation.derivative * noise
    }
    pass.minibatch.weights[row] = 1
  }
}
