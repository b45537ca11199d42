import Foundation
import Glibc
import NotebookEvents
import NotebookModel

/// One run of a session: decides where to go on, and enters the cells one after another.
///
/// Units that leave state are the session's steps. Those that are as they were in the last run are kept;
/// the first that is not, and compiles, takes the kernel back to the state before it. Inline expressions
/// stand between two steps and are evaluated in the state there.
struct Execution {
  let session: Session
  let notebook: Notebook
  let parameters: [Parameter]
  let options: Session.Options
  let units: [Unit]
  let queue: CompileQueue
  let isOutdated: @Sendable () -> Bool
  let observe: @Sendable (RunEvent) -> Void
  let snapshots: SnapshotKeeper

  /// How many of the session's steps still hold.
  private var kept = 0
  /// Whether the kernel came to its state in this run; inline expressions then run in it, as in a run from
  /// the start, and in a copy otherwise.
  private var hasArrived = false
  private var records: [CellRecord]

  init(
    session: Session, notebook: Notebook, parameters: [Parameter], options: Session.Options, units: [Unit],
    queue: CompileQueue, isOutdated: @escaping @Sendable () -> Bool,
    observe: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.session = session
    self.notebook = notebook
    self.parameters = parameters
    self.options = options
    self.units = units
    self.queue = queue
    self.isOutdated = isOutdated
    self.observe = observe
    snapshots = SnapshotKeeper(session: session, options: options)
    records = notebook.cells.map { cell in
      let isPlanned = units.contains { $0.cell?.index == cell.index }
      return CellRecord(state: isPlanned || !cell.options.isEvaluated ? .notRun : .open)
    }
  }

  mutating func run() throws(EngineError) -> [CellRecord] {
    for cell in records.indices where records[cell].state == .open {
      observe(.ended(cell: cell, records[cell]))
    }
    kept = try unchangedSteps()
    var index = 0
    while index < units.count, !isOutdated() {
      session.reins.reach(index)
      switch try pass(index) {
      case .next: index += 1
      case .again(let step): index = self.index(ofStep: step)
      case .end: index = units.count
      }
    }
    ChildProcess.sweepOrphans()
    snapshots.keepWithinBudget()
    for unit in units { if let cell = unit.cell { records[cell.index].solver = unit.solver } }
    return records
  }

  /// Where to go on after a unit.
  private enum Course: Equatable {
    case next
    /// The state that the unit needs is gone; the step with this position comes first.
    case again(step: Int)
    case end
  }

  // MARK: What still holds

  private func unchangedSteps() throws(EngineError) -> Int {
    var unchanged = 0
    for (index, unit) in units.enumerated() where unit.leavesState {
      // An edited cell is told by its source alone; only an unchanged one has to be compiled (from
      // the cache) to see that what it imports has not changed either.
      guard unchanged < session.steps.count, session.steps[unchanged].record.failure == nil,
        session.steps[unchanged].unit.isSame(as: unit),
        session.steps[unchanged].key == key(unit, try queue.outcome(of: index))
      else { break }
      unchanged += 1
    }
    return unchanged
  }

  /// What a step is known by; nil where it cannot be kept.
  private func key(_ unit: Unit, _ outcome: Compiler.Outcome) -> String? {
    switch outcome {
    case .compiled(let compiled): key(unit, compiled)
    case .refused: Execution.refusedKey
    case .blocked, .cancelled: nil
    }
  }

  private static let refusedKey = "refused"

  private func key(_ unit: Unit, _ compiled: CompiledCell) -> String {
    ContentHash.of(
      unit.module, compiled.library.path, "\(options.seed) \(String(describing: options.reseed))",
      unit.cell == nil ? parameters.map { "\($0.name)=\($0.value.description)" }.joined(separator: "\n") : "")
  }

  /// The number of steps before a unit.
  private func position(of index: Int) -> Int { units[..<index].count(where: \.leavesState) }
  private func index(ofStep step: Int) -> Int {
    units.indices.filter { units[$0].leavesState }[step]
  }

  /// A record of an earlier run, in this one.
  private mutating func keep(_ record: CellRecord, of unit: Unit, _ diagnostics: [Diagnostic]) {
    guard let cell = unit.cell else { return }
    var record = record
    // The cell may stand on other lines now.
    record.diagnostics = diagnostics
    record.compileSeconds = 0
    records[cell.index] = record
    observe(.ended(cell: cell.index, record))
  }

