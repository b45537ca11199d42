import Foundation
import Glibc
import NotebookEvents
import NotebookModel

/// Has the kernel run one cell, and watches over it: its output, its events, its time, its end.
struct CellEntry {
  let kernel: KernelProcess
  let unit: Unit
  let units: [Unit]
  let path: String
  let timeout: Double
  let interrupt: Int32
  let reader: FailureReader
  let observe: @Sendable (RunEvent) -> Void

  private var record = CellRecord()
  private var buffer = OutputBuffer()
  private var crash: Frame.Crash?

  /// How long a cell that is asked to stop may take to say where it is.
  private static let grace = Duration.milliseconds(300)

  init(
    kernel: KernelProcess, unit: Unit, units: [Unit], path: String, timeout: Double, interrupt: Int32,
    reader: FailureReader, observe: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.kernel = kernel
    self.unit = unit
    self.units = units
    self.path = path
    self.timeout = timeout
    self.interrupt = interrupt
    self.reader = reader
    self.observe = observe
  }

  private enum Stop {
    case timeout
    case interrupted
  }

  mutating func run(_ run: Command.Run) -> CellRecord {
    let start = ContinuousClock.now
    guard kernel.send(.run(run)) else { return end(stoppedBy: nil, since: start) }
    var deadline = start + .seconds(timeout)
    var stop: Stop?
    while true {
      switch kernel.wait(until: deadline, interruptedBy: stop == nil ? interrupt : -1) {
      case .printed:
        kernel.readSome { buffer.append($0) }
      case .frame(.event(let event), _):
        kernel.drain { buffer.append($0) }
        kernel.acknowledge()
        if take(event) { return record }
      case .frame(.crash(let crash), _):
        self.crash = crash
      case .frame: continue
      case .processEnded:
        return end(stoppedBy: stop, since: start)
      case .interrupted, .deadline:
        // Asked to stop already: it did not answer.
        if stop != nil { return end(stoppedBy: stop, since: start) }
        stop = ContinuousClock.now >= deadline ? .timeout : .interrupted
        kernel.stop()
        deadline = .now + CellEntry.grace
      }
    }
  }

  /// True when the cell has ended.
  private mutating func take(_ event: Event) -> Bool {
    switch event {
    case .cellStarted:
      if let cell = unit.cell { observe(.started(cell: cell.index)) }
    case .value(let text): put(.value(rewrite(text)))
    case .inlineValue(let position, let text): put(.inlineValue(position: position, text: rewrite(text)))
    case .figure(let figure): put(.figure(figure))
    case .table(let table): put(.table(table))
    case .check(var check):
      check.line = unit.cellLine(check.line)
      put(.check(check))
    case .progress(let progress):
      if let cell = unit.cell { observe(.progress(cell: cell.index, progress)) }
    case .warning(let text): put(.warning(text))
    case .cellEnded(let seconds, let peakBytes):
      flush()
      record.state = .ended
      record.seconds = seconds
      record.peakBytes = peakBytes
      return true
    case .failure(let failure):
      flush()
      record.state = .failed(failure)
      return true
    }
    return false
  }

  private mutating func put(_ output: Output) {
    flush()
    record.outputs.append(output)
    if let cell = unit.cell { observe(.output(cell: cell.index, output)) }
  }

  private mutating func flush() {
    if let text = buffer.take(rewrite) {
      record.outputs.append(text)
      if let cell = unit.cell { observe(.output(cell: cell.index, text)) }
    }
  }

  /// Puts notebook places where the runtime or `#file` wrote those of the generated source, and leaves
  /// the cells' module names out: they are ours, not the author's.
  private func rewrite(_ text: String) -> String {
    guard text.contains("Cell_") else { return text }
    let places = /(?:Cell_[0-9a-f]{10}(?:_\d+)?\/)?(Cell_[0-9a-f]{10}(?:_\d+)?)\.swift:(\d+)(?::(\d+))?/
    let placed = text.replacing(places) { match in
      guard let unit = units.first(where: { $0.module == match.1 }), let line = Int(match.2),
        let position = unit.position(line: line, column: match.3.flatMap { Int($0) } ?? 1)
      else { return String(match.0) }
      return match.3 == nil ? "\(path):\(position.line)" : "\(path):\(position.line):\(position.column)"
    }
    return Demangler.withoutModules(placed)
  }

  private mutating func end(stoppedBy stop: Stop?, since start: ContinuousClock.Instant) -> CellRecord {
    let status = kernel.kill()
    kernel.drain { buffer.append($0) }
    record.seconds = (ContinuousClock.now - start) / .seconds(1)
    var text = ""
    if let output = buffer.take({ $0 }) {
      guard case .text(let head, let omitted, let tail) = output else { return record }
      // The runtime's own message is the end of what was printed.
      text = omitted == 0 ? head : tail
      let failure = failure(stop, status, &text)
      let rest: Output =
        omitted == 0
        ? .text(head: rewrite(text), omittedBytes: 0, tail: "")
        : .text(head: rewrite(head), omittedBytes: omitted, tail: rewrite(text))
      if omitted > 0 || !text.isEmpty { record.outputs.append(rest) }
      record.state = .failed(failure)
    } else {
      record.state = .failed(failure(stop, status, &text))
    }
    return record
  }

  private func failure(_ stop: Stop?, _ status: Int32, _ text: inout String) -> Event.Failure {
    var failure = reader.failure(in: unit, crash: crash, status: status, text: &text)
    failure.message = rewrite(failure.message)
    switch stop {
    case .timeout?:
      failure.kind = .timeout
      failure.message = "the cell was stopped after \(seconds(timeout))"
      failure.hint = "'--timeout' or the option 'timeout' gives it longer"
    case .interrupted?:
      failure.kind = .interrupted
      failure.message = "the run was interrupted in this cell"
      failure.hint = ""
    case nil: break
    }
    if failure.line == 0, let cell = unit.cell {
      failure.line = (cell.origins.firstIndex { $0.line == cell.start.line } ?? 0) + 1
    }
    return failure
  }

  private func seconds(_ value: Double) -> String {
    value == value.rounded() ? "\(Int(value)) s" : "\(value) s"
  }
}
