import Foundation
import NotebookEvents
import NotebookModel

/// Writes a notebook and what its cells put out as one Markdown text.
struct MarkdownWriter {
  let page: PageContext
  /// Where the pictures lie, as the text names it.
  let folder: String
  private var files: [MarkdownExport.File] = []

  init(page: PageContext, folder: String) {
    self.page = page
    self.folder = folder
  }

  mutating func export(_ chapters: [Chapter]) -> MarkdownExport {
    var images: [String: String] = [:]
    for image in page.images.embedded {
      let name = image.name(notIn: files.map(\.name))
      files.append(MarkdownExport.File(name: name, bytes: image.bytes))
      images[image.source] = "\(folder)/\(name)"
    }
    let prose = ProseExport(page: page, dialect: .pandoc) { images[$0] ?? $0 }
    var notes = Footnotes()
    var parts = [page.notebook.frontMatterText, ExportSummary(page: page).markdown]
    for element in page.notebook.elements {
      switch element {
      case .prose(let text):
        parts.append(prose.markdown(text, notes: &notes))
        for case .expression(let cell, 0) in text.spans.map(\.content) { parts += output(of: cell, prose) }
      case .cell(let index): parts += fencedCell(index, prose)
      }
    }
    if !chapters.isEmpty { parts.append(chapters.markdownList(.pandoc)) }
    return MarkdownExport(
      text: parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n", files: files)
  }

  private mutating func fencedCell(_ index: Int, _ prose: ProseExport) -> [String] {
    let cell = CellExport(page: page, index: index)
    var parts: [String] = []
    let options = cell.cell.options
    if options.showsCode, !cell.code.isEmpty {
      let code = fenced(cell.code, info: "swift")
      switch options.fold {
      case .never: parts.append(code)
      case .closed, .open:
        let open = options.fold == .open ? " open" : ""
        parts.append("<details\(open)><summary>Code</summary>\n\n\(code)\n\n</details>")
      }
    }
    return parts + output(of: index, prose)
  }

  /// What a cell put out, and what went wrong in it.
  private mutating func output(of index: Int, _ prose: ProseExport) -> [String] {
    let cell = CellExport(page: page, index: index)
    var parts: [String] = []
    var figure = 0
    if cell.cell.options.showsOutput {
      for output in cell.record.outputs {
        switch output {
        case .text(let head, let omitted, let tail):
          parts.append(fenced(plainText(head, omitted, tail), info: "text"))
        case .value(let value): parts.append(fenced(visibleText(value), info: "text"))
        case .inlineValue: break
        case .figure(let found):
          figure += 1
          parts.append(picture(found, figure, of: cell, prose))
        case .table(let table): parts.append(TableText(table: table).markdown)
        case .check(let check): parts.append(CheckWords(check, on: page).markdown)
        case .warning(let warning): parts.append("> **Warning.** \(markdownText(warning))")
        }
      }
    }
    parts += cell.problems.map {
      "> **\(markdownText($0.title)).** "
        + markdownText(String($0.words.dropFirst($0.title.count + 2)), keepsFormulas: false)
    }
    if cell.cell.kind == .fenced, let absence = cell.absence { parts.append("*\(absence)*") }
    return parts
  }

  /// A picture in a file of its own, with its caption where it is the last of its cell.
  private mutating func picture(
    _ figure: Event.Figure, _ position: Int, of cell: CellExport, _ prose: ProseExport
  ) -> String {
    let count = cell.figures.count
    let name = cell.name + (count > 1 ? "-\(position)" : "") + ".\(figure.fileExtension)"
    files.append(MarkdownExport.File(name: name, bytes: figure.light))
    let title = cell.figureTitle
    let anchor = title != nil && position == 1 ? "<span id=\"\(cell.cell.options.label)\"></span>" : ""
    let alternative = markdownText(cell.alternative(figure), keepsFormulas: false)
      .replacing("\"", with: "\\\"")
    let attributes = "{width=\(figure.width)px alt=\"\(alternative)\"}"
    let caption = position == count ? cell.cell.options.caption.map { prose.line($0) } ?? "" : ""
    if position == count, title != nil || !caption.isEmpty {
      let words = [title.map { "**\($0).**" }, caption].compactMap(\.self).filter { !$0.isEmpty }
      return "![\(anchor)\(words.joined(separator: " "))](\(folder)/\(name))\(attributes)"
    }
    // The backslash keeps pandoc from making a captioned figure of it.
    return "\(anchor)![](\(folder)/\(name))\(attributes)\\"
  }
}
