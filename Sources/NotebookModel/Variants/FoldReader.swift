/// Finds the folds of a notebook that hold solutions and instructor's notes.
///
/// A fold is what GitHub folds, `<details><summary>Solution</summary>` ... `</details>`. It is a solution when
/// the first word of its summary is "Solution", a note when that is "Instructor" or "Instructor's", or when the class
/// says so: `<details class="solution">`. Folds may hold folds.
struct FoldReader {
  private struct Fold {
    var line: Int
    var kind: ReservedPart.Kind?
    /// Whether the summary may still come.
    var isOpening = true
  }

  private(set) var parts: [ReservedPart] = []
  private var open: [Fold] = []

  /// Takes a line of raw HTML.
  mutating func read(_ html: String, line: Int) {
    var rest = html.lowercased()[...]
    while let start = rest.firstIndex(of: "<") {
      rest = rest[start...]
      let tag = rest.prefix { $0 != ">" }
      if tag.hasPrefix("<details") {
        open.append(Fold(line: line, kind: Self.kind(ofClassIn: tag)))
      } else if tag.hasPrefix("<summary"), let fold = open.last, fold.isOpening {
        let text = rest.dropFirst(tag.count + 1).prefix { $0 != "<" }
        open[open.count - 1].kind = fold.kind ?? Self.kind(ofSummary: text)
        open[open.count - 1].isOpening = false
      } else if tag.hasPrefix("</details"), let fold = open.popLast(), let kind = fold.kind {
        parts.append(ReservedPart(kind: kind, lines: fold.line...line, isFold: true))
      }
      rest = rest.dropFirst(max(tag.count, 1))
    }
  }

  /// Solutions and notes that nothing ends: their lines and kinds.
  var unclosed: [(line: Int, kind: ReservedPart.Kind)] {
    open.compactMap { fold in fold.kind.map { (fold.line, $0) } }
  }

  private static func kind(ofSummary text: Substring) -> ReservedPart.Kind? {
    switch text.split(whereSeparator: { !$0.isLetter }).first {
    case "solution": .solution
    case "instructor": .instructor
    default: nil
    }
  }

  private static func kind(ofClassIn tag: Substring) -> ReservedPart.Kind? {
    guard let match = tag.firstMatch(of: /class\s*=\s*["']?([^"'>]*)/) else { return nil }
    let classes = match.1.split(separator: " ")
    return ReservedPart.Kind.allCases.first { classes.contains($0.rawValue[...]) }
  }
}
