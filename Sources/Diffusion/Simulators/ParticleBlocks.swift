import Glibc

/// Where the threads of a simulation put their blocks: each writes rows of its own, so only the outcome needs
/// a lock.
final class ParticleBlocks<Scalar: MachineReal>: @unchecked Sendable {
  private let elements: UnsafeMutableBufferPointer<Scalar>
  private let states: Int
  private let count: Int
  private let dimension: Int
  private let forward: Bool
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  private(set) var outcome = SimulationOutcome.completed

  /// Written by the worker of the first block alone.
  var evaluations = 0

  init(states: Int, count: Int, dimension: Int, forward: Bool) {
    self.forward = forward
    self.states = states
    self.count = count
    self.dimension = dimension
    elements = .allocate(capacity: states * count * dimension)
    elements.initialize(repeating: 0)
    lock = .allocate(capacity: 1)
    pthread_mutex_init(lock, nil)
  }

  deinit {
    pthread_mutex_destroy(lock)
    lock.deallocate()
    elements.deallocate()
  }

  /// Keeps the rows of `x` as the rows from `firstRow` on of state number `state`.
  func store(_ x: Batch<Scalar>, state: Int, firstRow: Int) {
    let start = (state * count + firstRow) * dimension
    let part = UnsafeMutableBufferPointer(rebasing: elements[start..<start + x.count * dimension])
    x.withElements { _ = part.update(fromContentsOf: $0) }
  }

  /// The earliest trouble of all blocks is the simulation's outcome, whichever thread meets it first.
  func report(_ trouble: SimulationOutcome) {
    pthread_mutex_lock(lock)
    if let time = trouble.time, outcome.time.map({ forward ? time < $0 : time > $0 }) ?? true {
      outcome = trouble
    }
    pthread_mutex_unlock(lock)
  }

  func batches() -> [Batch<Scalar>] {
    (0..<states).map { state in
      let start = state * count * dimension
      return Batch(elements: Array(elements[start..<start + count * dimension]), dimension: dimension)
    }
  }
}

extension SimulationOutcome {
  /// When the trouble was, nil if there was none.
  fileprivate var time: Double? {
    switch self {
    case .completed: nil
    case .stepTooSmall(let t), .tooManySteps(let t), .notFinite(let t): t
    }
  }
}
