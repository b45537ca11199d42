/// What stands in a line of prose that a notebook gives a meaning to; ranges are offsets in the
/// scanner's text.
struct InlineItem {
  enum Content {
    case math(Range<Int>, isDisplay: Bool, attributes: Attributes?)
    case expression(Range<Int>)
    case reference(name: String, numberOnly: Bool)
    case attributes(Attributes, followsImage: Bool)
  }
  var range: Range<Int>
  var content: Content
}

/// Finds formulas, expressions and references in the lines of one paragraph.
///
/// Code spans, raw HTML tags, link destinations and escaped characters are passed over. A `$` opens a
/// formula when no space follows it, and closes one when no space precedes and no digit follows it
/// (pandoc's rule), so that `$5 and $6` is money. O(bytes), but for unmatched `$`.
struct InlineScanner {
  let text: [UInt8]
  private(set) var items: [InlineItem] = []
  /// Places of a `$$` that nothing closes, and of a `$` that looks like the beginning of a formula.
  private(set) var unclosedDisplays: [Int] = []
  private(set) var unclosedFormulas: [Int] = []
  private var index = 0

  init(_ text: [UInt8]) {
    self.text = text
    while index < text.count { step() }
  }

  private mutating func step() {
    switch text[index] {
    case UInt8(ascii: "\\"): index += 2
    case UInt8(ascii: "`"): codeSpan()
    case UInt8(ascii: "$"): math()
    case UInt8(ascii: "<"): index = endOfTag() ?? index + 1
    case UInt8(ascii: "]"): closingBracket()
    case UInt8(ascii: "@"): reference()
    case UInt8(ascii: "{"): looseAttributes()
    case UInt8(ascii: "h") where has("http://", at: index) || has("https://", at: index):
      index =
        firstIndex(from: index) { isSpace($0) || $0 == newline || $0 == UInt8(ascii: ">") } ?? text.count
    default: index += 1
    }
  }

  private mutating func codeSpan() {
    let start = index
    let run = text[start...].prefix { $0 == UInt8(ascii: "`") }.count
    guard let end = endOfCodeSpan(in: text[...], from: start + run, length: run) else {
      index += run
      return
    }
    index = end
    let content = start + run..<end - run
    let code = text[content].drop(while: isSpace)
    guard has("{swift}", at: code.startIndex) else { return }
    var expression = code.dropFirst(7).drop { isSpace($0) || $0 == newline }
    while let last = expression.last, isSpace(last) || last == newline { expression.removeLast() }
    items.append(
      InlineItem(range: start..<end, content: .expression(expression.startIndex..<expression.endIndex)))
  }

  private mutating func math() {
    let start = index
    if has("$$", at: start) {
      guard let close = endOfMath(from: start + 2, closing: "$$") else {
        unclosedDisplays.append(start)
        index = text.count
        return
      }
      index = close + 2
      let content = trim(start + 2..<close)
      var attributes: Attributes?
      let behind = firstIndex(from: index) { !isSpace($0) } ?? text.count
      if let (found, end) = Attributes.read(text, at: behind) {
        attributes = found
        index = end
      }
      items.append(
        InlineItem(
          range: start..<index, content: .math(content, isDisplay: true, attributes: attributes)))
      return
    }
    index += 1
    guard index < text.count, !isSpace(text[index]), text[index] != newline else { return }
    var from = index
    while let close = endOfMath(from: from, closing: "$") {
      let before = text[close - 1]
      let isClosing =
        close > start + 1 && !isSpace(before) && before != newline
        && !(close + 1 < text.count && isDigit(text[close + 1]))
      if isClosing {
        index = close + 1
        items.append(
          InlineItem(
            range: start..<index, content: .math(start + 1..<close, isDisplay: false, attributes: nil)))
        return
      }
      from = close + 1
    }
    if !isDigit(text[index]) { unclosedFormulas.append(start) }
  }

