/// A term and a solver together: step, simulate, simulate with trajectory.
///
///     let simulator = Simulator(marginal.flow, by: .heun)
///     let samples = simulator.simulate(from: noise, times: .uniform(steps: 50))
public struct Simulator<D: Dynamics, S: Solver>: Sendable {
  public let dynamics: D
  public let solver: S

  /// `dynamics` integrated by `solver`.
  public init(_ dynamics: D, by solver: S) {
    self.dynamics = dynamics
    self.solver = solver
  }

  /// One step, which must stay finite; the noise, where there is some, is that of the stream's first step.
  public func step<T: MachineReal>(
    _ x: Batch<T>, from: Double, to: Double, stream: (any BrownianSource)? = nil
  ) -> Batch<T> {
    simulate(from: x, times: TimeGrid([from, to]), stream: stream)
  }

  /// The particles at the last time, which must be reached: a simulation that may not be complete is
  /// `simulateWithTrajectory`'s, which tells how it went.
  public func simulate<T: MachineReal>(
    from start: Batch<T>, times: TimeGrid, stream: (any BrownianSource)? = nil
  ) -> Batch<T> {
    let run = Diffusion.simulate(dynamics, from: start, by: solver, times: times, stream: stream)
    precondition(
      run.outcome == .completed, "the simulation is not complete, \(run.outcome): \(run.outcome.advice)")
    return run.final
  }

  /// The particles at all times of the grid, or those that `saving` keeps.
  public func simulateWithTrajectory<T: MachineReal>(
    from start: Batch<T>, times: TimeGrid, saving: Saving = .every(1), stream: (any BrownianSource)? = nil
  ) -> Simulation<T> {
    Diffusion.simulate(dynamics, from: start, by: solver, times: times, saving: saving, stream: stream)
  }
}
