public import RealModule

extension Dual: Equatable, Comparable, Hashable {
  @inlinable public static func == (a: Dual, b: Dual) -> Bool { a.value == b.value }
  @inlinable public static func < (a: Dual, b: Dual) -> Bool { a.value < b.value }
  @inlinable public func hash(into hasher: inout Hasher) { hasher.combine(value) }
}

extension Dual: AdditiveArithmetic {
  @inlinable public static func + (a: Dual, b: Dual) -> Dual {
    Dual(a.value + b.value, a.derivative + b.derivative)
  }

  @inlinable public static func - (a: Dual, b: Dual) -> Dual {
    Dual(a.value - b.value, a.derivative - b.derivative)
  }

  @inlinable public static func += (a: inout Dual, b: Dual) { a = a + b }
  @inlinable public static func -= (a: inout Dual, b: Dual) { a = a - b }
}

extension Dual: AlgebraicField {
  @inlinable public static func * (a: Dual, b: Dual) -> Dual {
    Dual(a.value * b.value, a.derivative * b.value + a.value * b.derivative)
  }

  @inlinable public static func / (a: Dual, b: Dual) -> Dual {
    let quotient = a.value / b.value
    return Dual(quotient, (a.derivative - quotient * b.derivative) / b.value)
  }

  @inlinable public static func *= (a: inout Dual, b: Dual) { a = a * b }
  @inlinable public static func /= (a: inout Dual, b: Dual) { a = a / b }
  @inlinable public prefix static func - (a: Dual) -> Dual { Dual(-a.value, -a.derivative) }
  @inlinable public var magnitude: Dual { value.sign == .minus ? -self : self }

  @inlinable public init?<Source: BinaryInteger>(exactly source: Source) {
    guard let value = T(exactly: source) else { return nil }
    self.init(value)
  }

  @inlinable public init(integerLiteral value: T.IntegerLiteralType) { self.init(T(integerLiteral: value)) }
}

extension Dual: ExpressibleByFloatLiteral where T: ExpressibleByFloatLiteral {
  @inlinable public init(floatLiteral value: T.FloatLiteralType) { self.init(T(floatLiteral: value)) }
}
