/// A stretch of Markdown between two cells, with the places in it that are not plain Markdown.
public struct Prose: Hashable, Sendable {
  public var text: String
  /// Where ``text`` begins in the notebook.
  public var position: Position
  /// In the order of the text; they do not overlap.
  public var spans: [Span]

  public init(text: String, position: Position, spans: [Span] = []) {
    self.text = text
    self.position = position
    self.spans = spans
  }

  /// A piece of the text that Markdown must not see: an output format puts its own form in its place.
  public struct Span: Hashable, Sendable {
    public enum Content: Hashable, Sendable {
      /// `$...$`, or `$$...$$` without a number of its own (as in a caption).
      case math(TeX)
      /// `$$...$$` with its attributes: the equation's index in ``Notebook/equations``.
      case equation(Int)
      /// `` `{swift} ...` ``: the inline cell, and the position of the expression in it.
      case expression(cell: Int, position: Int)
      /// `@eq-x`, or `[-@eq-x]`, of which only the number is wanted.
      case reference(label: Int, numberOnly: Bool)
      /// Attributes at the end of a heading, or the empty place there: an index in ``Notebook/headings``.
      case heading(Int)
      /// `{#fig-x}` after an image: the label's index.
      case imageLabel(Int)
    }
    /// UTF-8 offsets in the text.
    public var range: Range<Int>
    public var content: Content

    public init(range: Range<Int>, content: Content) {
      self.range = range
      self.content = content
    }
  }
}

/// A formula, and where its parts stand.
public struct TeX: Hashable, Sendable {
  /// Without the dollar signs, and without the `>` or the indentation of a list around it.
  public var source: String
  public var isDisplay: Bool
  /// Where each line of ``source`` begins in the notebook.
  public var origins: [Position]

  public init(_ source: String, isDisplay: Bool = false, origins: [Position] = []) {
    self.source = source
    self.isDisplay = isDisplay
    self.origins = origins
  }

  /// The notebook position of a UTF-8 offset in ``source``.
  public func position(at offset: Int) -> Position {
    let before = source.utf8.prefix(max(offset, 0))
    let line = before.count { $0 == UInt8(ascii: "\n") }
    let column = before.reversed().prefix { $0 != UInt8(ascii: "\n") }.count
    guard line < origins.count else { return origins.last ?? Position(line: 1) }
    return Position(line: origins[line].line, column: origins[line].column + column)
  }
}

extension Prose {
  /// Text of a run, as entries of tables have it: its `$...$` are formulas, all else is plain.
  public init(formulasIn text: String) {
    self.init(text: text, position: Position(line: 1))
    let scanner = InlineScanner(Array(text.utf8))
    spans = scanner.items.compactMap { item in
      guard case .math(let range, let isDisplay, _) = item.content else { return nil }
      let tex = TeX(String(decoding: scanner.text[range], as: UTF8.self), isDisplay: isDisplay)
      return Span(range: item.range, content: .math(tex))
    }
  }
}
