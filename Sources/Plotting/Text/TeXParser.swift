/// Reads the TeX of a label into a tree.
///
/// Known are letters, Greek, the usual relations and operators, scripts, fractions, roots, accents, fonts, big
/// operators, `\left ... \right`, `\text`, and spaces; anything else is an error that says where.
struct TeXParser {
  private let source: [Unicode.Scalar]
  private var position = 0
  private var face: Face?

  static func parse(_ source: String) throws(TeXError) -> TeXNode {
    var parser = TeXParser(source: Array(source.unicodeScalars))
    let node = try parser.list(until: nil)
    return node
  }

  private init(source: [Unicode.Scalar]) { self.source = source }

  private enum End: Equatable {
    case brace, bracket, right
  }

  /// Atoms up to a closing brace, bracket, `\right` or the end.
  private mutating func list(until end: End?) throws(TeXError) -> TeXNode {
    var nodes: [TeXNode] = []
    let start = position
    while true {
      skipSpaces()
      guard position < source.count else {
        if end == nil { return .group(nodes) }
        let opened = end == .brace ? "a {" : end == .bracket ? "a [" : "a \\left"
        throw TeXError(message: "\(opened) is not closed", offset: max(0, start - 1))
      }
      let scalar = source[position]
      if end == .brace, scalar == "}" { return .group(nodes) }
      if end == .bracket, scalar == "]" { return .group(nodes) }
      if end == .right, looksAt("\\right") { return .group(nodes) }
      if scalar == "^" || scalar == "_" || scalar == "'" {
        nodes.append(try scripts(on: nodes.popLast()))
        continue
      }
      nodes.append(try atom())
    }
  }

  private mutating func scripts(on base: TeXNode?) throws(TeXError) -> TeXNode {
    var over: [TeXNode] = []
    var under: TeXNode?
    while position < source.count {
      skipSpaces()
      guard position < source.count else { break }
      let start = position
      switch source[position] {
      case "'":
        position += 1
        over.append(.symbol("′", .main, .ordinary))
        continue
      case "^":
        position += 1
        if over.contains(where: { $0 != .symbol("′", .main, .ordinary) }) {
          throw TeXError(message: "a second superscript", offset: start)
        }
        over.append(try argument(of: "^"))
        continue
      case "_":
        position += 1
        guard under == nil else { throw TeXError(message: "a second subscript", offset: start) }
        under = try argument(of: "_")
        continue
      default: break
      }
      break
    }
    let above: TeXNode? = over.isEmpty ? nil : over.count == 1 ? over[0] : .group(over)
    return .scripts(base: base, over: above, under: under)
  }

  /// One atom without its scripts.
  private mutating func atom() throws(TeXError) -> TeXNode {
    let scalar = source[position]
    switch scalar {
    case "{":
      position += 1
      let before = face
      let node = try list(until: .brace)
      position += 1
      face = before
      return node
    case "}": throw TeXError(message: "a } that closes nothing", offset: position)
    case "\\": return try command()
    case "~":
      position += 1
      return .space(0.25)
    case "$", "&", "#", "%":
      throw TeXError(message: "write \\\(scalar) for \(scalar)", offset: position)
    default:
      position += 1
      return faced(scalar)
    }
  }

