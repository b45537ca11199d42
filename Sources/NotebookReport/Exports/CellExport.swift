import NotebookEvents
import NotebookModel

/// What exports say of a cell besides its outputs.
struct CellExport {
  let page: PageContext
  let index: Int

  var cell: Cell { page.notebook.cells[index] }
  var record: CellRecord { page.record(of: index) }

  /// The code that a page would show, without options.
  var code: String {
    let bytes = Array(cell.code.utf8)
    return String(decoding: bytes[cell.shownCode], as: UTF8.self)
  }

  /// A name that is the same from run to run: `fig-score`, or `cell-3`.
  var name: String {
    let label = cell.options.label
    let isPlain = label.utf8.allSatisfy {
      ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D
    }
    return !label.isEmpty && isPlain && label.utf8.count <= 50 ? label : "cell-\(page.ordinal(ofCell: index))"
  }

  /// "Figure 2", where the cell's figure has a number.
  var figureTitle: String? {
    let label = cell.options.label
    guard label.hasPrefix("fig-"), let found = page.notebook.labels.first(where: { $0.name == label })
    else { return nil }
    return page.title(of: found)
  }

  var figures: [Event.Figure] {
    record.outputs.compactMap { if case .figure(let figure) = $0 { figure } else { nil } }
  }

  func alternative(_ figure: Event.Figure) -> String {
    let options = cell.options
    if figures.count == 1, !options.figureAlternativeText.isEmpty { return options.figureAlternativeText }
    return figure.alternativeText.isEmpty ? options.figureCaption : figure.alternativeText
  }

  /// A mistake or a warning in words: its kind, what happened, where, what to do.
  struct Problem {
    var title: String
    var message: String
    var place: String
    var hint: String

    var words: String {
      "\(title). \(message)" + (place.isEmpty ? "" : " (\(place))") + (hint.isEmpty ? "" : "; \(hint)")
    }
  }

  /// What the compiler said and how the cell failed.
  var problems: [Problem] {
    var problems = record.diagnostics.map { diagnostic in
      Problem(
        title: diagnostic.severity.rawValue.prefix(1).uppercased() + diagnostic.severity.rawValue.dropFirst(),
        message: diagnostic.message, place: place(diagnostic.position), hint: diagnostic.hint)
    }
    let failure: Event.Failure
    var ending = ""
    switch record.state {
    case .failed(let found): failure = found
    case .failedAsExpected(let found): (failure, ending) = (found, " (as expected)")
    case .ended, .notRun, .open: return problems
    }
    if failure.kind == .compile, record.diagnostics.contains(where: { $0.severity == .error }) {
      return problems
    }
    problems.append(
      Problem(
        title: failure.kind.title + ending, message: failure.message,
        place: failure.line > 0 ? place(cell.position(line: failure.line, column: failure.column)) : "",
        hint: failure.hint))
    return problems
  }

  /// Why nothing came of the cell; nil where something did.
  var absence: String? {
    if record.state == .open {
      return "○ Open. \(cell.openSentence.before) `\(cell.options.exercise)`\(cell.openSentence.behind)"
    }
    guard record.state == .notRun else { return nil }
    return cell.options.isEvaluated ? "This cell did not run." : "Shown only, not run."
  }

  private func place(_ position: Position?) -> String {
    position.map { "\(page.fileName):\($0.line):\($0.column)" } ?? ""
  }
}

extension Event.Figure {
  /// What the name of a file with the picture ends in.
  var fileExtension: String {
    switch ImageStore.mediaType(light) ?? format.mediaType {
    case "image/gif": "gif"
    case "image/svg+xml": "svg"
    case "image/jpeg": "jpg"
    default: "png"
    }
  }
}

/// Printed text with what was left out of it counted.
func plainText(_ head: String, _ omittedBytes: Int, _ tail: String) -> String {
  visibleText(omittedBytes == 0 ? head + tail : "\(head)\n… \(omittedBytes) bytes left out …\n\(tail)")
}
