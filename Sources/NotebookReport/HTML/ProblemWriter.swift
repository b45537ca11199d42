import Foundation
import NotebookEvents
import NotebookModel

extension CellWriter {
  /// What the compiler said, each with the line that it speaks of.
  func problems(_ cell: Cell, _ record: CellRecord) -> String {
    let isExpected = if case .failedAsExpected = record.state { true } else { false }
    return record.diagnostics.map { diagnostic in
      let isExpected = isExpected && diagnostic.severity == .error
      return problem(
        isExpected ? "expected" : diagnostic.severity.rawValue,
        title: diagnostic.severity.title + (isExpected ? " (as expected)" : ""), message: diagnostic.message,
        hint: diagnostic.hint, at: diagnostic.position)
    }.joined()
  }

  /// How the cell failed.
  func failure(_ cell: Cell, _ record: CellRecord) -> String {
    let failure: Event.Failure
    let isExpected: Bool
    switch record.state {
    case .failed(let found): (failure, isExpected) = (found, false)
    case .failedAsExpected(let found): (failure, isExpected) = (found, true)
    case .ended, .notRun, .open: return ""
    }
    // The compiler's own words are above already.
    if failure.kind == .compile, record.diagnostics.contains(where: { $0.severity == .error }) { return "" }
    let place = failure.line > 0 ? cell.position(line: failure.line, column: failure.column) : nil
    return problem(
      isExpected ? "expected" : "error",
      title: failure.kind.title + (isExpected ? " (as expected)" : ""), message: failure.message,
      hint: failure.hint, at: place, backtrace: failure.backtrace)
  }

  private func problem(
    _ classes: String, title: String, message: String, hint: String, at position: Position?,
    backtrace: [Event.Failure.StackFrame] = []
  ) -> String {
    let place =
      position.map { "<span class=\"place\">\(escaped(page.fileName)):\($0.line):\($0.column)</span>" } ?? ""
    let text = "<strong>\(escaped(title)).</strong> \(escapedOutput(message))"
    var html = "<div class=\"problem \(classes)\">\n<p>\(text)\(place)</p>\n"
    if let position { html += excerpt(position) }
    if !hint.isEmpty { html += "<p class=\"hint\">\(escapedOutput(hint))</p>\n" }
    if !backtrace.isEmpty {
      let frames = backtrace.map { frame in
        let place =
          frame.file.isEmpty ? "" : " <span class=\"place\">\(escaped(frame.file)):\(frame.line)</span>"
        return "<li><code>\(escaped(frame.function))</code>\(place)</li>"
      }
      html += "<details><summary>Called from</summary>\n<ol>\(frames.joined())</ol></details>\n"
    }
    return html + "</div>\n"
  }

  /// The line of the notebook at a place, with a caret under the column.
  private func excerpt(_ position: Position) -> String {
    let line = page.sourceLine(position.line)
    if line.allSatisfy(\.isWhitespace) { return "" }
    let margin = line.prefix { $0 == " " }.count
    let shown = String(line.dropFirst(margin))
    let before = String(decoding: line.utf8.prefix(max(position.column - 1, 0)), as: UTF8.self)
    let caret = String(before.dropFirst(margin).map { $0 == "\t" ? $0 : " " }) + "^"
    return codeBlock(
      escapedOutput(shown) + "\n<span class=\"caret\" aria-hidden=\"true\">\(caret)</span>",
      longestLine: shown.utf8.count,
      classes: "excerpt")
  }
}

extension Diagnostic.Severity {
  fileprivate var title: String {
    switch self {
    case .error: "Error"
    case .warning: "Warning"
    case .note: "Note"
    }
  }
}

extension Event.Failure.Kind {
  /// What happened, for the head of a message.
  var title: String {
    switch self {
    case .compile: "Does not compile"
    case .trap: "Crashed"
    case .thrown: "Uncaught error"
    case .stackOverflow: "Stack overflow"
    case .outOfMemory: "Out of memory"
    case .exited: "Ended the process"
    case .signal: "Killed"
    case .timeout: "Out of time"
    case .interrupted: "Interrupted"
    case .didNotFail: "Did not fail"
    }
  }
}

extension Double {
  /// With so many digits behind the point.
  func formatted(digits: Int) -> String { String(format: "%.\(digits)f", self) }
}
