/// What a test wants to know of a page: whether its elements are nested properly, its names, its links.
struct HTMLStructure {
  private(set) var errors: [String] = []
  private(set) var identifiers: [String] = []
  private(set) var links: [String] = []
  /// What `src`, `srcset` and the `href` of `<link>` load.
  private(set) var loaded: [String] = []

  private static let voidElements: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
  ]

  init(_ html: String) {
    var open: [String] = []
    var rest = Array(html.utf8)[...]
    while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
      rest = rest[start...]
      if rest.starts(with: "<!".utf8) {
        rest = rest.drop { $0 != UInt8(ascii: ">") }
        continue
      }
      let tag = Self.tag(&rest)
      if tag.isClosing {
        if open.last == tag.name { open.removeLast() } else { errors.append("</\(tag.name)> closes \(open)") }
        continue
      }
      for (name, value) in tag.attributes {
        switch name {
        case "id": identifiers.append(value)
        case "href" where tag.name == "a": links.append(value)
        case "href", "src", "srcset": loaded.append(value)
        default: break
        }
      }
      if Self.voidElements.contains(tag.name) || tag.isSelfClosing { continue }
      open.append(tag.name)
      // What is in these is no HTML.
      if tag.name == "style" || tag.name == "script" {
        while !rest.isEmpty, !rest.starts(with: "</\(tag.name)>".utf8) { rest = rest.dropFirst() }
      }
    }
    if !open.isEmpty { errors.append("not closed: \(open)") }
    let repeated = Dictionary(grouping: identifiers, by: \.self).filter { $0.value.count > 1 }.keys
    errors += repeated.map { "id \($0) is given twice" }
    let known = Set(identifiers)
    errors += links.filter { $0.hasPrefix("#") && !known.contains(String($0.dropFirst())) }.map {
      "no place \($0)"
    }
  }

  private struct Tag {
    var name: String
    var isClosing: Bool
    var isSelfClosing: Bool
    var attributes: [(String, String)] = []
  }

  private static func tag(_ rest: inout ArraySlice<UInt8>) -> Tag {
    rest = rest.dropFirst()
    let isClosing = rest.first == UInt8(ascii: "/")
    if isClosing { rest = rest.dropFirst() }
    func word(_ isEnd: (UInt8) -> Bool) -> String {
      let bytes = rest.prefix { !isEnd($0) }
      rest = rest[bytes.endIndex...]
      return String(decoding: bytes, as: UTF8.self)
    }
    let ends = Set(" \n\t>/=".utf8)
    var tag = Tag(name: word { ends.contains($0) }, isClosing: isClosing, isSelfClosing: false)
    while let next = rest.first, next != UInt8(ascii: ">") {
      if next == UInt8(ascii: "/") { tag.isSelfClosing = true }
      if ends.contains(next) {
        rest = rest.dropFirst()
        continue
      }
      tag.isSelfClosing = false
      let name = word { ends.contains($0) }
      var value = ""
      if rest.first == UInt8(ascii: "=") {
        rest = rest.dropFirst(2)
        value = word { $0 == UInt8(ascii: "\"") }
        rest = rest.dropFirst()
      }
      tag.attributes.append((name, value))
    }
    rest = rest.dropFirst()
    return tag
  }
}