  // MARK: Units

  private mutating func pass(_ index: Int) throws(EngineError) -> Course {
    let unit = units[index]
    let position = position(of: index)
    if unit.leavesState, position < kept {
      let outcome = try queue.outcome(of: index)
      keep(session.steps[position].record, of: unit, diagnostics(outcome))
      return .next
    }
    if session.reins.interrupter.isRaised {
      return finish(unit, failed(.init(kind: .interrupted, message: "the run was interrupted")))
    }
    switch try queue.outcome(of: index) {
    case .cancelled: return .end
    case .blocked:
      return finish(unit, failed(notRun(unit, "it needs a cell that did not run")), at: position)
    case .refused(let diagnostics):
      let record = refused(unit, diagnostics)
      // Where the run goes on, what an earlier text left there must not be seen.
      if course(after: record, unit) == .next, unit.leavesState, session.steps.count > position {
        let state = try goBack(to: position)
        if state < position { return .again(step: state) }
      }
      return finish(unit, record, at: position, Execution.refusedKey)
    case .compiled(let compiled):
      return try unit.leavesState
        ? enter(unit, compiled, at: position) : evaluate(unit, compiled, at: position)
    }
  }

  private func diagnostics(_ outcome: Compiler.Outcome) -> [Diagnostic] {
    switch outcome {
    case .compiled(let cell): cell.warnings
    case .refused(let diagnostics): diagnostics
    case .blocked, .cancelled: []
    }
  }

  /// Runs a cell in the state before it.
  private mutating func enter(
    _ unit: Unit, _ compiled: CompiledCell, at position: Int
  ) throws(EngineError) -> Course {
    if session.kernel == nil || session.steps.count != position {
      let state = try goBack(to: position)
      if state < position { return .again(step: state) }
    }
    if let failure = missing(unit) { return finish(unit, failed(failure), at: position) }
    let expectsError = unit.cell?.options.expectsError == true
    if options.keepsSnapshots || options.keepsGoing || expectsError { try snapshots.take(before: position) }
    hasArrived = true
    var record = try record(of: unit, compiled, in: session.kernel!)
    if expectsError { record.state = expected(record.state, unit) }
    if record.state == .ended {
      session.steps.append(
        Session.Step(unit: unit, key: key(unit, compiled), record: record, library: compiled.library))
      return finish(unit, record)
    }
    try recover(before: position)
    let course = finish(unit, record, at: position, key(unit, compiled))
    // Without the state before the cell there is nothing to go on with.
    return session.kernel == nil ? .end : course
  }

  /// Evaluates inline expressions: in the kernel where it has just come to their place, else in a copy.
  private mutating func evaluate(
    _ unit: Unit, _ compiled: CompiledCell, at position: Int
  ) throws(EngineError) -> Course {
    let key = key(unit, compiled)
    if let known = session.values[position]?[key] {
      keep(known, of: unit, compiled.warnings)
      return .next
    }
    if let failure = missing(unit) { return finish(unit, failed(failure)) }
    let isThere = session.kernel != nil && session.steps.count == position
    var record: CellRecord
    if !(isThere && hasArrived), let copy = try snapshots.copy(of: position) {
      record = try self.record(of: unit, compiled, in: copy)
      copy.kill()
    } else {
      if !isThere {
        let state = try goBack(to: position)
        if state < position { return .again(step: state) }
      }
      if options.keepsSnapshots || options.keepsGoing { try snapshots.take(before: position) }
      record = try self.record(of: unit, compiled, in: session.kernel!)
      if record.state != .ended { try recover(before: position) }
    }
    if record.state == .ended { session.values[position, default: [:]][key] = record }
    let course = finish(unit, record)
    return session.kernel == nil ? .end : course
  }

  private func record(
    of unit: Unit, _ compiled: CompiledCell, in kernel: KernelProcess
  ) throws(EngineError) -> CellRecord {
    var entry = entry(unit, compiled, kernel)
    var record = entry.run(
      Command.Run(
        index: unit.cell?.index ?? -1, library: compiled.library.path, entry: unit.entry,
        randomSeed: CellSeed.seed(options.seed, module: unit.module), reseed: options.reseed,
        parameters: parameters.map { .init(name: $0.name, value: $0.value.description) }))
    record.compileSeconds = compiled.seconds
    record.diagnostics = compiled.warnings
    return record
  }

  // MARK: States

