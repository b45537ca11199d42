public import RealModule

/// integral of f over a finite interval by the tanh-sinh (double exponential) rule, for integrands that are
/// smooth inside and may be singular, but integrable, at the ends.
///
/// x = (a + b)/2 + (b - a)/2 tanh(pi/2 sinh s), trapezoidal rule in s, halving the step until two levels
/// agree. The error is the difference of the last two levels: generous, for the digits double each level.
/// Near an end x is formed from its distance to that end, so a singularity at 0 is resolved to 1e-300;
/// one at another place only to the spacing of numbers there.
///
/// Source: H. Takahasi, M. Mori, "Double exponential formulas for numerical integration", Publ. RIMS 9
/// (1974).
@inlinable
public func integrateTanhSinh<Value: Point>(
  over domain: ClosedRange<Double>,
  tolerance: Tolerance = Tolerance(),
  levels: Int = 10,
  _ f: (Double) -> Value
) -> Integral<Value> {
  let (a, b) = (domain.lowerBound, domain.upperBound)
  precondition((b - a).isFinite, "the tanh-sinh rule takes a finite range, not \(domain)")
  precondition(levels > 1, "the error estimate needs at least two levels")
  let half = (b - a) / 2
  var evaluations = 1
  let middle = f(a + half)
  var notFinite = middle.largestMagnitude.isFinite ? nil : a + half
  var sum = Value.Scalar(.pi / 2) * middle
  var step = 1.0
  var previous: Value?
  var error = Double.infinity

  for level in 0..<levels {
    // Each level adds the nodes between those of the levels before.
    var s = level == 0 ? step : step / 2
    if level > 0 { step /= 2 }
    while s < 6.2 {
      let u = Double.pi / 2 * Double.sinh(s)
      // 1 - tanh u = q; the weight is (pi/2) cosh s / cosh^2 u.
      let e = Double.exp(-2 * u)
      let q = 2 * e / (1 + e)
      let weight = Double.pi / 2 * Double.cosh(s) * 4 * e / ((1 + e) * (1 + e))
      if weight * half < 0x1p-1000 { break }
      for x in [a + half * q, b - half * q] where x > a && x < b {
        let y = f(x)
        if notFinite == nil, !y.largestMagnitude.isFinite { notFinite = x }
        sum = sum + Value.Scalar(weight) * y
        evaluations += 1
      }
      s += level == 0 ? step : 2 * step
    }
    let value = Value.Scalar(half * step) * sum
    if let place = notFinite {
      return Integral(
        value: value, error: .infinity, evaluations: evaluations, outcome: .notFinite(at: place))
    }
    if let previous {
      let floor = 10 * value.largestMagnitude.ulp
      error = max((value - previous).largestMagnitude, floor)
      if level > 2, tolerance.accepts(error, for: value.largestMagnitude) {
        return Integral(value: value, error: error, evaluations: evaluations, outcome: .converged)
      }
    }
    previous = value
  }
  return Integral(value: previous!, error: error, evaluations: evaluations, outcome: .exhausted)
}
