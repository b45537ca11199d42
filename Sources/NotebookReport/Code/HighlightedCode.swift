import SwiftIDEUtils
import SwiftParser
import SwiftSyntax

/// Swift code in HTML, with the kinds of its words as classes.
///
/// Highlighted code is kept on disk: parsing takes longer than all else on a page.
struct CodeHighlighter {
  let cache: DiskCache

  /// The HTML of some code, for a `<code>` element.
  func html(_ code: String) -> String {
    let key = "swift 1\n" + code
    if let kept = cache.text(for: key) { return kept }
    let html = Self.highlight(code)
    cache.keep(html, for: key)
    return html
  }

  static func highlight(_ code: String) -> String {
    let bytes = Array(code.utf8)
    var html = ""
    for range in Parser.parse(source: code).classifications {
      let start = range.range.lowerBound.utf8Offset
      let end = min(range.range.upperBound.utf8Offset, bytes.count)
      guard start < end else { continue }
      let text = String(decoding: bytes[start..<end], as: UTF8.self)
      let next = end < bytes.count ? bytes[end] : nil
      if let name = className(range.kind, text, next) {
        html += "<span class=\"\(name)\">\(escaped(text))</span>"
      } else {
        html += escaped(text)
      }
    }
    return html
  }

  /// The class of a word; nil for plain text.
  private static func className(_ kind: SyntaxClassification, _ text: String, _ next: UInt8?) -> String? {
    switch kind {
    case .keyword, .ifConfigDirective: "k"
    case .type, .attribute: "t"
    case .stringLiteral, .regexLiteral: "s"
    case .integerLiteral, .floatLiteral: "n"
    case .lineComment, .blockComment, .docLineComment, .docBlockComment: "c"
    case .argumentLabel: "l"
    // A capital begins a type's name, and a parenthesis follows what is called.
    case .identifier: text.first?.isUppercase == true ? "t" : next == UInt8(ascii: "(") ? "f" : nil
    case .dollarIdentifier, .editorPlaceholder, .operator, .none: nil
    }
  }
}
