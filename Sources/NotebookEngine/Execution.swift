import Foundation
import Glibc
import NotebookEvents
import NotebookModel

/// One run of a session: decides where to go on, and enters the cells one after another.
struct Execution {
  let session: Session
  let notebook: Notebook
  let parameters: [Parameter]
  let options: Session.Options
  let units: [Unit]
  let queue: CompileQueue
  let observe: @Sendable (RunEvent) -> Void

  func run() throws(EngineError) -> [CellRecord] {
    var records = notebook.cells.map { _ in CellRecord() }
    var index = try resume(&records)
    while index < units.count {
      guard try step(index, &records) else { break }
      index += 1
    }
    ChildProcess.sweepOrphans()
    return records
  }

  // MARK: Where to go on

  /// Brings the session to the state before the first unit that must be run, and copies the records of
  /// those that need not.
  private func resume(_ records: inout [CellRecord]) throws(EngineError) -> Int {
    var unchanged = 0
    while unchanged < min(session.executed.count, units.count) {
      // An edited cell is told by its source alone; only an unchanged one has to be compiled (from
      // the cache) to see that what it imports has not changed either.
      guard session.executed[unchanged].unit.source == units[unchanged].source,
        case .compiled(let cell) = try queue.outcome(of: unchanged),
        key(units[unchanged], cell) == session.executed[unchanged].key
      else { break }
      unchanged += 1
    }
    if session.kernel == nil || unchanged < session.executed.count {
      while unchanged > 0, session.snapshots[unchanged] == nil { unchanged -= 1 }
      session.kernel?.kill()
      session.kernel = nil
      for (index, snapshot) in session.snapshots where index > unchanged {
        snapshot.discard()
        session.snapshots[index] = nil
      }
      session.executed.removeSubrange(unchanged...)
      if let snapshot = session.snapshots.removeValue(forKey: unchanged) {
        try wake(snapshot, before: unchanged)
      }
    }
    for (index, executed) in session.executed.enumerated() {
      guard let cell = units[index].cell, case .compiled(let compiled) = try queue.outcome(of: index)
      else { continue }
      var record = executed.record
      // The cell may stand on other lines now.
      record.diagnostics = compiled.warnings
      record.compileSeconds = 0
      records[cell.index] = record
      observe(.ended(cell: cell.index, record))
    }
    return unchanged
  }

  private func key(_ unit: Unit, _ compiled: CompiledCell) -> String {
    ContentHash.of(
      unit.module, compiled.library.path, "\(options.seed) \(String(describing: options.reseed))",
      unit.cell == nil ? parameters.map { "\($0.name)=\($0.value.description)" }.joined(separator: "\n") : "")
  }

  private func wake(_ snapshot: Snapshot, before index: Int) throws(EngineError) {
    guard let kernel = snapshot.wake() else { throw EngineError(.system, "a snapshot did not wake up") }
    session.kernel = kernel
    try keepSnapshot(before: index)
  }

  private func startKernel() throws(EngineError) {
    let folder = URL(filePath: notebook.path).deletingLastPathComponent()
    session.kernel = try KernelProcess(
      session.build.executable, directory: folder, addressSpace: options.limits.memory)
  }

  // MARK: Snapshots

  /// Takes the snapshot that the kernel sends, unless what ran before makes it useless.
  private func keepSnapshot(before index: Int) throws(EngineError) {
    let deadline = ContinuousClock.now + .seconds(20)
    while let kernel = session.kernel {
      switch kernel.wait(until: deadline, interruptedBy: -1) {
      case .printed: kernel.readSome { _ in }
      case .frame(.snapshotTaken(let process, let isWhole), let descriptor):
        guard process > 0, descriptor >= 0 else { return }
        let snapshot = Snapshot(process: process, control: descriptor)
        if isWhole { session.snapshots[index] = snapshot } else { snapshot.discard() }
        return keepWithinBudget()
      case .frame, .interrupted: continue
      case .processEnded, .deadline: return
      }
    }
  }

  private func takeSnapshot(before index: Int) throws(EngineError) {
    guard session.snapshots[index] == nil, session.kernel?.send(.snapshot) == true else { return }
    if !options.keepsSnapshots {
      // Only the newest is of use to a batch run.
      for snapshot in session.snapshots.values { snapshot.discard() }
      session.snapshots = [:]
    }
    try keepSnapshot(before: index)
  }

  /// Drops the snapshots that are missed least: those with near neighbours.
  private func keepWithinBudget() {
    while session.snapshots.count > 2, session.snapshotUse.bytes > options.limits.snapshotMemory {
      let indices = session.snapshots.keys.sorted()
      let dropped = indices.indices.dropFirst().dropLast().min {
        indices[$0 + 1] - indices[$0 - 1] < indices[$1 + 1] - indices[$1 - 1]
      }
      session.snapshots.removeValue(forKey: indices[dropped!])?.discard()
    }
  }

  // MARK: Cells

