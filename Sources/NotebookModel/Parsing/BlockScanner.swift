/// Finds fences, headings and paragraphs in Markdown, line by line.
///
/// It follows CommonMark's block structure (https://spec.commonmark.org/0.31.2/#blocks-and-inlines) as
/// far as a notebook needs it: what is inside which list or quote, and what is code or raw HTML, where
/// dollar signs and references mean nothing. It differs in one thing: a `$$` that a line opens keeps
/// the lines up to its closing `$$` together, whatever they begin with (a `-` or `=` in TeX is no list
/// and no heading). O(bytes).
struct BlockScanner {
  let source: SourceText
  private(set) var blocks: [Block] = []
  private var containers: [Container] = []
  private var leaf = Leaf.none

  private enum Leaf {
    case none
    case text(Block.Text, math: MathParity)
    case fence(Block.Fence, indent: Int)
    /// Raw HTML, up to a line that contains the ending; nil: up to a blank line.
    case html(ending: String?)
    case indentedCode
  }

  /// The blocks of the lines from `first` on.
  static func scan(_ source: SourceText, from first: Int) -> [Block] {
    var scanner = BlockScanner(source: source)
    for number in source.lines.indices.dropFirst(first) { scanner.read(line: number) }
    scanner.closeLeaf()
    return scanner.blocks
  }

  private init(source: SourceText) { self.source = source }

  private mutating func read(line number: Int) {
    var cursor = LineCursor(source.bytes, source.lines[number])
    let matched = containers.prefixMatching(&cursor)
    let isContinued = matched == containers.count

    switch leaf {
    case .fence(var fence, let indent) where isContinued:
      if cursor.closesFence(marker: fence.marker, length: fence.length) {
        fence.closingLine = number
        blocks.append(.fence(fence))
        leaf = .none
      } else {
        cursor.skipSpaces(atMost: indent)
        fence.content.append(cursor.rest)
        leaf = .fence(fence, indent: indent)
      }
      return
    case .html(let ending) where isContinued:
      if let ending {
        if cursor.contains(ending) { leaf = .none }
        return
      }
      if !cursor.isBlank { return appendText(cursor, isOwnLine: true) }
      leaf = .none
    case .text(var text, var math) where math.isOpen:
      // Inside `$$ ... $$` only a fence begins a block. It and a blank line end the formula, which is an
      // error found later.
      if cursor.isBlank || cursor.openFence != nil { break }
      cursor.skipSpaces()
      text.lines.append(cursor.rest)
      math.read(source.bytes[cursor.rest])
      leaf = .text(text, math: math)
      return
    case .text where !isContinued && !cursor.isBlank && !cursor.beginsBlock(inParagraph: true):
      // A lazy line continues the paragraph of a quote or list.
      return appendText(cursor)
    default: break
    }
    if !isContinued {
      closeLeaf()
      containers.removeLast(containers.count - matched)
    }
    openContainers(&cursor)
    readLeaf(&cursor, line: number)
  }

  private mutating func openContainers(_ cursor: inout LineCursor) {
    while let container = cursor.openContainer(inParagraph: isInParagraph) {
      closeLeaf()
      containers.append(container)
    }
  }

  private mutating func readLeaf(_ cursor: inout LineCursor, line number: Int) {
    if cursor.isBlank { return closeLeaf() }
    if cursor.indentation >= 4 {
      if isInParagraph { return appendText(cursor) }
      closeLeaf()
      leaf = .indentedCode
      return
    }
    if let level = cursor.setextLevel, case .text(var text, _) = leaf, text.kind == .paragraph {
      text.kind = .heading(level: level)
      blocks.append(.text(text))
      leaf = .none
      return
    }
    if let fence = cursor.openFence {
      closeLeaf()
      let block = Block.Fence(
        line: number, offset: fence.offset, info: source.text(fence.info), content: [], closingLine: nil,
        length: fence.length, marker: fence.marker, isNested: !containers.isEmpty)
      leaf = .fence(block, indent: cursor.indentation)
    } else if let heading = cursor.atxHeading {
      closeLeaf()
      blocks.append(
        .text(
          Block.Text(
            kind: .heading(level: heading.level), lines: [heading.text], isNested: !containers.isEmpty)))
    } else if let html = cursor.openHTML(inParagraph: isInParagraph) {
      closeLeaf()
      switch html {
      case .until(let ending):
        leaf = cursor.containsAfterOpening(ending) ? .none : .html(ending: ending)
      case .untilBlank:
        leaf = .html(ending: nil)
        appendText(cursor, isOwnLine: true)
      }
    } else if cursor.isThematicBreak {
      closeLeaf()
    } else {
      appendText(cursor)
    }
  }

  private var isInParagraph: Bool { if case .text = leaf { true } else { false } }

  /// Adds the rest of a line to the current paragraph, or begins one.
  private mutating func appendText(_ cursor: LineCursor, isOwnLine: Bool = false) {
    var cursor = cursor
    cursor.skipSpaces()
    if isOwnLine {
      blocks.append(
        .text(Block.Text(kind: .markup, lines: [cursor.rest], isNested: !containers.isEmpty)))
      return
    }
    var (text, math) = (
      Block.Text(kind: .paragraph, lines: [], isNested: !containers.isEmpty), MathParity()
    )
    if case .text(let current, let parity) = leaf { (text, math) = (current, parity) } else { closeLeaf() }
    text.lines.append(cursor.rest)
    math.read(source.bytes[cursor.rest])
    leaf = .text(text, math: math)
  }

  private mutating func closeLeaf() {
    switch leaf {
    case .text(let text, _): blocks.append(.text(text))
    case .fence(let fence, _): blocks.append(.fence(fence))
    case .none, .html, .indentedCode: break
    }
    leaf = .none
  }
}

/// Whether the lines read so far leave a `$$` open.
private struct MathParity {
  private(set) var isOpen = false

  mutating func read(_ line: ArraySlice<UInt8>) {
    var index = line.startIndex
    while index < line.endIndex {
      let byte = line[index]
      if byte == UInt8(ascii: "\\") {
        index += 2
      } else if byte == UInt8(ascii: "`"), !isOpen {
        let run = line[index...].prefix { $0 == byte }.count
        index = endOfCodeSpan(in: line, from: index + run, length: run) ?? index + run
      } else if byte == UInt8(ascii: "$"), index + 1 < line.endIndex, line[index + 1] == byte {
        isOpen.toggle()
        index += 2
      } else {
        index += 1
      }
    }
  }
}

/// The offset behind the run of exactly `length` backquotes that closes a code span.
func endOfCodeSpan(in text: ArraySlice<UInt8>, from start: Int, length: Int) -> Int? {
  var index = start
  while index < text.endIndex {
    guard text[index] == UInt8(ascii: "`") else {
      index += 1
      continue
    }
    let run = text[index...].prefix { $0 == UInt8(ascii: "`") }.count
    index += run
    if run == length { return index }
  }
  return nil
}
