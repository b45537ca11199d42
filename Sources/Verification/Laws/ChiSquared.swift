import Glibc

/// The chi-squared distribution with k degrees of freedom.
enum ChiSquared {
  /// P(X > x) = Q(k/2, x/2), the regularised incomplete gamma function: by its series below k/2 + 1 and by
  /// Lentz's continued fraction above (Press et al., Numerical Recipes, 3rd ed., section 6.2). Relative
  /// accuracy 1e-10.
  static func tail(_ x: Double, degrees k: Int) -> Double {
    let a = Double(k) / 2
    let y = x / 2
    guard y > 0 else { return 1 }
    guard y.isFinite else { return 0 }
    let scale = exp(-y + a * log(y) - lgamma(a))
    if y < a + 1 {
      var term = 1 / a
      var sum = term
      var n = a
      while term > sum * 1e-16 {
        n += 1
        term *= y / n
        sum += term
      }
      return 1 - sum * scale
    }
    var b = y + 1 - a
    var c = 1 / 1e-300
    var d = 1 / b
    var h = d
    for i in 1...1000 {
      let an = -Double(i) * (Double(i) - a)
      b += 2
      d = 1 / (an * d + b)
      c = b + an / c
      h *= d * c
      if (d * c - 1).magnitude < 1e-15 { break }
    }
    return scale * h
  }

  /// The x with P(X > x) = p, by bisection.
  static func quantile(tail p: Double, degrees k: Int) -> Double {
    var low = 0.0
    var high = 10 * Double(k) + 1000
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if tail(middle, degrees: k) > p { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
