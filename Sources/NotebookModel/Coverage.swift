public import NotebookEvents

/// Which displayed equations of a notebook carry a verdict, and which verdict.
///
/// The rule of `--strict` is here and nowhere else: every displayed equation, with a label or without,
/// has a verdict that its author expects or a declared status (``strictFailures(file:)``).
public struct Coverage: Sendable {
  /// How an equation stands after a run. The order is from good to bad.
  public enum Standing: Hashable, Sendable {
    case verified
    /// A known erratum: refuted, as its author says.
    case refutedAsExpected
    /// Not checked, and its author says why.
    case declared(Equation.Status)
    /// Checked, but no check could tell.
    case inconclusive
    /// Neither checked nor declared.
    case missing
    /// A check contradicts what its author claims.
    case refuted
  }

  /// A check, the index of the cell that made it, and its place among that cell's checks.
  public struct Located: Hashable, Sendable {
    public var cell: Int
    public var position: Int
    public var check: Event.Check
    public init(cell: Int, position: Int, check: Event.Check) {
      self.cell = cell
      self.position = position
      self.check = check
    }

    /// The checks of a cell, in order.
    public static func checks(in outputs: [Output], of cell: Int) -> [Located] {
      outputs.compactMap { if case .check(let check) = $0 { check } else { nil } }.enumerated().map {
        Located(cell: cell, position: $0.offset, check: $0.element)
      }
    }
  }

  public struct Entry: Hashable, Sendable {
    public var equation: Equation
    public var standing: Standing
    public var checks: [Located]
  }

  /// One for each displayed equation, in the order of the notebook.
  public var entries: [Entry]
  /// Checks of no displayed equation: of a helper, of an experiment.
  public var otherChecks: [Located]
  /// Checks whose label looks like an equation's, `eq-...`, and is none's.
  public var unknownChecks: [Located]

  public init(of notebook: Notebook, in record: RunRecord) {
    let checks = record.cells.enumerated().flatMap { Located.checks(in: $0.element.outputs, of: $0.offset) }
    let names = Set(notebook.equations.map(\.name).filter { !$0.isEmpty })
    entries = notebook.equations.map { equation in
      let own = checks.filter { !equation.name.isEmpty && $0.check.label == equation.name }
      return Entry(equation: equation, standing: Self.standing(of: equation, own.map(\.check)), checks: own)
    }
    let others = checks.filter { !names.contains($0.check.label) }
    otherChecks = others.filter { !$0.check.label.hasPrefix("eq-") }
    unknownChecks = others.filter { $0.check.label.hasPrefix("eq-") }
  }

  /// Of several notebooks together.
  public init(joining coverages: some Sequence<Coverage>) {
    entries = coverages.flatMap(\.entries)
    otherChecks = coverages.flatMap(\.otherChecks)
    unknownChecks = coverages.flatMap(\.unknownChecks)
  }

  /// The worst of several checks counts; a verdict counts more than a declared status.
  static func standing(of equation: Equation, _ checks: [Event.Check]) -> Standing {
    if checks.isEmpty { return equation.status.map(Standing.declared) ?? .missing }
    if checks.contains(where: \.contradictsClaim) { return .refuted }
    if !checks.allSatisfy(\.isAsExpected) { return .inconclusive }
    return checks.allSatisfy(\.expectsRefutation) ? .refutedAsExpected : .verified
  }
}

extension Coverage {
  /// How many equations need a verdict: those without a declared status.
  public var claims: Int { entries.count { $0.standing.isClaim } }
  public func count(_ standing: Standing) -> Int { entries.count { $0.standing == standing } }

  /// "11 of 12 equations verified, 1 inconclusive; 2 declared", or empty without equations.
  public var summary: String {
    if entries.isEmpty { return "" }
    let others: [(Standing, String)] = [
      (.refutedAsExpected, "refuted as expected"), (.refuted, "refuted"), (.inconclusive, "inconclusive"),
      (.missing, "without a verdict"),
    ]
    let parts = others.compactMap { standing, words in
      count(standing) == 0 ? nil : "\(count(standing)) \(words)"
    }
    let declared = entries.count - claims
    let verified = "\(count(.verified)) of \(claims) equation\(claims == 1 ? "" : "s") verified"
    return ([verified] + parts).joined(separator: ", ") + (declared == 0 ? "" : "; \(declared) declared")
  }

  /// One line an equation: mark and word, number, label or TeX, and its place.
  public func listing(file: String) -> [String] {
    entries.map { entry in
      let equation = entry.equation
      let name = equation.name.isEmpty ? "(no label)" : "(\(equation.number)) \(equation.name)"
      let word = entry.standing.word.padding(to: 20)
      return "\(entry.standing.mark) \(word) \(name.padding(to: 28)) \(file):\(equation.position.line)"
    }
  }

  /// What `--strict` objects to, beyond refutations (which fail every run).
  public func strictFailures(file: String) -> [Diagnostic] {
    entries.compactMap { entry in
      let equation = entry.equation
      let name = equation.name.isEmpty ? "this equation" : "`\(equation.name)`"
      switch entry.standing {
      case .verified, .refutedAsExpected, .declared, .refuted: return nil
      case .inconclusive:
        let reason = entry.checks.first { $0.check.verdict == .inconclusive }?.check.sentence ?? ""
        return Diagnostic(file: file, at: equation.position, "\(name) is inconclusive", hint: reason)
      case .missing:
        let statuses = Equation.Status.allCases.map { "`.\($0)`" }.joined(separator: ", ")
        return Diagnostic(
          file: file, at: equation.position, "\(name) has neither a verdict nor a declared status",
          hint: equation.name.isEmpty
            ? "label it `{#eq-name}` and verify it, or declare it `{.definition}` (\(statuses))"
            : "call `verify(\"\(equation.name)\", ...)`, or declare it in its braces: \(statuses)")
      }
    }
  }
}

extension Coverage.Standing {
  /// Whether the equation claims something that a check can decide.
  var isClaim: Bool { if case .declared = self { false } else { true } }

  /// A symbol that tells the standing without colour.
  public var mark: String {
    switch self {
    case .verified: "✓"
    case .refuted: "✗"
    case .refutedAsExpected: "⊘"
    case .inconclusive: "?"
    case .declared(.definition): "≔"
    case .declared(.cited): "❝"
    case .declared(.unchecked): "○"
    case .missing: "–"
    }
  }

  public var word: String {
    switch self {
    case .verified: "verified"
    case .refuted: "refuted"
    case .refutedAsExpected: "refuted as expected"
    case .inconclusive: "inconclusive"
    case .declared(let status): status.rawValue
    case .missing: "no verdict"
    }
  }
}

extension String {
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }
}
