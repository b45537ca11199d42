import NotebookEvents
import NotebookModel

/// Writes the pieces of a page: header, contents, body, the table of equations.
struct PageWriter {
  let page: PageContext
  var links = CourseLinks()
  /// What the front page of a course shows besides the notebook.
  var course: CourseWriter?
  /// What the page carries to be verified.
  var carried: PageRecord?
  private var notebook: Notebook { page.notebook }

  func pieces(_ document: MarkdownNode) -> Page {
    let body = body(document)
    let matter = notebook.frontMatter
    let description =
      matter.description.isEmpty
      ? "" : "<meta name=\"description\" content=\"\(escaped(oneLine(matter.description)))\">\n"
    let authors = matter.authors.map { "<meta name=\"author\" content=\"\(escaped($0))\">\n" }.joined()
    let contents = ContentsWriter(page: page).html(document)
    let opening = "<div class=\"page\(contents.isEmpty ? "" : " with-contents")\">\n"
    let ending = [
      VerdictWriter(page: page).table, course?.html ?? "", "</main>\n", links.html, footer, "</div>\n",
      provenance?.script ?? "",
    ]
    let pieces = [opening, header, contents, "<main id=\"page.text\">\n"] + body + ending
    // Last: by now the page has shown all its formulas.
    return Page(
      title: plainTitle, language: matter.language, metadata: authors + description,
      formulaStyle: page.formulaStyle,
      body: pieces.filter { !$0.isEmpty })
  }

  // MARK: Header and footer

  private var plainTitle: String { notebook.title.filter { $0 != "$" && $0 != "`" } }

  private var header: String {
    let matter = notebook.frontMatter
    var html = "<header>\n<h1>\(page.line(notebook.title))</h1>\n"
    let byline = [matter.authors.joined(separator: ", "), matter.date].filter { !$0.isEmpty }
    if !byline.isEmpty { html += "<p class=\"byline\">\(byline.map(escaped).joined(separator: " · "))</p>\n" }
    if !matter.description.isEmpty {
      html += "<p class=\"description\">\(page.line(oneLine(matter.description)))</p>\n"
    }
    html += BannerWriter(page: page).html + VerdictWriter(page: page).summary
    return html + (course?.summary ?? "") + "</header>\n"
  }

  private var footer: String {
    let parameters = page.record.parameters.map { "\($0.name) = \($0.value)" }
    var facts = ["Made by Flowbook from \(page.fileName)", "seed \(page.record.seed)"] + parameters
    if page.options.showsTimings { facts.append("\(page.record.seconds.formatted(digits: 1)) s") }
    let line = "<p>\(escaped(facts.joined(separator: " · ")))</p>\n"
    return "<footer>\n\(line)\(provenance?.html ?? "")</footer>\n"
  }

  private var provenance: ProvenanceWriter? { carried.map { ProvenanceWriter(page: page, record: $0) } }

  // MARK: Body

  private func body(_ document: MarkdownNode) -> [String] {
    var writer = ProseWriter(page)
    let cells = CellWriter(page: page)
    var footnotes = ""
    var parts: [String] = []
    // An element that raw HTML opens may hold what follows, up to more raw HTML: one piece.
    var rawParts: [Int] = []
    for node in document.children {
      if case .rawBlock = node.kind { rawParts.append(parts.count) }
      if case .footnote = node.kind {
        footnotes += writer.block(node)
      } else if let cell = page.masked.cell(of: node) {
        parts.append(cells.html(cell))
      } else {
        parts.append(writer.block(node))
        parts += inlineCells(writer.takeShownExpressions()).map(cells.inlineProblems)
      }
    }
    if !footnotes.isEmpty {
      parts.append(
        "<section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n\(footnotes)</ol>\n</section>\n")
    }
    if let first = rawParts.first, let last = rawParts.last, first < last {
      parts.replaceSubrange(first...last, with: [parts[first...last].joined()])
    }
    return parts
  }

  /// The inline cells whose last expression was just shown: what went wrong in them follows here.
  private func inlineCells(_ shown: [(cell: Int, position: Int)]) -> [Int] {
    shown.filter { $0.position == notebook.cells[$0.cell].origins.count - 1 }.map(\.cell)
  }
}
