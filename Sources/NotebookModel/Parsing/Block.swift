/// What ``BlockScanner`` finds: the parts of the Markdown that a notebook gives a meaning to.
enum Block {
  /// A fence of three or more backquotes or tildes with the lines in it.
  struct Fence {
    /// Of the opening line.
    var line: Int
    var offset: Int
    var info: String
    /// The bytes of each line of content, without the indentation of the fence.
    var content: [Range<Int>]
    /// The line of the closing fence; nil where there is none.
    var closingLine: Int?
    /// How many backquotes or tildes.
    var length: Int
    var marker: UInt8
    /// Whether it stands in a list, a quote or a footnote.
    var isNested: Bool
  }

  /// Lines that are read for formulas, expressions and references: a paragraph, a heading, a row.
  struct Text {
    enum Kind: Equatable {
      case paragraph
      /// A line of raw HTML.
      case markup
      case heading(level: Int)
    }
    var kind: Kind
    /// The bytes of each line, without list markers and `>`.
    var lines: [Range<Int>]
    var isNested: Bool
  }

  case fence(Fence)
  case text(Text)
}
