/// The footnotes of a notebook for readers that know none: marks become links to a list at the end.
struct Footnotes {
  /// The notes' names, in the order of their numbers.
  private var names: [String] = []
  private var texts: [String: String] = [:]

  /// Takes the notes' texts out of some Markdown and puts numbers in the places of their marks.
  ///
  /// - Parameter finished: makes the final text of a note.
  mutating func take(from markdown: String, finished: (String) -> String) -> String {
    var kept: [Substring] = []
    var found: [(name: String, text: String)] = []
    var isInNote = false
    var followsBlank = false
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      let isBlank = line.allSatisfy(\.isWhitespace)
      if let match = line.prefixMatch(of: /\[\^([^\]\s]+)\]:[ \t]*/) {
        found.append((String(match.1), String(line[match.range.upperBound...])))
        isInNote = true
      } else if isInNote, !isBlank, line.hasPrefix("    ") || !followsBlank {
        found[found.count - 1].text += " " + line.drop { $0 == " " }
      } else if !isInNote || !isBlank {
        if isInNote, followsBlank, kept.last?.isEmpty == false { kept.append("") }
        isInNote = false
        kept.append(line)
      }
      followsBlank = isBlank
    }
    let text = numbered(kept.joined(separator: "\n"))
    for note in found { texts[note.name] = finished(note.text) }
    return text
  }

  private mutating func numbered(_ text: String) -> String {
    text.replacing(/\[\^([^\]\s]+)\]/) { match in
      let name = String(match.1)
      if !names.contains(name) { names.append(name) }
      let number = names.firstIndex(of: name)! + 1
      return "<sup>[\(number)](#note-\(number))</sup>"
    }
  }

  /// The notes that were referred to, as a list; empty without any.
  var list: String {
    names.enumerated().map { index, name in
      "\(index + 1). <span id=\"note-\(index + 1)\"></span>\(texts[name] ?? "")"
    }.joined(separator: "\n")
  }
}
