/// What differs between the readers of exported Markdown.
enum Dialect {
  /// Pandoc's Markdown, and so Quarto's.
  case pandoc
  /// The Markdown cells of Jupyter: no attributes, no footnotes.
  case jupyter

  /// What links to other notebooks end in.
  var fileExtension: String { self == .pandoc ? ".md" : ".ipynb" }
}

/// Text as Markdown that shows it as it is; `$...$` in it stay formulas where they are meant as such.
func markdownText(_ text: String, keepsFormulas: Bool = true) -> String {
  var result = ""
  let pieces = text.split(separator: "$", omittingEmptySubsequences: false)
  let hasFormulas = keepsFormulas && pieces.count % 2 == 1
  for (index, piece) in pieces.enumerated() {
    if hasFormulas, index % 2 == 1 {
      result += "$\(piece)$"
    } else {
      if index > 0, !hasFormulas { result += "\\$" }
      result += piece.map { "\\`*_{}[]<>#|~".contains($0) ? "\\\($0)" : "\($0)" }.joined()
    }
  }
  return result.split(whereSeparator: \.isNewline).joined(separator: " ")
}

/// A fence around code or output, longer than any in it.
func fenced(_ text: String, info: String) -> String {
  let runs = text.split { $0 != "`" }.map(\.count).max() ?? 0
  let ticks = String(repeating: "`", count: max(3, runs + 1))
  return "\(ticks)\(info)\n\(text.hasSuffix("\n") ? String(text.dropLast()) : text)\n\(ticks)"
}
