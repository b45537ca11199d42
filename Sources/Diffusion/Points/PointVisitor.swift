/// Something to be done with a point of any type: what lets a function choose the type of a point by its dimension.
@usableFromInline
protocol PointVisitor<Scalar> {
  associatedtype Scalar: RealNumber
  associatedtype Result

  func visit<P: Point>(_ x: P) -> Result where P.Scalar == Scalar
}

extension PointVisitor {
  /// Visits the point with these coordinates, as an `InlineVector` in up to 16 dimensions and as a `LongVector` in more:
  /// nothing is allocated for it. Two types and no more: what visits is compiled for each of them.
  @inlinable
  func visit(count: Int, _ coordinate: (Int) -> Scalar) -> Result {
    count <= InlineVector<Scalar>.capacity
      ? visit(InlineVector(count: count, coordinate)) : visit(LongVector(count: count, coordinate))
  }
}
