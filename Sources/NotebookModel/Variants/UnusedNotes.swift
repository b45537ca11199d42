/// Finds footnotes that nothing refers to any more, since what did is left out.
enum UnusedNotes {
  /// The lines (from 0) of notes that the whole text refers to and the lines that are left do not.
  static func lines(in whole: [String], left: [String]) -> [Int] {
    let used = marks(in: left)
    let unused = marks(in: whole).subtracting(used)
    if unused.isEmpty { return [] }
    var found: [Int] = []
    var isInNote = false
    var followsBlank = false
    for (index, line) in left.enumerated() {
      let isBlank = line.allSatisfy(\.isWhitespace)
      if let match = line.prefixMatch(of: definition) {
        isInNote = unused.contains(String(match.1))
      } else if isInNote, !isBlank, followsBlank, !line.hasPrefix("    ") {
        isInNote = false
      }
      if isInNote { found.append(index) }
      followsBlank = isBlank
    }
    return found
  }

  /// The names of notes in the text, but not where the notes themselves stand.
  private static func marks(in lines: [String]) -> Set<String> {
    var names: Set<String> = []
    for line in lines {
      let start = line.prefixMatch(of: definition)?.range.upperBound ?? line.startIndex
      for match in line[start...].matches(of: /\[\^([^\]\s]+)\]/) { names.insert(String(match.1)) }
    }
    return names
  }

  private static var definition: Regex<(Substring, Substring)> { /\[\^([^\]\s]+)\]:/ }
}
