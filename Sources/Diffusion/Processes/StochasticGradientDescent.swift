/// Stochastic gradient descent on a quadratic loss L(x) = (x - m)^T H (x - m) / 2, as a chain and as the
/// diffusion it approximates.
///
///     x_{k+1} = x_k - eta (H (x_k - m) + xi_k),   Cov xi_k = C / batch
///     dX = -H (X - m) dt + sqrt(eta / batch) C^(1/2) dW,   X_(k eta) ~ x_k
///
/// The chain is the Euler-Maruyama method for this equation with step eta, so both have closed laws; they
/// differ by O(eta) (weak order one). The equation settles at H S + S H = eta C / batch, the chain at
/// H S + S H - eta H S H = eta C / batch.
/// Source: S. Mandt, M. Hoffman, D. Blei, "Stochastic gradient descent as approximate Bayesian inference",
/// JMLR 18 (2017); Q. Li, C. Tai, W. E, "Stochastic modified equations and adaptive stochastic gradient
/// algorithms", ICML 2017.
public struct StochasticGradientDescent: Sendable {
  /// eta.
  public let learningRate: Double

  /// The diffusion, in the time t = k eta.
  public let process: MatrixOrnsteinUhlenbeck

  /// H = `hessian` symmetric and positive definite, m = `minimum`; `gradientNoise` is C, the covariance of the gradient
  /// at one example, and eta = `learningRate` > 0.
  public init(
    hessian: Matrix<Double>, minimum: Vector<Double>, gradientNoise: Matrix<Double>, batch: Int,
    learningRate: Double
  ) {
    precondition(
      batch > 0 && learningRate > 0 && learningRate.isFinite,
      "a batch of \(batch) at learning rate \(learningRate)")
    self.learningRate = learningRate
    process = MatrixOrnsteinUhlenbeck(
      rate: hessian, mean: minimum, noiseCovariance: learningRate / Double(batch) * gradientNoise)
  }

  /// The law of x_k, k = `steps`, for normal gradient noise.
  public func chainLaw(from initial: Gaussian, steps: Int) -> Gaussian {
    process.eulerLaw(from: initial, steps: steps, step: learningRate)
  }

  /// The law of X at t = `steps` eta.
  public func diffusionLaw(from initial: Gaussian, steps: Int) -> Gaussian {
    process.law(from: initial, after: Double(steps) * learningRate)
  }

  /// Where the chain settles, nil where it diverges: eta times the largest eigenvalue of H is 2 or more.
  public var chainStationaryLaw: Gaussian? { process.eulerStationaryLaw(step: learningRate) }
}
