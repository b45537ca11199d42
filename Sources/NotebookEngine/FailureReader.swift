import Foundation
import Glibc
import NotebookEvents

/// Finds out, from what is left of a kernel, why a cell stopped and where.
struct FailureReader {
  let symbolizer: Symbolizer
  /// Bytes.
  let memoryLimit: UInt64

  /// - Parameters:
  ///   - crash: what the kernel could still say.
  ///   - status: its exit status, or 128 + the signal that ended it.
  ///   - text: the end of what the cell printed; the runtime's message is taken out of it.
  func failure(
    in unit: Unit, crash: Frame.Crash?, status: Int32, text: inout String
  ) -> Event.Failure {
    let backtrace = crash.map { symbolizer.symbolize($0.frames) } ?? []
    var failure = Event.Failure(
      kind: .signal, message: "", backtrace: backtrace.filter { !$0.isInternal }.map(\.frame))
    // Line 0 is code that the compiler made up.
    let place = backtrace.first { $0.unit?.module == unit.module && $0.line > 0 }
    failure.line = place.map { unit.cellLine($0.line) } ?? 0
    failure.column = place?.column ?? 0
    switch crash?.cause {
    case .thrown?:
      failure.kind = .thrown
      failure.message = "\(crash!.message) was thrown and not caught"
      failure.hint = "catch it with 'do { try ... } catch { ... }', or give the call what it needs"
    case .exited?:
      failure.kind = .exited
      failure.message = "the cell ended the process with exit status \(crash!.code)"
      failure.hint = "a cell cannot call 'exit': the cells after it need the process"
    case .signal?:
      describeSignal(crash!, backtrace, &text, &failure)
    case .stopped?, nil:
      if status > 128 {
        failure.message = "the cell was ended by signal \(status - 128) (\(name(of: status - 128)))"
        if status - 128 == SIGKILL {
          failure.hint = "the system kills processes that take too much memory; '--memory' sets a limit"
        }
      } else {
        failure.kind = .exited
        failure.message = "the cell ended the process with exit status \(status)"
        failure.hint = "a cell cannot end the process: the cells after it need it"
      }
    }
    return failure
  }

  // MARK: Signals

  private func describeSignal(
    _ crash: Frame.Crash, _ backtrace: [Symbolizer.Symbol], _ text: inout String,
    _ failure: inout Event.Failure
  ) {
    let message = takeMessage(from: &text)
    // The guard page lies just below the lowest address that the stack may have.
    let isNearStack =
      crash.address &+ (1 << 16) >= crash.stackPointer && crash.address < crash.stackPointer &+ (1 << 12)
    if crash.code == SIGSEGV || crash.code == SIGBUS, isNearStack {
      failure.kind = .stackOverflow
      failure.message = "the stack overflowed"
      failure.hint = "a function calls itself without end, or too deeply"
    } else if let message, isAllocation(message) || isAllocation(backtrace) {
      outOfMemory(&failure)
    } else if let message {
      failure.kind = .trap
      failure.message = message.isEmpty ? "fatal error" : message
    } else if let reason = backtrace.lazy.compactMap(\.runtimeFailure).first {
      failure.kind = .trap
      failure.message = reason
    } else if isAllocation(backtrace) {
      outOfMemory(&failure)
    } else {
      failure.kind = crash.code == SIGILL || crash.code == SIGTRAP ? .trap : .signal
      failure.message = "the cell was struck by signal \(crash.code) (\(name(of: crash.code)))"
      if crash.code == SIGSEGV {
        failure.hint = "it used memory that is not its own: look at unsafe pointers"
      }
    }
  }

  private func outOfMemory(_ failure: inout Event.Failure) {
    failure.kind = .outOfMemory
    failure.message = "the cell ran out of memory (limit: \(memoryLimit >> 20) MiB)"
    failure.hint = "'--memory' sets the limit"
  }

  private func isAllocation(_ message: String) -> Bool {
    message.contains("Could not allocate memory") || message.contains("failed to allocate")
  }

  private func isAllocation(_ backtrace: [Symbolizer.Symbol]) -> Bool {
    backtrace.prefix(12).contains { symbol in
      ["swift_slowAlloc", "swift_abortAllocationFailure", "std::bad_alloc"].contains {
        symbol.frame.function.contains($0)
      }
    }
  }

  /// The runtime's `File.swift:12: Fatal error: what happened` (or `Precondition failed`, `Assertion failed`), taken out of the printed text.
  private func takeMessage(from text: inout String) -> String? {
    // The runtime's own reports, not the library's, come with a list of addresses.
    text.replace(/Current stack trace:\n(?:\d+ +[^\n]*\n)*/, with: "")
    let pattern = /(?:[^\n:]*:\d+: |)(?:Fatal error|Precondition failed|Assertion failed)(?:: ([^\n]*)|)\n?/
    guard let match = text.matches(of: pattern).last else { return nil }
    let message = String(match.1 ?? "")
    text.removeSubrange(match.range)
    return message
  }

  private func name(of signal: Int32) -> String { String(cString: strsignal(signal)) }
}
