/// A small dense matrix, row by row: covariances, Jacobians, axes. For many points use `Batch`.
public struct Matrix<Scalar: RealNumber>: Equatable, Sendable {
  public let rows: Int
  public let columns: Int
  @usableFromInline var storage: [Scalar]

  /// The matrix with the given entries (i, j).
  @inlinable
  public init(rows: Int, columns: Int, _ entry: (Int, Int) -> Scalar) {
    precondition(rows >= 0 && columns >= 0, "a matrix of \(rows) x \(columns)")
    self.rows = rows
    self.columns = columns
    storage = []
    storage.reserveCapacity(rows * columns)
    for i in 0..<rows { for j in 0..<columns { storage.append(entry(i, j)) } }
  }

  /// The matrix with the given rows, all of one length.
  @inlinable
  public init(_ rows: [[Scalar]]) {
    let width = rows.first?.count ?? 0
    precondition(rows.allSatisfy { $0.count == width }, "rows of a matrix must have one length")
    self.init(rows: rows.count, columns: width) { rows[$0][$1] }
  }

  /// The identity on R^`size`.
  @inlinable
  public static func identity(_ size: Int) -> Matrix {
    Matrix(rows: size, columns: size) { $0 == $1 ? 1 : 0 }
  }

  /// The square matrix with these entries on its diagonal, and 0 elsewhere.
  @inlinable
  public static func diagonal(_ entries: [Scalar]) -> Matrix {
    Matrix(rows: entries.count, columns: entries.count) { $0 == $1 ? entries[$0] : 0 }
  }

  /// Entry (`row`, `column`), from 0.
  @inlinable
  public subscript(row: Int, column: Int) -> Scalar {
    get { storage[place(row, column)] }
    set { storage[place(row, column)] = newValue }
  }

  @inlinable
  func place(_ row: Int, _ column: Int) -> Int {
    if row < 0 || row >= rows || column < 0 || column >= columns {
      refuseEntry(row, column, ofMatrix: rows, columns)
    }
    return row * columns + column
  }

  /// A^T.
  @inlinable public var transposed: Matrix { Matrix(rows: columns, columns: rows) { self[$1, $0] } }

  /// sum_i a_ii.
  @inlinable public var trace: Scalar { (0..<min(rows, columns)).reduce(0) { $0 + self[$1, $1] } }

  /// The matrix as constants, for use inside a derivative.
  @inlinable
  public var lifted: Matrix<Dual<Scalar>> {
    Matrix<Dual<Scalar>>(rows: rows, columns: columns) { Dual(self[$0, $1]) }
  }
}

extension Matrix {
  @inlinable
  public static func + (a: Matrix, b: Matrix) -> Matrix {
    precondition(a.rows == b.rows && a.columns == b.columns, "a sum of matrices of different shapes")
    return Matrix(rows: a.rows, columns: a.columns) { a[$0, $1] + b[$0, $1] }
  }

  @inlinable
  public static func - (a: Matrix, b: Matrix) -> Matrix {
    precondition(a.rows == b.rows && a.columns == b.columns, "a difference of matrices of different shapes")
    return Matrix(rows: a.rows, columns: a.columns) { a[$0, $1] - b[$0, $1] }
  }

  @inlinable
  public static func * (scale: Scalar, a: Matrix) -> Matrix {
    Matrix(rows: a.rows, columns: a.columns) { scale * a[$0, $1] }
  }

  /// The product of matrices. O(rows columns columns).
  @inlinable
  public static func * (a: Matrix, b: Matrix) -> Matrix {
    precondition(a.columns == b.rows, "a product of \(a.rows) x \(a.columns) and \(b.rows) x \(b.columns)")
    return Matrix(rows: a.rows, columns: b.columns) { i, j in
      (0..<a.columns).reduce(0) { $0 + a[i, $1] * b[$1, j] }
    }
  }

  /// The matrix applied to a vector.
  @inlinable
  public func callAsFunction(_ x: Vector<Scalar>) -> Vector<Scalar> {
    precondition(x.count == columns, "a matrix with \(columns) columns applied to dimension \(x.count)")
    return Vector(count: rows) { i in (0..<columns).reduce(0) { $0 + self[i, $1] * x[$1] } }
  }
}
