public import RealModule

/// A real number type that `Double` constants convert into: `Float`, `Double`, and dual numbers over them.
///
/// Every formula of the library is written once, generic over `RealNumber`, so that it runs in single and
/// double precision and differentiates by `Dual`. The protocol adds to `Real` what a formula with
/// parameters needs: conversion from `Double`, and back where a norm or an error bound is wanted.
public protocol RealNumber: Real, Point, ExpressibleByFloatLiteral, BitwiseCopyable, Sendable
where Scalar == Self, Magnitude == Self {
  /// The number nearest to `value`; for a dual number, a constant.
  init(_ value: Double)

  /// The value as a `Double`; for a dual number, its innermost real part.
  var realPart: Double { get }
}

extension RealNumber {
  @inlinable public var count: Int { 1 }

  @inlinable public init(count: Int, _ coordinate: (Int) -> Self) {
    precondition(count == 1, "a scalar is a point of dimension 1, not \(count)")
    self = coordinate(0)
  }

  @inlinable public subscript(index: Int) -> Self { self }

  /// The number as a constant, for use inside a derivative.
  @inlinable public var lifted: Dual<Self> { Dual(self) }
}

extension Double: RealNumber {
  @inlinable public var realPart: Double { self }
  @inlinable public var largestMagnitude: Double { abs(self) }
}

extension Float: RealNumber {
  @inlinable public var realPart: Double { Double(self) }
  @inlinable public var largestMagnitude: Double { Double(abs(self)) }
}
