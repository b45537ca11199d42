/// Many points of R^d in one block of memory: a matrix whose rows are points.
///
/// `Batch<Float>` is for simulation and training, `Batch<Double>` where digits count.
public struct Batch<Scalar: MachineReal>: Equatable, Sendable {
  /// The number of points.
  public let count: Int

  /// The dimension d of each.
  public let dimension: Int

  @usableFromInline var storage: [Scalar]

  /// `count` points with all coordinates `value`.
  public init(count: Int, dimension: Int, repeating value: Scalar = 0) {
    precondition(count >= 0 && dimension > 0, "a batch of \(count) points of dimension \(dimension)")
    self.count = count
    self.dimension = dimension
    storage = [Scalar](repeating: value, count: count * dimension)
  }

  /// Points given coordinate by coordinate, row after row.
  public init(elements: [Scalar], dimension: Int) {
    precondition(
      dimension > 0 && elements.count % dimension == 0,
      "\(elements.count) numbers are not points of dimension \(dimension)")
    count = elements.count / dimension
    self.dimension = dimension
    storage = elements
  }

  /// Points of one dimension.
  public init<P: Point>(_ points: [P]) where P.Scalar == Scalar {
    precondition(!points.isEmpty, "a batch of points needs one to know its dimension")
    dimension = points[0].count
    count = points.count
    storage = []
    storage.reserveCapacity(count * dimension)
    for point in points {
      precondition(point.count == dimension, "points of dimensions \(dimension) and \(point.count)")
      for i in 0..<dimension { storage.append(point[i]) }
    }
  }

  /// Points by their coordinates: `Batch([[1.0, 2], [3, 4]])`. At least one, all of one dimension.
  public init(_ rows: [[Scalar]]) { self.init(rows.map { Vector($0) }) }

  /// Row after row, `count * dimension` numbers.
  @inlinable public var elements: [Scalar] { storage }

  /// Coordinate `column` of point `row`.
  @inlinable
  public subscript(row: Int, column: Int) -> Scalar {
    get { storage[place(row, column)] }
    // Not `_modify`: where it is not inlined, the frame of its coroutine is allocated.
    set { storage[place(row, column)] = newValue }
  }

  @inlinable
  func place(_ row: Int, _ column: Int) -> Int {
    if row < 0 || row >= count || column < 0 || column >= dimension {
      refuseElement(row, column, ofBatch: count, dimension)
    }
    return row * dimension + column
  }

  /// Point `row`.
  @inlinable
  public subscript(row: Int) -> Vector<Scalar> {
    get { Vector(count: dimension) { self[row, $0] } }
    set {
      precondition(
        newValue.count == dimension, "a point of dimension \(newValue.count) in a batch of \(dimension)")
      for i in 0..<dimension { self[row, i] = newValue[i] }
    }
  }

  /// Coordinate `column` of all points.
  public func column(_ column: Int) -> [Scalar] {
    precondition((0..<dimension).contains(column), "column \(column) of a batch of dimension \(dimension)")
    return (0..<count).map { elements[$0 * dimension + column] }
  }

  /// All points.
  public var points: [Vector<Scalar>] { (0..<count).map { self[$0] } }

  /// The points number `rows`.
  public subscript(rows: Range<Int>) -> Batch {
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= count, "points number \(rows) of a batch of \(count)")
    return Batch(
      elements: Array(elements[rows.lowerBound * dimension..<rows.upperBound * dimension]),
      dimension: dimension)
  }

  /// Calls `body` with the elements, row after row, for reading.
  @inlinable
  public func withElements<R>(_ body: (UnsafeBufferPointer<Scalar>) throws -> R) rethrows -> R {
    try storage.withUnsafeBufferPointer { try body($0) }
  }

  /// Calls `body` with the elements, row after row, for writing in place.
  @inlinable
  public mutating func withMutableElements<R>(_ body: (UnsafeMutableBufferPointer<Scalar>) throws -> R)
    rethrows -> R
  {
    try storage.withUnsafeMutableBufferPointer { try body($0) }
  }
}

extension Batch {
  /// Standard normals: row i is the same for the same stream, whatever the number of rows.
  public static func normals(count: Int, dimension: Int, from stream: RandomStream) -> Batch {
    precondition(count >= 0 && dimension > 0, "a batch of \(count) points of dimension \(dimension)")
    return Batch(elements: stream.normals(Scalar.self, 0..<count * dimension), dimension: dimension)
  }

  /// The mean of the points.
  public var mean: Vector<Double> {
    precondition(count > 0, "the mean of no points")
    var sum = Vector<Double>.zero(dimension)
    for row in 0..<count { for i in 0..<dimension { sum[i] += self[row, i].realPart } }
    return sum / Double(count)
  }

  /// The covariance of the points, with divisor `count` - 1: unbiased for that of the law they were drawn from. O(n d^2).
  public var covariance: Matrix<Double> {
    precondition(count > 1, "a covariance needs two points or more, not \(count)")
    let center = mean
    var sum = Matrix<Double>(rows: dimension, columns: dimension) { _, _ in 0 }
    for row in 0..<count {
      for i in 0..<dimension {
        for j in 0..<dimension {
          sum[i, j] += (self[row, i].realPart - center[i]) * (self[row, j].realPart - center[j])
        }
      }
    }
    return (1 / Double(count - 1)) * sum
  }
}
