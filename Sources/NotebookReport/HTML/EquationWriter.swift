import NotebookEvents
import NotebookModel

extension ProseWriter {
  /// A displayed equation, its number, and a badge that says how it stands.
  func equation(_ index: Int) -> String {
    let equation = page.notebook.equations[index]
    let entry = page.coverage.entries[index]
    let anchor = page.anchor(ofEquation: index)
    let label = equation.number.isEmpty ? "Equation" : "Equation \(equation.number)"
    var tag = ""
    if !equation.number.isEmpty { tag += "<a class=\"number\" href=\"#\(anchor)\">(\(equation.number))</a>" }
    // An equation without a label and without a status is shown as any book would.
    if !(equation.name.isEmpty && entry.standing == .missing) { tag += page.badge(entry) }
    return """
      <div class="equation" id="\(anchor)">
      \(page.display(equation: index, label: label))
      \(tag.isEmpty ? "" : "<div class=\"tag\">\(tag)</div>\n")</div>

      """
  }
}

extension PageContext {
  /// An equation as its author wrote it, with marks where it is a derivation that was checked.
  func display(equation index: Int, label: String) -> String {
    if let marked = derivation(displayedBy: index), let html = display(marked, label: label) { return html }
    return """
      <div class="formula" tabindex="0" role="group" aria-label="\(escaped(label))">\
      \(math(notebook.equations[index].tex.source, isDisplay: true))</div>
      """
  }

  /// Symbol and word for how an equation stands; a link to the evidence where there is some.
  func badge(_ entry: Coverage.Entry) -> String {
    badge(entry.standing, linkingTo: entry.decisiveCheck.map { "#\(anchor(ofCheck: $0))" })
  }

  func badge(_ standing: Coverage.Standing, linkingTo target: String? = nil) -> String {
    let content = badgeContent(standing)
    guard let target else { return "<span class=\"badge \(standing.className)\">\(content)</span>" }
    return "<a class=\"badge \(standing.className)\" href=\"\(target)\">\(content)</a>"
  }

  private func badgeContent(_ standing: Coverage.Standing) -> String {
    "<span class=\"mark\" aria-hidden=\"true\">\(standing.mark)</span> \(escaped(standing.word))"
  }
}

extension Coverage.Entry {
  /// The check that the standing follows from: the worst.
  var decisiveCheck: Coverage.Located? {
    checks.first { $0.check.contradictsClaim } ?? checks.first { !$0.check.isAsExpected } ?? checks.first
  }
}

extension Coverage.Standing {
  /// The class that gives it its colour.
  var className: String {
    switch self {
    case .verified: "verified"
    case .refuted: "refuted"
    case .refutedAsExpected: "erratum"
    case .inconclusive: "inconclusive"
    case .declared: "declared"
    case .missing: "missing"
    }
  }
}
