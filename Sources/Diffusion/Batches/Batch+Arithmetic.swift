// Arithmetic in place, vectorised, without allocation. Operands agree in shape.

extension Batch {
  /// self += scale x.
  public mutating func add(_ scale: Scalar, times x: Batch) {
    requireShape(of: x)
    withMutableElements { out in x.withElements { Scalar.addScaled(scale, $0, to: out) } }
  }

  /// self += scale x y, element by element.
  public mutating func add(_ scale: Scalar, timesProductOf x: Batch, _ y: Batch) {
    requireShape(of: x)
    requireShape(of: y)
    withMutableElements { out in
      x.withElements { x in y.withElements { y in Scalar.addProduct(scale, x, y, to: out) } }
    }
  }

  /// self *= factor.
  public mutating func scale(by factor: Scalar) {
    withMutableElements { Scalar.scale($0, by: factor) }
  }

  /// self *= factors, element by element.
  public mutating func scale(by factors: Batch) {
    requireShape(of: factors)
    withMutableElements { out in factors.withElements { Scalar.multiply(out, by: $0) } }
  }

  /// self = x, keeping the memory.
  public mutating func copy(_ x: Batch) {
    requireShape(of: x)
    withMutableElements { out in x.withElements { _ = out.update(fromContentsOf: $0) } }
  }

  /// Fills the batch with standard normals; row i is what row `row` + i of a larger batch would be.
  public mutating func fillNormals(from stream: RandomStream, startingAt row: Int = 0) {
    let start = row * dimension
    withMutableElements { Scalar.fillNormals(from: stream, start: start, $0) }
  }

  /// Adds `value` to coordinate `column` of all points.
  public mutating func add(_ value: Scalar, toColumn column: Int) {
    let d = dimension
    precondition((0..<d).contains(column), "column \(column) of a batch of dimension \(d)")
    withMutableElements { out in
      for place in stride(from: column, to: out.count, by: d) { out[place] += value }
    }
  }

  /// Sets coordinate `column` of all points to `value` and the others to 0.
  mutating func fill(column: Int, with value: Scalar) {
    let d = dimension
    withMutableElements { out in
      out.update(repeating: 0)
      for place in stride(from: column, to: out.count, by: d) { out[place] = value }
    }
  }

  /// The sum of coordinate `column` over all points, in double precision.
  func sum(ofColumn column: Int) -> Double {
    withElements { x in
      var sum = 0.0
      for place in stride(from: column, to: x.count, by: dimension) { sum += x[place].realPart }
      return sum
    }
  }

  /// The largest |x| / (absolute + relative max(|a|, |b|)) over the elements; infinite where one is not
  /// finite.
  func largestRatio(_ a: Batch, _ b: Batch, _ tolerance: Tolerance) -> Double {
    withElements { x in
      a.withElements { a in b.withElements { b in Scalar.largestRatio(x, a, b, tolerance) } }
    }
  }

  /// Whether every coordinate is finite.
  public var isFinite: Bool { largestRatio(self, self, Tolerance(absolute: 1, relative: 0)) < .infinity }

  @inlinable
  func requireShape(of other: Batch) {
    precondition(
      count == other.count && dimension == other.dimension,
      "batches of \(count) x \(dimension) and \(other.count) x \(other.dimension)")
  }
}
