import Foundation
import NotebookEvents
import NotebookModel

/// Writes a check's verdict below its cell, with the evidence folded behind it.
struct CheckWriter {
  let page: PageContext

  func html(_ located: Coverage.Located) -> String {
    let check = located.check
    let standing = Coverage.Standing(check)
    let index = page.notebook.equations.firstIndex { !$0.name.isEmpty && $0.name == check.label }
    let open = check.contradictsClaim ? " open" : ""
    return """
      <details class="check \(standing.className)" id="\(page.anchor(ofCheck: located))"\(open)>
      <summary>\(page.badge(standing)) \
      <strong>\(title(check, index))</strong> \(page.textWithMath(check.sentence))</summary>
      <div class="evidence">
      \(equation(index))\(chain(check))\(diagnosis(check))\(sides(located))\(facts(check))</div>
      </details>

      """
  }

  private func title(_ check: Event.Check, _ equation: Int?) -> String {
    let name = equation.map { escaped(page.title(of: page.notebook.equations[$0])) } ?? escaped(check.label)
    return name.isEmpty ? "" : name + ":"
  }

  private func equation(_ index: Int?) -> String {
    guard let index else { return "" }
    let equation = page.notebook.equations[index]
    let title = escaped(page.title(of: equation))
    return """
      <div class="claim"><div class="formula" tabindex="0" role="group" aria-label="The claim">\
      \(page.math(equation.tex.source, isDisplay: true))</div>
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
    let seemsTeX = name.contains { "\\^_{}".contains($0) } || !name.contains(" ")
    let formula = seemsTeX ? page.formula("\\displaystyle " + name, isDisplay: false) : nil
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
    if check.resolution.isFinite, !check.facts.contains(where: { $0.name == "resolution" }) {
      facts.append(("resolution", String(format: "%.1e", check.resolution)))
    }
    if page.options.showsTimings { facts.append(("time", check.seconds.formatted(digits: 3) + " s")) }
    let rows = facts.filter { !$0.1.isEmpty }.map { name, value in
      "<div><dt>\(escapedOutput(name))</dt><dd>\(page.textWithMath(value))</dd></div>\n"
    }
    return "<dl class=\"facts\">\n\(rows.joined())</dl>\n"
  }
}

extension Coverage.Standing {
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
