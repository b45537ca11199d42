public import Foundation
import NotebookEvents
public import NotebookModel

/// A notebook that is being worked on: it is run, edited, and run again.
///
/// A second run executes only what has changed and what comes after it: it goes on from the snapshot
/// before the first changed cell, so that a network trained in an earlier cell is not trained again.
/// Inline expressions change nothing that later cells see: a changed one runs alone, in a copy of the
/// state at its place. (One with a side effect on later cells is felt there only when they run again.)
/// With `keepsSnapshots` off, as in a batch run, snapshots are taken only where the run itself may
/// need them: before cells that must fail, and before every cell when it is to go on after failures.
///
/// Used from one thread, which must outlive it (the kernel dies with the thread that started it);
/// other threads have its ``reins``.
public final class Session {
  public struct Options: Sendable {
    public var limits = Limits()
    /// Go on after a cell that failed, with the state before it.
    public var keepsGoing = false
    /// Keep a snapshot before every cell, for edits.
    public var keepsSnapshots = false
    /// Seeds the cells' random numbers.
    public var seed: UInt64 = 1
    /// Fresh seeds for checks, instead of each one's own.
    public var reseed: UInt64?

    public init() {}
  }

  /// A unit that the kernel has passed, with all that made it what it is: the parameters or a fenced
  /// cell. Inline expressions are none.
  struct Step {
    var unit: Unit
    var key: String
    var record: CellRecord
    /// Nil where it failed, and so left nothing behind.
    var library: URL?
  }

  let toolchain: Toolchain
  let build: KernelBuild
  let cache: URL
  public let reins: SessionReins
  var kernel: KernelProcess?
  /// What the live kernel has behind it, in order.
  var steps: [Step] = []
  /// The state before the step with this position.
  var snapshots: [Int: Snapshot] = [:]
  /// What inline expressions gave in the state before the step with this position, by their keys.
  var values: [Int: [String: CellRecord]] = [:]
  private let syntaxes = SyntaxMemory()

  /// A program that runs notebooks becomes a ``Subreaper`` first, so that what cells leave behind in a
  /// process session of its own can be ended too.
  ///
  /// - Parameter cache: the folder in which compiled cells are kept.
  public init(toolchain: Toolchain, build: KernelBuild, cache: URL) throws(EngineError) {
    self.toolchain = toolchain
    self.build = build
    self.cache = cache
    reins = SessionReins(interrupter: try Interrupter(), syntaxes: syntaxes)
  }

  deinit { close() }

  /// Ends the kernel, its snapshots and everything that cells have left running; the next run begins
  /// with nothing.
  public func close() {
    kernel?.kill()
    kernel = nil
    for snapshot in snapshots.values { snapshot.discard() }
    snapshots = [:]
    steps = []
    values = [:]
    ChildProcess.sweepOrphans()
  }

  /// Stops the running cell and everything that would come after it, when a byte is written to it: by
  /// a signal handler, or by ``interrupt(_:)`` from any thread.
  public var interruptDescriptor: Int32 { reins.interrupter.descriptor }
  public static func interrupt(_ descriptor: Int32) { Interrupter.raise(descriptor) }

  /// How many snapshots are alive, and the memory in bytes that would be free without them.
  public var snapshotUse: SnapshotUse { SnapshotUse(of: Array(snapshots.values), beside: kernel?.process) }

  /// Runs the notebook, or what has changed in it since the last run of this session.
  ///
  /// - Parameters:
  ///   - parameters: the front matter's, with the values of this run.
  ///   - isOutdated: asked before each cell; the run ends without a failure when it says yes.
  ///   - observe: told what happens; called from several threads, one at a time.
  /// - Returns: one record for each cell of the notebook, in order.
  /// - Throws: ``EngineError`` when the machine fails, not when a cell does.
  public func run(
    _ notebook: Notebook, parameters: [Parameter], options: Options,
    isOutdated: @escaping @Sendable () -> Bool = { false },
    observe: @escaping @Sendable (RunEvent) -> Void
  ) throws(EngineError) -> RunRecord {
    let gate = Locked(())
    let observe: @Sendable (RunEvent) -> Void = { event in gate.withLock { _ in observe(event) } }
    let start = ContinuousClock.now
    let units = Planner.units(
      for: notebook.cells, parameters: parameters, path: notebook.path, memory: syntaxes)
    observe(.planned(cells: notebook.cells.count))
    let compiler = Compiler(toolchain: toolchain, kernel: build, cache: cache, path: notebook.path)
    let queue = CompileQueue(units: units, compiler: compiler, observe: observe)
    reins.take(units, parameters, queue)
    queue.start()
    defer {
      queue.end()
      reins.letGo()
    }
    var execution = Execution(
      session: self, notebook: notebook, parameters: parameters, options: options, units: units, queue: queue,
      isOutdated: isOutdated, observe: observe)
    let records = try execution.run()
    return RunRecord(
      cells: records, seed: options.seed, parameters: parameters,
      seconds: (ContinuousClock.now - start) / .seconds(1))
  }
}
