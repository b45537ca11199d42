import CVectorMath
import RealModule

/// The score of a density, as a field that does not change in time.
public struct DensityScore<D: Density>: Field {
  public let density: D

  /// nabla log p of `density`.
  public init(of density: D) { self.density = density }

  @inlinable public func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P { density.score(x) }

  @inlinable
  public func floatEvaluator(count: Int, dimension: Int) -> BatchFunction<Float> {
    mixtureEvaluator(dimension)
      ?? BatchFunction { [density] x, _, out in density.writeScores(at: x, into: &out) }
  }

  @inlinable
  public func doubleEvaluator(count: Int, dimension: Int) -> BatchFunction<Double> {
    mixtureEvaluator(dimension)
      ?? BatchFunction { [density] x, _, out in density.writeScores(at: x, into: &out) }
  }

  /// The vector loop over components, where the density is a mixture of Gaussians.
  @usableFromInline
  func mixtureEvaluator<T: MachineReal>(_ dimension: Int) -> BatchFunction<T>? {
    guard let mixture = (density as? any MixtureRepresentable)?.mixture,
      mixture.dimension == dimension, mixture.components.flatMap(\.variances).min()! > 0
    else { return nil }
    let table = MixtureTable<T>(mixture)
    var scratch = [T](repeating: 0, count: mixture_scratch(table.components, dimension))
    return BatchFunction { x, _, out in
      out.requireShape(of: x)
      out.withMutableElements { out in
        x.withElements { x in
          scratch.withUnsafeMutableBufferPointer { scratch in
            T.posterior(of: table, x, alpha: 1, variance: 0, a: 0, b: 1, into: out, scratch: scratch)
          }
        }
      }
    }
  }
}

extension Density {
  /// Overdamped Langevin dynamics, dX = nabla log p(X) dt + sqrt(2) dW, which leaves this density unchanged and,
  /// for densities that confine it, tends to it.
  ///
  /// Its Euler-Maruyama steps, the unadjusted Langevin algorithm x + h nabla log p(x) + sqrt(2 h) xi, tend to
  /// another law, off by O(h): see `Gaussian.langevinProcess`.
  /// Source: G. Roberts, R. Tweedie, "Exponential convergence of Langevin distributions and their discrete
  /// approximations", Bernoulli 2 (1996).
  public var langevin: SDE<DensityScore<Self>, ConstantDiffusion> {
    SDE(drift: DensityScore(of: self), diffusion: .constant(Double.sqrt(2)))
  }
}

extension Gaussian {
  /// The Langevin dynamics of this Gaussian, all in closed form: dX = -Sigma^-1 (X - m) dt + sqrt(2) dW.
  ///
  /// Its mixing rate is the inverse of the largest variance. `eulerStationaryLaw(step: h)` is where the
  /// unadjusted algorithm settles: variances v / (1 - h / (2 v)) in place of v, for h < 2 v.
  public var langevinProcess: MatrixOrnsteinUhlenbeck {
    let eigen = covariance.symmetricEigen()
    precondition(eigen.values[0] > 0, "a Gaussian without spread in a direction has no score")
    return MatrixOrnsteinUhlenbeck(
      rate: eigen.map { 1 / $0 }, mean: mean, noiseCovariance: 2 * Matrix.identity(dimension))
  }
}
