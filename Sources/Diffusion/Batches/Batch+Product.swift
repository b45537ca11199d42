/// c = scale a b + keep c by the platform's BLAS, for matrices stored row after row; `transposingA` and
/// `transposingB` take a^T and b^T. Rows of `a` may be data points, `b` a layer's weights.
public func multiply<T: MachineReal>(
  _ a: Batch<T>, transposingA: Bool = false,
  _ b: Batch<T>, transposingB: Bool = false,
  into c: inout Batch<T>, scale: T = 1, keep: T = 0
) {
  let (rows, inner) = transposingA ? (a.dimension, a.count) : (a.count, a.dimension)
  let (innerB, columns) = transposingB ? (b.dimension, b.count) : (b.count, b.dimension)
  precondition(
    inner == innerB && c.count == rows && c.dimension == columns,
    "a product of \(rows) x \(inner) and \(innerB) x \(columns) into \(c.count) x \(c.dimension)")
  c.withMutableElements { c in
    a.withElements { a in
      b.withElements { b in
        T.multiply(
          a, transposingA, b, transposingB, into: c, rows: rows, inner: inner, columns: columns, scale: scale,
          keep: keep)
      }
    }
  }
}
