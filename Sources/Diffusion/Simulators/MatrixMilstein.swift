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
    advanceNoise = Self.noiseStep(noise, dimension)
    increments = Batch(count: count, dimension: dimension)
    change = increments
  }

  /// The derivative along a column of sigma is one evaluation on dual numbers.
  private static func noiseStep<Sigma: MatrixField>(_ noise: Sigma, _ d: Int) -> NoiseStep {
    let sigma = MatrixValue<Sigma, Scalar>(noise, dimension: d)
    let moved = MatrixValue<Sigma, Dual<Scalar>>(noise, dimension: d)
    return { change, x, dw, step in
      let (h, t) = (Scalar(abs(step.duration)), Scalar(step.from))
      change.withMutableElements { change in
        dw.withElements { dw in
          for row in 0..<x.count {
            let place = row * d
            sigma.move(to: t) { x[row, $0] }
            for i in 0..<d {
              var sum: Scalar = 0
              for j in 0..<d { sum += sigma.matrix[i, j] * dw[place + j] }
              change[place + i] += sum
            }
            for j in 0..<d {
              moved.move(to: Dual(t)) { Dual(x[row, $0], sigma.matrix[$0, j]) }
              for i in 0..<d {
                var sum: Scalar = 0
                for k in 0..<d {
                  sum += moved.matrix[i, k].derivative * (dw[place + j] * dw[place + k] - (j == k ? h : 0))
                }
                change[place + i] += sum / 2
              }
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