  /// Where the closing dollar signs stand; `\$` and `\\` inside are TeX.
  private func endOfMath(from start: Int, closing: String) -> Int? {
    var index = start
    while index < text.count {
      if text[index] == UInt8(ascii: "\\") {
        index += 2
      } else if has(closing, at: index) {
        return index
      } else {
        index += 1
      }
    }
    return nil
  }

  /// `](destination)` and `](destination){#fig-x}`.
  private mutating func closingBracket() {
    index += 1
    guard index < text.count, text[index] == UInt8(ascii: "(") else { return }
    var depth = 0
    var cursor = index
    while cursor < text.count {
      switch text[cursor] {
      case UInt8(ascii: "\\"): cursor += 1
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"): depth -= 1
      default: break
      }
      cursor += 1
      if depth == 0 { break }
    }
    guard depth == 0 else { return }
    index = cursor
    if let (attributes, end) = Attributes.read(text, at: index) {
      items.append(InlineItem(range: index..<end, content: .attributes(attributes, followsImage: true)))
      index = end
    }
  }

  private mutating func reference() {
    let start = index
    index += 1
    if start > 0, isWord(text[start - 1]) { return }
    let end = firstIndex(from: index) { !isNameByte($0) } ?? text.count
    var name = text[index..<end]
    while let last = name.last, !isWord(last) { name.removeLast() }
    guard !name.isEmpty else { return }
    index = name.endIndex
    var range = start..<index
    let numberOnly =
      start >= 2 && has("[-", at: start - 2) && index < text.count && text[index] == UInt8(ascii: "]")
    if numberOnly {
      range = start - 2..<index + 1
      index += 1
    }
    items.append(
      InlineItem(
        range: range, content: .reference(name: String(decoding: name, as: UTF8.self), numberOnly: numberOnly)
      ))
  }

  private mutating func looseAttributes() {
    guard let (attributes, end) = Attributes.read(text, at: index) else {
      index += 1
      return
    }
    items.append(InlineItem(range: index..<end, content: .attributes(attributes, followsImage: false)))
    index = end
  }

  /// Behind the `>` of a raw HTML tag, a comment or an autolink that begins here.
  private func endOfTag() -> Int? {
    if has("<!--", at: index) {
      return (index + 4..<max(text.count - 2, index + 4)).first { has("-->", at: $0) }.map { $0 + 3 }
    }
    let start = index + 1 < text.count && text[index + 1] == UInt8(ascii: "/") ? index + 2 : index + 1
    guard start < text.count, isLetter(text[start]) else { return nil }
    var quote: UInt8?
    for cursor in start..<text.count {
      let byte = text[cursor]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        return cursor + 1
      } else if byte == UInt8(ascii: "<") {
        return nil
      }
    }
    return nil
  }

  private func trim(_ range: Range<Int>) -> Range<Int> {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high, isSpace(text[low]) || text[low] == newline { low += 1 }
    while low < high, isSpace(text[high - 1]) || text[high - 1] == newline { high -= 1 }
    return low..<high
  }

  private func has(_ wanted: StaticString, at start: Int) -> Bool {
    guard start >= 0, start + wanted.utf8CodeUnitCount <= text.count else { return false }
    return (0..<wanted.utf8CodeUnitCount).allSatisfy { text[start + $0] == wanted.utf8Start[$0] }
  }

  private func has(_ wanted: String, at start: Int) -> Bool { text[start...].starts(with: wanted.utf8) }

  private func firstIndex(from start: Int, where matches: (UInt8) -> Bool) -> Int? {
    guard start < text.count else { return nil }
    return text[start...].firstIndex(where: matches)
  }
}

private let newline = UInt8(ascii: "\n")
func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }
/// Letters, digits, and whatever is not ASCII.
func isWord(_ byte: UInt8) -> Bool {
  isLetter(byte) || isDigit(byte) || byte >= 0x80 || byte == UInt8(ascii: "_")
}
/// What may stand in a label.
func isNameByte(_ byte: UInt8) -> Bool {
  isWord(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":")
}
