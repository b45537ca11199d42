/// The components of a mixture as one number type, laid out for the vector loop.
public final class MixtureTable<Scalar: MachineReal>: Sendable {
  let components: Int
  let dimension: Int
  private let means: [Scalar]
  private let variances: [Scalar]
  private let axes: [Scalar]?
  private let logWeights: [Scalar]

  init(_ mixture: GaussianMixture) {
    components = mixture.components.count
    dimension = mixture.dimension
    let d = mixture.dimension
    means = mixture.components.flatMap { $0.mean.coordinates.map { Scalar($0) } }
    variances = mixture.components.flatMap { $0.variances.map { Scalar($0) } }
    logWeights = mixture.logWeights.map { Scalar($0) }
    if mixture.components.allSatisfy({ $0.axes == nil }) {
      axes = nil
    } else {
      axes = mixture.components.flatMap { component in
        let matrix = component.axes ?? Matrix.identity(d)
        return (0..<d * d).map { Scalar(matrix[$0 / d, $0 % d]) }
      }
    }
  }

  func withPointers(
    _ body: (
      _ means: UnsafePointer<Scalar>?, _ variances: UnsafePointer<Scalar>?, _ axes: UnsafePointer<Scalar>?,
      _ logWeights: UnsafePointer<Scalar>?
    ) -> Void
  ) {
    means.withUnsafeBufferPointer { means in
      variances.withUnsafeBufferPointer { variances in
        logWeights.withUnsafeBufferPointer { logWeights in
          guard let axes else {
            return body(means.baseAddress, variances.baseAddress, nil, logWeights.baseAddress)
          }
          axes.withUnsafeBufferPointer { axes in
            body(means.baseAddress, variances.baseAddress, axes.baseAddress, logWeights.baseAddress)
          }
        }
      }
    }
  }
}
