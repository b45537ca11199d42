/// A matrix field at one point after another, in memory that is used again.
@usableFromInline
final class MatrixValue<Sigma: MatrixField, Scalar: RealNumber>: PointVisitor {
  @usableFromInline let field: Sigma
  @usableFromInline let dimension: Int
  @usableFromInline var time: Scalar = 0

  // Used by one thread, in one place at a time: the checks of that would cost more than the arithmetic.
  @exclusivity(unchecked) @usableFromInline var matrix: Matrix<Scalar>

  /// A vector of the matrix's size, for whoever multiplies by it.
  @exclusivity(unchecked) @usableFromInline var image: [Scalar]

  @usableFromInline
  init(_ field: Sigma, dimension: Int) {
    self.field = field
    self.dimension = dimension
    matrix = Matrix(rows: dimension, columns: dimension) { _, _ in 0 }
    image = [Scalar](repeating: 0, count: dimension)
  }

  /// Goes to the point with these coordinates.
  @inlinable
  func move(to t: Scalar, _ coordinate: (Int) -> Scalar) {
    time = t
    visit(count: dimension, coordinate)
    precondition(
      matrix.rows == dimension && matrix.columns == dimension,
      "noise of \(matrix.rows) x \(matrix.columns) in dimension \(dimension)")
  }

  /// vector = sigma vector.
  @inlinable
  func multiply(_ vector: UnsafeMutableBufferPointer<Scalar>) {
    let d = dimension
    matrix.storage.withUnsafeBufferPointer { matrix in
      image.withUnsafeMutableBufferPointer { image in
        for i in 0..<d {
          var sum: Scalar = 0
          for j in 0..<d { sum += matrix[i * d + j] * vector[j] }
          image[i] = sum
        }
        for i in 0..<d { vector[i] = image[i] }
      }
    }
  }

  @inlinable
  func visit<P: Point>(_ x: P) where P.Scalar == Scalar { field.write(&matrix, at: x, time) }
}
