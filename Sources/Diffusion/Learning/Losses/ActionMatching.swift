/// Action matching: a potential s_t(x) whose gradient moves p_t, learned from samples of p_t alone:
///
///     L = E s_0(x_0) - E s_1(x_1) + int_0^1 E[|nabla s_t(x_t)|^2 / 2 + d s_t / dt (x_t)] dt
///
/// to be made small over s; L differs by a constant from int E |nabla s_t - u_t|^2 / 2 dt, u_t the gradient field of
/// least kinetic energy that moves p_t. Here x_t = alpha_t x_1 + beta_t x_0 for a coupling of x_0 and x_1; only the law
/// of x_t matters. The network has one output; `network.gradientField` is what to simulate.
/// Source: K. Neklyudov, R. Brekelmans, D. Severo, A. Makhzani, "Action matching: learning stochastic dynamics
/// from samples", ICML 2023.
public struct ActionMatching<S: Schedule, Pairs: Coupling>: Loss {
  public let path: GaussianPath<S>
  public let coupling: Pairs

  /// x_t between the ends of `coupling`.
  public init(path: GaussianPath<S>, coupling: Pairs) {
    self.path = path
    self.coupling = coupling
  }

  /// x_t from N(0, I) to the data.
  public init<Data: DataSource>(path: GaussianPath<S>, data: Data)
  where Pairs == IndependentCoupling<Data> {
    self.init(path: path, coupling: IndependentCoupling(data))
  }

  public var dimension: Int { coupling.dimension }
  public var outputs: Int { 1 }

  /// The gradient's d components, and the derivative in time.
  public var tangents: Int { coupling.dimension + 1 }

  @inlinable
  public func evaluate<T: NetworkReal>(_ pass: NetworkPass<T>, draws: TrainingDraws) -> Double {
    let (n, d) = (pass.rows, dimension)
    let share = 1 / T(Double(n))
    pass.drawNoised(from: coupling, times: .uniform(), draws)
    pass.directAlongAxes()
    pass.directions[d].withMutableElements { $0.update(repeating: 0) }
    pass.timeDirections[d] = 1

    mix(pass)
    pass.forward()
    pass.valueGradient.withMutableElements { $0.update(repeating: 0) }
    var sum: Double = 0
    for i in 0..<n {
      for k in 0..<d {
        let slope = pass.tangentValues[k][i, 0]
        pass.tangentGradients[k][i, 0] = share * slope
        sum += (slope * slope / 2).realPart
      }
      pass.tangentGradients[d][i, 0] = share
      sum += pass.tangentValues[d][i, 0].realPart
    }
    pass.backward()

    for k in 0...d { pass.tangentGradients[k].withMutableElements { $0.update(repeating: 0) } }
    for end in 0...1 {
      // + s_0, - s_1.
      let sign: T = end == 0 ? 1 : -1
      for i in 0..<n { pass.times[i] = T(end) }
      mix(pass)
      pass.forward()
      for i in 0..<n {
        pass.valueGradient[i, 0] = sign * share
        sum += (sign * pass.values[i, 0]).realPart
      }
      pass.backward()
    }
    return sum / Double(n)
  }

  /// x_t at the pass's times, from the ends drawn.
  @inlinable
  func mix<T: NetworkReal>(_ pass: NetworkPass<T>) {
    for i in 0..<pass.rows {
      let (alpha, beta) = (path.alpha(pass.times[i]), path.beta(pass.times[i]))
      for j in 0..<dimension {
        pass.points[i, j] = alpha * pass.minibatch.data[i, j] + beta * pass.minibatch.noise[i, j]
      }
    }
  }
}
