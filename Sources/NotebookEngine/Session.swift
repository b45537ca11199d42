public import Foundation
import NotebookEvents
public import NotebookModel

/// A notebook that is being worked on: it is run, edited, and run again.
///
/// A second run executes only what has changed and what comes after it: it goes on from the snapshot
/// before the first changed cell, so that a network trained in an earlier cell is not trained again.
/// With `keepsSnapshots` off, as in a batch run, snapshots are taken only where the run itself may
/// need them: before cells that must fail, and before every cell when it is to go on after failures.
///
/// Used from one thread, which must outlive it (the kernel dies with the thread that started it);
/// it can be interrupted from any (``interruptDescriptor``).
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

  /// A cell that has run, with all that made it what it is.
  struct Executed {
    var unit: Unit
    var key: String
    var record: CellRecord
    var library: URL
  }

  let toolchain: Toolchain
  let build: KernelBuild
  let cache: URL
  let interrupter: Interrupter
  var kernel: KernelProcess?
  /// The units whose effects the live kernel holds, in order.
  var executed: [Executed] = []
  /// The state before the unit with this position.
  var snapshots: [Int: Snapshot] = [:]

  /// A program that runs notebooks becomes a ``Subreaper`` first, so that what cells leave behind in a
  /// process session of its own can be ended too.
  ///
  /// - Parameter cache: the folder in which compiled cells are kept.
  public init(toolchain: Toolchain, build: KernelBuild, cache: URL) throws(EngineError) {
    self.toolchain = toolchain
    self.build = build
    self.cache = cache
    interrupter = try Interrupter()
  }

  deinit { close() }

  /// Ends the kernel, its snapshots and everything that cells have left running.
  public func close() {
    kernel?.kill()
    kernel = nil
    for snapshot in snapshots.values { snapshot.discard() }
    snapshots = [:]
    executed = []
    ChildProcess.sweepOrphans()
  }

  /// Stops the running cell and everything that would come after it, when a byte is written to it: by
  /// a signal handler, or by ``interrupt(_:)`` from any thread.
  public var interruptDescriptor: Int32 { interrupter.descriptor }
  public static func interrupt(_ descriptor: Int32) { Interrupter.raise(descriptor) }

  /// How many snapshots are alive, and the memory that is theirs alone.
  public var snapshotUse: (count: Int, bytes: Int) {
    (snapshots.count, snapshots.values.reduce(0) { $0 + $1.privateBytes })
  }

  /// Runs the notebook, or what has changed in it since the last run of this session.
  ///
  /// - Parameters:
  ///   - parameters: the front matter's, with the values of this run.
  ///   - observe: told what happens; called from several threads, one at a time.
  /// - Returns: one record for each cell of the notebook, in order.
  /// - Throws: ``EngineError`` when the machine fails, not when a cell does.
  public func run(
    _ notebook: Notebook, parameters: [Parameter], options: Options,
    observe: @escaping @Sendable (RunEvent) -> Void
  ) throws(EngineError) -> RunRecord {
    interrupter.reset()
    let gate = Locked(())
    let observe: @Sendable (RunEvent) -> Void = { event in gate.withLock { _ in observe(event) } }
    let start = ContinuousClock.now
    let units = Planner.units(for: notebook.cells, parameters: parameters, path: notebook.path)
    observe(.planned(cells: notebook.cells.count))
    let compiler = Compiler(toolchain: toolchain, kernel: build, cache: cache, path: notebook.path)
    let queue = CompileQueue(units: units, compiler: compiler, observe: observe)
    queue.start()
    defer { queue.cancel() }
    let execution = Execution(
      session: self, notebook: notebook, parameters: parameters, options: options, units: units, queue: queue,
      observe: observe)
    let records = try execution.run()
    return RunRecord(
      cells: records, seed: options.seed, parameters: parameters,
      seconds: (ContinuousClock.now - start) / .seconds(1))
  }
}
