/// Conditional flow matching: E |f(x_t, t) - (alpha_t' x_1 + beta_t' x_0)|^2 with x_t = alpha_t x_1 + beta_t x_0.
///
/// With x_0 = eps ~ N(0, I) independent of the data x_1 = z the target is the conditional field u_t(x_t | z),
/// and the loss has the same gradient as flow matching with the marginal field, its minimiser. Another
/// coupling of x_0 and x_1 gives flows between any two laws, rectified flow, and minibatch optimal transport.
///
/// Where beta_t' is infinite at t = 1 (variance preserving schedules), so is the target: draw times from a
/// smaller range, or match scores or noise instead.
/// Source: Y. Lipman et al., "Flow matching for generative modeling", ICLR 2023, equation 9; for couplings X. Liu, C.
/// Gong, Q. Liu, "Flow straight and fast: learning to generate and transfer data with rectified flow", ICLR 2023; M.
/// Albergo, E. Vanden-Eijnden, "Building normalizing flows with stochastic interpolants", ICLR 2023; A. Tong et al.,
/// "Improving and generalizing flow-based generative models with minibatch optimal transport", TMLR 2024.
public struct ConditionalFlowMatching<S: Schedule, Pairs: Coupling>: RegressionLoss {
  public let path: GaussianPath<S>
  public let coupling: Pairs
  public let times: TimeSampling

  /// The path between the ends of `coupling`.
  public init(path: GaussianPath<S>, coupling: Pairs, times: TimeSampling = .uniform()) {
    self.path = path
    self.coupling = coupling
    self.times = times
  }

  public var dimension: Int { coupling.dimension }

  @inlinable
  public func draw<T: NetworkReal>(_ pass: NetworkPass<T>, draws: TrainingDraws) {
    pass.drawNoised(from: coupling, times: times, draws)
    pass.mixRows { t in
      RowMixing(
        point: (path.alpha(t), path.beta(t)), target: (path.alphaDerivative(t), path.betaDerivative(t)))
    }
  }
}

extension ConditionalFlowMatching {
  /// The path from N(0, I) to the data.
  public init<Data: DataSource>(path: GaussianPath<S>, data: Data, times: TimeSampling = .uniform())
  where Pairs == IndependentCoupling<Data> {
    self.init(path: path, coupling: IndependentCoupling(data), times: times)
  }
}

/// The point and the target of a row as combinations of its data and noise.
public struct RowMixing<T: RealNumber> {
  /// The factors of data and noise in the point.
  public var point: (data: T, noise: T)

  /// The factors of data and noise in the target.
  public var target: (data: T, noise: T)

  /// The row's weight in the loss.
  public var weight: T

  /// A point and a target that weigh `weight`.
  @inlinable
  public init(point: (data: T, noise: T), target: (data: T, noise: T), weight: T = 1) {
    self.point = point
    self.target = target
    self.weight = weight
  }
}

extension NetworkPass {
  /// Draws times, and both ends of the path into `minibatch.noise` and `minibatch.data`.
  @inlinable
  public func drawNoised(from coupling: some Coupling, times law: TimeSampling, _ draws: TrainingDraws) {
    law.fill(&times, from: draws[.times])
    coupling.fill(start: &minibatch.noise, end: &minibatch.data, labels: &labels, from: draws)
  }

  /// Fills points, targets and weights from data and noise, with factors that depend on each row's time.
  @inlinable
  public func mixRows(_ factors: (Scalar) -> RowMixing<Scalar>) {
    let (n, d) = (rows, architecture.dimension)
    points.withMutableElements { points in
      minibatch.targets.withMutableElements { targets in
        minibatch.data.withElements { data in
          minibatch.noise.withElements { noise in
            for i in 0..<n {
              let row = factors(times[i])
              minibatch.weights[i] = row.weight
              for j in i * d..<(i + 1) * d {
                points[j] = row.point.data * data[j] + row.point.noise * noise[j]
                targets[j] = row.target.data * data[j] + row.target.noise * noise[j]
              }
            }
          }
        }
      }
    }
  }
}
