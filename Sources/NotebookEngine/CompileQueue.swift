import Foundation
import Glibc
import NotebookModel

/// Compiles the units of a run ahead of their execution, several at once.
final class CompileQueue: @unchecked Sendable {
  private let units: [Unit]
  private let compiler: Compiler
  private let observe: @Sendable (RunEvent) -> Void
  private let condition = NSCondition()

  // Under the condition's lock:
  private var outcomes: [Result<Compiler.Outcome, EngineError>?]
  private var started: Set<Int> = []
  private var processes: Set<pid_t> = []
  private var isCancelled = false
  private var workers = 0

  /// - Parameter keepsGoing: compile what follows a cell that does not compile.
  init(units: [Unit], compiler: Compiler, observe: @escaping @Sendable (RunEvent) -> Void) {
    self.units = units
    self.compiler = compiler
    self.observe = observe
    outcomes = Array(repeating: nil, count: units.count)
  }

  /// Starts as many workers as there are processors.
  func start() {
    workers = max(ProcessInfo.processInfo.activeProcessorCount, 2)
    for _ in 0..<workers {
      let thread = Thread { self.work() }
      // The hash and the planner recurse little; a deep expression recurses in the compiler's process.
      thread.stackSize = 1 << 20
      thread.start()
    }
  }

  /// Waits until the unit is compiled or refused, or the queue is cancelled.
  func outcome(of index: Int) throws(EngineError) -> Compiler.Outcome {
    condition.lock()
    defer { condition.unlock() }
    while outcomes[index] == nil, !isCancelled { condition.wait() }
    switch outcomes[index] {
    case .success(let outcome)?: return outcome
    case .failure(let error)?: throw error
    case nil: return .cancelled
    }
  }

  /// Ends all compilers that are running, and waits for that: a run leaves no process behind.
  func end() {
    cancel()
    condition.withLock {
      while workers > 0 { condition.wait() }
    }
  }

  /// Has all compilers that are running end.
  func cancel() {
    condition.lock()
    isCancelled = true
    for process in processes { kill(process, SIGKILL) }
    condition.broadcast()
    condition.unlock()
  }

  private func work() {
    defer {
      condition.withLock {
        workers -= 1
        condition.broadcast()
      }
    }
    while let (index, dependencies) = next() {
      let unit = units[index]
      var running: pid_t = 0
      let result: Result<Compiler.Outcome, EngineError>
      do throws(EngineError) {
        result = .success(
          try compiler.compile(unit, dependencies: dependencies) { process in
            // Only now: most cells are found in the cache.
            if running == 0, let cell = unit.cell { observe(.compiling(cell: cell.index)) }
            running = process
            register(process)
          })
      } catch {
        result = .failure(error)
      }
      condition.lock()
      processes.remove(running)
      outcomes[index] = result
      condition.broadcast()
      condition.unlock()
    }
  }

  private func register(_ process: pid_t) {
    condition.lock()
    processes.insert(process)
    if isCancelled { kill(process, SIGKILL) }
    condition.unlock()
  }

  /// The first unit whose imports are compiled; nil when nothing is left to do.
  private func next() -> (Int, [CompiledCell])? {
    condition.lock()
    defer { condition.unlock() }
    while !isCancelled, started.count < units.count {
      for index in units.indices where !started.contains(index) {
        switch readiness(of: index) {
        case .ready(let cells):
          started.insert(index)
          return (index, cells)
        case .blocked:
          started.insert(index)
          outcomes[index] = .success(.blocked)
          condition.broadcast()
        case .waiting: continue
        }
      }
      if started.count < units.count { condition.wait() }
    }
    return nil
  }

  private enum Readiness {
    case ready([CompiledCell])
    case blocked
    case waiting
  }

  private func readiness(of index: Int) -> Readiness {
    var cells: [CompiledCell] = []
    for dependency in units[index].dependencies {
      switch outcomes[dependency] {
      case .success(.compiled(let cell))?: cells.append(cell)
      case nil: return .waiting
      default: return .blocked
      }
    }
    return .ready(cells)
  }
}
