/// sigma dW and Milstein's correction at one point, from the entries of the noise alone: d^2 of them, and as many
/// derivatives along each of its columns.
struct EntryMilstein<Sigma: EntrywiseMatrixField, T: RealNumber>: PointVisitor {
  typealias Scalar = T

  let noise: Sigma
  let time: T

  /// |h|.
  let duration: T

  /// dW.
  let increments: UnsafeBufferPointer<T>

  /// Memory for sigma, row after row.
  let sigma: UnsafeMutableBufferPointer<T>

  /// Where the change of the point is added up.
  let change: UnsafeMutableBufferPointer<T>

  func visit<P: Point>(_ x: P) where P.Scalar == T {
    let d = change.count
    for i in 0..<d {
      for j in 0..<d {
        let entry = noise.entry(i, j, of: x, at: time)
        sigma[i * d + j] = entry
        change[i] += entry * increments[j]
      }
    }
    for j in 0..<d {
      Column(step: self, number: j).visit(count: d) { Dual(x[$0], sigma[$0 * d + j]) }
    }
  }

  /// The part of the correction with L_j, the derivative along column j.
  private struct Column: PointVisitor {
    typealias Scalar = Dual<T>

    let step: EntryMilstein
    let number: Int

    func visit<P: Point>(_ x: P) where P.Scalar == Dual<T> {
      let (d, dw) = (step.change.count, step.increments)
      for i in 0..<d {
        for k in 0..<d {
          let slope = step.noise.entry(i, k, of: x, at: Dual(step.time)).derivative
          step.change[i] += slope * (dw[number] * dw[k] - (number == k ? step.duration : 0)) / 2
        }
      }
    }
  }
}
