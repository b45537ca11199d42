public import RealModule

extension Dual: RealFunctions, Real {
  @inlinable public static func atan2(y: Dual, x: Dual) -> Dual {
    let square = x.value * x.value + y.value * y.value
    let turn = x.value * y.derivative - y.value * x.derivative
    return Dual(.atan2(y: y.value, x: x.value), turn / square)
  }

  /// erf' = 2 exp(-x^2) / sqrt(pi).
  @inlinable public static func erf(_ x: Dual) -> Dual {
    x.chain(.erf(x.value), slope: 2 / T.pi.squareRoot() * .exp(-x.value * x.value))
  }

  @inlinable public static func erfc(_ x: Dual) -> Dual {
    x.chain(.erfc(x.value), slope: -2 / T.pi.squareRoot() * .exp(-x.value * x.value))
  }

  @inlinable public static func exp2(_ x: Dual) -> Dual {
    let y = T.exp2(x.value)
    return x.chain(y, slope: y * .log(2))
  }

  @inlinable public static func hypot(_ x: Dual, _ y: Dual) -> Dual {
    let length = T.hypot(x.value, y.value)
    return Dual(length, x.value / length * x.derivative + y.value / length * y.derivative)
  }

  @inlinable public static func gamma(_ x: Dual) -> Dual {
    let y = T.gamma(x.value)
    return x.chain(y, slope: y * digamma(x.value))
  }

  @inlinable public static func log2(_ x: Dual) -> Dual {
    x.chain(.log2(x.value), slope: 1 / (x.value * .log(2)))
  }

  @inlinable public static func log10(_ x: Dual) -> Dual {
    x.chain(.log10(x.value), slope: 1 / (x.value * .log(10)))
  }

  @inlinable public static func logGamma(_ x: Dual) -> Dual {
    x.chain(.logGamma(x.value), slope: digamma(x.value))
  }

  @inlinable public static func signGamma(_ x: Dual) -> FloatingPointSign { T.signGamma(x.value) }
}

extension Dual: Point where T: RealNumber {
  public typealias Scalar = Dual
  @inlinable public var largestMagnitude: Double {
    larger(value.largestMagnitude, derivative.largestMagnitude)
  }
}

extension Dual: RealNumber where T: RealNumber {
  @inlinable public init(_ value: Double) { self.init(T(value)) }
  @inlinable public var realPart: Double { value.realPart }
}

/// The logarithmic derivative of the gamma function, psi(x) = Gamma'(x) / Gamma(x).
///
/// Reflection for x < 1/2, the recurrence psi(x) = psi(x + 1) - 1/x up to x >= 10, then the asymptotic
/// series (Abramowitz and Stegun 6.3.7, 6.3.5, 6.3.18). Not finite at the poles 0, -1, -2, ...
@inlinable public func digamma<T: Real>(_ x: T) -> T {
  let half = 1 / T(2)
  if x < half { return digamma(1 - x) - T.pi / T.tan(T.pi * x) }
  var argument = x
  var sum: T = 0
  while argument < 10 {
    sum -= 1 / argument
    argument += 1
  }
  let inverse = 1 / (argument * argument)
  // B_2k / (2k) for k = 1 ... 7, as numerator and denominator; the next term is below 5e-17.
  let terms: [(Int, Int)] = [(1, 12), (-1, 120), (1, 252), (-1, 240), (1, 132), (-691, 32760), (1, 12)]
  var series: T = 0
  for (numerator, denominator) in terms.reversed() {
    series = inverse * (T(numerator) / T(denominator) + series)
  }
  return sum + T.log(argument) - half / argument - series
}
