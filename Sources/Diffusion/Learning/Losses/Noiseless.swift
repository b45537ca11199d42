/// The schedule without noise, alpha = 1 and beta = 0 at all times: for losses on the data themselves.
public struct Noiseless: Schedule {
  /// The schedule has no parameters.
  public init() {}
  @inlinable public func alpha<T: RealNumber>(_ t: T) -> T { 1 }
  @inlinable public func beta<T: RealNumber>(_ t: T) -> T { 0 }
}

extension NetworkPass {
  /// Draws x_t = alpha_t z + beta_t eps, without targets.
  @inlinable
  func drawPoints<S: Schedule>(
    _ path: GaussianPath<S>, _ data: some DataSource, times law: TimeSampling, _ draws: TrainingDraws
  ) {
    drawNoised(from: IndependentCoupling(data), times: law, draws)
    let (n, d) = (rows, architecture.dimension)
    points.withMutableElements { points in
      minibatch.data.withElements { data in
        minibatch.noise.withElements { noise in
          for i in 0..<n {
            let (alpha, beta) = (path.alpha(times[i]), path.beta(times[i]))
            for j in i * d..<(i + 1) * d { points[j] = alpha * data[j] + beta * noise[j] }
          }
        }
      }
    }
  }

  /// Sets tangent k to the k-th coordinate axis, for all coordinates of the points.
  @usableFromInline
  func directAlongAxes() {
    for k in 0..<architecture.dimension {
      directions[k].fill(column: k, with: 1)
      timeDirections[k] = 0
    }
  }
}
