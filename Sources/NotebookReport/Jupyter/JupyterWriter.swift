import Foundation
import NotebookEvents
public import NotebookModel

extension HTMLReport {
  /// The notebook and what a run produced for Jupyter: nbformat 4.5
  /// (https://nbformat.readthedocs.io/en/latest/format_description.html). Equal arguments give equal bytes.
  ///
  /// - Parameter chapters: the notebooks of a course, for its front page.
  public func jupyterNotebook(for record: RunRecord, contents chapters: [Chapter] = []) -> String {
    var writer = JupyterWriter(page: PageContext(self, record, ReportOptions()))
    return writer.export(chapters)
  }
}

/// Writes a notebook and what its cells put out as JSON.
struct JupyterWriter {
  typealias JSON = [String: Any]

  let page: PageContext
  private var cells: [JSON] = []
  private var names: Set<String> = []
  /// The images of the prose, by the names of the attachments that they become.
  private var images: [String: ImageStore.Image] = [:]

  init(page: PageContext) { self.page = page }

  mutating func export(_ chapters: [Chapter]) -> String {
    for image in page.images.embedded { images[image.name(notIn: Array(images.keys))] = image }
    let addresses = Dictionary(uniqueKeysWithValues: images.map { ($0.value.source, "attachment:\($0.key)") })
    let prose = ProseExport(page: page, dialect: .jupyter) { addresses[$0] ?? $0 }
    var notes = Footnotes()
    addMarkdown(header, name: "title")
    for element in page.notebook.elements {
      switch element {
      case .prose(let text):
        addMarkdown(prose.markdown(text, notes: &notes), name: "text")
        for case .expression(let cell, 0) in text.spans.map(\.content) { addProblems(ofValues: cell) }
      case .cell(let index): addCode(index, prose)
      }
    }
    addMarkdown(notes.list, name: "notes")
    addMarkdown(chapters.markdownList(.jupyter), name: "contents")
    return text
  }

  private var text: String {
    var metadata: JSON = [
      "kernelspec": ["display_name": "Swift", "language": "swift", "name": "swift"],
      "language_info": ["name": "swift", "file_extension": ".swift", "mimetype": "text/x-swift"],
      "title": page.notebook.title,
    ]
    let authors = page.notebook.frontMatter.authors
    if !authors.isEmpty { metadata["authors"] = authors.map { ["name": $0] } }
    let notebook: JSON = ["nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells]
    // Sorted keys: the same notebook, the same bytes.
    let data = try? JSONSerialization.data(
      withJSONObject: notebook, options: [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes])
    return String(decoding: data ?? Data(), as: UTF8.self) + "\n"
  }

  private var header: String {
    let matter = page.notebook.frontMatter
    let byline = [matter.authors.joined(separator: ", "), matter.date].filter { !$0.isEmpty }
    let parts = [
      "# \(oneLine(page.notebook.title))", byline.map { markdownText($0) }.joined(separator: " · "),
      matter.description.isEmpty ? "" : "*\(oneLine(matter.description))*",
      ExportSummary(page: page).markdown,
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  // MARK: Cells

  /// A name that no cell has yet; the same from run to run.
  private mutating func identifier(_ name: String) -> String {
    let free =
      names.contains(name)
      ? (2...).lazy.map { "\(name)-\($0)" }.first { [names] in !names.contains($0) }! : name
    names.insert(free)
    return free
  }

  private mutating func addMarkdown(_ markdown: String, name: String) {
    let text = withoutTornFolds(markdown)
    if text.isEmpty { return }
    var cell: JSON = [
      "cell_type": "markdown", "id": identifier(name), "metadata": JSON(), "source": lines(text),
    ]
    let attachments = images.filter { text.contains("](attachment:\($0.key))") }
    if !attachments.isEmpty {
      cell["attachments"] = attachments.mapValues { [$0.mediaType: $0.base64] }
    }
    cells.append(cell)
  }

  private mutating func addCode(_ index: Int, _ prose: ProseExport) {
    let cell = CellExport(page: page, index: index)
    let options = cell.cell.options
    let hasRun = cell.record.state != .notRun
    let count: Any = hasRun ? page.ordinal(ofCell: index) : NSNull()
    var metadata: JSON = [:]
    if !options.showsCode || options.fold != .never { metadata["jupyter"] = ["source_hidden": true] }
    if !options.showsCode { metadata["tags"] = ["remove-input"] }
    var outputs = JupyterOutputs(cell: cell, count: count, prose: prose)
    cells.append([
      "cell_type": "code", "id": identifier(cell.name), "metadata": metadata, "execution_count": count,
      "source": lines(cell.code), "outputs": outputs.all(),
    ])
  }

  /// What went wrong in the values of the text above, and what they put out besides.
  private mutating func addProblems(ofValues index: Int) {
    let cell = CellExport(page: page, index: index)
    let problems = cell.problems.map { "> **\(markdownText($0.words, keepsFormulas: false))**" }
    addMarkdown(problems.joined(separator: "\n\n"), name: "problem")
  }

  private func lines(_ text: String) -> [String] { JupyterWriter.lines(text) }

  /// A text as nbformat has it: its lines, each with its end.
  static func lines(_ text: String) -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return lines.enumerated().map { $0.offset + 1 < lines.count ? $0.element + "\n" : $0.element }
      .filter { !$0.isEmpty }
  }
}
