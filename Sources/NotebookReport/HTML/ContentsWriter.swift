import NotebookModel

/// Writes the table of contents: two levels of headings, as links.
struct ContentsWriter {
  let page: PageContext

  func html(_ document: MarkdownNode) -> String {
    let base = page.notebook.headings.filter { !$0.isTitle }.map(\.level).min() ?? 1
    let writer = ProseWriter(page)
    var items: [(depth: Int, html: String)] = []
    for node in document.children {
      guard case .heading = node.kind, let index = writer.headingIndex(node) else { continue }
      let heading = page.notebook.headings[index]
      if heading.isTitle || heading.level > base + 1 { continue }
      var copy = writer
      let number = heading.number.isEmpty ? "" : "<span class=\"number\">\(heading.number)</span> "
      let text = copy.inline(
        node.children.filter { if case .footnoteReference = $0.kind { false } else { true } })
      items.append(
        (
          heading.level - base,
          "<a href=\"#\(page.headingAnchors[index])\">\(number)\(Self.withoutLinks(text))</a>"
        ))
    }
    if items.count < 2 { return "" }
    let lines = items.map { "<li\($0.depth > 0 ? " class=\"deeper\"" : "")>\($0.html)</li>\n" }
    return """
      <nav class="contents" aria-label="Contents">
      <p class="contents-title">Contents</p>
      <ol>
      \(lines.joined())</ol>
      </nav>

      """
  }

  /// A heading's HTML without the links in it: a link cannot hold another.
  private static func withoutLinks(_ html: String) -> String {
    html.split(separator: "<a ", omittingEmptySubsequences: false).enumerated().map { index, part in
      index == 0 ? String(part) : String(part.drop { $0 != ">" }.dropFirst())
    }.joined().replacing("</a>", with: "")
  }
}
