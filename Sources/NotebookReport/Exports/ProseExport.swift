import Foundation
import NotebookEvents
import NotebookModel

/// Writes the prose of a notebook as Markdown that other tools read: values put in, references as links,
/// equations with their numbers and their verdicts in words.
struct ProseExport {
  let page: PageContext
  let dialect: Dialect
  /// The place of a local image of the prose, by the name that the notebook has for it.
  var imageAddress: (String) -> String = { $0 }

  /// A stretch of prose; empty where nothing is left of it.
  ///
  /// - Parameter notes: takes the footnotes, for readers that know none.
  func markdown(_ prose: Prose, notes: inout Footnotes) -> String {
    let masked = MaskedText(prose)
    var lines = MarkdownLines(masked.text).adapted(to: dialect, imageAddress: imageAddress)
    if dialect == .jupyter { lines = notes.take(from: lines) { filled($0, masked) } }
    return filled(lines, masked)
  }

  /// Markdown of which the lines are in order already, with the marks in it filled.
  func filled(_ text: String, _ masked: MaskedText) -> String {
    let pieces = masked.pieces(of: text)
    var result = ""
    for (index, piece) in pieces.enumerated() {
      switch piece {
      case .text(let text): result += text
      case .mark(.cell): break
      case .mark(.span(.heading(let index))): finish(heading: index, in: &result)
      case .mark(.span(let content)):
        var following: Substring = ""
        if index + 1 < pieces.count, case .text(let text) = pieces[index + 1] { following = text }
        let line = result.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
        let indentation = MarkdownLines.continuation(of: line)
        result += span(content, before: following).replacing("\n", with: "\n" + indentation)
      }
    }
    return result.trimmingCharacters(in: .newlines)
  }

  /// A caption.
  func line(_ caption: Prose) -> String {
    filled(oneLine(MaskedText(caption).text), MaskedText(caption)).replacing("\n", with: " ")
  }

  // MARK: What stands in the places of marks

  private func span(_ content: Prose.Span.Content, before following: Substring) -> String {
    switch content {
    case .math(let tex): return tex.isDisplay ? "$$ \(safe(tex)) $$" : "$\(safe(tex))$"
    case .equation(let index): return equation(index, before: following)
    case .expression(let cell, let position): return value(cell, position)
    case .reference(let index, let numberOnly):
      let label = page.notebook.labels[index]
      let isEquation = if case .equation = label.kind { true } else { false }
      let number = isEquation ? "(\(label.number))" : label.number
      let text = numberOnly && !label.number.isEmpty ? number : page.title(of: label)
      return "[\(text)](#\(page.anchor(of: label)))"
    case .heading, .imageLabel: return ""
    }
  }

  /// `$$...$$` with its number, and in words behind it how it stands.
  private func equation(_ index: Int, before following: Substring) -> String {
    let equation = page.notebook.equations[index]
    let entry = page.coverage.entries[index]
    let anchor = equation.name.isEmpty ? "" : "<span id=\"\(equation.name)\"></span>"
    let isTagged = equation.tex.source.contains("\\tag")
    let tag = equation.number.isEmpty || isTagged ? "" : " \\tag{\(equation.number)}"
    let display = "\(anchor)$$ \(safe(equation.tex))\(tag) $$"
    guard !equation.name.isEmpty || entry.standing != .missing else { return display }
    // Words that follow in the same paragraph begin on a line of their own.
    let rest = following.drop { $0 == " " }
    let goesOn = rest.first.map { $0 != "\n" } ?? false
    let continues = rest.first == "\n" && rest.dropFirst().first.map { !$0.isNewline } ?? false
    return display + "\n" + words(entry) + (goesOn ? "\\\n" : continues ? "\\" : "")
  }

  /// TeX of which no line begins as a list, a heading or a quote would.
  private func safe(_ tex: TeX) -> String {
    let lines = tex.source.split(separator: "\n").map { $0.drop { $0 == " " } }
    let isPlain = lines.allSatisfy { $0.firstMatch(of: /^([-*+#>=]|[0-9]+[.)])/) == nil }
    // A comment reaches to the end of its line.
    return isPlain || tex.source.contains("%") ? tex.source : lines.joined(separator: " ")
  }

  /// "✓ Equation (3), verified: both sides agree ..."
  func words(_ entry: Coverage.Entry) -> String {
    let title = "\(entry.standing.mark) \(page.title(of: entry.equation)), \(entry.standing.word)"
    guard let check = entry.decisiveCheck?.check else { return "*\(title)*" }
    return "**\(title):** \(markdownText(check.sentence))"
  }

  private func value(_ cell: Int, _ position: Int) -> String {
    for case .inlineValue(position, let text) in page.record(of: cell).outputs { return markdownText(text) }
    let lines = page.notebook.cells[cell].code.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.indices.contains(position) ? "`\(lines[position])`" : ""
  }

  /// Numbers the heading with which a text ends, and names it so that references find it.
  private func finish(heading index: Int, in text: inout String) {
    let heading = page.notebook.headings[index]
    let start = text.lastIndex(of: "\n").map { text.index(after: $0) } ?? text.startIndex
    if heading.isTitle, dialect == .jupyter {
      // The title has a cell of its own.
      text.removeSubrange(start...)
      return
    }
    let signs = text[start...].prefixMatch(of: /[ >]*(?:#{1,6}[ \t]+)?/)
    var line = heading.number.isEmpty ? "" : "\(heading.number) "
    if dialect == .jupyter { line = "<span id=\"\(page.headingAnchors[index])\"></span>" + line }
    text.insert(contentsOf: line, at: signs?.range.upperBound ?? start)
    if dialect == .jupyter { return }
    let name = heading.name.isEmpty ? "" : "#\(heading.name)"
    let classes = heading.number.isEmpty && !heading.isTitle ? ".unnumbered" : ""
    let attributes = [name, classes].filter { !$0.isEmpty }.joined(separator: " ")
    if !attributes.isEmpty { text += (text.hasSuffix(" ") ? "" : " ") + "{\(attributes)}" }
  }
}