  private func faced(_ scalar: Unicode.Scalar) -> TeXNode {
    guard let face, scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) else {
      return TeXSymbols.character(scalar)
    }
    // Blackboard bold has capitals only, and lies in the AMS font; digits stay upright.
    if face == .ams, !("A"..."Z").contains(scalar) { return TeXSymbols.character(scalar) }
    return .symbol(scalar, face, .ordinary)
  }

  private mutating func command() throws(TeXError) -> TeXNode {
    let start = position
    let name = commandName()
    if case .symbol(let scalar, let own, let kind)? = TeXSymbols.named[name] {
      if face == .boldMath, own == .math { return .symbol(scalar, .boldMath, kind) }
      return .symbol(scalar, own, kind)
    }
    if let width = TeXSymbols.spaces[name] { return .space(width) }
    if let scalar = TeXSymbols.operations[name] { return .operation(scalar) }
    if TeXSymbols.functions.contains(name) { return .function(name) }
    if let scalar = TeXSymbols.accents[name] { return .accent(scalar, try argument(of: "\\\(name)")) }
    if let wanted = TeXSymbols.faces[name] {
      let before = face
      face = wanted
      defer { face = before }
      return try argument(of: "\\\(name)")
    }
    if let wanted = TeXSymbols.textFaces[name] { return .words(try rawArgument(of: name), wanted) }
    switch name {
    case "frac", "tfrac", "dfrac":
      let over = try argument(of: "\\\(name)")
      let under = try argument(of: "\\\(name)")
      return .fraction(over, under, style: name == "dfrac" ? .display : name == "tfrac" ? .text : nil)
    case "sqrt":
      skipSpaces()
      var index: TeXNode?
      if position < source.count, source[position] == "[" {
        position += 1
        index = try list(until: .bracket)
        position += 1
      }
      return .root(try argument(of: "\\sqrt"), index: index)
    case "overline": return .overline(try argument(of: "\\overline"))
    case "underline": return .underline(try argument(of: "\\underline"))
    case "operatorname": return .function(try rawArgument(of: name))
    case "displaystyle": return .styled(.display, try rest())
    case "left":
      let left = try delimiter(after: "\\left")
      let body = try list(until: .right)
      position += 6
      return .delimited(left, body, try delimiter(after: "\\right"))
    case "right": throw TeXError(message: "a \\right without its \\left", offset: start)
    case "": throw TeXError(message: "a backslash at the end", offset: start)
    default: throw TeXError(message: "\\\(name) is not known in labels", offset: start)
    }
  }

  /// The rest of the group that `\displaystyle` governs.
  private mutating func rest() throws(TeXError) -> TeXNode {
    var nodes: [TeXNode] = []
    while position < source.count, source[position] != "}" {
      skipSpaces()
      guard position < source.count, source[position] != "}" else { break }
      if "^_'".unicodeScalars.contains(source[position]) {
        nodes.append(try scripts(on: nodes.popLast()))
      } else {
        nodes.append(try atom())
      }
    }
    return .group(nodes)
  }

  /// The argument of a command or script: a group, or one atom.
  private mutating func argument(of name: String) throws(TeXError) -> TeXNode {
    skipSpaces()
    guard position < source.count, source[position] != "}" else {
      throw TeXError(message: "\(name) lacks its argument", offset: min(position, source.count))
    }
    return try atom()
  }

  /// The characters of a braced argument, as they are.
  private mutating func rawArgument(of name: String) throws(TeXError) -> String {
    skipSpaces()
    let start = position
    guard position < source.count, source[position] == "{" else {
      throw TeXError(message: "\\\(name) wants its argument in braces", offset: position)
    }
    position += 1
    var text = String.UnicodeScalarView()
    while position < source.count, source[position] != "}" {
      text.append(source[position])
      position += 1
    }
    guard position < source.count else { throw TeXError(message: "a { is not closed", offset: start) }
    position += 1
    return String(text)
  }

  private mutating func delimiter(after name: String) throws(TeXError) -> Unicode.Scalar? {
    skipSpaces()
    guard position < source.count else {
      throw TeXError(message: "\(name) lacks its delimiter", offset: position)
    }
    if source[position] == "." {
      position += 1
      return nil
    }
    let start = position
    if case .symbol(let scalar, _, _) = try atom() { return scalar }
    throw TeXError(message: "\(name) lacks its delimiter", offset: start)
  }

  private mutating func commandName() -> String {
    position += 1
    var name = String.UnicodeScalarView()
    while position < source.count,
      ("a"..."z").contains(source[position]) || ("A"..."Z").contains(source[position])
    {
      name.append(source[position])
      position += 1
    }
    if name.isEmpty, position < source.count {
      name.append(source[position])
      position += 1
    }
    return String(name)
  }

  private func looksAt(_ text: String) -> Bool {
    source[position...].starts(with: text.unicodeScalars)
      && !(position + 6 < source.count && ("a"..."z").contains(source[position + 6]))
  }

  private mutating func skipSpaces() {
    while position < source.count, source[position] == " " || source[position] == "\n" { position += 1 }
  }
}
