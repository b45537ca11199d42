import NotebookEvents

/// A table that a cell put out, as text.
struct TableText {
  let table: Event.Table

  /// With bars between the entries, as GitHub and pandoc read it.
  var markdown: String {
    func row(_ entries: [String]) -> String { "| " + entries.joined(separator: " | ") + " |" }
    let rule = table.columns.map { $0.isNumeric ? "--:" : ":--" }
    let rows = [table.columns.map(\.title).map { markdownText($0) }, rule] + table.rows.map(filled)
    let caption = table.caption.isEmpty ? "" : "\n\nTable: \(markdownText(table.caption))"
    return rows.map(row).joined(separator: "\n") + caption
  }

  /// As many entries as there are columns.
  private func filled(_ entries: [String]) -> [String] {
    table.columns.indices.map { $0 < entries.count ? markdownText(entries[$0]) : "" }
  }

  var html: String {
    func align(_ column: Int) -> String {
      table.columns.indices.contains(column) && table.columns[column].isNumeric
        ? " style=\"text-align: right\"" : ""
    }
    func row(_ entries: [String], _ tag: String) -> String {
      let cells = entries.enumerated().map {
        "<\(tag)\(align($0.offset))>\(escapedOutput($0.element))</\(tag)>"
      }
      return "<tr>\(cells.joined())</tr>"
    }
    let caption = table.caption.isEmpty ? "" : "<caption>\(escapedOutput(table.caption))</caption>"
    let titles = table.columns.map(\.title)
    let head = titles.allSatisfy(\.isEmpty) ? "" : "<thead>\(row(titles, "th"))</thead>"
    let body = table.rows.map { row($0, "td") }.joined()
    return "<table>\(caption)\(head)<tbody>\(body)</tbody></table>"
  }

  /// With tabs between the entries.
  var text: String {
    let caption = table.caption.isEmpty ? [] : [table.caption]
    return (caption + ([table.columns.map(\.title)] + table.rows).map { $0.joined(separator: "\t") })
      .joined(separator: "\n")
  }
}
