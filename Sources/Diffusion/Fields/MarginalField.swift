import CVectorMath

/// A field made of the two closed forms of a marginal path: a_t E[z | x_t = x] + b_t nabla log p_t(x).
///
/// The score is (0, 1), the denoiser (1, 0), the vector field (alpha', -beta beta'); the drift of the
/// stochastic extension adds sigma_t^2 / 2 to b. So one pass over the components serves them all.
public struct MarginalField<S: Schedule>: Field {
  public let marginal: MarginalPath<S>
  @usableFromInline let kind: Kind

  @usableFromInline
  enum Kind: Sendable {
    case score
    case denoiser
    case velocity
    case drift(any DiffusionCoefficient)
  }

  @usableFromInline
  init(marginal: MarginalPath<S>, kind: Kind) {
    self.marginal = marginal
    self.kind = kind
  }

  /// (a_t, b_t).
  @inlinable
  func factors<T: RealNumber>(at t: T) -> (denoiser: T, score: T) {
    let path = marginal.path
    switch kind {
    case .score: return (0, 1)
    case .denoiser: return (1, 0)
    case .velocity: return (path.alphaDerivative(t), -path.varianceGrowth(t))
    case .drift(let diffusion):
      let sigma = diffusion(at: t)
      return (path.alphaDerivative(t), sigma * sigma / 2 - path.varianceGrowth(t))
    }
  }

  @inlinable
  public func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
    let (a, b) = factors(at: t)
    return marginal.combination(x, t, mean: a, score: b)
  }

  public func floatEvaluator(count: Int, dimension: Int) -> BatchFunction<Float> { evaluator(dimension) }
  public func doubleEvaluator(count: Int, dimension: Int) -> BatchFunction<Double> { evaluator(dimension) }

  /// The coefficients are computed in double precision: near the ends they cancel.
  private func evaluator<T: MachineReal>(_ dimension: Int) -> BatchFunction<T> {
    precondition(
      dimension == marginal.dimension,
      "a field of dimension \(marginal.dimension) at points of dimension \(dimension)")
    let table = MixtureTable<T>(marginal.data)
    var scratch = [T](repeating: 0, count: mixture_scratch(table.components, dimension))
    let leastSpread = marginal.data.components.flatMap(\.variances).min()!
    return BatchFunction { x, t, out in
      out.requireShape(of: x)
      let time = t.realPart
      let alpha = marginal.path.alpha(time)
      let variance = marginal.path.variance(time)
      precondition(
        alpha * alpha * leastSpread + variance > 0, "at t = \(t) the law is a point mass: there is no score")
      let (a, b) = factors(at: time)
      out.withMutableElements { out in
        x.withElements { x in
          scratch.withUnsafeMutableBufferPointer { scratch in
            T.posterior(
              of: table, x, alpha: T(alpha), variance: T(variance), a: T(a), b: T(b), into: out,
              scratch: scratch)
          }
        }
      }
    }
  }
}

extension MarginalPath {
  /// nabla log p_t as a field to simulate with.
  public var scoreField: MarginalField<S> { MarginalField(marginal: self, kind: .score) }

  /// E[z | x_t = x], the denoiser, as a field.
  public var denoiserField: MarginalField<S> { MarginalField(marginal: self, kind: .denoiser) }

  /// u_t as a field to simulate with.
  public var velocity: MarginalField<S> { MarginalField(marginal: self, kind: .velocity) }

  /// dX = u_t(X) dt, whose flow carries p_0 to p_1 along p_t.
  public var flow: ODE<MarginalField<S>> { ODE(velocity) }

  /// dX = (u_t + sigma_t^2 / 2 nabla log p_t)(X) dt + sigma_t dW, which has the same marginals p_t for any
  /// sigma_t >= 0, started from p_0.
  ///
  /// Source: P. Holderrieth, E. Erives, "An introduction to flow matching and diffusion models", 2025, the "SDE
  /// extension trick"; Y. Song et al., "Score-based generative modeling through stochastic differential equations", ICLR
  /// 2021, for the sigma_t of the noising process.
  public func diffusion<Sigma: DiffusionCoefficient>(_ sigma: Sigma) -> SDE<MarginalField<S>, Sigma> {
    SDE(drift: MarginalField(marginal: self, kind: .drift(sigma)), diffusion: sigma)
  }
}
