import NotebookModel

/// Writes Markdown blocks as HTML.
struct ProseWriter {
  let page: PageContext
  let masked: MaskedText

  /// The expressions that the last blocks showed: their cell and position.
  private(set) var shownExpressions: [(cell: Int, position: Int)] = []
  private var footnoteCount = 0
  /// How often each footnote was referred to so far.
  private var noteUses: [String: Int] = [:]

  init(_ page: PageContext, masked: MaskedText? = nil) {
    self.page = page
    self.masked = masked ?? page.masked
  }

  /// The anchor of the next reference to a footnote.
  mutating func noteAnchor(_ number: String) -> String {
    noteUses[number, default: 0] += 1
    return Self.noteAnchor(number, use: noteUses[number]!)
  }

  private static func noteAnchor(_ number: String, use: Int) -> String { "noted.\(number).\(use)" }

  mutating func takeShownExpressions() -> [(cell: Int, position: Int)] {
    defer { shownExpressions = [] }
    return shownExpressions
  }

  mutating func noteExpression(cell: Int, position: Int) { shownExpressions.append((cell, position)) }

  mutating func blocks(_ nodes: [MarkdownNode], isTight: Bool = false) -> String {
    nodes.map { block($0, isTight: isTight) }.joined()
  }

  mutating func block(_ node: MarkdownNode, isTight: Bool = false) -> String {
    switch node.kind {
    case .paragraph: return paragraph(node, isTight: isTight)
    case .heading(let level): return heading(node, level)
    case .quote: return quote(node)
    case .thematicBreak: return "<hr>\n"
    case .list(let start, let isTight): return list(node, start, isTight: isTight)
    case .item(let isDone): return item(node, isDone, isTight: isTight)
    case .code(let info, let text): return fence(info, text)
    case .rawBlock(let html): return raw(html)
    case .table(let alignments): return table(node, alignments)
    case .footnote: return footnote(node)
    // Rows and cells are written by their table; elsewhere what they hold counts.
    case .document, .row, .cell: return blocks(node.children, isTight: true)
    case .text, .softBreak, .lineBreak, .codeSpan, .rawInline, .emphasis, .strong, .strikethrough, .link,
      .image, .footnoteReference:
      return inline([node])
    }
  }

  // MARK: Paragraphs, headings

  /// A paragraph; displayed equations in it stand between paragraphs of their own.
  private mutating func paragraph(_ node: MarkdownNode, isTight: Bool) -> String {
    if let figure = imageFigure(node) { return figure }
    var html = ""
    var run = ""
    func close() {
      let text = run.trimmingPrefix { $0.isWhitespace }
      if !text.isEmpty { html += isTight ? String(text) + "\n" : "<p>\(text)</p>\n" }
      run = ""
    }
    for child in node.children {
      guard case .text(let text) = child.kind else {
        run += inline([child])
        continue
      }
      for piece in masked.pieces(of: text) {
        if case .mark(.span(.equation(let index))) = piece {
          close()
          html += equation(index)
        } else {
          run += inline(piece)
        }
      }
    }
    close()
    return html
  }

  private mutating func heading(_ node: MarkdownNode, _ level: Int) -> String {
    guard let index = headingIndex(node) else {
      return "<p class=\"heading\"><strong>\(inline(node.children))</strong></p>\n"
    }
    let heading = page.notebook.headings[index]
    if heading.isTitle { return "" }
    let tag = "h\(min(6, max(2, level + page.headingShift)))"
    let anchor = page.headingAnchors[index]
    let number =
      heading.number.isEmpty ? "" : "<a class=\"number\" href=\"#\(anchor)\">\(heading.number)</a> "
    return "<\(tag) id=\"\(anchor)\">\(number)\(inline(node.children))</\(tag)>\n"
  }

  /// The heading that a node is, by the mark in it.
  func headingIndex(_ node: MarkdownNode) -> Int? {
    for child in node.children {
      guard case .text(let text) = child.kind else { continue }
      for case .mark(.span(.heading(let index))) in masked.pieces(of: text) { return index }
    }
    return nil
  }

  // MARK: Lists, quotes, notes

