import SwiftIDEUtils
import SwiftSyntax

/// Swift code whose words are sorted into kinds.
struct ClassifiedCode {
  private struct Word {
    var range: Range<Int>
    /// The class of a `<span>`; nil for plain text.
    var name: String?
  }

  let bytes: [UInt8]
  private let words: [Word]

  /// - Parameter tree: the code, parsed.
  init(_ code: String, tree: SourceFileSyntax) {
    let bytes = Array(code.utf8)
    self.bytes = bytes
    words = tree.classifications.compactMap { word in
      let range = word.range.lowerBound.utf8Offset..<min(word.range.upperBound.utf8Offset, bytes.count)
      if range.isEmpty { return nil }
      let next = range.upperBound < bytes.count ? bytes[range.upperBound] : nil
      return Word(range: range, name: Self.className(word.kind, bytes[range], next))
    }
  }

  private static func className(
    _ kind: SyntaxClassification, _ text: ArraySlice<UInt8>, _ next: UInt8?
  ) -> String? {
    switch kind {
    case .keyword, .ifConfigDirective: "k"
    case .type, .attribute: "t"
    case .stringLiteral, .regexLiteral: "s"
    case .integerLiteral, .floatLiteral: "n"
    case .lineComment, .blockComment, .docLineComment, .docBlockComment: "c"
    case .argumentLabel: "l"
    case .identifier:
      // A capital begins a type's name, and a parenthesis follows what is called.
      (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(text.first ?? 0)
        ? "t" : next == UInt8(ascii: "(") ? "f" : nil
    case .dollarIdentifier, .editorPlaceholder, .operator, .none: nil
    }
  }

  /// The HTML of a part of the code, each of its lines after the first without so much indentation.
  func html(_ part: Range<Int>, withoutIndentation indentation: Int = 0) -> String {
    var html = ""
    for word in words where word.range.overlaps(part) {
      let text = String(decoding: bytes[word.range.clamped(to: part)], as: UTF8.self)
      let shown = indentation == 0 ? text : Self.dedented(text, indentation)
      html += word.name.map { "<span class=\"\($0)\">\(escaped(shown))</span>" } ?? escaped(shown)
    }
    return html
  }

  private static func dedented(_ text: String, _ indentation: Int) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.enumerated().map { index, line in
      index == 0 ? line : line.dropFirst(min(indentation, line.prefix { $0 == " " }.count))
    }.joined(separator: "\n")
  }

  /// A part without white space around it, and the indentation that its lines after the first share.
  func trimmed(_ part: Range<Int>) -> (range: Range<Int>, indentation: Int) {
    func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == 10 || byte == 9 }
    var (low, high) = (part.lowerBound, part.upperBound)
    while low < high, isBlank(bytes[low]) { low += 1 }
    while low < high, isBlank(bytes[high - 1]) { high -= 1 }
    let lines = bytes[low..<high].split(separator: 10, omittingEmptySubsequences: true).dropFirst()
    let shared = lines.filter { !$0.allSatisfy(isBlank) }.map { $0.prefix { $0 == UInt8(ascii: " ") }.count }
      .min()
    return (low..<high, shared ?? 0)
  }
}
