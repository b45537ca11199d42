/// Collects what is wrong with a file, so that all of it is told at once.
struct DiagnosticSink {
  let file: String
  private(set) var diagnostics: [Diagnostic] = []

  init(file: String) { self.file = file }

  mutating func error(_ position: Position?, _ message: String, hint: String = "") {
    diagnostics.append(Diagnostic(.error, file: file, at: position, message, hint: hint))
  }

  mutating func warning(_ position: Position?, _ message: String, hint: String = "") {
    diagnostics.append(Diagnostic(.warning, file: file, at: position, message, hint: hint))
  }

  /// In the order of the file; what has no place in it comes last.
  var sorted: [Diagnostic] {
    diagnostics.enumerated()
      .sorted { a, b in
        let places = (a.element.position ?? Position(line: .max), b.element.position ?? Position(line: .max))
        return places.0 == places.1 ? a.offset < b.offset : places.0 < places.1
      }
      .map(\.element)
  }
}

/// "did you mean `x`?", or else what there is to choose from.
func suggestion(for word: String, among candidates: some Sequence<String>, listing: String = "") -> String {
  if let name = nearest(to: word, among: candidates) { return "did you mean `\(name)`?" }
  let names = candidates.map { "`\($0)`" }
  return names.isEmpty || listing.isEmpty ? "" : "\(listing) \(names.joined(separator: ", "))"
}
