/// A node of a Markdown document: what it is, and what it holds.
struct MarkdownNode {
  enum Alignment { case none, left, center, right }

  enum Kind {
    case document, paragraph, quote, thematicBreak
    case heading(level: Int)
    case list(start: Int?, isTight: Bool)
    /// `- [x]` is a task that is done; nil for an item that is no task.
    case item(isDone: Bool?)
    case code(info: String, String)
    case rawBlock(String)
    case table([Alignment])
    case row(isHeader: Bool)
    case cell
    /// A footnote by its name, at the end of the document.
    case footnote(String)

    case text(String)
    case softBreak, lineBreak
    case codeSpan(String)
    case rawInline(String)
    case emphasis, strong, strikethrough
    case link(destination: String, title: String)
    case image(source: String, title: String)
    /// A footnote's number, from 1.
    case footnoteReference(String)
  }

  var kind: Kind
  var children: [MarkdownNode] = []

  /// The text in the node, without its markup.
  var plainText: String {
    switch kind {
    case .text(let text), .codeSpan(let text): text
    case .softBreak, .lineBreak: " "
    default: children.map(\.plainText).joined()
    }
  }
}
