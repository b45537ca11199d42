import Foundation
import NotebookEvents
import NotebookModel

/// The outputs of a cell as nbformat has them, each in the forms that different readers take.
struct JupyterOutputs {
  typealias JSON = [String: Any]

  let cell: CellExport
  /// The cell's number, or null.
  let count: Any
  let prose: ProseExport
  private var figure = 0

  init(cell: CellExport, count: Any, prose: ProseExport) {
    self.cell = cell
    self.count = count
    self.prose = prose
  }

  mutating func all() -> [JSON] {
    var outputs: [JSON] = []
    if cell.cell.options.showsOutput {
      for output in cell.record.outputs { outputs += forms(of: output) }
    }
    outputs += cell.problems.map(failure)
    if let absence = cell.absence { outputs.append(display(["text/plain": lines(absence)])) }
    return outputs
  }

  private mutating func forms(of output: Output) -> [JSON] {
    switch output {
    case .text(let head, let omitted, let tail):
      let text = plainText(head, omitted, tail)
      return [["output_type": "stream", "name": "stdout", "text": lines(text)]]
    case .value(let value):
      return [
        [
          "output_type": "execute_result", "execution_count": count, "metadata": JSON(),
          "data": ["text/plain": lines(visibleText(value))],
        ]
      ]
    case .inlineValue: return []
    case .figure(let found):
      figure += 1
      return [picture(found)] + caption
    case .table(let table):
      let table = TableText(table: table)
      return [display(html: table.html, markdown: table.markdown, text: table.text)]
    case .check(let check):
      let words = CheckWords(check, on: cell.page)
      return [display(html: words.html, markdown: words.markdown, text: words.text)]
    case .warning(let warning):
      return [
        ["output_type": "stream", "name": "stderr", "text": lines("Warning: \(visibleText(warning))\n")]
      ]
    }
  }

  private func picture(_ figure: Event.Figure) -> JSON {
    let alternative = cell.alternative(figure)
    let size: JSON = ["width": figure.width, "height": figure.height, "alt": alternative]
    let type = ImageStore.mediaType(figure.light) ?? figure.format.mediaType
    let picture = Data(figure.light).base64EncodedString()
    var data: JSON = ["text/plain": lines(alternative)]
    var metadata: JSON = [:]
    switch type {
    case "image/svg+xml":
      data[type] = lines(String(decoding: figure.light, as: UTF8.self))
      metadata[type] = size
    case "image/gif":
      // No converter of Jupyter takes image/gif; HTML all do, and paper takes the still picture.
      data["text/html"] = [
        """
        <img src="data:image/gif;base64,\(picture)" width="\(figure.width)" height="\(figure.height)" \
        alt="\(escaped(alternative))">
        """
      ]
      if !figure.poster.isEmpty {
        data["image/png"] = Data(figure.poster).base64EncodedString()
        metadata["image/png"] = size
      }
    default:
      data[type] = picture
      metadata[type] = size
    }
    return ["output_type": "display_data", "data": data, "metadata": metadata]
  }

  /// The caption, behind the last figure of a cell.
  private var caption: [JSON] {
    guard figure == cell.figures.count else { return [] }
    let text = cell.cell.options.caption.map { prose.line($0) } ?? ""
    let title = cell.figureTitle
    if title == nil, text.isEmpty { return [] }
    let anchor = title == nil ? "" : "<span id=\"\(cell.cell.options.label)\"></span>"
    let words = [title.map { "**\($0).**" }, text].compactMap(\.self).filter { !$0.isEmpty }
      .joined(separator: " ")
    return [display(["text/markdown": lines(anchor + words), "text/plain": lines(words)])]
  }

  private func failure(_ problem: CellExport.Problem) -> JSON {
    let place = problem.place.isEmpty ? "" : "\(problem.place): "
    let hint = problem.hint.isEmpty ? [] : [problem.hint]
    return [
      "output_type": "error", "ename": problem.title, "evalue": visibleText(problem.message),
      "traceback": [visibleText("\(place)\(problem.title): \(problem.message)")] + hint,
    ]
  }

  private func display(html: String, markdown: String, text: String) -> JSON {
    display([
      "text/html": lines(html), "text/markdown": lines(markdown), "text/plain": lines(visibleText(text)),
    ])
  }

  private func display(_ data: JSON) -> JSON {
    ["output_type": "display_data", "data": data, "metadata": JSON()]
  }

  private func lines(_ text: String) -> [String] { JupyterWriter.lines(text) }
}
