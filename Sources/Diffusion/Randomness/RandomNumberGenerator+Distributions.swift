public import RealModule

extension RandomNumberGenerator {
  /// A uniform number of the open interval (0, 1): the middle of one of 2^52 equal cells.
  @inlinable
  public mutating func uniform() -> Double { (Double(next() >> 12) + 0.5) * 0x1p-52 }

  /// A standard normal, the quantile of one uniform number: monotone in it, so that antithetic and
  /// coupled draws work.
  @inlinable
  public mutating func normal() -> Double { normalQuantile(uniform()) }

  /// An exponential variable of mean 1.
  @inlinable
  public mutating func exponential() -> Double { -Double.log(uniform()) }

  /// The index i with probability `weights[i]` / sum of `weights`, which must be finite, not negative,
  /// and not all zero. O(number of weights).
  @inlinable
  public mutating func categorical(_ weights: [Double]) -> Int {
    weights.withUnsafeBufferPointer { index($0) }
  }

  @inlinable
  mutating func index(_ weights: UnsafeBufferPointer<Double>) -> Int {
    var (total, isValid) = (0.0, true)
    for weight in weights {
      total += weight
      isValid = isValid && weight >= 0
    }
    precondition(
      total > 0 && total.isFinite && isValid,
      "weights must be finite, not negative and not all zero: \(Array(weights))")
    var remaining = uniform() * total
    for index in weights.indices {
      if remaining < weights[index] { return index }
      remaining -= weights[index]
    }
    // Rounding can leave a remainder after the last weight; it belongs to the last possible index.
    return weights.lastIndex { $0 > 0 }!
  }
}