  /// Brings the kernel to the newest state that there is, at a step or before it.
  ///
  /// - Returns: the position of the step that is next.
  private mutating func goBack(to position: Int) throws(EngineError) -> Int {
    session.kernel?.kill()
    session.kernel = nil
    hasArrived = true
    kept = try snapshots.wake(atMost: position)
    if session.kernel == nil {
      let folder = URL(filePath: notebook.path).deletingLastPathComponent()
      session.kernel = try KernelProcess(
        session.build.executable, directory: folder, addressSpace: options.limits.memory)
    }
    return kept
  }

  /// After a failed cell the kernel is gone; the state before it may still be there.
  private func recover(before position: Int) throws(EngineError) {
    session.kernel?.kill()
    session.kernel = nil
    ChildProcess.sweepOrphans()
    try snapshots.wake(exactly: position)
  }

  // MARK: Failures

  private func missing(_ unit: Unit) -> Event.Failure? {
    let isMissing = unit.dependencies.contains { dependency in
      !session.steps.contains { $0.library != nil && $0.unit.module == units[dependency].module }
    }
    return isMissing ? notRun(unit, "it needs a cell that failed") : nil
  }

  private func notRun(_ unit: Unit, _ reason: String) -> Event.Failure {
    Event.Failure(
      kind: .compile, message: "not run: \(reason)", line: unit.cell.map { startLine($0) } ?? 0)
  }

  private func refused(_ unit: Unit, _ diagnostics: [Diagnostic]) -> CellRecord {
    let first = diagnostics.first { $0.severity == .error }
    let failure = Event.Failure(
      kind: .compile, message: first?.message ?? "the cell does not compile", hint: first?.hint ?? "",
      line: line(of: first?.position, in: unit), column: first?.position?.column ?? 0)
    let isExpected = unit.cell?.options.expectsError == true
    return CellRecord(
      state: isExpected ? .failedAsExpected(failure) : .failed(failure), diagnostics: diagnostics)
  }

  private func expected(_ state: CellRecord.State, _ unit: Unit) -> CellRecord.State {
    switch state {
    case .failed(let failure) where failure.kind != .interrupted: .failedAsExpected(failure)
    case .ended:
      .failed(
        .init(
          kind: .didNotFail, message: "the cell is marked 'error: true' and ran to its end",
          hint: "take the option away, or let the cell fail", line: unit.cell.map { startLine($0) } ?? 0))
    default: state
    }
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

  /// Stores a record.
  ///
  /// - Parameter position: of a step that failed and leaves nothing behind; it is passed where the run
  ///   goes on.
  private mutating func finish(
    _ unit: Unit, _ record: CellRecord, at position: Int? = nil, _ key: String = ""
  ) -> Course {
    if let cell = unit.cell {
      records[cell.index] = record
      observe(.ended(cell: cell.index, record))
    }
    let course = course(after: record, unit)
    if course == .next, let position, unit.leavesState, position == session.steps.count {
      session.steps.append(Session.Step(unit: unit, key: key, record: record, library: nil))
    }
    return course
  }

  private func course(after record: CellRecord, _ unit: Unit) -> Course {
    guard let failure = record.failure else { return .next }
    if failure.kind == .interrupted || unit.cell == nil { return .end }
    // Nothing that follows needs the value of an inline expression.
    return options.keepsGoing || (options.keepsSnapshots && !unit.leavesState) ? .next : .end
  }

  private func entry(_ unit: Unit, _ compiled: CompiledCell, _ kernel: KernelProcess) -> CellEntry {
    let behind = session.steps.compactMap { step in step.library.map { ($0.path, step.unit) } }
    let libraries = Dictionary(behind + [(compiled.library.path, unit)]) { $1 }
    let reader = FailureReader(
      symbolizer: Symbolizer(
        libraries: libraries, kernel: session.build.executable.path, path: notebook.file,
        toolchain: session.toolchain),
      memoryLimit: options.limits.memory)
    return CellEntry(
      kernel: kernel, unit: unit, units: units, path: notebook.file,
      timeout: unit.cell?.options.timeout ?? options.limits.timeout,
      interrupt: session.reins.interrupter.reader, reader: reader, observe: observe)
  }
}

/// The seed of a cell's random numbers: the same cell draws the same ones, whatever others do.
enum CellSeed {
  static func seed(_ seed: UInt64, module: String) -> UInt64 {
    let hash = ContentHash.of("\(seed)", module).suffix(16)
    return UInt64(hash, radix: 16)!
  }
}
