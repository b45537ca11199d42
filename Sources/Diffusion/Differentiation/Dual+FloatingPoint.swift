import RealModule

/// What a number is, how it is rounded, what its neighbours are: all of `value`.
extension Dual: FloatingPoint {
  public typealias Exponent = T.Exponent
  public typealias Magnitude = Dual

  @inlinable public init(sign: FloatingPointSign, exponent: T.Exponent, significand: Dual) {
    let scale = T(sign: sign, exponent: exponent, significand: 1)
    self.init(scale * significand.value, scale * significand.derivative)
  }

  @inlinable public init(signOf source: Dual, magnitudeOf magnitude: Dual) {
    self = source.value.sign == magnitude.value.sign ? magnitude : -magnitude
  }

  @inlinable public init<Source: BinaryInteger>(_ value: Source) { self.init(T(value)) }
  @inlinable public init(_ value: Int) { self.init(T(value)) }

  @inlinable public static var radix: Int { T.radix }
  @inlinable public static var nan: Dual { Dual(.nan, .nan) }
  @inlinable public static var signalingNaN: Dual { Dual(.signalingNaN) }
  @inlinable public static var infinity: Dual { Dual(.infinity) }
  @inlinable public static var greatestFiniteMagnitude: Dual { Dual(.greatestFiniteMagnitude) }
  @inlinable public static var leastNormalMagnitude: Dual { Dual(.leastNormalMagnitude) }
  @inlinable public static var leastNonzeroMagnitude: Dual { Dual(.leastNonzeroMagnitude) }
  @inlinable public static var ulpOfOne: Dual { Dual(.ulpOfOne) }
  @inlinable public static var pi: Dual { Dual(.pi) }

  @inlinable public var ulp: Dual { Dual(value.ulp) }
  @inlinable public var sign: FloatingPointSign { value.sign }
  @inlinable public var exponent: T.Exponent { value.exponent }

  /// value / 2^exponent, whose derivative is divided likewise.
  @inlinable public var significand: Dual {
    guard value.isFinite, !value.isZero else { return Dual(value.significand) }
    return Dual(value.significand, derivative / T(sign: .plus, exponent: value.exponent, significand: 1))
  }

  @inlinable public var nextUp: Dual { Dual(value.nextUp, derivative) }
  @inlinable public var isNormal: Bool { value.isNormal }
  @inlinable public var isFinite: Bool { value.isFinite }
  @inlinable public var isZero: Bool { value.isZero }
  @inlinable public var isSubnormal: Bool { value.isSubnormal }
  @inlinable public var isInfinite: Bool { value.isInfinite }
  @inlinable public var isNaN: Bool { value.isNaN }
  @inlinable public var isSignalingNaN: Bool { value.isSignalingNaN }
  @inlinable public var isCanonical: Bool { value.isCanonical }

  @inlinable public func isEqual(to other: Dual) -> Bool { value.isEqual(to: other.value) }
  @inlinable public func isLess(than other: Dual) -> Bool { value.isLess(than: other.value) }

  @inlinable public func isLessThanOrEqualTo(_ other: Dual) -> Bool {
    value.isLessThanOrEqualTo(other.value)
  }

  @inlinable public func isTotallyOrdered(belowOrEqualTo other: Dual) -> Bool {
    value.isTotallyOrdered(belowOrEqualTo: other.value)
  }

  /// self - n other, n the integer nearest to the quotient: d = da - n db.
  @inlinable public mutating func formRemainder(dividingBy other: Dual) {
    let remainder = value.remainder(dividingBy: other.value)
    let n = ((value - remainder) / other.value).rounded()
    self = Dual(remainder, derivative - n * other.derivative)
  }

  @inlinable public mutating func formTruncatingRemainder(dividingBy other: Dual) {
    let remainder = value.truncatingRemainder(dividingBy: other.value)
    let n = ((value - remainder) / other.value).rounded()
    self = Dual(remainder, derivative - n * other.derivative)
  }

  @inlinable public mutating func formSquareRoot() {
    let root = value.squareRoot()
    self = chain(root, slope: 1 / (2 * root))
  }

  @inlinable public mutating func addProduct(_ a: Dual, _ b: Dual) {
    derivative += a.derivative * b.value + a.value * b.derivative
    value.addProduct(a.value, b.value)
  }

  /// Piecewise constant: derivative 0.
  @inlinable public mutating func round(_ rule: FloatingPointRoundingRule) {
    self = Dual(value.rounded(rule))
  }

  public typealias Stride = Dual
  @inlinable public func distance(to other: Dual) -> Dual { other - self }
  @inlinable public func advanced(by stride: Dual) -> Dual { self + stride }
}
