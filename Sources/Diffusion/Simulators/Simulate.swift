/// Moves particles by a term, a solver and a time grid that know nothing of one another.
///
///     let marginal = GaussianPath(schedule: .linear).marginal(over: data)
///     let noise = Batch<Float>.normals(count: 20_000, dimension: 2, from: stream)
///     let result = simulate(
///       marginal.diffusion(.constant(0.5)), from: noise, by: .eulerMaruyama,
///       times: .uniform(to: 0.99, steps: 99), stream: stream.path(1))
///
/// Particles are moved in blocks of 1,024 on `threadCount` threads; results do not depend on the threads.
/// `stream` is where Brownian increments come from: a `RandomStream`, or a `BrownianPath` to refine the same
/// path; equations without noise need none.
///
/// Memory is allocated per block and thread and for the states kept, not per step: neither the library's solvers, terms
/// and fields nor formulas and closures over points allocate as they compute. What such a formula or closure makes for
/// itself with storage of its own, it allocates for every point: a `Vector` (let a closure write into one), a `Matrix`
/// (let a `MatrixField` write into one, or give its entries), an array.
public func simulate<T: MachineReal>(
  _ dynamics: some Dynamics,
  from start: Batch<T>,
  by solver: some Solver,
  times grid: TimeGrid,
  saving: Saving = .end,
  stream: (any BrownianSource)? = nil
) -> Simulation<T> {
  precondition(start.isFinite, "a simulation must start from finite particles")
  precondition(dynamics.noise == nil || stream != nil, "an equation with noise needs a stream of increments")
  precondition(!solver.drawsNoise || stream != nil, "this solver draws noise: it needs a stream")
  let kept = saving.indices(steps: grid.steps)
  let times = grid.times
  let grain = 1024
  let results = ParticleBlocks<T>(
    states: kept.count, count: start.count, dimension: start.dimension, forward: times[1] > times[0])
  let brownian = stream ?? RandomStream(seed: 0)

  inParallel(start.count, grain: grain) { _, rows in
    var x = start[rows]
    let stepper = solver.stepper(
      T.self, for: dynamics, count: rows.count, dimension: start.dimension, start: times[0],
      end: times[times.count - 1])
    var next = 0
    for index in 0...grid.steps {
      if index > 0 {
        stepper.advance(
          &x,
          over: Step(
            index: index - 1, from: times[index - 1], to: times[index], firstRow: rows.lowerBound,
            brownian: brownian))
      }
      if next < kept.count, kept[next] == index {
        results.store(x, state: next, firstRow: rows.lowerBound)
        next += 1
        if !x.isFinite { results.report(.notFinite(at: times[index])) }
      }
    }
    if let failure = stepper.failure { results.report(failure) }
    if rows.lowerBound == 0 { results.evaluations = stepper.evaluations }
  }
  return Simulation(
    times: kept.map { times[$0] }, states: results.batches(), evaluations: results.evaluations,
    outcome: results.outcome)
}
