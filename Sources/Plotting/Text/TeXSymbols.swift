/// TeX's names for characters, with the font that has them and how they space.
enum TeXSymbols {
  static let named: [String: TeXNode] = {
    var table: [String: TeXNode] = [:]
    func add(_ names: String, _ characters: String, _ face: Face, _ kind: TeXClass) {
      for (name, scalar) in zip(names.split(separator: " "), characters.unicodeScalars) {
        table[String(name)] = .symbol(scalar, face, kind)
      }
    }
    add(
      """
      alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi \
      chi psi omega varepsilon vartheta varpi varrho varsigma varphi
      """, "αβγδϵζηθικλμνξοπρστυϕχψωεϑϖϱςφ", .math, .ordinary)
    add("Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega", "ΓΔΘΛΞΠΣΥΦΨΩ", .main, .ordinary)
    add(
      "nabla partial infty ell hbar Re Im forall exists emptyset prime angle top bot aleph imath jmath dots ldots cdots",
      "∇∂∞ℓℏℜℑ∀∃∅′∠⊤⊥ℵıȷ……⋯", .main, .ordinary)
    add("imath jmath", "ıȷ", .main, .ordinary)
    add("dots ldots cdots", "……⋯", .main, .inner)
    add(
      "pm mp times div cdot circ ast star bullet cup cap wedge vee oplus otimes setminus", "±∓×÷⋅∘∗⋆∙∪∩∧∨⊕⊗∖",
      .main, .binary)
    add(
      """
      le leq ge geq ne neq equiv approx sim simeq cong propto ll gg in notin ni subset subseteq supset mid parallel \
      perp to rightarrow leftarrow gets mapsto Rightarrow Leftarrow leftrightarrow iff implies longrightarrow vdash
      """, "≤≤≥≥≠≠≡≈∼≃≅∝≪≫∈∉∋⊂⊆⊃∣∥⊥→→←←↦⇒⇐↔⟺⟹⟶⊢", .main, .relation)
    add("langle lfloor lceil lbrace", "⟨⌊⌈{", .main, .open)
    add("rangle rfloor rceil rbrace", "⟩⌋⌉}", .main, .close)
    add("{ lvert lVert", "{∣∥", .main, .open)
    add("} rvert rVert", "}∣∥", .main, .close)
    add("| Vert vert % # & _ $", "∥∥∣%#&_$", .main, .ordinary)
    table["lesssim"] = .symbol("≲", .ams, .relation)
    table["gtrsim"] = .symbol("≳", .ams, .relation)
    return table
  }()

  static let operations: [String: Unicode.Scalar] = [
    "sum": "∑", "prod": "∏", "int": "∫", "iint": "∬", "oint": "∮", "bigcup": "⋃", "bigcap": "⋂",
  ]

  static let functions: Set<String> = [
    "log", "ln", "exp", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan", "det",
    "dim", "min",
    "max", "sup", "inf", "lim", "arg", "ker", "Pr", "gcd",
  ]

  static let accents: [String: Unicode.Scalar] = [
    "hat": "ˆ", "widehat": "ˆ", "tilde": "˜", "widetilde": "˜", "bar": "ˉ", "dot": "˙", "ddot": "¨",
    "vec": "⃗",
    "check": "ˇ", "breve": "˘", "acute": "ˊ", "grave": "ˋ", "mathring": "˚",
  ]

  /// Commands that change the face of what follows.
  static let faces: [String: Face] = [
    "mathrm": .main, "mathbf": .bold, "boldsymbol": .boldMath, "bm": .boldMath, "mathbb": .ams,
    "mathcal": .calligraphic, "mathfrak": .fraktur, "mathscr": .script, "mathsf": .sansSerif,
    "mathit": .italic,
  ]

  static let textFaces: [String: Face] = [
    "text": .main, "textrm": .main, "textbf": .bold, "textit": .italic, "textsf": .sansSerif, "mbox": .main,
  ]

  static let spaces: [String: Double] = [
    ",": 3.0 / 18, ":": 4.0 / 18, ">": 4.0 / 18, ";": 5.0 / 18, "!": -3.0 / 18, " ": 0.25, "quad": 1,
    "qquad": 2,
    "~": 0.25,
  ]

  /// A character typed as it is.
  static func character(_ scalar: Unicode.Scalar) -> TeXNode {
    switch scalar {
    case "0"..."9", ".", "/", "@", "\"", "|": .symbol(scalar == "|" ? "∣" : scalar, .main, .ordinary)
    case "a"..."z", "A"..."Z", "α"..."ω", "ϵ", "ϑ", "ϕ", "ϖ", "ϱ": .symbol(scalar, .math, .ordinary)
    case "-": .symbol("−", .main, .binary)
    case "*": .symbol("∗", .main, .binary)
    case "+", "−", "×", "·", "±", "∘": .symbol(scalar == "·" ? "⋅" : scalar, .main, .binary)
    case "=", "<", ">", ":", "≤", "≥", "≈", "→", "∼", "∈", "≠", "∝": .symbol(scalar, .main, .relation)
    case "(", "[": .symbol(scalar, .main, .open)
    case ")", "]", "!", "?": .symbol(scalar, .main, .close)
    case ",", ";": .symbol(scalar, .main, .punctuation)
    default: .symbol(scalar, .main, .ordinary)
    }
  }
}
