public import Diffusion
public import Verification

extension Estimate {
  /// A mean over draws, with its standard error.
  public init(_ mean: MeanEstimate) {
    self.init(mean.value, standardError: mean.standardError, samples: mean.count)
  }
}

extension Batch {
  /// The share of points whose coordinate `column` lies below a bound, an estimate of the distribution function there.
  ///
  /// The standard error is that of a binomial share, sqrt(p (1 - p) / n), with one point more on either side in p, so
  /// that an empty share does not claim to be exact.
  public func share(below bound: Double, column: Int = 0) -> Estimate {
    precondition(count > 0, "the share of no points")
    let n = Double(count)
    let below = Double((0..<count).count { self[$0, column].realPart < bound })
    let p = (below + 1) / (n + 2)
    return Estimate(below / n, standardError: (p * (1 - p) / n).squareRoot(), samples: count)
  }
}
