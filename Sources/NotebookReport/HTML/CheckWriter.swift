import Foundation
import NotebookEvents
import NotebookModel

/// Writes the verdicts of checks below their cell, with the evidence folded behind each.
struct CheckWriter {
  let page: PageContext

  /// Checks of one equation, or of none, that one cell made.
  func html(_ checks: [Coverage.Located]) -> String {
    if checks.count == 1 {
      let name = checks[0].check.name
      return typeset(checks)
        + html(checks[0], title: title(checks[0].check) + (name.isEmpty ? "" : ", \(escaped(name))"))
    }
    let standing = checks.map { Coverage.Standing($0.check) }.max { $0.severity < $1.severity } ?? .missing
    let open = checks.contains { $0.check.contradictsClaim } ? " open" : ""
    // Checks that one call made in a loop have one claim and one code.
    let isLoop = Set(checks.map { [$0.check.line, $0.check.column] }).count == 1
    let members = checks.enumerated().map { index, located in
      let name = located.check.name
      return html(
        located, title: escaped(name.isEmpty ? "check \(index + 1)" : name), showsClaim: !isLoop)
    }
    return """
      \(typeset(checks))<details class="check group \(standing.className)"\(open)>
      <summary>\(page.badge(standing)) \
      <strong>\(title(checks[0].check)):</strong> \(page.textWithMath(checks.map(\.check).inOneSentence))</summary>
      <div class="evidence">
      \(isLoop ? claim(checks[0]) : "")\(members.joined())</div>
      </details>

      """
  }

  private func html(_ located: Coverage.Located, title: String, showsClaim: Bool = true) -> String {
    let check = located.check
    let standing = Coverage.Standing(check)
    let open = check.contradictsClaim ? " open" : ""
    let heading = title.isEmpty ? "" : "<strong>\(title):</strong> "
    return """
      <details class="check \(standing.className)" id="\(page.anchor(ofCheck: located))"\(open)>
      <summary>\(page.badge(standing)) \
      \(heading)\(page.textWithMath(check.sentence))</summary>
      <div class="evidence">
      \(diagnosis(check))\(showsClaim ? claim(located) : "")\(chain(check))\(facts(check))</div>
      </details>

      """
  }

  /// "Equation (3)", or the label of a check of no equation.
  private func title(_ check: Event.Check) -> String {
    let equation = page.equationIndex(of: check)
    let title = equation.map { page.title(of: page.notebook.equations[$0]) } ?? check.label
    return escaped(title)
  }

  /// The derivations that were checked, where their equation's display does not show them.
  private func typeset(_ checks: [Coverage.Located]) -> String {
    page.derivations(of: checks.map(\.check)).compactMap { derivation in
      page.display(derivation, label: "The derivation as it was checked")
        .map { "<div class=\"derivation\">\($0)</div>\n" }
    }.joined()
  }

  /// What was claimed, and the code that says so.
  private func claim(_ located: Coverage.Located) -> String {
    equation(page.equationIndex(of: located.check)) + sides(located)
  }

  private func equation(_ index: Int?) -> String {
    guard let index else { return "" }
    let title = escaped(page.title(of: page.notebook.equations[index]))
    return """
      <div class="claim">\(page.display(equation: index, label: "The claim"))
      <a class="back" href="#\(page.anchor(ofEquation: index))">\(title) ↑</a></div>

      """
  }

  private func diagnosis(_ check: Event.Check) -> String {
    check.diagnosis.isEmpty
      ? "" : "<p class=\"diagnosis\"><strong>Diagnosis.</strong> \(page.textWithMath(check.diagnosis))</p>\n"
  }

  /// A derivation, `=` by `=`, with a mark at each.
  private func chain(_ check: Event.Check) -> String {
    if check.links.isEmpty { return "" }
    let rows = check.links.map { link in
      let standing = Coverage.Standing(link.verdict)
      return """
        <tr><td class="relation">\(page.math("="))</td><td class="side">\(side(link.name))</td>\
        <td>\(page.badge(standing))</td>\
        <td>\(page.textWithMath(link.sentence))</td></tr>

        """
    }
    return scrollBox(
      "<table class=\"chain\">\n<tbody>\n\(rows.joined())</tbody>\n</table>",
      label: "The derivation, step by step")
  }

  /// The side of a link: TeX where it is some, else words.
  private func side(_ name: String) -> String {
    let formula = name.seemsTeX ? page.formula("\\displaystyle " + name, isDisplay: false) : nil
    return formula ?? page.textWithMath(name)
  }

  /// The code of the two sides, so that a reader can see that it says what the formula says.
  private func sides(_ located: Coverage.Located) -> String {
    let cell = page.notebook.cells[located.cell]
    let sides = page.code.analysis(of: cell.code, shown: cell.shownCode)
      .sides(line: located.check.line, column: located.check.column)
    if sides.isEmpty { return "" }
    let blocks = sides.enumerated().map { index, side in
      let name = side.label.isEmpty && index == 0 && sides.count > 1 ? "left side" : side.label
      let title =
        escaped(name) + (side.parameters.isEmpty ? "" : " <code>(\(escaped(side.parameters)))</code>")
      let caption = sides.count > 1 ? "<p class=\"side-title\">\(title)</p>\n" : ""
      return "<div>\(caption)\(codeBlock(side.html, longestLine: side.longestLine))</div>\n"
    }
    return "<div class=\"sides\">\n\(blocks.joined())</div>\n"
  }

  private func facts(_ check: Event.Check) -> String {
    var facts = [("kind", check.kind)]
    facts += check.facts.map { ($0.name, $0.value) }
    let says = { (fact: Event.Check.Fact) in fact.name == "resolution" || fact.name.hasPrefix("smallest") }
    if check.resolution.isFinite, !check.facts.contains(where: says) {
      facts.append(("resolution", String(format: "%.1e", check.resolution)))
    }
    if page.options.showsTimings { facts.append(("time", check.seconds.formatted(digits: 3) + " s")) }
    let rows = facts.filter { !$0.1.isEmpty }.map { name, value in
      "<div><dt>\(escapedOutput(name))</dt><dd>\(page.textWithMath(value))</dd></div>\n"
    }
    return "<dl class=\"facts\">\n\(rows.joined())</dl>\n"
  }
}

extension [Event.Check] {
  /// "linear: verified; cosine: refuted", or how many there are where they have no names.
  fileprivate var inOneSentence: String {
    let words = Set(map { Coverage.Standing($0).word })
    let names = map(\.name)
    if names.contains("") { return "\(count) checks" + (words.count == 1 ? ", all \(words.first!)" : "") }
    if words.count == 1 {
      return "\(count == 2 ? "both" : "all \(count)") \(words.first!): \(names.joined(separator: ", "))"
    }
    return map { "\($0.name): \(Coverage.Standing($0).word)" }.joined(separator: "; ")
  }
}

extension Coverage.Standing {
  /// The larger, the worse.
  fileprivate var severity: Int {
    switch self {
    case .verified: 0
    case .refutedAsExpected: 1
    case .declared: 2
    case .inconclusive: 3
    case .missing: 4
    case .refuted: 5
    }
  }

  /// How one check stands for itself.
  init(_ check: Event.Check) {
    self =
      check.contradictsClaim
      ? .refuted
      : !check.isAsExpected ? .inconclusive : check.expectsRefutation ? .refutedAsExpected : .verified
  }

  init(_ verdict: Event.Check.Verdict) {
    switch verdict {
    case .verified: self = .verified
    case .refuted: self = .refuted
    case .inconclusive: self = .inconclusive
    }
  }
}
