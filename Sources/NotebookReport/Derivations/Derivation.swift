import NotebookModel

/// TeX with equality signs that each carry a mark: `✓` above the `=` that holds.
struct Derivation {
  let tex: String
  let standings: [Coverage.Standing]

  /// An author's own display, where it has as many equality signs as were checked.
  init?(marking tex: String, _ standings: [Coverage.Standing]) {
    let signs = Self.equalitySigns(in: tex)
    guard !standings.isEmpty, signs.count == standings.count else { return nil }
    var marked = ""
    var last = tex.startIndex
    for (sign, standing) in zip(signs, standings) {
      marked += tex[last..<sign] + Self.sign(standing)
      last = tex.index(after: sign)
    }
    self.tex = marked + tex[last...]
    self.standings = standings
  }

  /// An aligned display of a derivation's lines.
  ///
  /// - Parameter lines: the first line, and each that follows by an `=`: TeX, or words.
  init(lines: [String], _ standings: [Coverage.Standing]) {
    let rows = zip(lines.dropFirst(), standings).enumerated().map { row, step in
      (row == 0 ? Self.line(lines[0]) : "") + " &\(Self.sign(step.1)) " + Self.line(step.0)
    }
    tex = "\\begin{aligned}\n" + rows.joined(separator: " \\\\\n") + "\n\\end{aligned}"
    self.standings = standings
  }

  /// "Step 1 verified, step 2 refuted": the marks for those who do not see them.
  var words: String {
    let steps = standings.enumerated().map { index, standing in "step \(index + 1) \(standing.word)" }
    return "Checked step by step: " + steps.joined(separator: ", ")
  }

  /// A line that does not look like TeX is set as words.
  private static func line(_ name: String) -> String {
    if name.seemsTeX { return name }
    // What stands between dollar signs is TeX among the words.
    let pieces = name.split(separator: "$", omittingEmptySubsequences: false)
    let words = pieces.enumerated().map { index, piece in
      index % 2 == 1
        ? "$\(piece)$" : piece.map { "{}&#%_".contains($0) ? "\\\($0)" : "\($0)" }.joined()
    }
    return "\\text{\(words.joined())}"
  }

  private static func sign(_ standing: Coverage.Standing) -> String {
    let mark =
      switch standing {
      case .verified: "\\checkmark"
      case .refuted: "\\boldsymbol{\\times}"
      default: "\\boldsymbol{?}"
      }
    return "\\mathrel{\\overset{\\htmlClass{mark-\(standing.className)}{\(mark)}}{=}}"
  }

  /// The places of the `=` that join the sides of a formula: those outside of braces, of parentheses, and of what
  /// stands above or below another sign.
  static func equalitySigns(in tex: String) -> [String.Index] {
    var signs: [String.Index] = []
    var depth = 0
    var index = tex.startIndex
    while index < tex.endIndex {
      let character = tex[index]
      let next = tex.index(after: index)
      switch character {
      case "\\":
        index = command(in: tex, from: next)
        let name = tex[next..<index]
        // \{ and \langle open what \} and \rangle close.
        if name == "{" || name == "langle" { depth += 1 }
        if name == "}" || name == "rangle" { depth = max(0, depth - 1) }
        continue
      case "{", "(", "[": depth += 1
      case "}", ")", "]": depth = max(0, depth - 1)
      case "=" where depth == 0: signs.append(index)
      default: break
      }
      index = next
    }
    return signs
  }

  /// The end of a command's name: letters, or one other character. The braces of an environment's name belong
  /// to it.
  private static func command(in tex: String, from start: String.Index) -> String.Index {
    guard start < tex.endIndex else { return start }
    guard tex[start].isLetter else { return tex.index(after: start) }
    let end = tex[start...].firstIndex { !$0.isLetter } ?? tex.endIndex
    let name = tex[start..<end]
    guard name == "begin" || name == "end", let close = tex[end...].firstIndex(of: "}") else { return end }
    return tex.index(after: close)
  }
}

extension String {
  /// Whether a line's name is meant as TeX and not as words, with `$...$` or without.
  var seemsTeX: Bool { !contains("$") && (contains { "\\^_{}".contains($0) } || !contains(" ")) }
}
