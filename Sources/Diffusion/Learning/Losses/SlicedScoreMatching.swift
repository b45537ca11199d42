/// Sliced score matching with reduced variance (SSM-VR): E[|f|^2 / 2 + v^T (df/dx) v] for v ~ N(0, I), an unbiased
/// estimate of implicit score matching with one tangent in any dimension.
///
/// Source: Y. Song, S. Garg, J. Shi, S. Ermon, "Sliced score matching: a scalable approach to density and score
/// estimation", UAI 2019.
public struct SlicedScoreMatching<S: Schedule, Data: DataSource>: Loss {
  public let path: GaussianPath<S>
  public let data: Data
  public let times: TimeSampling

  /// The score of x_t along `path`; times must stay where p_t has a density.
  public init(path: GaussianPath<S>, data: Data, times: TimeSampling = .uniform()) {
    self.path = path
    self.data = data
    self.times = times
  }

  public var dimension: Int { data.dimension }
  public var tangents: Int { 1 }

  @inlinable
  public func evaluate<T: NetworkReal>(_ pass: NetworkPass<T>, draws: TrainingDraws) -> Double {
    pass.drawPoints(path, data, times: times, draws)
    pass.directions[0].fillNormals(from: draws[.directions])
    pass.timeDirections[0] = 0
    pass.forward()
    let (n, d) = (pass.rows, dimension)
    let share = 1 / T(Double(n))
    var sum: Double = 0
    for i in 0..<n {
      for j in 0..<d {
        let (y, v) = (pass.values[i, j], pass.directions[0][i, j])
        pass.valueGradient[i, j] = share * y
        pass.tangentGradients[0][i, j] = share * v
        sum += (y * y / 2 + v * pass.tangentValues[0][i, j]).realPart
      }
    }
    pass.backward()
    return sum / Double(n)
  }
}

extension SlicedScoreMatching where S == Noiseless {
  /// The score of the data themselves; times are drawn but, for a network without time, do not matter.
  public init(data: Data) { self.init(path: GaussianPath(schedule: Noiseless()), data: data) }
}
