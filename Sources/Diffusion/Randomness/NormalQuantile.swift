public import RealModule

/// The quantile function of the standard normal: the x with P(Z <= x) = p, relative error about 1e-16.
///
/// -infinity at 0, +infinity at 1, NaN outside [0, 1].
/// Source: M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied
/// Statistics 37 (1988), PPND16.
public func normalQuantile(_ p: Double) -> Double {
  guard p > 0, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
  let q = p - 0.5
  if abs(q) <= 0.425 { return q * central.value(at: 0.180625 - q * q) }
  let r = (-Double.log(min(p, 1 - p))).squareRoot()
  let magnitude = r <= 5 ? middle.value(at: r - 1.6) : tail.value(at: r - 5)
  return q < 0 ? -magnitude : magnitude
}

/// The distribution function of the standard normal, P(Z <= x) = erfc(-x / sqrt 2) / 2, with full relative accuracy in
/// the lower tail.
@inlinable
public func normalCDF<T: RealNumber>(_ x: T) -> T { T.erfc(-x / T(2).squareRoot()) / 2 }

/// A quotient of polynomials of degree 7, coefficients of low powers first.
private struct RationalFunction {
  let numerator: Polynomial
  let denominator: Polynomial

  func value(at x: Double) -> Double { numerator.value(at: x) / denominator.value(at: x) }
}

/// A polynomial of degree 7. Its coefficients are plain stored numbers, since an array would be counted
/// and checked at every one of the many million normals of a notebook.
private struct Polynomial {
  let a0, a1, a2, a3, a4, a5, a6, a7: Double

  init(
    _ a0: Double, _ a1: Double, _ a2: Double, _ a3: Double, _ a4: Double, _ a5: Double, _ a6: Double,
    _ a7: Double
  ) {
    (self.a0, self.a1, self.a2, self.a3) = (a0, a1, a2, a3)
    (self.a4, self.a5, self.a6, self.a7) = (a4, a5, a6, a7)
  }

  /// By Estrin's scheme, whose halves do not wait for each other.
  func value(at x: Double) -> Double {
    let square = x * x
    let low = a0 + a1 * x + (a2 + a3 * x) * square
    let high = a4 + a5 * x + (a6 + a7 * x) * square
    return low + high * (square * square)
  }
}

private let central = RationalFunction(
  numerator: Polynomial(
    3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
    4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3),
  denominator: Polynomial(
    1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
    2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3))

private let middle = RationalFunction(
  numerator: Polynomial(
    1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
    1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4),
  denominator: Polynomial(
    1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
    1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
    1.05075007164441684324e-9))

private let tail = RationalFunction(
  numerator: Polynomial(
    6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
    2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5,
    2.01033439929228813265e-7),
  denominator: Polynomial(
    1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
    7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
    2.04426310338993978564e-15))
