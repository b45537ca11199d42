import RealModule

/// E[f(X_end)] of a simulated equation, with both of its errors.
public struct SimulatedMean: Hashable, Sendable {
  /// The mean over particles on the finer of two grids, and its standard error: what chance leaves.
  public let mean: MeanEstimate

  /// The mean over particles of f on the finer grid less f on the coarser one, driven by the same Brownian motion.
  public let change: MeanEstimate

  /// The weak order that was assumed of the solver.
  public let order: Double

  /// The limit of short steps less the mean on the finer grid: `change` / (2^order - 1), up to a higher order.
  public var stepBias: MeanEstimate.Scaled { MeanEstimate.Scaled(change, by: 1 / (Double.pow(2, order) - 1)) }

  /// The mean with the estimated bias added, which has an error of a higher order.
  public var extrapolated: Double { mean.value + stepBias.value }
}

extension MeanEstimate {
  /// A multiple of a mean.
  public struct Scaled: Hashable, Sendable {
    public let value: Double
    public let standardError: Double

    init(_ mean: MeanEstimate, by factor: Double) {
      value = factor * mean.value
      standardError = abs(factor) * mean.standardError
    }
  }
}

extension Simulator {
  /// E[f(X)] at the last time, and an estimate of its step bias by coupled refinement: every step is halved, and each
  /// particle runs over both grids with the same Brownian motion, so that the difference has little variance.
  ///
  /// `order` is the solver's weak order: 1 for Euler-Maruyama and Milstein, 2 for stochastic Heun where the noise is
  /// additive and 1 elsewhere, a Runge-Kutta method's own without noise; too small an order overestimates the bias. Costs
  /// three simulations. Solvers that draw noise of their own (`drawsNoise`) cannot be coupled this way.
  /// Source: D. Talay, L. Tubaro, "Expansion of the global error for numerical schemes solving stochastic differential
  /// equations", Stochastic Analysis and Applications 8 (1990); M. Giles, "Multilevel Monte Carlo path simulation",
  /// Operations Research 56 (2008), for the coupling.
  public func expectation<T: MachineReal>(
    from start: Batch<T>, times: TimeGrid, order: Double = 1, stream: RandomStream? = nil,
    of f: (Vector<T>) -> Double
  ) -> SimulatedMean {
    precondition(order > 0 && order.isFinite, "a weak order of \(order)")
    precondition(!solver.drawsNoise, "a solver that draws noise of its own has no path to refine")
    let fine = simulate(from: start, times: times.halved, stream: stream)
    let coarse = simulate(from: start, times: times, stream: stream.map { PairedIncrements(stream: $0) })
    let values = (0..<start.count).map { f(fine[$0]) }
    return SimulatedMean(
      mean: MeanEstimate(count: start.count) { values[$0] },
      change: MeanEstimate(count: start.count) { values[$0] - f(coarse[$0]) }, order: order)
  }
}

extension TimeGrid {
  /// The grid with every step halved.
  public var halved: TimeGrid {
    var halved = [times[0]]
    for (from, to) in zip(times, times.dropFirst()) { halved += [(from + to) / 2, to] }
    return TimeGrid(halved)
  }
}

/// The increments over the steps of a grid, each the sum of a stream's over the two halves of the step.
private struct PairedIncrements: BrownianSource {
  let stream: RandomStream

  func fillIncrements<T: MachineReal>(
    _ out: inout Batch<T>, step: Int, from: Double, to: Double, firstRow: Int
  ) {
    let half = T((abs(to - from) / 2).squareRoot())
    out.fillNormals(from: stream.step(stream.step &+ UInt32(2 * step)), startingAt: firstRow)
    let second = stream.step(stream.step &+ UInt32(2 * step + 1))
    let (first, size) = (firstRow * out.dimension, 64)
    out.withMutableElements { out in
      withUnsafeTemporaryAllocation(of: T.self, capacity: size) { normals in
        for start in stride(from: 0, to: out.count, by: size) {
          let part = UnsafeMutableBufferPointer(rebasing: out[start..<min(start + size, out.count)])
          let others = UnsafeMutableBufferPointer(rebasing: normals[..<part.count])
          T.fillNormals(from: second, start: first + start, others)
          T.addScaled(1, UnsafeBufferPointer(others), to: part)
          T.scale(part, by: half)
        }
      }
    }
  }
}
