/// The part of TeX's mathematics that labels use, as a tree.
indirect enum TeXNode: Equatable, Sendable {
  case symbol(Unicode.Scalar, Face, TeXClass)
  case group([TeXNode])
  case scripts(base: TeXNode?, over: TeXNode?, under: TeXNode?)
  case fraction(TeXNode, TeXNode, style: TeXStyle?)
  case root(TeXNode, index: TeXNode?)
  case accent(Unicode.Scalar, TeXNode)
  case overline(TeXNode)
  case underline(TeXNode)
  /// Words in an upright or other text face.
  case words(String, Face)
  /// The name of a function: log, exp, div.
  case function(String)
  /// A big operator: sum, integral, product.
  case operation(Unicode.Scalar)
  /// A space, in em.
  case space(Double)
  case delimited(Unicode.Scalar?, TeXNode, Unicode.Scalar?)
  case styled(TeXStyle, TeXNode)

  /// How the node spaces itself from its neighbours (The TeXbook, chapter 17).
  var kind: TeXClass {
    switch self {
    case .symbol(_, _, let kind): kind
    case .scripts(let base, _, _): base?.kind ?? .ordinary
    case .function, .operation: .operator
    case .fraction, .delimited: .inner
    case .styled(_, let body): body.kind
    case .group(let nodes) where nodes.count == 1: nodes[0].kind
    default: .ordinary
    }
  }
}

/// The classes of atoms, in the order of the spacing table.
enum TeXClass: Int, Sendable {
  case ordinary, `operator`, binary, relation, open, close, punctuation, inner

  /// The space between two atoms in em: 0, thin 3/18, medium 4/18, thick 5/18; medium and thick ones, and some thin
  /// ones, vanish in scripts (The TeXbook, chapter 18).
  static func space(_ left: TeXClass, _ right: TeXClass, in style: TeXStyle) -> Double {
    // Signs: 0 none, 1 thin, 2 medium, 3 thick; negative: not in scripts; 9 does not occur.
    let table: [[Int]] = [
      [0, 1, -2, -3, 0, 0, 0, -1],
      [1, 1, 9, -3, 0, 0, 0, -1],
      [-2, -2, 9, 9, -2, 9, 9, -2],
      [-3, -3, 9, 0, -3, 0, 0, -3],
      [0, 0, 9, 0, 0, 0, 0, 0],
      [0, 1, -2, -3, 0, 0, 0, -1],
      [-1, -1, 9, -1, -1, -1, -1, -1],
      [-1, 1, -2, -3, -1, 0, -1, -1],
    ]
    let entry = table[left.rawValue][right.rawValue]
    if entry == 9 || entry == 0 || (entry < 0 && style.isScript) { return 0 }
    return Double(abs(entry) + 2) / 18
  }
}

enum TeXStyle: Sendable {
  case display, text, script, scriptScript

  var isScript: Bool { self == .script || self == .scriptScript }
  /// The em, of the label's.
  var scale: Double {
    switch self {
    case .display, .text: 1
    case .script: 0.7
    case .scriptScript: 0.5
    }
  }
  var forScripts: TeXStyle { isScript ? .scriptScript : .script }
  var forFractions: TeXStyle {
    switch self {
    case .display: .text
    case .text: .script
    case .script, .scriptScript: .scriptScript
    }
  }
}

/// A label's TeX is wrong: what, and where.
struct TeXError: Error, Equatable {
  var message: String
  var offset: Int
}
