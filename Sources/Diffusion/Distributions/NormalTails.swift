public import RealModule

/// log P(Z <= x) of a standard normal Z, accurate where the probability underflows and where it is almost 1.
@inlinable
public func logNormalCDF<T: RealNumber>(_ x: T) -> T { logUpperTail(-x) }

extension Gaussian {
  /// log P(x <= `bound`) on the line, accurate in both tails.
  @inlinable
  public func logCDF<T: RealNumber>(_ bound: T) -> T { logNormalCDF(standardized(bound)) }

  /// log P(x > `bound`) on the line, accurate in both tails.
  @inlinable
  public func logSurvival<T: RealNumber>(_ bound: T) -> T { logUpperTail(standardized(bound)) }

  /// (bound - mean) / deviation; infinite for a point mass, which lies at or below its own place.
  @inlinable
  func standardized<T: RealNumber>(_ bound: T) -> T {
    precondition(dimension == 1, "a distribution function needs dimension 1, not \(dimension)")
    let offset = bound - T(mean[0])
    if variances[0] == 0, !offset.isNaN { return offset < 0 ? -.infinity : .infinity }
    return offset / T(variances[0].squareRoot())
  }
}

extension GaussianMixture {
  /// log P(x <= `bound`) on the line, accurate in both tails.
  @inlinable
  public func logCDF<T: RealNumber>(_ bound: T) -> T { logSum { $0.logCDF(bound) } }

  /// log P(x > `bound`) on the line, accurate in both tails.
  @inlinable
  public func logSurvival<T: RealNumber>(_ bound: T) -> T { logSum { $0.logSurvival(bound) } }

  /// log sum_k w_k exp(f_k), where no f_k is positive: by what is missing from 1 where that is less than half.
  @inlinable
  func logSum<T: RealNumber>(_ f: (Gaussian) -> T) -> T {
    let exponents = components.map(f)
    let missing = zip(weights, exponents).reduce(T(0)) { $0 - T($1.0) * T.expMinusOne($1.1) }
    if missing < 0.5 { return T.log(onePlus: -missing) }
    let terms = zip(logWeights, exponents).map { T($0) + $1 }
    let largest = terms.max()!
    if largest == -.infinity { return largest }
    return largest + T.log(terms.reduce(0) { $0 + T.exp($1 - largest) })
  }
}

/// log P(a <= Z <= b) of a standard normal Z, a < b, accurate in both tails.
@inlinable
func logNormalProbability<T: RealNumber>(from a: T, to b: T) -> T {
  // Both bounds on one side are reflected to the left, where the distribution function has its relative
  // accuracy.
  if a > 0 { return logNormalProbability(from: -b, to: -a) }
  if b == .infinity { return logUpperTail(a) }
  if a == -.infinity { return logUpperTail(-b) }
  if b > 0 {
    let outside = T.exp(logUpperTail(-a)) + T.exp(logUpperTail(b))
    return T.log(onePlus: -outside)
  }
  let (larger, smaller) = (logUpperTail(-b), logUpperTail(-a))
  return larger + T.log(-T.expMinusOne(smaller - larger))
}

/// log P(Z > x) of a standard normal Z.
@inlinable
func logUpperTail<T: RealNumber>(_ x: T) -> T {
  // Almost certain: by the probability of the other tail.
  if x < -1 { return T.log(onePlus: -T.erfc(-x / T(2).squareRoot()) / 2) }
  if x < 5 { return T.log(T.erfc(x / T(2).squareRoot()) / 2) }
  // Laplace's continued fraction for Mills' ratio, 1/(x + 1/(x + 2/(x + 3/...))); 60 levels give full accuracy
  // from x = 5 on.
  var fraction = x
  for k in stride(from: 60, through: 1, by: -1) { fraction = x + T(Double(k)) / fraction }
  return -(x * x + T(logTwoPi)) / 2 - T.log(fraction)
}
