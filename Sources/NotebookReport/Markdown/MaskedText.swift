import NotebookModel

/// A notebook's prose with marks in the places of what Markdown must not see: formulas, values,
/// references, cells. They come out of Markdown as they went in.
struct MaskedText {
  /// What a mark stands for.
  enum Mark {
    case span(Prose.Span.Content)
    case cell(Int)
  }

  /// The last plane of Unicode, without its two noncharacters.
  private static let privateUse: ClosedRange<UInt32> = 0x100000...0x10FFFD

  /// The Markdown of the whole notebook.
  let text: String
  private let marks: [Mark]
  /// What stood in their places.
  private let originals: [String]
  private let opening: Character
  private let closing: Character

  init(_ notebook: Notebook) {
    var pieces: [String] = []
    var marks: [Mark] = []
    var originals: [String] = []
    // Two characters for private use that the notebook does not use itself.
    let used = Set(notebook.source.unicodeScalars.lazy.filter { $0.value >= Self.privateUse.lowerBound })
    var unused = Self.privateUse.lazy.compactMap { Unicode.Scalar($0) }.filter { !used.contains($0) }
      .makeIterator()
    let (opening, closing) = (Character(unused.next()!), Character(unused.next()!))
    func mark(_ mark: Mark, _ original: String) -> String {
      marks.append(mark)
      originals.append(original)
      return "\(opening)\(marks.count - 1)\(closing)"
    }
    for element in notebook.elements {
      switch element {
      case .cell(let index): pieces.append("\n\n" + mark(.cell(index), "") + "\n\n")
      case .prose(let prose): pieces.append(Self.masked(prose) { mark(.span($0), $1) })
      }
    }
    text = pieces.joined()
    self.marks = marks
    self.originals = originals
    self.opening = opening
    self.closing = closing
  }

  /// A caption: one line of its own.
  init(_ caption: Prose) {
    self.init(
      Notebook(path: "", source: caption.text, elements: [.prose(caption)]))
  }

  private static func masked(_ prose: Prose, _ mark: (Prose.Span.Content, String) -> String) -> String {
    let bytes = Array(prose.text.utf8)
    var result = ""
    var last = 0
    for span in prose.spans {
      result += String(decoding: bytes[last..<span.range.lowerBound], as: UTF8.self)
      result += mark(span.content, String(decoding: bytes[span.range], as: UTF8.self))
      last = span.range.upperBound
    }
    return result + String(decoding: bytes[last...], as: UTF8.self)
  }

  enum Piece {
    case text(Substring)
    case mark(Mark)
  }

  /// A text in which marks mean nothing after all, as in code: what was written comes back.
  func restored(_ text: String) -> String {
    guard text.contains(opening) else { return text }
    return originals.indices.reduce(text) { text, index in
      text.replacing("\(opening)\(index)\(closing)", with: originals[index])
    }
  }

  /// A text of the parsed Markdown, taken apart at the marks in it.
  func pieces(of text: String) -> [Piece] {
    guard text.contains(opening) else { return text.isEmpty ? [] : [.text(text[...])] }
    var pieces: [Piece] = []
    var rest = text[...]
    while let start = rest.firstIndex(of: opening), let end = rest[start...].firstIndex(of: closing),
      let number = Int(rest[rest.index(after: start)..<end]), marks.indices.contains(number)
    {
      if start > rest.startIndex { pieces.append(.text(rest[..<start])) }
      pieces.append(.mark(marks[number]))
      rest = rest[rest.index(after: end)...]
    }
    if !rest.isEmpty { pieces.append(.text(rest)) }
    return pieces
  }

  /// The cell that a block of the document stands for, if it does.
  func cell(of block: MarkdownNode) -> Int? {
    guard case .paragraph = block.kind, block.children.count == 1,
      case .text(let text) = block.children[0].kind,
      case let pieces = pieces(of: text), pieces.count == 1, case .mark(.cell(let index)) = pieces[0]
    else { return nil }
    return index
  }
}
