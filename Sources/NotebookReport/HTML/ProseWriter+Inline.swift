import NotebookModel

extension ProseWriter {
  mutating func inline(_ nodes: [MarkdownNode]) -> String {
    var html = ""
    for node in nodes { html += inline(node) }
    return html
  }

  private mutating func inline(_ node: MarkdownNode) -> String {
    switch node.kind {
    case .text(let text): return masked.pieces(of: text).map { inline($0) }.joined()
    case .softBreak: return "\n"
    case .lineBreak: return "<br>\n"
    case .codeSpan(let code): return "<code>\(escaped(masked.restored(code)))</code>"
    case .rawInline(let html): return masked.restored(html)
    case .emphasis: return "<em>\(inline(node.children))</em>"
    case .strong: return "<strong>\(inline(node.children))</strong>"
    case .strikethrough: return "<del>\(inline(node.children))</del>"
    case .link(let destination, let title):
      let address = escaped(pageAddress(destination))
      return "<a href=\"\(address)\"\(attribute("title", title))>\(inline(node.children))</a>"
    case .image(let source, let title): return image(source, title, alternative: alternative(node))
    case .footnoteReference(let number):
      let anchor = noteAnchor(number)
      return "<sup class=\"mark-of-note\"><a href=\"#note.\(number)\" id=\"\(anchor)\">\(number)</a></sup>"
    default: return block(node, isTight: true)
    }
  }

  mutating func inline(_ piece: MaskedText.Piece) -> String {
    switch piece {
    case .text(let text): return escaped(text)
    case .mark(.cell): return ""
    case .mark(.span(let content)): return span(content)
    }
  }

  private mutating func span(_ content: Prose.Span.Content) -> String {
    switch content {
    case .math(let tex): return page.math(tex.source, isDisplay: tex.isDisplay)
    case .equation(let index):
      // In a heading, a table or emphasis there is no room for a number beside it.
      return page.math(page.notebook.equations[index].tex.source, isDisplay: true)
    case .expression(let cell, let position):
      noteExpression(cell: cell, position: position)
      return value(cell, position)
    case .reference(let index, let numberOnly):
      let label = page.notebook.labels[index]
      let text: String
      if !numberOnly || label.number.isEmpty {
        text = page.title(of: label)
      } else if case .equation = label.kind {
        text = "(\(label.number))"
      } else {
        text = label.number
      }
      return "<a class=\"ref\" href=\"#\(page.anchor(of: label))\">\(escaped(text))</a>"
    case .heading, .imageLabel: return ""
    }
  }

  /// The value of an inline expression.
  private func value(_ cell: Int, _ position: Int) -> String {
    for case .inlineValue(position, let text) in page.record(of: cell).outputs {
      return "<span class=\"value\">\(page.textWithMath(text))</span>"
    }
    let lines = page.notebook.cells[cell].code.split(separator: "\n", omittingEmptySubsequences: false)
    let code = lines.indices.contains(position) ? String(lines[position]) : ""
    return "<code class=\"unknown\" title=\"this value was not computed\">\(escaped(code))</code>"
  }

  private func attribute(_ name: String, _ value: String) -> String {
    value.isEmpty ? "" : " \(name)=\"\(escaped(value))\""
  }

  // MARK: Links and images

  /// Another notebook's page lies beside this one's: `03_x.md#sec-a` is `03_x.html#sec-a` there.
  private func pageAddress(_ destination: String) -> String {
    let destination = masked.restored(destination).replacing(" ", with: "%20")
    if destination.contains("://") || destination.hasPrefix("mailto:") { return destination }
    let parts = destination.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.first?.hasSuffix(".md") == true else { return destination }
    return parts[0].dropLast(3) + ".html" + (parts.count > 1 ? "#\(parts[1])" : "")
  }

  /// The text of an image, with formulas as TeX.
  func alternative(_ node: MarkdownNode) -> String {
    masked.pieces(of: node.plainText).map { piece in
      switch piece {
      case .text(let text): String(text)
      case .mark(.span(.math(let tex))): tex.source
      case .mark(.span(.reference(let label, _))): page.title(of: page.notebook.labels[label])
      case .mark: ""
      }
    }.joined()
  }

  private func image(_ source: String, _ title: String, alternative: String) -> String {
    guard let url = page.images.url(for: source) else {
      return "<a href=\"\(escaped(source))\">\(escaped(alternative.isEmpty ? source : alternative))</a>"
    }
    return "<img src=\"\(url)\" alt=\"\(escaped(alternative))\"\(attribute("title", title))>"
  }

  /// A paragraph that is an image alone is a figure, with its text as the caption.
  mutating func imageFigure(_ node: MarkdownNode) -> String? {
    let content = node.children.filter { child in
      if case .text(let text) = child.kind {
        return !masked.pieces(of: text).allSatisfy {
          if case .mark(.span(.imageLabel)) = $0 { true } else { false }
        }
      }
      return true
    }
    guard content.count == 1, case .image(let source, let title) = content[0].kind,
      page.images.url(for: source) != nil
    else { return nil }
    let labels = node.children.flatMap { child -> [Int] in
      guard case .text(let text) = child.kind else { return [] }
      return masked.pieces(of: text).compactMap {
        if case .mark(.span(.imageLabel(let index))) = $0 { index } else { nil }
      }
    }
    let label = labels.first.map { page.notebook.labels[$0] }
    let caption = inline(content[0].children)
    let picture = image(source, title, alternative: alternative(content[0]))
    return figureElement(
      anchor: label?.name ?? "", content: picture,
      caption: figureCaption(number: label?.number ?? "", caption))
  }
}

/// A figure with its caption.
func figureElement(anchor: String, content: String, caption: String) -> String {
  let id = anchor.isEmpty ? "" : " id=\"\(anchor)\""
  return "<figure\(id)>\n\(content)\n\(caption)</figure>\n"
}

/// "Figure 2. Its caption"; empty where there is nothing to say.
func figureCaption(number: String, _ caption: String) -> String {
  if number.isEmpty, caption.isEmpty { return "" }
  let title = number.isEmpty ? "" : "<span class=\"number\">Figure\u{A0}\(number).</span> "
  return "<figcaption>\(title)\(caption)</figcaption>\n"
}
