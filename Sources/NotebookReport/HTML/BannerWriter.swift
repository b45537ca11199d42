import NotebookEvents
import NotebookModel

/// Says at the top of a page that the run did not go well, and where.
struct BannerWriter {
  let page: PageContext

  var html: String {
    var items: [String] = []
    for cell in page.notebook.cells {
      guard let failure = page.record(of: cell.index).failure else { continue }
      let place = failure.line > 0 ? cell.position(line: failure.line) : cell.start
      let name = cell.kind == .fenced ? "Cell \(page.ordinal(ofCell: cell.index))" : "A value in the text"
      items.append(
        """
        <li><a href="#\(page.anchor(ofCell: cell.index))">\(name) (line \(place.line))</a>: \
        \(failure.kind.title.lowercased()). \(escapedOutput(firstLine(failure.message)))</li>

        """)
    }
    let missing = page.notebook.cells.count {
      !page.options.isUnderWay && $0.options.isEvaluated && page.record(of: $0.index).state == .notRun
    }
    if items.isEmpty && missing == 0 { return "" }
    let title = items.isEmpty ? "This page is not complete" : "This run failed"
    let rest = missing == 0 ? "" : "<p>\(missing) cell\(missing == 1 ? "" : "s") did not run.</p>\n"
    return """
      <div class="banner">
      <p class="banner-title"><span class="mark" aria-hidden="true">✗</span> \(title)</p>
      \(items.isEmpty ? "" : "<ul>\n\(items.joined())</ul>\n")\(rest)</div>

      """
  }

  private func firstLine(_ text: String) -> String {
    text.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? ""
  }
}
