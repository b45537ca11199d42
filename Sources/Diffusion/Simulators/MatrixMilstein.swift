/// Milstein's method for a matrix of noise that commutes.
final class MatrixMilsteinStepper<Scalar: MachineReal>: Stepper {
  /// Adds sigma dW and the correction to `change`.
  private typealias NoiseStep = (
    _ change: inout Batch<Scalar>, _ x: Batch<Scalar>, _ dw: Batch<Scalar>, Step
  ) -> Void

  private let drift: BatchFunction<Scalar>
  private let advanceNoise: NoiseStep
  private let requireCommutation: (Vector<Double>, Double) -> Void
  private var increments: Batch<Scalar>
  private var change: Batch<Scalar>
  private(set) var evaluations = 0

  init(_ noise: some MatrixField, _ drift: BatchFunction<Scalar>, _ count: Int, _ dimension: Int) {
    self.drift = drift
    requireCommutation = { x, t in
      let derivatives = NoiseDerivatives(noise, x, at: t)
      precondition(
        derivatives.commute,
        """
        Milstein's method takes noise that commutes, L_j sigma_k = L_k sigma_j: at \(x) it does not, and iterated \
        integrals would be needed. Use .eulerMaruyama
        """)
    }
    if let entries = noise as? any EntrywiseMatrixField {
      func advance(_ entries: some EntrywiseMatrixField) -> NoiseStep {
        Self.withoutStorage(entries, dimension)
      }
      advanceNoise = advance(entries)
    } else {
      advanceNoise = Self.byMatrices(noise)
    }
    increments = Batch(count: count, dimension: dimension)
    change = increments
  }

  private static func byMatrices(_ noise: some MatrixField) -> NoiseStep {
    { change, x, increments, step in
      let h = Scalar(abs(step.duration))
      for row in 0..<x.count {
        let derivatives = NoiseDerivatives(noise, x[row], at: Scalar(step.from))
        let dw = increments[row]
        for i in 0..<x.dimension {
          var sum: Scalar = 0
          for j in 0..<x.dimension {
            sum += derivatives.sigma[i, j] * dw[j]
            for k in 0..<x.dimension {
              sum += derivatives.along[j][i, k] * (dw[j] * dw[k] - (j == k ? h : 0)) / 2
            }
          }
          change[row, i] += sum
        }
      }
    }
  }

  private static func withoutStorage(_ noise: some EntrywiseMatrixField, _ d: Int) -> NoiseStep {
    var sigma = [Scalar](repeating: 0, count: d * d)
    return { change, x, increments, step in
      let (h, t) = (Scalar(abs(step.duration)), Scalar(step.from))
      sigma.withUnsafeMutableBufferPointer { sigma in
        change.withMutableElements { change in
          increments.withElements { dw in
            for row in 0..<x.count {
              EntryMilstein(
                noise: noise, time: t, duration: h,
                increments: UnsafeBufferPointer(rebasing: dw[row * d..<(row + 1) * d]),
                sigma: sigma, change: UnsafeMutableBufferPointer(rebasing: change[row * d..<(row + 1) * d])
              ).visit(count: d) { x[row, $0] }
            }
          }
        }
      }
    }
  }

  func advance(_ x: inout Batch<Scalar>, over step: Step) {
    if evaluations == 0 { x.probe(at: step.from, requireCommutation) }
    step.fillIncrements(&increments)
    drift(x, at: Scalar(step.from), into: &change)
    change.scale(by: Scalar(step.duration))
    advanceNoise(&change, x, increments, step)
    x.add(1, times: change)
    evaluations += 1
  }
}

/// sigma and its derivatives along its own columns at one point.
private struct NoiseDerivatives<T: RealNumber> {
  let sigma: Matrix<T>

  /// (L_j sigma)_ik at index j.
  let along: [Matrix<T>]

  init(_ noise: some MatrixField, _ x: Vector<T>, at t: T) {
    let d = x.count
    let sigma = noise(x, at: t)
    precondition(
      sigma.rows == d && sigma.columns == d, "noise of \(sigma.rows) x \(sigma.columns) in dimension \(d)")
    // The derivative along column j is one evaluation.
    along = (0..<d).map { j in
      let moved = noise(x.seeded(along: Vector(count: d) { sigma[$0, j] }), at: Dual(t))
      return Matrix(rows: d, columns: d) { moved[$0, $1].derivative }
    }
    self.sigma = sigma
  }

  /// (L_j sigma)_ik = (L_k sigma)_ij up to rounding.
  var commute: Bool {
    let d = along.count
    var (largest, gap) = (0.0, 0.0)
    for i in 0..<d {
      for j in 0..<d {
        for k in 0..<d {
          largest = max(largest, abs(along[j][i, k].realPart))
          gap = max(gap, abs((along[j][i, k] - along[k][i, j]).realPart))
        }
      }
    }
    return gap <= 1e-10 * largest
  }
}
