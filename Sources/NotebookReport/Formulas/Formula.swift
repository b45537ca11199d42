/// A formula in HTML, and the classes of KaTeX's style sheet that it uses.
struct Formula: Hashable {
  let html: String
  let classes: [String]

  init(html: String) {
    self.html = html
    var found: Set<Substring> = []
    var rest = html[...]
    while let start = rest.firstRange(of: "class=\"") {
      rest = rest[start.upperBound...]
      guard let end = rest.firstIndex(of: "\"") else { break }
      found.formUnion(rest[..<end].split(separator: " "))
      rest = rest[end...]
    }
    classes = found.map(String.init).sorted()
  }

  /// The form in which it is kept on disk: the classes in the first line.
  var stored: String { classes.joined(separator: " ") + "\n" + html }

  init(stored: String) {
    let line = stored.utf8.firstIndex(of: UInt8(ascii: "\n")) ?? stored.endIndex
    classes = stored[..<line].split(separator: " ").map(String.init)
    html = String(stored[line...].dropFirst())
  }
}
