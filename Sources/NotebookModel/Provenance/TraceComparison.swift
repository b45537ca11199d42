import Digests
import NotebookEvents

extension Trace {
  /// What another run of the same notebook put out differently, in its order.
  ///
  /// Verdicts must be equal in any case. What else is compared, and how, the tolerance decides: with
  /// ``Tolerance/otherVersions`` the words of evidence, compilers' warnings and the bytes of pictures may change.
  public func differences(
    from other: Trace, in notebook: Notebook, _ tolerance: Tolerance
  ) -> [Difference] {
    zip(notebook.cells, zip(cells, other.cells)).flatMap { cell, pair in
      var comparison = CellComparison(
        cell: cell, name: notebook.name(ofCell: cell.index), tolerance: tolerance)
      comparison.compare(pair.0, pair.1)
      return comparison.differences
    }
  }
}

extension Notebook {
  /// "cell 3", "cell 4 (fig-score)", "a value in the text": as readers count cells.
  public func name(ofCell index: Int) -> String {
    let cell = cells[index]
    guard cell.kind == .fenced else { return "a value in the text" }
    let ordinal = cells[...index].count { $0.kind == .fenced }
    return "cell \(ordinal)" + (cell.options.label.isEmpty ? "" : " (\(cell.options.label))")
  }
}

/// Compares what two runs of one cell put out.
private struct CellComparison {
  let cell: Cell
  let name: String
  let tolerance: Tolerance
  var differences: [Difference] = []

  mutating func compare(_ old: Trace.Cell, _ new: Trace.Cell) {
    compareStates(old.state, new.state)
    if tolerance != .otherVersions, old.diagnostics != new.diagnostics {
      add(
        "\(name), the compiler's messages", messages(old.diagnostics), messages(new.diagnostics),
        cell.start.line)
    }
    for (index, output) in old.outputs.enumerated() {
      guard index < new.outputs.count, output.kind == new.outputs[index].kind else {
        let now = index < new.outputs.count ? new.outputs[index].kind : "nothing"
        note("\(name), output \(index + 1)", was: output.kind, now: now, cell.start.line)
        return
      }
      compare(output, new.outputs[index])
    }
    if new.outputs.count > old.outputs.count {
      note(
        "\(name), output \(old.outputs.count + 1)", was: "nothing", now: new.outputs[old.outputs.count].kind,
        cell.start.line)
    }
  }

  private func messages(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.isEmpty ? "none" : diagnostics.map(\.message).joined(separator: "\n")
  }

  private mutating func note(_ subject: String, was: String, now: String, _ line: Int) {
    differences.append(Difference(line: line, subject: subject, was: was, now: now))
  }

  private mutating func add(_ subject: String, _ old: String, _ new: String, _ line: Int) {
    if let difference = Difference(line: line, subject, old, new, tolerance) {
      differences.append(difference)
    }
  }

  private mutating func compareStates(_ old: Trace.Cell.State, _ new: Trace.Cell.State) {
    guard old != new else { return }
    if let old = old.failure, let new = new.failure, old.kind == new.kind, old.line == new.line {
      // Which frames a backtrace shows is up to the optimiser.
      add("\(name), its failure", old.message, new.message, cell.start.line)
    } else {
      note("\(name), how it ended", was: old.words, now: new.words, cell.start.line)
    }
  }

  private mutating func compare(_ old: Trace.Output, _ new: Trace.Output) {
    let line = cell.start.line
    switch (old, new) {
    case (.text(let head, let omitted, let tail), .text(let newHead, let newOmitted, let newTail)):
      func whole(_ head: String, _ omitted: Int, _ tail: String) -> String {
        omitted == 0 ? head + tail : "\(head)\n… \(omitted) bytes left out …\n\(tail)"
      }
      add("\(name), its text", whole(head, omitted, tail), whole(newHead, newOmitted, newTail), line)
    case (.value(let old), .value(let new)): add("\(name), its value", old, new, line)
    case (.inlineValue(let position, let old), .inlineValue(_, let new)):
      let place = cell.position(line: position + 1).line
      let code = cell.code.split(separator: "\n", omittingEmptySubsequences: false)
      let expression = code.indices.contains(position) ? " `\(code[position])`" : ""
      add("the value\(expression) in the text", old, new, place)
    case (.warning(let old), .warning(let new)): add("\(name), its warning", old, new, line)
    case (.table(let old), .table(let new)): compare(old, new)
    case (.check(let old), .check(let new)): compare(old, new)
    case (.figure(let old), .figure(let new)): compare(old, new)
    default: break
    }
  }

  private mutating func compare(_ old: Event.Table, _ new: Event.Table) {
    let line = cell.start.line
    add("\(name), the table's caption", old.caption, new.caption, line)
    guard old.columns == new.columns, old.rows.map(\.count) == new.rows.map(\.count) else {
      func size(_ table: Event.Table) -> String {
        "\(table.rows.count) rows of \(table.columns.map(\.title))"
      }
      return note("\(name), the table", was: size(old), now: size(new), line)
    }
    for (row, entries) in zip(old.rows, new.rows).enumerated() {
      for (column, pair) in zip(entries.0, entries.1).enumerated() {
        let title = old.columns.indices.contains(column) ? old.columns[column].title : ""
        add("\(name), the table's row \(row + 1)\(title.isEmpty ? "" : ", \(title)")", pair.0, pair.1, line)
      }
    }
  }

