/// A stretch of text whose references are not looked up yet: labels may follow their use.
struct Draft {
  struct Span {
    enum Content {
      case ready(Prose.Span.Content)
      case reference(name: String, numberOnly: Bool, position: Position)
    }
    /// Offsets in the host text (see ``FlatText``).
    var range: Range<Int>
    var content: Content
  }

  var text: String
  /// The offset in the host text at which ``text`` begins.
  var base: Int
  var position: Position
  var spans: [Span]

  /// The prose, its references looked up; unknown ones go to the sink.
  func resolved(_ labels: [Label], _ sink: inout DiagnosticSink) -> Prose {
    var prose = Prose(text: text, position: position)
    for span in spans {
      let range = span.range.lowerBound - base..<span.range.upperBound - base
      switch span.content {
      case .ready(let content): prose.spans.append(Prose.Span(range: range, content: content))
      case .reference(let name, let numberOnly, let position):
        if let index = labels.firstIndex(where: { $0.name == name }) {
          prose.spans.append(
            Prose.Span(range: range, content: .reference(label: index, numberOnly: numberOnly)))
        } else if LabelTable.prefixes.contains(where: name.hasPrefix) {
          sink.error(
            position, "there is no `\(name)`",
            hint: suggestion(
              for: name, among: labels.map(\.name).filter { $0.hasPrefix(name.prefix { $0 != "-" } + "-") },
              listing: "there are"))
        }
      }
    }
    return prose
  }
}