  /// Runs one unit. False when the run ends here.
  private func step(_ index: Int, _ records: inout [CellRecord]) throws(EngineError) -> Bool {
    let unit = units[index]
    if session.interrupter.isRaised {
      return finish(unit, failed(.init(kind: .interrupted, message: "the run was interrupted")), &records)
    }
    let expectsError = unit.cell?.options.expectsError == true
    switch try queue.outcome(of: index) {
    case .cancelled: return false
    case .blocked:
      let failure = Event.Failure(
        kind: .compile, message: "not run: it needs a cell that did not run",
        line: unit.cell.map { startLine($0) } ?? 0)
      return finish(unit, failed(failure), &records)
    case .refused(let diagnostics):
      let first = diagnostics.first { $0.severity == .error }
      var record = CellRecord(diagnostics: diagnostics)
      let failure = Event.Failure(
        kind: .compile, message: first?.message ?? "the cell does not compile", hint: first?.hint ?? "",
        line: line(of: first?.position, in: unit), column: first?.position?.column ?? 0)
      record.state = expectsError ? .failedAsExpected(failure) : .failed(failure)
      return finish(unit, record, &records)
    case .compiled(let compiled):
      if unit.dependencies.contains(where: { dependency in
        !session.executed.contains { $0.unit.module == units[dependency].module }
      }) {
        let failure = Event.Failure(
          kind: .compile, message: "not run: it needs a cell that failed",
          line: unit.cell.map { startLine($0) } ?? 0)
        return finish(unit, failed(failure), &records)
      }
      if session.kernel == nil { try startKernel() }
      if options.keepsSnapshots || options.keepsGoing || expectsError { try takeSnapshot(before: index) }
      var record = try enter(unit, compiled, expectsError: expectsError)
      record.compileSeconds = compiled.seconds
      record.diagnostics = compiled.warnings
      if record.state == .ended {
        session.executed.append(
          Session.Executed(
            unit: unit, key: key(unit, compiled), record: record, library: compiled.library))
      } else {
        try recover(before: index)
      }
      return finish(unit, record, &records)
    }
  }

  /// After a failed cell the kernel is gone; the state before it may still be there.
  private func recover(before index: Int) throws(EngineError) {
    session.kernel?.kill()
    session.kernel = nil
    ChildProcess.sweepOrphans()
    if let snapshot = session.snapshots.removeValue(forKey: index) { try wake(snapshot, before: index) }
  }

  private func failed(_ failure: Event.Failure) -> CellRecord { CellRecord(state: .failed(failure)) }

  private func startLine(_ cell: Cell) -> Int { line(of: cell.start, in: cell) }
  private func line(of position: Position?, in unit: Unit) -> Int {
    unit.cell.map { line(of: position, in: $0) } ?? 0
  }
  private func line(of position: Position?, in cell: Cell) -> Int {
    guard let position else { return 0 }
    return (cell.origins.firstIndex { $0.line == position.line } ?? -1) + 1
  }

  /// Stores a record. False when the run ends with it.
  private func finish(_ unit: Unit, _ record: CellRecord, _ records: inout [CellRecord]) -> Bool {
    if let cell = unit.cell {
      records[cell.index] = record
      observe(.ended(cell: cell.index, record))
    }
    guard let failure = record.failure else { return true }
    return options.keepsGoing && failure.kind != .interrupted && unit.cell != nil
  }

  private func enter(
    _ unit: Unit, _ compiled: CompiledCell, expectsError: Bool
  ) throws(EngineError) -> CellRecord {
    let run = Command.Run(
      index: unit.cell?.index ?? -1, library: compiled.library.path, entry: unit.entry,
      randomSeed: CellSeed.seed(options.seed, module: unit.module), reseed: options.reseed,
      parameters: parameters.map { .init(name: $0.name, value: $0.value.description) })
    let seconds = unit.cell?.options.timeout ?? options.limits.timeout
    let libraries = Dictionary(
      (session.executed.map { ($0.library.path, $0.unit) }) + [(compiled.library.path, unit)]
    ) { $1 }
    let reader = FailureReader(
      symbolizer: Symbolizer(
        libraries: libraries, kernel: session.build.executable.path, path: notebook.path,
        toolchain: session.toolchain),
      memoryLimit: options.limits.memory)
    var entry = CellEntry(
      kernel: session.kernel!, unit: unit, units: units, path: notebook.path, timeout: seconds,
      interrupt: session.interrupter.reader, reader: reader, observe: observe)
    var record = entry.run(run)
    if expectsError {
      switch record.state {
      case .failed(let failure) where failure.kind != .interrupted: record.state = .failedAsExpected(failure)
      case .ended:
        record.state = .failed(
          .init(
            kind: .didNotFail, message: "the cell is marked 'error: true' and ran to its end",
            hint: "take the option away, or let the cell fail", line: unit.cell.map { startLine($0) } ?? 0))
      default: break
      }
    }
    return record
  }
}

/// The seed of a cell's random numbers: the same cell draws the same ones, whatever others do.
enum CellSeed {
  static func seed(_ seed: UInt64, module: String) -> UInt64 {
    let hash = ContentHash.of("\(seed)", module).suffix(16)
    return UInt64(hash, radix: 16)!
  }
}
