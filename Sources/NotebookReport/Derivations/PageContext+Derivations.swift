import NotebookEvents
import NotebookModel

extension PageContext {
  /// The marks of an equation's `=`, where derivations of it were checked, each by the worst of them.
  private func standings(of checks: [Event.Check]) -> [Coverage.Standing] {
    let derivations = checks.filter { !$0.links.isEmpty }
    guard let first = derivations.first, derivations.allSatisfy({ $0.links.count == first.links.count })
    else {
      return []
    }
    return first.links.indices.map { step in
      let verdicts = derivations.map { $0.links[step].verdict }
      return Coverage.Standing(
        verdicts.contains(.refuted) ? .refuted : verdicts.contains(.inconclusive) ? .inconclusive : .verified)
    }
  }

  /// An equation's own display with marks at its steps; nil where it does not show the steps that were checked.
  func derivation(displayedBy equation: Int) -> Derivation? {
    let checks = coverage.entries[equation].checks.map(\.check)
    return Derivation(marking: notebook.equations[equation].tex.source, standings(of: checks))
  }

  /// The derivations that checks of one equation were given, typeset, each once, where its display does not show
  /// them.
  func derivations(of checks: [Event.Check]) -> [Derivation] {
    let derivations = checks.filter { !$0.links.isEmpty }
    guard let first = derivations.first else { return [] }
    if let equation = equationIndex(of: first), derivation(displayedBy: equation) != nil { return [] }
    func lines(_ check: Event.Check) -> [String] { [check.firstLine] + check.links.map(\.name) }
    var seen = Set<[String]>()
    return derivations.filter { seen.insert(lines($0)).inserted }.map { check in
      Derivation(lines: lines(check), standings(of: derivations.filter { lines($0) == lines(check) }))
    }
  }

  /// The displayed equation that a check is of.
  func equationIndex(of check: Event.Check) -> Int? {
    notebook.equations.firstIndex { !$0.name.isEmpty && $0.name == check.label }
  }

  /// A derivation as a displayed formula, its marks also in words; nil where the TeX of a line does not parse.
  func display(_ derivation: Derivation, label: String) -> String? {
    guard let formula = formula(derivation.tex, isDisplay: true) else { return nil }
    return """
      <div class="formula" tabindex="0" role="group" aria-label="\(escaped(label))">\(formula)\
      <span class="spoken">\(escaped(derivation.words)).</span></div>
      """
  }
}
