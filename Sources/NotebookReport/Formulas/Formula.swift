/// A formula in HTML, and the classes of KaTeX's style sheet that it uses.
struct Formula: Hashable {
  let html: String
  let classes: [String]

  init(html: String) {
    self.html = html
    // By bytes: by characters this would take longer than KaTeX does.
    let bytes = Array(html.utf8)
    let quote = UInt8(ascii: "\"")
    let opening = Array("class=\"".utf8)
    var found: Set<ArraySlice<UInt8>> = []
    var rest = bytes[...]
    while let start = rest.firstIndex(of: quote) {
      let value = rest[(start + 1)...].prefix { $0 != quote }
      if bytes[...start].suffix(opening.count).elementsEqual(opening) {
        found.formUnion(value.split(separator: UInt8(ascii: " ")))
      }
      rest = rest[min(value.endIndex + 1, rest.endIndex)...]
    }
    classes = found.map { String(decoding: $0, as: UTF8.self) }.sorted()
  }

  /// The form in which it is kept on disk: the classes in the first line.
  var stored: String { classes.joined(separator: " ") + "\n" + html }

  init(stored: String) {
    let line = stored.utf8.firstIndex(of: UInt8(ascii: "\n")) ?? stored.endIndex
    classes = stored[..<line].split(separator: " ").map(String.init)
    html = String(stored[line...].dropFirst())
  }
}