  private mutating func list(_ node: MarkdownNode, _ start: Int?, isTight: Bool) -> String {
    let items = blocks(node.children, isTight: isTight)
    guard let start else {
      let isTaskList = node.children.contains { if case .item(.some) = $0.kind { true } else { false } }
      return "<ul\(isTaskList ? " class=\"tasks\"" : "")>\n\(items)</ul>\n"
    }
    return "<ol\(start == 1 ? "" : " start=\"\(start)\"")>\n\(items)</ol>\n"
  }

  private mutating func item(_ node: MarkdownNode, _ isDone: Bool?, isTight: Bool) -> String {
    let content = blocks(node.children, isTight: isTight)
    guard let isDone else { return "<li>\(content)</li>\n" }
    let (word, symbol) = isDone ? ("done", "☑") : ("open", "☐")
    let box = "<span class=\"box\" role=\"img\" aria-label=\"\(word)\">\(symbol)</span> "
    return "<li class=\"task\">\(box)\(content)</li>\n"
  }

  /// A quote, or GitHub's callout: a quote whose first line is `[!NOTE]`.
  private mutating func quote(_ node: MarkdownNode) -> String {
    guard let (callout, content) = Callout.read(node) else {
      return "<blockquote>\n\(blocks(node.children))</blockquote>\n"
    }
    return """
      <div class="callout \(callout.rawValue)" role="note">
      <p class="callout-title"><span aria-hidden="true">\(callout.symbol)</span> \(callout.title)</p>
      \(blocks(content))</div>

      """
  }

  private mutating func footnote(_ node: MarkdownNode) -> String {
    footnoteCount += 1
    let number = String(footnoteCount)
    let uses = noteUses[number] ?? 1
    let back = (1...uses).map { use in
      let label = "Back to note \(number) in the text" + (uses == 1 ? "" : ", place \(use)")
      return "<a class=\"back\" href=\"#\(Self.noteAnchor(number, use: use))\" aria-label=\"\(label)\">↩</a>"
    }.joined(separator: " ")
    let content = blocks(node.children)
    let body = content.hasSuffix("</p>\n") ? String(content.dropLast(5)) + " \(back)</p>\n" : content + back
    return "<li id=\"note.\(footnoteCount)\">\(body)</li>\n"
  }

  // MARK: Code, tables, raw HTML

  private func fence(_ info: String, _ text: String) -> String {
    let language = info.split { $0 == " " || $0 == "{" || $0 == "}" }.first.map(String.init) ?? ""
    let code = masked.restored(text.hasSuffix("\n") ? String(text.dropLast()) : text)
    if language.hasPrefix("swift") {
      let analysis = page.code.analysis(of: code)
      return codeBlock(analysis.html, longestLine: analysis.longestLine)
    }
    return codeBlock(escapedOutput(code), longestLine: CodeAnalysis.longestLine(code.utf8))
  }

  private mutating func table(_ node: MarkdownNode, _ alignments: [MarkdownNode.Alignment]) -> String {
    var head = ""
    var body = ""
    for row in node.children {
      guard case .row(let isHeader) = row.kind else { continue }
      var cells = ""
      for (column, cell) in row.children.enumerated() {
        let alignment = column < alignments.count ? alignments[column].className : ""
        // An empty head names nothing: as a <th> it would be announced for every cell below it.
        cells +=
          isHeader && !cell.children.isEmpty
          ? "<th scope=\"col\"\(alignment)>\(headContent(cell))</th>"
          : "<td\(alignment)>\(inline(cell.children))</td>"
      }
      if isHeader { head += "<tr>\(cells)</tr>\n" } else { body += "<tr>\(cells)</tr>\n" }
    }
    return scrollBox("<table>\n<thead>\n\(head)</thead>\n<tbody>\n\(body)</tbody>\n</table>", label: "Table")
  }

  private mutating func headContent(_ cell: MarkdownNode) -> String {
    let pieces = masked.pieces(of: cell.plainText)
    let html = inline(cell.children)
    guard pieces.count == 1, case .mark = pieces[0] else { return html }
    return spokenFormula(html, alternative(cell))
  }

  /// Raw HTML goes through as it is, but for the formulas in it.
  private mutating func raw(_ html: String) -> String {
    masked.pieces(of: html).map { piece in
      if case .text(let text) = piece { return String(text) }
      return inline(piece)
    }.joined()
  }
}

extension MarkdownNode.Alignment {
  fileprivate var className: String {
    switch self {
    case .none: ""
    case .left: " class=\"left\""
    case .center: " class=\"center\""
    case .right: " class=\"right\""
    }
  }
}

/// A box of its own that scrolls sideways where a wide thing does not fit, by keyboard too.
func scrollBox(_ html: String, label: String) -> String {
  "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"\(escaped(label))\">\(html)</div>\n"
}

/// Code or output. Where its lines are long it can take the keyboard's focus, to be scrolled.
func codeBlock(_ html: String, longestLine: Int, classes: String = "code") -> String {
  "<pre class=\"\(classes)\"\(longestLine > 34 ? " tabindex=\"0\"" : "")><code>\(html)</code></pre>\n"
}

/// A formula that is all there is in the head of a column, and its TeX in words: some screen readers take
/// a head without words for empty.
func spokenFormula(_ html: String, _ tex: String) -> String {
  "<span aria-hidden=\"true\">\(html)</span><span class=\"spoken\">\(escaped(tex))</span>"
}
