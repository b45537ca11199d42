public import RealModule

// Free functions over any real number type, so that a formula reads as on paper, `exp(-x * x / 2)`, and
// still differentiates.

@inlinable public func exp<T: RealNumber>(_ x: T) -> T { T.exp(x) }
@inlinable public func log<T: RealNumber>(_ x: T) -> T { T.log(x) }
@inlinable public func sqrt<T: RealNumber>(_ x: T) -> T { x.squareRoot() }
@inlinable public func sin<T: RealNumber>(_ x: T) -> T { T.sin(x) }
@inlinable public func cos<T: RealNumber>(_ x: T) -> T { T.cos(x) }
@inlinable public func tan<T: RealNumber>(_ x: T) -> T { T.tan(x) }
@inlinable public func atan<T: RealNumber>(_ x: T) -> T { T.atan(x) }
@inlinable public func sinh<T: RealNumber>(_ x: T) -> T { T.sinh(x) }
@inlinable public func cosh<T: RealNumber>(_ x: T) -> T { T.cosh(x) }
@inlinable public func tanh<T: RealNumber>(_ x: T) -> T { T.tanh(x) }
@inlinable public func erf<T: RealNumber>(_ x: T) -> T { T.erf(x) }
@inlinable public func pow<T: RealNumber>(_ x: T, _ y: T) -> T { T.pow(x, y) }
