public import RealModule

/// The field of (x, integrals of the divergence, probes): u, then div u or v . J v for each probe, then 0, so
/// that the probes stay what they are. It allocates nothing.
@usableFromInline
struct DivergenceAlong<F: Field>: BatchField {
  @usableFromInline let field: F
  @usableFromInline let layout: DivergenceLayout

  @usableFromInline
  init(field: F, layout: DivergenceLayout) {
    self.field = field
    self.layout = layout
  }

  @usableFromInline
  func floatEvaluator(count: Int, dimension: Int) -> BatchFunction<Float> {
    preconditionFailure("likelihoods are computed in double precision")
  }

  // Inlinable, so that it is compiled where the field is known.
  @inlinable
  func doubleEvaluator(count: Int, dimension: Int) -> BatchFunction<Double> {
    let (d, probes, width) = (layout.dimension, layout.probes, layout.width)
    return BatchFunction { state, t, out in
      out.withMutableElements { out in
        state.withElements { state in
          for start in stride(from: 0, to: state.count, by: width) {
            let (row, time) = (UnsafeMutableBufferPointer(rebasing: out[start..<start + width]), Dual(t))
            FieldValue(field: field, time: t, out: row).visit(count: d) { state[start + $0] }
            for k in 0..<layout.integrals { row[d + k] = 0 }
            for i in 0..<d where probes == 0 {
              row[d] +=
                CoordinateVisitor(field: field, time: time, index: i).visit(count: d) {
                  Dual(state[start + $0], $0 == i ? 1 : 0)
                }.derivative
            }
            for k in 0..<probes {
              let probe = start + layout.probeOffset + k * d
              let signs = UnsafeBufferPointer(rebasing: state[probe..<probe + d])
              row[d + k] = SlopeAlong(field: field, time: time, direction: signs).visit(count: d) {
                Dual(state[start + $0], signs[$0])
              }
            }
            for i in layout.probeOffset..<width { row[i] = 0 }
          }
        }
      }
    }
  }
}

/// Writes the value of a field at a point whose type its dimension decides.
@usableFromInline
struct FieldValue<F: Field>: PointVisitor {
  @usableFromInline typealias Scalar = Double
  @usableFromInline let field: F
  @usableFromInline let time: Double
  @usableFromInline let out: UnsafeMutableBufferPointer<Double>

  @usableFromInline
  init(field: F, time: Double, out: UnsafeMutableBufferPointer<Double>) {
    self.field = field
    self.time = time
    self.out = out
  }

  @inlinable
  func visit<P: Point>(_ x: P) where P.Scalar == Double {
    let y = field(x, at: time)
    for i in 0..<x.count { out[i] = y[i] }
  }
}

/// v . J v at a point that carries the tangent v.
@usableFromInline
struct SlopeAlong<F: Field>: PointVisitor {
  @usableFromInline typealias Scalar = Dual<Double>
  @usableFromInline let field: F
  @usableFromInline let time: Dual<Double>
  @usableFromInline let direction: UnsafeBufferPointer<Double>

  @usableFromInline
  init(field: F, time: Dual<Double>, direction: UnsafeBufferPointer<Double>) {
    self.field = field
    self.time = time
    self.direction = direction
  }

  @inlinable
  func visit<P: Point>(_ x: P) -> Double where P.Scalar == Dual<Double> {
    let y = field(x, at: time)
    var sum = 0.0
    for i in direction.indices { sum += direction[i] * y[i].derivative }
    return sum
  }
}
