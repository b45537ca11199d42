import Foundation

/// Markdown line by line, with what is not the same to all readers said in a way that they share.
struct MarkdownLines {
  private let lines: [Substring]

  init(_ text: String) { lines = text.split(separator: "\n", omittingEmptySubsequences: false) }

  /// - Parameter imageAddress: where a local image lies, by the name that the notebook has for it.
  func adapted(to dialect: Dialect, imageAddress: (String) -> String) -> String {
    var result: [String] = []
    var fence: Substring?
    for line in lines {
      let content = line.drop { " >\t".contains($0) }
      if let open = fence {
        if content.hasPrefix(open), content.allSatisfy({ $0 == open.first || $0.isWhitespace }) {
          fence = nil
        }
        result.append(String(line))
        continue
      }
      if let marker = Self.fence(content) { fence = marker }
      let isBlank = content.isEmpty
      // What was left out leaves blank lines behind.
      if isBlank, line.allSatisfy(\.isWhitespace), result.last.map({ $0.allSatisfy(\.isWhitespace) }) ?? true
      {
        continue
      }
      if !isBlank, fence == nil, let callout = Self.callout(line) {
        result += [callout, String(line.prefix { " >\t".contains($0) }).trimmingCharacters(in: .whitespaces)]
        continue
      }
      // Pandoc wants a blank line where CommonMark lets a list begin within a paragraph.
      if Self.beginsList(line), let last = result.last, Self.isParagraph(last) { result.append("") }
      result.append(Self.withAddresses(String(line), dialect, imageAddress))
    }
    return result.joined(separator: "\n")
  }

  /// What a line that goes on in the same list item or quote begins with.
  static func continuation(of line: Substring) -> String {
    var prefix = ""
    var rest = line
    while let first = rest.first {
      let marker = markerLength(rest)
      if first == " " || first == ">" {
        prefix.append(first)
        rest = rest.dropFirst()
      } else if marker > 0 {
        prefix += String(repeating: " ", count: marker)
        rest = rest.dropFirst(marker)
      } else {
        break
      }
    }
    return prefix
  }

  /// The length of `- `, `1. ` or `[^1]: `, if one begins here.
  private static func markerLength(_ text: Substring) -> Int {
    let match = text.prefixMatch(of: /([-*+]|[0-9]{1,9}[.)])[ ]+/)
    return match.map { text.distance(from: text.startIndex, to: $0.range.upperBound) } ?? 0
  }

  private static func fence(_ content: Substring) -> Substring? {
    guard let first = content.first, first == "`" || first == "~" else { return nil }
    let run = content.prefix { $0 == first }
    return run.count >= 3 ? run : nil
  }

  /// GitHub's `> [!NOTE]` as a quote that begins with its title.
  private static func callout(_ line: Substring) -> String? {
    guard let match = line.wholeMatch(of: /([ \t]*(?:>[ \t]*)+)\[!([A-Za-z]+)\][ \t]*/),
      let callout = Callout(rawValue: match.2.lowercased())
    else { return nil }
    return "\(match.1)**\(callout.symbol) \(callout.title)**"
  }

  private static func beginsList(_ line: Substring) -> Bool {
    line.prefix { $0 == " " }.count < 4 && markerLength(line.drop { $0 == " " }) > 0
  }

  /// Whether a list behind this line would begin within a paragraph.
  private static func isParagraph(_ line: String) -> Bool {
    guard let first = line.first, !first.isWhitespace else { return false }
    return !"#>|<`~".contains(first) && markerLength(line[...]) == 0
  }

  /// Links to other notebooks lead to what became of them, images to where they lie now.
  private static func withAddresses(
    _ line: String, _ dialect: Dialect, _ imageAddress: (String) -> String
  ) -> String {
    line.replacing(/(!?)\[([^\[\]]*)\]\(([^()\s]+)/) { match in
      let address = String(match.3)
      if match.1 == "!" { return "![\(match.2)](\(imageAddress(address))" }
      return "[\(match.2)](\(notebookAddress(address, dialect))"
    }
  }

  private static func notebookAddress(_ address: String, _ dialect: Dialect) -> String {
    if address.contains("://") { return address }
    let parts = address.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.first?.hasSuffix(".md") == true else { return address }
    return parts[0].dropLast(3) + dialect.fileExtension + (parts.count > 1 ? "#\(parts[1])" : "")
  }
}
