/// `{#name .class}` behind an equation, a heading or an image.
struct Attributes {
  var name = ""
  var classes: [String] = []
  /// A word in the braces that is neither a name nor a class.
  var stray: String?

  /// The attributes that begin at an offset, and the offset behind their brace.
  ///
  /// Braces that do not begin with `#` or `.` are none.
  static func read(_ text: [UInt8], at start: Int) -> (attributes: Attributes, end: Int)? {
    guard start + 1 < text.count, text[start] == UInt8(ascii: "{"),
      let close = text[start...].firstIndex(where: { $0 == UInt8(ascii: "}") || $0 == UInt8(ascii: "\n") }),
      text[close] == UInt8(ascii: "}")
    else { return nil }
    let words = text[start + 1..<close].split { isSpace($0) }
    guard let first = words.first?.first, first == UInt8(ascii: "#") || first == UInt8(ascii: ".") else {
      return nil
    }
    var attributes = Attributes()
    for word in words {
      let rest = String(decoding: word.dropFirst(), as: UTF8.self)
      let isName = !rest.isEmpty && word.dropFirst().allSatisfy(isNameByte)
      switch word.first {
      case UInt8(ascii: "#") where isName && attributes.name.isEmpty: attributes.name = rest
      case UInt8(ascii: ".") where isName: attributes.classes.append(rest)
      default: attributes.stray = String(decoding: word, as: UTF8.self)
      }
    }
    return (attributes, close + 1)
  }
}
