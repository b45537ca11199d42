/// Hyvarinen's implicit score matching: E[|f|^2 / 2 + div f] at x_t, which differs from explicit score matching,
/// E |f - nabla log p_t|^2 / 2, by the constant E |nabla log p_t|^2 / 2.
///
/// The divergence is exact: d tangents, one along each axis. Its value may be negative.
/// Source: A. Hyvarinen, "Estimation of non-normalized statistical models by score matching", JMLR 6 (2005),
/// theorem 1.
public struct ImplicitScoreMatching<S: Schedule, Data: DataSource>: Loss {
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
  public var tangents: Int { data.dimension }

  @inlinable
  public func evaluate<T: NetworkReal>(_ pass: NetworkPass<T>, draws: TrainingDraws) -> Double {
    pass.drawPoints(path, data, times: times, draws)
    pass.directAlongAxes()
    pass.forward()
    let (n, d) = (pass.rows, dimension)
    let share = 1 / T(Double(n))
    var sum: Double = 0
    for i in 0..<n {
      for j in 0..<d {
        let y = pass.values[i, j]
        pass.valueGradient[i, j] = share * y
        sum += (y * y / 2 + pass.tangentValues[j][i, j]).realPart
        for k in 0..<d { pass.tangentGradients[k][i, j] = j == k ? share : 0 }
      }
    }
    pass.backward()
    return sum / Double(n)
  }
}

extension ImplicitScoreMatching where S == Noiseless {
  /// The score of the data themselves; times are drawn but, for a network without time, do not matter.
  public init(data: Data) { self.init(path: GaussianPath(schedule: Noiseless()), data: data) }
}
