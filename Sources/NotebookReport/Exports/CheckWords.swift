import NotebookEvents
import NotebookModel

/// A check's verdict and its evidence in words, to be set as Markdown, as HTML or as plain text.
struct CheckWords {
  /// "✓ Equation (3), verified"
  var title: String
  /// With `$...$` formulas.
  var sentence: String
  /// The steps of a derivation, or what a refutation rests on.
  var details: [String]

  init(_ check: Event.Check, on page: PageContext) {
    let standing = Coverage.Standing(check)
    let equation = page.equationIndex(of: check).map { page.title(of: page.notebook.equations[$0]) }
    let name = check.name.isEmpty ? "" : ", \(check.name)"
    title = "\(standing.mark) \(equation ?? check.label)\(name), \(standing.word)"
    sentence = check.sentence
    details = check.links.map { link in
      let side = link.name.seemsTeX ? "$= \(link.name)$" : "= \(link.name)"
      let standing = Coverage.Standing(link.verdict)
      return "\(side): \(standing.mark) \(standing.word), \(link.sentence)"
    }
    if !check.diagnosis.isEmpty { details.insert("Diagnosis: \(check.diagnosis)", at: 0) }
    if !check.isAsExpected { details += check.facts.map { "\($0.name): \($0.value)" } }
  }

  var markdown: String {
    let items = details.map { "\n> - \(markdownText($0))" }
    return "> **\(markdownText(title)):** \(markdownText(sentence))"
      + (items.isEmpty ? "" : "\n>" + items.joined())
  }

  var html: String {
    let items = details.map { "<li>\(escapedOutput($0))</li>" }.joined()
    let list = items.isEmpty ? "" : "<ul>\(items)</ul>"
    return "<p><strong>\(escapedOutput(title)):</strong> \(escapedOutput(sentence))</p>\(list)"
  }

  var text: String { ([title + ": " + sentence] + details.map { "  - " + $0 }).joined(separator: "\n") }
}
