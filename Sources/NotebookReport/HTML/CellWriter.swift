import NotebookEvents
import NotebookModel

/// Writes cells: their code, what they put out, what went wrong in them.
struct CellWriter {
  let page: PageContext

  /// A fenced cell.
  func html(_ index: Int) -> String {
    let cell = page.notebook.cells[index]
    let record = page.record(of: index)
    let name = cell.options.label
    var html = cell.options.showsCode ? code(cell) : ""
    html += problems(cell, record)
    if cell.options.showsOutput { html += outputs(record.outputs, of: cell) }
    html += failure(cell, record)
    if record.state == .notRun, !(page.options.isUnderWay && cell.options.isEvaluated) {
      html += notRun(cell)
    }
    if record.state == .open { html += open(cell) }
    if page.options.showsTimings, record.state != .notRun { html += timing(record) }
    // A name that no figure carries still leads here.
    let hasFigure = record.outputs.contains { if case .figure = $0 { true } else { false } }
    let isOnFigure = name.hasPrefix("fig-") && hasFigure && cell.options.showsOutput
    if !name.isEmpty && !isOnFigure { html = "<a id=\"\(name)\"></a>" + html }
    if html.isEmpty { return "" }
    return "<div class=\"cell\" id=\"\(page.anchor(ofCell: index))\">\n\(html)</div>\n"
  }

  // MARK: Code

  private func code(_ cell: Cell) -> String {
    let shown = cell.shownCode
    if shown.isEmpty { return "" }
    let analysis = page.code.analysis(of: cell.code, shown: shown)
    let block = codeBlock(analysis.html, longestLine: analysis.longestLine)
    switch cell.options.fold {
    case .never: return block
    case .closed, .open:
      let open = cell.options.fold == .open ? " open" : ""
      return "<details class=\"fold\"\(open)>\n<summary>Code</summary>\n\(block)</details>\n"
    }
  }

  // MARK: Outputs

  /// What a cell put out, in order.
  func outputs(_ outputs: [Output], of cell: Cell) -> String {
    let figureCount = outputs.count { if case .figure = $0 { true } else { false } }
    var figures = 0
    // Checks of one equation stand together, where the first of them was made.
    var checks = Dictionary(
      grouping: Coverage.Located.checks(in: outputs, of: cell.index), by: \.check.label)
    return outputs.map { output in
      switch output {
      case .text(let head, let omitted, let tail): return text(head, omitted, tail)
      case .value(let value):
        return outputBlock(escapedOutput(value), classes: "output result", of: value)
      case .inlineValue: return ""
      case .figure(let figure):
        figures += 1
        return FigureWriter(page: page).html(figure, of: cell, position: figures, of: figureCount)
      case .table(let table): return TableWriter(page: page).html(table)
      case .check(let check):
        guard let group = checks.removeValue(forKey: check.label) else { return "" }
        return CheckWriter(page: page).html(group)
      case .warning(let warning):
        return
          "<div class=\"problem warning\"><p><strong>Warning.</strong> \(escapedOutput(warning))</p></div>\n"
      }
    }.joined()
  }

  private func text(_ head: String, _ omittedBytes: Int, _ tail: String) -> String {
    if omittedBytes == 0 {
      return outputBlock(escapedOutput(head + tail), classes: "output", of: head + tail)
    }
    let gap = "<span class=\"omitted\">… \(omittedBytes) bytes left out …</span>"
    return outputBlock(
      escapedOutput(head) + "\n\(gap)\n" + escapedOutput(tail), classes: "output", of: head + "\n" + tail)
  }

  private func outputBlock(_ html: String, classes: String, of text: String) -> String {
    let trimmed = html.hasSuffix("\n") ? String(html.dropLast()) : html
    return codeBlock(trimmed, longestLine: CodeAnalysis.longestLine(text.utf8), classes: classes)
  }

  private func notRun(_ cell: Cell) -> String {
    let reason = cell.options.isEvaluated ? "This cell did not run." : "Shown only, not run."
    return "<p class=\"state\">\(reason)</p>\n"
  }

  private func open(_ cell: Cell) -> String {
    """
    <div class="callout exercise" role="note">
    <p class="callout-title"><span aria-hidden="true">○</span> Open</p>
    <p>\(escaped(cell.openSentence.before)) <code>\(escaped(cell.options.exercise))</code>\
    \(escaped(cell.openSentence.behind))</p>
    </div>

    """
  }

  private func timing(_ record: CellRecord) -> String {
    let megabytes = (Double(record.peakBytes) / 1e6).formatted(digits: 0)
    return """
      <p class="state">compiled in \(record.compileSeconds.formatted(digits: 2)) s, \
      ran \(record.seconds.formatted(digits: 2)) s, \(megabytes) MB</p>

      """
  }
}

extension CellWriter {
  /// What the expressions of some prose put out besides their values, and what went wrong in them.
  func inlineProblems(_ index: Int) -> String {
    let cell = page.notebook.cells[index]
    let record = page.record(of: index)
    let html = problems(cell, record) + outputs(record.outputs, of: cell) + failure(cell, record)
    return html.isEmpty ? "" : "<div class=\"cell\" id=\"\(page.anchor(ofCell: index))\">\n\(html)</div>\n"
  }
}

extension Cell {
  /// What is said of an exercise that nobody has solved, around the name that it waits for.
  var openSentence: (before: String, behind: String) {
    ("This exercise waits for", ": declare it in a cell above, and it is checked here.")
  }

  /// The code without its option lines and without blank lines around it, as UTF-8 offsets.
  var shownCode: Range<Int> {
    let lines = code.split(separator: "\n", omittingEmptySubsequences: false)
    let body = lines.drop { $0.hasPrefix("//|") }.drop { $0.allSatisfy(\.isWhitespace) }
    guard let first = body.first, let last = body.last(where: { !$0.allSatisfy(\.isWhitespace) }) else {
      return 0..<0
    }
    func offset(_ index: String.Index) -> Int { code.utf8.distance(from: code.startIndex, to: index) }
    return offset(first.startIndex)..<offset(last.endIndex)
  }
}
