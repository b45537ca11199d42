import CVectorMath

/// Computes a_t E[z | x_t = x] + b_t nabla log p_t(x) at points that each have a time of their own.
@usableFromInline
final class MarginalTargets<Scalar: MachineReal> {
  private let table: MixtureTable<Scalar>
  private var scratch: [Scalar]

  @usableFromInline
  init(_ data: GaussianMixture) {
    table = MixtureTable(data)
    scratch = [Scalar](repeating: 0, count: mixture_scratch(table.components, data.dimension))
  }

  /// Writes row `row` of `targets` for that row of `points`.
  @usableFromInline
  func fill(
    _ targets: inout Batch<Scalar>, _ row: Int, at points: Batch<Scalar>, alpha: Scalar, variance: Scalar,
    denoiser a: Scalar, score b: Scalar
  ) {
    let part = row * points.dimension..<(row + 1) * points.dimension
    targets.withMutableElements { targets in
      points.withElements { points in
        scratch.withUnsafeMutableBufferPointer { scratch in
          Scalar.posterior(
            of: table, UnsafeBufferPointer(rebasing: points[part]), alpha: alpha, variance: variance, a: a,
            b: b, into: UnsafeMutableBufferPointer(rebasing: targets[part]), scratch: scratch)
        }
      }
    }
  }
}
