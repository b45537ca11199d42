public import NotebookModel

/// What other threads than a session's own can do to it.
public final class SessionReins: Sendable {
  private struct Run {
    var units: [Unit]
    var parameters: [Parameter]
    var queue: CompileQueue
    /// The unit that is waited for or running.
    var reached = 0

    /// Whether everything up to the unit that is at work is the same in other units.
    func stands(in others: [Unit], _ parameters: [Parameter]) -> Bool {
      guard units.indices.contains(reached) else { return true }
      if units[0].cell == nil, parameters != self.parameters { return false }
      let passed = units[...reached].filter(\.leavesState)
      let same = others.lazy.filter(\.leavesState).prefix(passed.count)
      guard same.count == passed.count, zip(same, passed).allSatisfy({ $0.isSame(as: $1) }) else {
        return false
      }
      return units[reached].leavesState || others.contains { $0.isSame(as: units[reached]) }
    }
  }

  let interrupter: Interrupter
  private let syntaxes: SyntaxMemory
  private let run = Locked<Run?>(nil)

  init(interrupter: Interrupter, syntaxes: SyntaxMemory) {
    self.interrupter = interrupter
    self.syntaxes = syntaxes
  }

  /// Stops the running cell, or the compiler that it waits for; what comes before it remains. Does
  /// nothing where nothing runs.
  public func stop() {
    run.withLock { run in
      guard let run else { return }
      Interrupter.raise(interrupter.descriptor)
      run.queue.cancel()
    }
  }

  /// Makes way for a changed text: stops the running cell, unless that cell and all before it have
  /// remained as they are. The run that is to end says so by its `isOutdated`.
  public func giveWay(to notebook: Notebook, parameters: [Parameter]) {
    guard run.withLock({ $0 != nil }) else { return }
    let units = Planner.units(
      for: notebook.cells, parameters: parameters, path: notebook.path, memory: syntaxes)
    run.withLock { run in
      guard let run, !run.stands(in: units, parameters) else { return }
      Interrupter.raise(interrupter.descriptor)
      run.queue.cancel()
    }
  }

  // MARK: For the session

  func take(_ units: [Unit], _ parameters: [Parameter], _ queue: CompileQueue) {
    run.withLock { $0 = Run(units: units, parameters: parameters, queue: queue) }
  }

  func reach(_ unit: Int) { run.withLock { $0?.reached = unit } }

  /// What was asked for meanwhile was meant for the run that ends.
  func letGo() {
    run.withLock { run in
      run = nil
      interrupter.reset()
    }
  }
}
