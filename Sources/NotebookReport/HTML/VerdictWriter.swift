import NotebookEvents
import NotebookModel

/// Writes what a reader wants to know of the verdicts: in short at the top, in full at the end.
struct VerdictWriter {
  let page: PageContext

  /// How many equations are verified, and links to those that are not.
  var summary: String {
    let coverage = page.coverage
    if coverage.entries.isEmpty && coverage.otherChecks.isEmpty && coverage.unknownChecks.isEmpty {
      return ""
    }
    // A notebook without a single check makes no claim to have checked anything.
    let isChecked = coverage.entries.contains { !$0.checks.isEmpty } || !coverage.otherChecks.isEmpty
    if !isChecked && coverage.unknownChecks.isEmpty { return "" }
    let open = coverage.entries.enumerated().filter { _, entry in
      switch entry.standing {
      case .verified, .declared: false
      case .refuted, .refutedAsExpected, .inconclusive, .missing: true
      }
    }
    func item(_ index: Int, _ entry: Coverage.Entry) -> String {
      let title = escaped(page.title(of: entry.equation))
      let sentence = entry.decisiveCheck.map { " " + page.textWithMath($0.check.sentence) } ?? ""
      return """
        <li><a href="#\(page.anchor(ofEquation: index))">\(title)</a> \
        \(page.badge(entry.standing))\(sentence)</li>

        """
    }
    // What nobody expected comes first.
    let items =
      open.filter { $0.element.standing != .refutedAsExpected }.map(item)
      + coverage.unknownChecks.map { located in
        """
        <li><a href="#\(page.anchor(ofCheck: located))">\(escaped(located.check.label))</a> \
        names no equation of this notebook</li>

        """
      }
      + coverage.otherChecks.filter { !$0.check.isAsExpected }.map { located in
        let standing = Coverage.Standing(located.check)
        return """
          <li><a href="#\(page.anchor(ofCheck: located))">\(escaped(located.check.label))</a> \
          \(page.badge(standing)) \
          \(page.textWithMath(located.check.sentence))</li>

          """
      }
      + open.filter { $0.element.standing == .refutedAsExpected }.map(item)
    let text = coverage.entries.isEmpty ? "\(coverage.otherChecks.count) checks" : coverage.summary
    let link = coverage.entries.isEmpty ? "" : " <a href=\"#page.equations\">All equations</a>"
    return """
      <div class="summary \(worst.className)">
      <p><span class="mark" aria-hidden="true">\(worst.mark)</span> \(escaped(text)).\(link)</p>
      \(list(items))</div>

      """
  }

  /// The first few items, and the others folded: a long list would push the text itself off the first page.
  private func list(_ items: [String]) -> String {
    let shown = items.count > Self.mostItems + 1 ? Self.mostItems : items.count
    let rest = items.dropFirst(shown)
    let first = items.isEmpty ? "" : "<ul>\n\(items.prefix(shown).joined())</ul>\n"
    if rest.isEmpty { return first }
    return """
      \(first)<details class="fold">
      <summary>\(rest.count) more</summary>
      <ul>
      \(rest.joined())</ul>
      </details>

      """
  }

  private static let mostItems = 8

  private var worst: Coverage.Standing {
    let standings =
      page.coverage.entries.map(\.standing)
      + (page.coverage.otherChecks + page.coverage.unknownChecks).map { Coverage.Standing($0.check) }
    if standings.contains(.refuted) { return .refuted }
    return standings.contains(.inconclusive) || standings.contains(.missing) ? .inconclusive : .verified
  }

  /// "4 checks; " where there are several, and the name of the one that decides.
  private func checks(of entry: Coverage.Entry) -> String {
    guard entry.checks.count > 1, let name = entry.decisiveCheck?.check.name else { return "" }
    return "\(entry.checks.count) checks; " + (name.isEmpty ? "" : name + ": ")
  }

  /// All equations with their verdicts.
  var table: String {
    let entries = page.coverage.entries.enumerated().filter {
      !$0.element.equation.name.isEmpty || $0.element.standing != .missing
    }
    if entries.isEmpty { return "" }
    let rows = entries.map { index, entry in
      let check = entry.decisiveCheck?.check
      let anchor = page.anchor(ofEquation: index)
      let title = escaped(page.title(of: entry.equation))
      let number =
        entry.equation.number.isEmpty ? "line \(entry.equation.position.line)" : "(\(entry.equation.number))"
      return """
        <tr><td><a href="#\(anchor)" aria-label="\(title)">\(number)</a></td>\
        <td>\(page.badge(entry))</td><td>\(page.textWithMath(checks(of: entry) + (check?.sentence ?? "")))</td></tr>

        """
    }
    let html = """
      <table class="equations">
      <thead>
      <tr><th scope="col">Equation</th><th scope="col">Verdict</th><th scope="col">Evidence</th></tr>
      </thead>
      <tbody>
      \(rows.joined())</tbody>
      </table>
      """
    return """
      <section class="all-equations" aria-labelledby="page.equations">
      <h2 id="page.equations">Equations and verdicts</h2>
      <p>\(escaped(page.coverage.summary)).</p>
      \(scrollBox(html, label: "Equations and verdicts"))</section>

      """
  }
}
