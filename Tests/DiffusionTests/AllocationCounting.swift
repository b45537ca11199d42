import CAllocations
import Diffusion
import RealModule
import Testing

/// How often `body` asks for memory, on this thread.
func allocations(_ body: () -> Void) -> Int {
  let before = allocation_count()
  body()
  return Int(allocation_count() - before)
}

/// A simulation of a hundred steps more asks for memory not more often, but for a few times at most, when the runtime
/// meets a type for the first time. The test's own thread moves the one block of particles that there is.
func expectSteady<T: MachineReal>(
  _ what: String, _ dynamics: some Dynamics, _ solver: some Solver, dimension: Int = 2,
  as type: T.Type = Float.self, noise: any BrownianSource = RandomStream(seed: 2), count: Int = 20,
  grids: [TimeGrid] = [10, 110].map { .uniform(from: 0.1, to: 0.8, steps: $0) },
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let start = Batch<T>.normals(count: count, dimension: dimension, from: RandomStream(seed: 1))
  func run(_ grid: TimeGrid) {
    _ = simulate(dynamics, from: start, by: solver, times: grid, stream: noise)
  }
  // What is made once in a process is made here.
  run(grids[0])
  let counts = grids.map { grid in allocations { run(grid) } }
  #expect(
    counts[1] - counts[0] < 5,
    "\(what) by \(solver) in dimension \(dimension): \(counts) in \(grids.map(\.steps)) steps",
    sourceLocation: sourceLocation)
}

/// The same of a training.
func expectSteady(
  _ what: String, _ loss: some Loss, optimizer: some Optimizer = Adam(), averaging: Double? = 0.99,
  clipping: Double? = 1, activation: some Activation = SiLU(), time: TimeFeatures = .time, labels: Int = 0,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let network = MultilayerPerceptron<Float>(
    Architecture(
      dimension: loss.dimension, hidden: [16, 16], outputs: loss.outputs, activation: activation, time: time,
      labels: labels),
    stream: RandomStream(seed: 1))
  var first = Training(
    network, loss: loss, optimizer: optimizer, batch: 32, averaging: averaging, clipping: clipping,
    stream: RandomStream(seed: 2))
  first.run(steps: 2)
  var second = first
  // Both are their own storage before anything is counted.
  first.run(steps: 1)
  second.run(steps: 1)
  let counts = [
    allocations { first.run(steps: 10, reportingEvery: 1000) },
    allocations { second.run(steps: 110, reportingEvery: 1000) },
  ]
  #expect(
    counts[1] - counts[0] < 5, "\(what): \(counts) in 10 and 110 steps", sourceLocation: sourceLocation)
}

/// t x - 0.3 sin(x): a formula of one's own.
struct Swirl: Field {
  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
    t * x - P(count: x.count) { 0.3 * P.Scalar.sin(x[$0]) }
  }
}
