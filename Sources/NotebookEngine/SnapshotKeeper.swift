import NotebookEvents

/// Takes a session's snapshots, wakes them, and drops those that take too much memory.
final class SnapshotKeeper {
  private let session: Session
  private let options: Session.Options
  /// When the memory was last measured, and how long that took.
  private var measured = ContinuousClock.now
  private var cost = Duration.zero

  init(session: Session, options: Session.Options) {
    self.session = session
    self.options = options
  }

  /// Takes one of the kernel's state, unless there is one or what ran before makes it useless.
  func take(before position: Int) throws(EngineError) {
    guard session.snapshots[position] == nil, let kernel = session.kernel, kernel.send(.snapshot) else {
      return
    }
    if !options.keepsSnapshots {
      // Only the newest is of use to a batch run.
      for snapshot in session.snapshots.values { snapshot.discard() }
      session.snapshots = [:]
    }
    receive(from: kernel, position)
    // Measuring takes a tenth of the time at most.
    if ContinuousClock.now - measured > cost * 10 + .seconds(1) { keepWithinBudget() }
  }

  /// Makes the newest state at a step or before it the kernel's, and forgets what came after it.
  ///
  /// - Returns: its position; 0, and no kernel, where there is none.
  func wake(atMost position: Int) throws(EngineError) -> Int {
    for candidate in session.snapshots.keys.filter({ $0 <= position }).sorted(by: >) {
      forget(after: candidate)
      if try wake(exactly: candidate) { return candidate }
    }
    forget(after: 0)
    session.steps = []
    return 0
  }

  /// False where there is no such state.
  @discardableResult
  func wake(exactly position: Int) throws(EngineError) -> Bool {
    // It may have been killed for want of memory.
    guard let kernel = session.snapshots.removeValue(forKey: position)?.wake() else { return false }
    session.kernel = kernel
    receive(from: kernel, position)
    return true
  }

  /// A kernel in the state before a step, beside the one that runs on.
  func copy(of position: Int) throws(EngineError) -> KernelProcess? {
    guard let copy = session.snapshots.removeValue(forKey: position)?.wake() else { return nil }
    receive(from: copy, position)
    return copy
  }

  private func forget(after position: Int) {
    for (key, snapshot) in session.snapshots where key > position {
      snapshot.discard()
      session.snapshots[key] = nil
    }
    session.values = session.values.filter { $0.key <= position }
    session.steps.removeSubrange(min(position, session.steps.count)...)
  }

  /// Takes in the snapshot that a kernel sends.
  private func receive(from kernel: KernelProcess, _ position: Int) {
    let deadline = ContinuousClock.now + .seconds(20)
    while true {
      switch kernel.wait(until: deadline, interruptedBy: -1) {
      case .printed: kernel.readSome { _ in }
      case .frame(.snapshotTaken(let process, let isWhole), let descriptor):
        guard process > 0, descriptor >= 0 else { return }
        let snapshot = Snapshot(process: process, control: descriptor)
        if isWhole { session.snapshots[position] = snapshot } else { snapshot.discard() }
        return
      case .frame, .interrupted: continue
      case .processEnded, .deadline: return
      }
    }
  }

  /// Drops the snapshots that are missed least: those with near neighbours.
  func keepWithinBudget() {
    let start = ContinuousClock.now
    while session.snapshots.count > 2, session.snapshotUse.bytes > options.limits.snapshotMemory {
      let positions = session.snapshots.keys.sorted()
      let dropped = positions.indices.dropFirst().dropLast().min {
        positions[$0 + 1] - positions[$0 - 1] < positions[$1 + 1] - positions[$1 - 1]
      }
      session.snapshots.removeValue(forKey: positions[dropped!])?.discard()
    }
    measured = .now
    cost = measured - start
  }
}
