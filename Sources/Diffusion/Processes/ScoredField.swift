/// f_t(x) + c sigma_t^2 s_t(x): a drift, and a multiple of the score weighted by the squared noise.
///
/// The equations that share their marginals with a diffusion differ in c alone: c = -1 is the drift of the
/// reversed process, c = -1/2 that of the probability flow, c = 1/2 turns a flow into a diffusion, and c = 1
/// with s = nabla log h conditions a process (Doob). The score may be a closed form or a network.
public struct ScoredField<Drift: BatchField, Sigma: DiffusionCoefficient, Score: BatchField>: BatchField {
  public let drift: Drift
  public let diffusion: Sigma
  public let score: Score

  /// c.
  public let factor: Double

  /// The drift plus `factor` sigma_t^2 times the score.
  public init(_ drift: Drift, plus factor: Double, times diffusion: Sigma, squaredTimes score: Score) {
    self.drift = drift
    self.factor = factor
    self.diffusion = diffusion
    self.score = score
  }

  /// c sigma_t^2.
  @inlinable
  func weight<T: RealNumber>(at t: T) -> T {
    let sigma = diffusion(at: t)
    return T(factor) * sigma * sigma
  }

  public func floatEvaluator(count: Int, dimension: Int) -> BatchFunction<Float> {
    evaluator(count, dimension)
  }

  public func doubleEvaluator(count: Int, dimension: Int) -> BatchFunction<Double> {
    evaluator(count, dimension)
  }

  private func evaluator<T: MachineReal>(_ count: Int, _ dimension: Int) -> BatchFunction<T> {
    let drift = T.evaluator(of: drift, count: count, dimension: dimension)
    let score = T.evaluator(of: score, count: count, dimension: dimension)
    var scores = Batch<T>(count: count, dimension: dimension)
    return BatchFunction { x, t, out in
      drift(x, at: t, into: &out)
      let weight = weight(at: t)
      // Where there is no noise the score need not exist.
      if weight == 0 { return }
      score(x, at: t, into: &scores)
      out.add(weight, times: scores)
    }
  }
}

extension ScoredField: Field where Drift: Field, Score: Field {
  @inlinable
  public func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
    let weight = weight(at: t)
    return weight == 0 ? drift(x, at: t) : drift(x, at: t) + weight * score(x, at: t)
  }
}
