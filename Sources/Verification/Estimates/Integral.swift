import Diffusion

/// The integral of a function over an interval, with its error.
///
///     integral(over: -12...12, peaks: [x / path.alpha(t)]) { z in z * marginal.posterior(z, given: x, at: t) }
///
/// Adaptive Gauss-Kronrod quadrature, twice: from 16 panels, and from 19 whose ends fall elsewhere, with
/// another rule. The error is the larger of the quadrature's own estimate and the difference of the two
/// results, because an estimate alone is zero where all nodes miss a narrow peak.
///
/// - Parameters:
///   - range: The interval; an end may be infinite.
///   - peaks: Where the integrand is concentrated, as far as known. A peak narrower than a thousandth of
///     the range and not named may be missed by both partitions.
///   - relativeTolerance: Where division stops; the default is a thousandth of the deviation that a check
///     of numbers asks for, and most integrands come out far better.
/// - Complexity: From 620 evaluations; a peak takes 90 more, and up to 220 more where it is sharp.
public func integral(
  over range: ClosedRange<Double>, peaks: [Double] = [], relativeTolerance: Double = 1e-9,
  _ integrand: (Double) -> Double
) -> Estimate {
  let first = Partition.first.integrate(range, peaks, relativeTolerance, integrand)
  // In a rounding trial only the value counts.
  if RoundingTrial.isRunning { return Estimate(first.value, truncation: first.error) }
  let second = Partition.shifted.integrate(range, peaks, relativeTolerance, integrand)
  return estimate(first, second)
}

/// The expectation of a function under a density that is given in closed form, by quadrature, with its
/// error.
///
///     expectation(over: -12...12, density: { z in marginal.posterior(z, given: x, at: t) },
///                 peaks: [x / path.alpha(t)]) { z in z }
///
/// The density is integrated too: where its mass differs from 1 by more than 1e-8, a peak was missed or
/// the range is too short, and the estimate's error is infinite, so that no verdict rests on it. Both
/// integrals share the density's values at the nodes that they have in common, which are most.
public func expectation(
  over range: ClosedRange<Double>, density: (Double) -> Double, peaks: [Double] = [],
  relativeTolerance: Double = 1e-9, of function: (Double) -> Double
) -> Estimate {
  if RoundingTrial.isRunning {
    return integral(over: range, peaks: peaks, relativeTolerance: relativeTolerance) { z in
      density(z) * function(z)
    }
  }
  let both = [Partition.first, .shifted].map { partition in
    var nodes: [(z: Double, density: Double)] = []
    let mass = partition.integrate(range, peaks, relativeTolerance) { z in
      let p = density(z)
      nodes.append((z, p))
      return p
    }
    var next = 0
    let moment = partition.integrate(range, peaks, relativeTolerance) { z in
      guard next < nodes.count, nodes[next].z == z else { return density(z) * function(z) }
      next += 1
      return nodes[next - 1].density * function(z)
    }
    return (mass: mass, moment: moment)
  }
  let mass = estimate(both[0].mass, both[1].mass)
  let moment = estimate(both[0].moment, both[1].moment)
  let isComplete = (mass.value - 1).magnitude + mass.truncation <= 1e-8
  return isComplete ? moment : Estimate(moment.value, truncation: .infinity)
}

private func estimate(_ first: Integral<Double>, _ second: Integral<Double>) -> Estimate {
  Estimate(first.value, truncation: max(first.error, (first.value - second.value).magnitude))
}
