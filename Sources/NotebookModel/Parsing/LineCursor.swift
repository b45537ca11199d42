/// Reads one line of Markdown from its left: indentation, quote and list markers, what a block begins with.
struct LineCursor {
  private let bytes: [UInt8]
  private var offset: Int
  private let end: Int
  /// Columns from the margin, by which tabs are measured.
  private var column = 0

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    offset = range.lowerBound
    end = range.upperBound
  }

  var rest: Range<Int> { offset..<end }
  private var line: ArraySlice<UInt8> { bytes[offset..<end] }
  private var trimmed: ArraySlice<UInt8> { line.drop(while: isSpace) }
  var isBlank: Bool { line.allSatisfy(isSpace) }

  /// The width of the white space here; a tab ends at a multiple of four columns.
  var indentation: Int {
    var width = 0
    for byte in line {
      if byte == space { width += 1 } else if byte == tab { width += 4 - (column + width) % 4 } else { break }
    }
    return width
  }

  /// Skips white space up to a width. A tab that reaches beyond it stays.
  mutating func skipSpaces(atMost limit: Int = .max) {
    var width = 0
    while offset < end, width < limit {
      let step: Int
      if bytes[offset] == space {
        step = 1
      } else if bytes[offset] == tab {
        step = 4 - column % 4
      } else {
        return
      }
      if width + step > limit { return }
      width += step
      column += step
      offset += 1
    }
  }

  private mutating func advance(_ count: Int) {
    offset += count
    column += count
  }

  mutating func consumeQuoteMarker() -> Bool {
    guard indentation < 4, trimmed.first == UInt8(ascii: ">") else { return false }
    skipSpaces()
    advance(1)
    skipSpaces(atMost: 1)
    return true
  }

  /// Consumes the marker of a quote, a list item or a footnote, if one begins here.
  mutating func openContainer(inParagraph: Bool) -> Container? {
    if indentation >= 4 || isThematicBreak { return nil }
    if consumeQuoteMarker() { return .quote }
    guard let marker = itemMarkerLength(inParagraph: inParagraph) else { return nil }
    let before = indentation
    skipSpaces()
    if trimmed.first == UInt8(ascii: "[") {
      advance(marker)
      skipSpaces()
      return .item(indentation: 4)
    }
    advance(marker)
    let gap = indentation
    // Five spaces or more: one belongs to the marker, the others to indented code.
    let width = isBlank || gap > 4 ? 1 : gap
    skipSpaces(atMost: width)
    return .item(indentation: before + marker + width)
  }

  /// The length of `-`, `1.` or `[^1]:`, if one begins here.
  private func itemMarkerLength(inParagraph: Bool) -> Int? {
    let text = trimmed
    guard let first = text.first else { return nil }
    let length: Int
    if first == UInt8(ascii: "["), text.dropFirst().first == UInt8(ascii: "^") {
      guard let close = text.firstIndex(of: UInt8(ascii: "]")), close > text.startIndex + 2,
        close + 1 < end, bytes[close + 1] == UInt8(ascii: ":")
      else { return nil }
      return close + 2 - text.startIndex
    } else if [UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+")].contains(first) {
      length = 1
    } else {
      let digits = text.prefix { isDigit($0) }
      guard (1...9).contains(digits.count), let delimiter = text.dropFirst(digits.count).first,
        delimiter == UInt8(ascii: ".") || delimiter == UInt8(ascii: ")")
      else { return nil }
      if inParagraph, Array(digits) != [UInt8(ascii: "1")] { return nil }
      length = digits.count + 1
    }
    let behind = text.dropFirst(length)
    if behind.allSatisfy(isSpace) { return inParagraph ? nil : length }
    return isSpace(behind.first!) ? length : nil
  }

  var isThematicBreak: Bool {
    let marks = line.filter { !isSpace($0) }
    guard indentation < 4, marks.count >= 3, let first = marks.first else { return false }
    return "-*_".utf8.contains(first) && marks.allSatisfy { $0 == first }
  }

  /// 1 for a line of `=`, 2 for a line of `-`, which make a heading of the paragraph above.
  var setextLevel: Int? {
    var text = trimmed
    while let last = text.last, isSpace(last) { text.removeLast() }
    guard let first = text.first, text.allSatisfy({ $0 == first }) else { return nil }
    return first == UInt8(ascii: "=") ? 1 : first == UInt8(ascii: "-") ? 2 : nil
  }

  /// The level and the text of `## Heading`.
  var atxHeading: (level: Int, text: Range<Int>)? {
    let text = trimmed
    let level = text.prefix { $0 == UInt8(ascii: "#") }.count
    guard (1...6).contains(level) else { return nil }
    var content = text.dropFirst(level)
    if let next = content.first, !isSpace(next) { return nil }
    content = content.drop(while: isSpace)
    return (level, content.startIndex..<end)
  }

  var openFence: (marker: UInt8, length: Int, info: Range<Int>, offset: Int)? {
    let text = trimmed
    guard let marker = text.first, marker == UInt8(ascii: "`") || marker == UInt8(ascii: "~") else {
      return nil
    }
    let length = text.prefix { $0 == marker }.count
    let info = text.dropFirst(length).drop(while: isSpace)
    if length < 3 || (marker == UInt8(ascii: "`") && info.contains(marker)) { return nil }
    return (marker, length, info.startIndex..<end, text.startIndex)
  }

  func closesFence(marker: UInt8, length: Int) -> Bool {
    let text = trimmed
    let run = text.prefix { $0 == marker }.count
    return indentation < 4 && run >= length && text.dropFirst(run).allSatisfy(isSpace)
  }

  /// Whether a line that no container continues begins a block of its own.
  func beginsBlock(inParagraph: Bool) -> Bool {
    var copy = self
    return indentation < 4
      && (openFence != nil || atxHeading != nil || isThematicBreak
        || openHTML(inParagraph: inParagraph) != nil
        || copy.openContainer(inParagraph: inParagraph) != nil)
  }

  func contains(_ text: String) -> Bool { find(text, from: offset) != nil }
  /// Whether the ending comes in the same line as the opening of raw HTML.
  func containsAfterOpening(_ ending: String) -> Bool { find(ending, from: trimmed.startIndex + 2) != nil }

  private func find(_ text: String, from start: Int) -> Int? {
    let wanted = Array(text.utf8)
    guard end - start >= wanted.count else { return nil }
    return (start...end - wanted.count).first { index in
      wanted.indices.allSatisfy { lowercased(bytes[index + $0]) == wanted[$0] }
    }
  }

  enum HTML {
    case until(String)
    case untilBlank
  }

  /// Raw HTML that begins here (CommonMark, section 4.6).
  func openHTML(inParagraph: Bool) -> HTML? {
    let text = trimmed
    guard indentation < 4, text.first == UInt8(ascii: "<") else { return nil }
    let start = String(decoding: text.prefix(16), as: UTF8.self).lowercased()
    if start.hasPrefix("<!--") { return .until("-->") }
    if start.hasPrefix("<?") { return .until("?>") }
    if start.hasPrefix("<![cdata[") { return .until("]]>") }
    if start.hasPrefix("<!") { return .until(">") }
    let name = String(start.dropFirst(start.hasPrefix("</") ? 2 : 1).prefix { $0.isLetter || $0.isNumber })
    let next = start.dropFirst(start.hasPrefix("</") ? 2 + name.count : 1 + name.count).first ?? ">"
    guard !name.isEmpty, " \t>/".contains(next) else { return nil }
    if ["script", "pre", "style", "textarea"].contains(name), !start.hasPrefix("</") {
      return .until("</\(name)>")
    }
    if blockElements.contains(name) { return .untilBlank }
    // Any other tag begins a block only when it is alone on its line.
    guard !inParagraph, let close = text.firstIndex(of: UInt8(ascii: ">")) else { return nil }
    return text[(close + 1)...].allSatisfy(isSpace) ? .untilBlank : nil
  }
}

private let space = UInt8(ascii: " ")
private let tab = UInt8(ascii: "\t")
func isSpace(_ byte: UInt8) -> Bool { byte == space || byte == tab }
func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
private func lowercased(_ byte: UInt8) -> UInt8 {
  (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
}

private let blockElements: Set<String> = [
  "address", "article", "aside", "base", "basefont", "blockquote", "body", "caption", "center", "col",
  "colgroup", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure",
  "footer",
  "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "iframe",
  "legend", "li", "link", "main", "menu", "menuitem", "nav", "noframes", "ol", "optgroup", "option", "p",
  "param", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr",
  "track", "ul",
]