  private mutating func compare(_ old: Event.Check, _ new: Event.Check) {
    let line = cell.position(line: old.line).line
    let title = old.name.isEmpty ? old.label : "\(old.label) (\(old.name))"
    let subject = "\(name), the check of \(title)"
    let count = differences.count
    for (what, was, now) in [
      ("", old.title, new.title), (", its verdict", "\(old.verdict)", "\(new.verdict)"),
      (", its kind", old.kind, new.kind),
      (", what is expected", "\(old.expectation)", "\(new.expectation)"),
    ] where was != now {
      note(subject + what, was: was, now: now, line)
    }
    // Another verdict has other evidence.
    guard count == differences.count else { return }
    if tolerance == .otherVersions {
      // How small a mistake would have been seen depends on rounding, but not by orders of magnitude.
      let ratio = old.resolution / new.resolution
      let isSame = old.resolution == new.resolution || old.resolution.isNaN && new.resolution.isNaN
      if !isSame, !(0.1...10).contains(ratio) {
        note(
          subject + ", the smallest difference it would have seen", was: "\(old.resolution)",
          now: "\(new.resolution)", line)
      }
      return
    }
    for (what, was, now) in [
      ("sentence", old.sentence, new.sentence), ("diagnosis", old.diagnosis, new.diagnosis),
      ("evidence", old.evidence, new.evidence),
    ] { add("\(subject), its \(what)", was, now, line) }
  }

  private mutating func compare(_ old: Trace.Figure, _ new: Trace.Figure) {
    let line = cell.start.line
    add("\(name), the figure's alternative text", old.alternativeText, new.alternativeText, line)
    if old.format != new.format || old.width != new.width || old.height != new.height {
      note(
        "\(name), the figure's size", was: "\(old.width) × \(old.height)",
        now: "\(new.width) × \(new.height)", line)
    }
    if old.data.digest != new.data.digest,
      let (column, was, now) = old.data.difference(from: new.data, isExact: tolerance == .exact)
    {
      return note("\(name), the figure's numbers, \(column)", was: was, now: now, line)
    }
    // Other versions draw the same numbers in other bytes.
    let (pictures, others) = ([old.light, old.dark, old.poster], [new.light, new.dark, new.poster])
    if tolerance != .otherVersions, let place = pictures.indices.first(where: { pictures[$0] != others[$0] })
    {
      note(
        "\(name), the figure's picture, of equal numbers", was: "SHA-256 " + pictures[place].prefix(12) + "…",
        now: "SHA-256 " + others[place].prefix(12) + "…", line)
    }
  }
}

extension TableSketch {
  /// Relative: a tenth of a dot of a drawing a thousand dots wide.
  private static let precision = 1e-4
  /// Relative to the column's largest mean: what cancels to nearly nothing is rounding.
  private static let floor = 1e-9

  /// Where another table says something else, and what.
  fileprivate func difference(
    from other: TableSketch, isExact: Bool
  ) -> (column: String, was: String, now: String)? {
    for (old, new) in zip(columns, other.columns) {
      if old.name != new.name { return ("its columns", old.name, new.name) }
      if old.count != new.count { return (old.name, "\(old.count) rows", "\(new.count) rows") }
      let (before, after) = (old.values, new.values)
      let size = (before + after).lazy.filter(\.isFinite).map(abs).max() ?? 0
      for (index, (a, b)) in zip(before, after).enumerated() {
        let allowed = max(TableSketch.precision * max(abs(a), abs(b)), TableSketch.floor * size)
        if a == b || a.isNaN && b.isNaN || abs(a - b) <= allowed { continue }
        let (first, last) = (index * old.count / before.count + 1, (index + 1) * old.count / before.count)
        let rows = first == last ? "row \(first)" : "mean of rows \(first) to \(last)"
        return ("\(old.name), \(rows)", "\(a)", "\(b)")
      }
    }
    if columns.count != other.columns.count {
      return ("its columns", "\(columns.count) of them", "\(other.columns.count) of them")
    }
    return isExact
      ? ("in digits beyond the fourth", digest.prefix(12) + "…", other.digest.prefix(12) + "…") : nil
  }
}

extension Trace.Cell.State {
  fileprivate var failure: Event.Failure? {
    switch self {
    case .failed(let failure), .failedAsExpected(let failure): failure
    case .notRun, .ended, .open: nil
    }
  }

  fileprivate var words: String {
    switch self {
    case .notRun: "not run"
    case .ended: "ran to its end"
    case .open: "open, as an exercise"
    case .failed(let failure): "failed: \(failure.message)"
    case .failedAsExpected(let failure): "failed as expected: \(failure.message)"
    }
  }
}

extension Trace.Output {
  fileprivate var kind: String {
    switch self {
    case .text: "text"
    case .value: "a value"
    case .inlineValue: "a value in the text"
    case .figure: "a figure"
    case .table: "a table"
    case .check(let check): "a check of \(check.label)"
    case .warning: "a warning"
    }
  }
}

extension Event.Check {
  fileprivate var title: String { name.isEmpty ? label : "\(label) (\(name))" }
  fileprivate var expectation: Verdict { expectsRefutation ? .refuted : .verified }
  /// All facts and links as lines.
  fileprivate var evidence: String {
    (facts.map { "\($0.name): \($0.value)" } + [firstLine]
      + links.map { "\($0.name): \($0.verdict), \($0.sentence)" }).joined(separator: "\n")
  }
}
