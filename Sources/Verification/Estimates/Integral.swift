import Diffusion

/// The integral of a function over an interval, with its error.
///
///     integral(over: -12...12, peaks: [x / path.alpha(t)]) { z in z * marginal.posterior(z, given: x, at: t) }
///
/// Adaptive Gauss-Kronrod quadrature, twice: from 16 panels, and from 23 whose ends fall elsewhere. The
/// error is the larger of the quadrature's own estimate and the difference of the two results, because an
/// estimate alone is zero where all nodes miss a narrow peak.
///
/// - Parameters:
///   - range: The interval; an end may be infinite.
///   - peaks: Where the integrand is concentrated, as far as known. A peak narrower than a thousandth of
///     the range and not named may be missed by both partitions.
/// - Complexity: From 800 evaluations.
public func integral(
  over range: ClosedRange<Double>, peaks: [Double] = [], relativeTolerance: Double = 1e-11,
  _ integrand: (Double) -> Double
) -> Estimate {
  let (first, second) = twice(over: range, peaks: peaks, relativeTolerance: relativeTolerance, integrand)
  return Estimate(
    first.value, truncation: max(first.error, (first.value - second.value).magnitude))
}

/// The expectation of a function under a density that is given in closed form, by quadrature, with its
/// error.
///
///     expectation(over: -12...12, density: { z in marginal.posterior(z, given: x, at: t) },
///                 peaks: [x / path.alpha(t)]) { z in z }
///
/// The density is integrated too: where its mass differs from 1 by more than 1e-8, a peak was missed or
/// the range is too short, and the estimate's error is infinite, so that no verdict rests on it.
public func expectation(
  over range: ClosedRange<Double>, density: (Double) -> Double, peaks: [Double] = [],
  relativeTolerance: Double = 1e-11, of function: (Double) -> Double
) -> Estimate {
  let mass = integral(over: range, peaks: peaks, relativeTolerance: relativeTolerance, density)
  let moment = integral(over: range, peaks: peaks, relativeTolerance: relativeTolerance) { z in
    density(z) * function(z)
  }
  let isComplete = (mass.value - 1).magnitude + mass.truncation <= 1e-8
  return Estimate(moment.value, truncation: isComplete ? moment.truncation : .infinity)
}

private func twice(
  over range: ClosedRange<Double>, peaks: [Double], relativeTolerance: Double, _ integrand: (Double) -> Double
) -> (first: Integral<Double>, second: Integral<Double>) {
  let tolerance = Tolerance(absolute: 1e-15, relative: relativeTolerance)
  return (
    integrate(over: range, peaks: peaks, panels: 16, tolerance: tolerance, integrand),
    integrate(over: range, peaks: peaks, panels: 23, tolerance: tolerance, integrand)
  )
}
