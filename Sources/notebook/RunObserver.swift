import Foundation
import NotebookEngine
import NotebookEvents
import NotebookModel

/// Tells the user how a run goes.
protocol RunObserver: Sendable {
  func observe(_ event: RunEvent)
  func finish()
}

struct QuietObserver: RunObserver {
  func observe(_ event: RunEvent) {}
  func finish() {}
}

/// Plain lines, for a file or a pipe.
struct PlainObserver: RunObserver {
  let notebook: Notebook

  init(_ notebook: Notebook) { self.notebook = notebook }

  func observe(_ event: RunEvent) {
    switch event {
    case .preparing(let message): Terminal.complain("notebook: \(message)")
    case .output(_, .check(let check)): Terminal.complain(check.terminalLine)
    default: break
    }
  }

  func finish() {}
}

/// One line that is written over: which cell of how many, what it does, how long.
final class TerminalObserver: RunObserver, @unchecked Sendable {
  private let notebook: Notebook
  private let start = ContinuousClock.now
  private let lock = NSLock()
  // Under the lock:
  private var compiling: Set<Int> = []
  private var running: Int?
  private var message = ""
  private var isFinished = false

  init(_ notebook: Notebook) {
    self.notebook = notebook
    Thread { [weak self] in
      while let self, self.draw() { usleep(100_000) }
    }.start()
  }

  func observe(_ event: RunEvent) {
    lock.withLock {
      switch event {
      case .preparing(let text): message = text
      case .planned: break
      case .compiling(let cell): compiling.insert(cell)
      case .started(let cell):
        running = cell
        message = ""
        compiling.remove(cell)
      case .progress(_, let progress):
        let share = progress.fraction.isNaN ? "" : "\(Int((progress.fraction * 100).rounded())) % "
        message = share + progress.message
      case .output(_, .check(let check)): Terminal.complain(check.terminalLine)
      case .output: break
      case .ended(let cell, _):
        compiling.remove(cell)
        if running == cell { running = nil }
      }
    }
  }

  func finish() {
    lock.withLock {
      isFinished = true
      Terminal.clear()
    }
  }

  private func draw() -> Bool {
    lock.withLock {
      guard !isFinished else { return false }
      let elapsed = duration((ContinuousClock.now - start) / .seconds(1))
      let doing =
        running.map {
          "cell \($0 + 1) of \(notebook.cells.count) runs (line \(notebook.cells[$0].start.line))"
        }
        ?? (compiling.min().map { "cell \($0 + 1) of \(notebook.cells.count) is compiled" } ?? "")
      let text = "\(notebook.path): \(doing) \(message) [\(elapsed)]"
      Terminal.progress(String(text.prefix(Terminal.width() - 1)))
      return true
    }
  }
}

extension Event.Check {
  /// One line of a terminal.
  var terminalLine: String {
    let mark =
      switch verdict {
      case .verified: "✓"
      case .refuted: "✗"
      case .inconclusive: "?"
      }
    let expected = expectsRefutation && verdict == .refuted ? " as expected" : ""
    let title = name.isEmpty ? label : "\(label) (\(name))"
    return "\(mark) \(title) \(verdict)\(expected): \(sentence)"
  }
}
