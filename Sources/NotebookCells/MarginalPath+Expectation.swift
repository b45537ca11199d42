public import Diffusion
public import Verification

extension MarginalPath {
  /// E[f(z) | x_t = x] for data on the line, by quadrature of f against the posterior p(z | x).
  ///
  ///     marginal.expectation(given: x, at: t) { z in z }  // what the denoiser claims to be
  ///
  /// The closed forms of the marginal quantities are not used, so that they can be checked against it. The range
  /// holds ten standard deviations of every component's posterior; where the posterior's mass is not found to
  /// be 1, the estimate's error is infinite.
  ///
  /// - Precondition: the data have dimension 1 and beta_t > 0.
  @inlinable
  public func expectation(given x: Double, at t: Double, of function: (Double) -> Double) -> Estimate {
    precondition(dimension == 1, "a quadrature over data of R^\(dimension) is not offered")
    let (alpha, variance) = (path.alpha(t), path.schedule.variance(t))
    let posteriors = data.components.map { component -> (center: Double, deviation: Double) in
      let prior = 1 / component.covariance[0, 0]
      let precision = prior + alpha * alpha / variance
      return ((prior * component.mean[0] + alpha * x / variance) / precision, 1 / precision.squareRoot())
    }
    let lower = posteriors.map { $0.center - 10 * $0.deviation }.min()!
    let upper = posteriors.map { $0.center + 10 * $0.deviation }.max()!
    return Verification.expectation(
      over: lower...upper, density: { z in posterior(z, given: x, at: t) }, of: function)
  }
}
