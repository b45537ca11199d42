public import RealModule

extension Dual: ElementaryFunctions {
  @inlinable public static func exp(_ x: Dual) -> Dual {
    let y = T.exp(x.value)
    return x.chain(y, slope: y)
  }

  @inlinable public static func expMinusOne(_ x: Dual) -> Dual {
    x.chain(.expMinusOne(x.value), slope: .exp(x.value))
  }

  @inlinable public static func cosh(_ x: Dual) -> Dual { x.chain(.cosh(x.value), slope: .sinh(x.value)) }
  @inlinable public static func sinh(_ x: Dual) -> Dual { x.chain(.sinh(x.value), slope: .cosh(x.value)) }

  /// 1 - tanh^2 would cancel for large x; 1 / cosh^2 does not.
  @inlinable public static func tanh(_ x: Dual) -> Dual {
    let c = T.cosh(x.value)
    return x.chain(.tanh(x.value), slope: 1 / c / c)
  }

  @inlinable public static func cos(_ x: Dual) -> Dual { x.chain(.cos(x.value), slope: -.sin(x.value)) }
  @inlinable public static func sin(_ x: Dual) -> Dual { x.chain(.sin(x.value), slope: .cos(x.value)) }

  @inlinable public static func tan(_ x: Dual) -> Dual {
    let y = T.tan(x.value)
    return x.chain(y, slope: 1 + y * y)
  }

  @inlinable public static func log(_ x: Dual) -> Dual { x.chain(.log(x.value), slope: 1 / x.value) }

  @inlinable public static func log(onePlus x: Dual) -> Dual {
    x.chain(.log(onePlus: x.value), slope: 1 / (1 + x.value))
  }

  @inlinable public static func acosh(_ x: Dual) -> Dual {
    x.chain(.acosh(x.value), slope: 1 / ((x.value - 1).squareRoot() * (x.value + 1).squareRoot()))
  }

  @inlinable public static func asinh(_ x: Dual) -> Dual {
    x.chain(.asinh(x.value), slope: 1 / T.hypot(1, x.value))
  }

  @inlinable public static func atanh(_ x: Dual) -> Dual {
    x.chain(.atanh(x.value), slope: 1 / ((1 - x.value) * (1 + x.value)))
  }

  @inlinable public static func acos(_ x: Dual) -> Dual {
    x.chain(.acos(x.value), slope: -1 / ((1 - x.value) * (1 + x.value)).squareRoot())
  }

  @inlinable public static func asin(_ x: Dual) -> Dual {
    x.chain(.asin(x.value), slope: 1 / ((1 - x.value) * (1 + x.value)).squareRoot())
  }

  @inlinable public static func atan(_ x: Dual) -> Dual {
    x.chain(.atan(x.value), slope: 1 / (1 + x.value * x.value))
  }

  /// d(x^y) = y x^(y-1) dx + x^y log x dy. A constant exponent needs no logarithm, so that x may be 0.
  @inlinable public static func pow(_ x: Dual, _ y: Dual) -> Dual {
    let power = T.pow(x.value, y.value)
    var derivative: T = 0
    if !vanishes(x.derivative) {
      // `pow` of 0 and 0 is not a number, but the slope of x^1 is 1 at 0 too.
      let slope = vanishes(y.value - 1) ? 1 : y.value * T.pow(x.value, y.value - 1)
      derivative = slope * x.derivative
    }
    if !vanishes(y.derivative) { derivative += power * T.log(x.value) * y.derivative }
    return Dual(power, derivative)
  }

  @inlinable public static func pow(_ x: Dual, _ n: Int) -> Dual {
    x.chain(.pow(x.value, n), slope: n == 0 ? 0 : T(n) * .pow(x.value, n - 1))
  }

  /// d(x^(1/n)) = root / (n x).
  @inlinable public static func root(_ x: Dual, _ n: Int) -> Dual {
    let y = T.root(x.value, n)
    return x.chain(y, slope: 1 / (T(n) * .pow(y, n - 1)))
  }

  @inlinable public static func sqrt(_ x: Dual) -> Dual { x.squareRoot() }
}
