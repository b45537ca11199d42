import Foundation
import NotebookEvents
import NotebookModel
import NotebookReport

/// How the run of one notebook ended.
struct BatchResult {
  let path: String
  var status: ExitStatus = .success
  var seconds = 0.0
  var hasRun = false
  var cellsRun = 0
  var failures = 0
  /// Those that should run: exercises that nobody has solved are not among them.
  var cells = 0
  /// Exercises that wait for the cell that solves them.
  var open: [Diagnostic] = []
  var peakBytes = 0
  var coverage: Coverage?
  /// What the contents of the course show of it.
  var chapter: Chapter?
  /// What is wrong: failures, refutations, and what `--strict` objects to.
  var diagnostics: [Diagnostic] = []

  init(path: String) { self.path = path }

  mutating func take(_ notebook: Notebook, _ record: RunRecord, isStrict: Bool) {
    hasRun = true
    open = zip(notebook.cells, record.cells).filter { $1.state == .open }.map { cell, _ in
      Diagnostic(
        .note, file: notebook.path, at: cell.start, "the exercise `\(cell.options.exercise)` is open",
        hint: "declare `\(cell.options.exercise)` in a cell above, and it is checked")
    }
    cells = notebook.cells.count { $0.options.isEvaluated } - open.count
    failures = record.cells.count { $0.failure != nil }
    cellsRun = record.cells.count {
      $0.state != .notRun && $0.state != .open && $0.failure?.kind != .compile
    }
    peakBytes = record.cells.map(\.peakBytes).max() ?? 0
    let coverage = Coverage(of: notebook, in: record)
    self.coverage = coverage
    for (cell, result) in zip(notebook.cells, record.cells) {
      diagnostics += result.diagnostics.filter { $0.severity != .error && result.failure == nil }
      guard let failure = result.failure else { continue }
      let isInterrupted = failure.kind == .interrupted
      status = max(status, isInterrupted ? .interrupted : .cellFailed)
      let errors = result.diagnostics.filter { $0.severity == .error }
      if errors.isEmpty {
        diagnostics.append(
          Diagnostic(
            file: notebook.path, at: cell.position(line: failure.line, column: max(failure.column, 1)),
            failure.message, hint: failure.hint))
      } else {
        diagnostics += result.diagnostics
      }
    }
    let refutations = checks(notebook, record, where: \.contradictsClaim) { check in
      check.expectsRefutation ? "was to be refuted and holds" : "is refuted"
    }
    diagnostics += refutations
    // Under `--strict` the equation is named instead.
    if !isStrict {
      diagnostics += checks(notebook, record, .warning, where: { $0.verdict == .inconclusive }) { _ in
        "is inconclusive"
      }
    }
    if !refutations.isEmpty { status = max(status, .refuted) }
    let unknown = coverage.unknownChecks.map { located in
      Diagnostic(
        isStrict ? .error : .warning, file: notebook.path,
        at: notebook.cells[located.cell].position(line: located.check.line),
        "no displayed equation has the label `\(located.check.label)`",
        hint: hint(unknown: located.check.label, notebook))
    }
    diagnostics += unknown
    // After a failure the equations that follow it are missing because of it.
    let unreached = coverage.count(.missing)
    if isStrict, status >= .cellFailed, unreached > 0 {
      diagnostics.append(
        Diagnostic(
          .warning, file: notebook.path,
          "\(count(unreached, "equation")) \(unreached == 1 ? "has" : "have") no verdict, as not all cells ran"
        ))
    }
    if isStrict, status < .cellFailed {
      let failures = coverage.strictFailures(file: notebook.path)
      diagnostics += failures
      if !(failures + unknown).isEmpty { status = max(status, .refuted) }
    }
  }

  private func hint(unknown label: String, _ notebook: Notebook) -> String {
    let advice = "write `{#\(label)}` behind the equation"
    let similar = nearest(to: label, among: notebook.equations.map(\.name).filter { !$0.isEmpty })
    return similar.map { "is it `\($0)`? Otherwise \(advice)" } ?? advice
  }

  /// In full: what was found, what fits, where.
  private func checks(
    _ notebook: Notebook, _ record: RunRecord, _ severity: Diagnostic.Severity = .error,
    where isWanted: (Event.Check) -> Bool, verdict: (Event.Check) -> String
  ) -> [Diagnostic] {
    zip(notebook.cells, record.cells).flatMap { cell, result in
      result.outputs.compactMap { output -> Diagnostic? in
        guard case .check(let check) = output, isWanted(check) else { return nil }
        return Diagnostic(
          severity, file: notebook.path, at: cell.position(line: check.line, column: max(check.column, 1)),
          "`\(check.label)` \(verdict(check)): \(check.sentence)", hint: check.diagnosis)
      }
    }
  }

  /// "output/02_score.html: 7 cells ran, 11 of 12 equations verified, in 2.31 s"
  func line(_ files: OutputFiles?) -> String {
    var parts = [
      cells == 0
        ? "written"
        : cellsRun == cells ? "\(count(cells, "cell")) ran" : "\(cellsRun) of \(count(cells, "cell")) ran"
    ]
    if failures > 0 { parts.append("\(failures) failed") }
    if !open.isEmpty { parts.append("\(count(open.count, "exercise")) open") }
    if let summary = coverage?.summary, !summary.isEmpty { parts.append(summary) }
    return "\(files?.names ?? path): \(parts.joined(separator: "; ")); \(duration(seconds))"
  }

  var word: String {
    switch status {
    case .success: "ok"
    case .refuted: "refuted"
    case .cellFailed: "failed"
    case .usage: "wrong usage"
    case .unreadable: "unreadable"
    case .unavailable: "not run"
    case .cannotWrite: "not written"
    case .interrupted: "interrupted"
    }
  }

  /// One line a notebook.
  static func table(_ results: [BatchResult]) -> String {
    let width = results.map(\.path.count).max() ?? 0
    let rows = results.map { result in
      let path = result.path.padding(toLength: width, withPad: " ", startingAt: 0)
      let word = result.word.padding(toLength: 11, withPad: " ", startingAt: 0)
      let time = duration(result.seconds)
      let memory = "\(result.peakBytes >> 20) MiB"
      let time2 = String(repeating: " ", count: max(0, 9 - time.count)) + time
      let memory2 = String(repeating: " ", count: max(0, 9 - memory.count)) + memory
      return "\(path)  \(word) \(time2) \(memory2)  \(result.coverage?.summary ?? "")"
    }
    return rows.joined(separator: "\n")
  }
}
