/// Sets TeX trees: sizes, shifts and spaces follow The TeXbook, appendix G, with the parameters of Computer Modern.
struct TeXLayout {
  let fonts: FontBook
  /// The em of text style, in CSS pixels.
  let size: Double

  private static let negated: [Unicode.Scalar: Unicode.Scalar] = ["≠": "=", "∉": "∈"]

  /// Appendix G's font parameters, in em.
  private enum Parameter {
    static let axis = 0.25
    static let rule = 0.045
    static let superscript = 0.38
    static let subscript_ = 0.15
    static let subscriptBelowSuperscript = 0.247
    static let superscriptDrop = 0.386
    static let subscriptDrop = 0.05
    static let scriptSpace = 0.05
  }

  func set(_ node: TeXNode, style: TeXStyle) -> Typeset {
    let em = size * style.scale
    switch node {
    case .symbol(let scalar, let face, _): return symbol(scalar, face, em)
    case .group(let nodes): return list(nodes, style)
    case .words(let text, let face): return Typesetter(fonts: fonts).words(text, size: em, face: face)
    case .function(let name): return Typesetter(fonts: fonts).words(name, size: em, face: .main)
    case .operation(let scalar): return operation(scalar, style)
    case .space(let width):
      var box = Typeset()
      box.width = width * em
      return box
    case .scripts(let base, let over, let under): return scripts(base, over, under, style)
    case .fraction(let over, let under, let own): return fraction(over, under, own ?? style)
    case .root(let body, let index): return root(body, index, style)
    case .accent(let scalar, let body): return accent(scalar, over: body, style)
    case .overline(let body): return line(body, style, isOver: true)
    case .underline(let body): return line(body, style, isOver: false)
    case .delimited(let left, let body, let right): return delimited(left, body, right, style)
    case .styled(let own, let body): return set(body, style: own)
    }
  }

  /// A row of atoms with the spaces between them.
  private func list(_ nodes: [TeXNode], _ style: TeXStyle) -> Typeset {
    var kinds = nodes.map(\.kind)
    // A binary operator without two operands is a sign (appendix G, rules 5 and 6).
    let atoms = nodes.indices.filter { if case .space = nodes[$0] { false } else { true } }
    for (place, index) in atoms.enumerated() where kinds[index] == .binary {
      let before = place > 0 ? kinds[atoms[place - 1]] : .open
      let after = place + 1 < atoms.count ? kinds[atoms[place + 1]] : .close
      if [.binary, .operator, .relation, .open, .punctuation].contains(before)
        || [.relation, .close, .punctuation].contains(after)
      {
        kinds[index] = .ordinary
      }
    }
    var box = Typeset()
    var previous: TeXClass?
    for (index, node) in nodes.enumerated() {
      if case .space = node {
        box.append(set(node, style: style))
        continue
      }
      if let previous { box.width += TeXClass.space(previous, kinds[index], in: style) * size * style.scale }
      box.append(set(node, style: style))
      previous = kinds[index]
    }
    return box
  }

  private func symbol(_ scalar: Unicode.Scalar, _ face: Face, _ em: Double) -> Typeset {
    // The fonts have no negated relations, but a stroke to lay over them (a private character of KaTeX's).
    if let plain = Self.negated[scalar] {
      var box = symbol(plain, face, em)
      let stroke = symbol("\u{e020}", .main, em)
      box.add(stroke, x: (box.width - stroke.width) / 2, y: 0)
      return box
    }
    let (glyph, metrics) = Typesetter(fonts: fonts).glyph(scalar, face: face)
    var box = Typeset()
    box.pieces = [Typeset.Piece(glyph: glyph, size: em, x: 0, y: 0)]
    // The italic correction is what the letter leans beyond its advance.
    box.width = max(metrics.advance, metrics.right) * em
    box.ascent = metrics.top * em
    box.descent = -metrics.bottom * em
    return box
  }

  private func operation(_ scalar: Unicode.Scalar, _ style: TeXStyle) -> Typeset {
    let em = size * style.scale
    var box = symbol(scalar, style == .display ? .size2 : .size1, em)
    // Centred on the axis.
    let shift = (box.descent - box.ascent) / 2 + Parameter.axis * em
    box.pieces[0].y += shift
    box.ascent += shift
    box.descent -= shift
    return box
  }

  private func scripts(_ base: TeXNode?, _ over: TeXNode?, _ under: TeXNode?, _ style: TeXStyle) -> Typeset {
    let em = size * style.scale
    let inner = base.map { set($0, style: style) } ?? Typeset()
    let isSymbol: Bool = if case .symbol = base { true } else { base == nil }
    var box = inner
    let small = size * style.forScripts.scale
    let upper = over.map { set($0, style: style.forScripts) }
    let lower = under.map { set($0, style: style.forScripts) }
    var rise = 0.0
    var drop = 0.0
    if let upper {
      rise = max(isSymbol ? 0 : inner.ascent - Parameter.superscriptDrop * small, Parameter.superscript * em)
      rise = max(rise, upper.descent + 0.108 * em)
    }
    if let lower {
      let least = upper == nil ? Parameter.subscript_ : Parameter.subscriptBelowSuperscript
      drop = max(isSymbol ? 0 : inner.descent + Parameter.subscriptDrop * small, least * em)
      if upper == nil { drop = max(drop, lower.ascent - 0.345 * em) }
      if let upper {
        let gap = (rise - upper.descent) - (lower.ascent - drop)
        let least = 4 * 0.04 * em
        if gap < least { drop += least - gap }
      }
    }
    // A slanted letter's subscript tucks in under its overhang.
    var tuck = 0.0
    if case .symbol(let scalar, let face, _)? = base, let metrics = fonts[face].glyphs[scalar.value] {
      tuck = max(0, metrics.right - metrics.advance) * em
    }
    if let upper { box.add(upper, x: inner.width + 0.02 * em, y: rise) }
    if let lower { box.add(lower, x: inner.width - tuck, y: -drop) }
    box.width =
      inner.width + max(upper.map { $0.width + 0.02 * em } ?? 0, lower.map { $0.width - tuck } ?? 0)
      + Parameter.scriptSpace * size
    return box
  }

  private func fraction(_ over: TeXNode, _ under: TeXNode, _ style: TeXStyle) -> Typeset {
    let em = size * style.scale
    let upper = set(over, style: style.forFractions)
    let lower = set(under, style: style.forFractions)
    let isDisplay = style == .display
    let rule = Parameter.rule * em
    let axis = Parameter.axis * em
    let clearance = isDisplay ? 3 * rule : rule
    var rise = (isDisplay ? 0.677 : 0.394) * em
    var drop = (isDisplay ? 0.686 : 0.345) * em
    rise = max(rise, axis + rule / 2 + clearance + upper.descent)
    drop = max(drop, clearance + lower.ascent - axis + rule / 2)
    let width = max(upper.width, lower.width) + 0.1 * em
    var box = Typeset()
    let side = 0.12 * em
    box.add(upper, x: side + (width - upper.width) / 2, y: rise)
    box.add(lower, x: side + (width - lower.width) / 2, y: -drop)
    box.bars.append(Typeset.Bar(x: side, y: axis - rule / 2, width: width, height: rule))
    box.width = width + 2 * side
    return box
  }

  private func root(_ body: TeXNode, _ index: TeXNode?, _ style: TeXStyle) -> Typeset {
    let em = size * style.scale
    let inner = set(body, style: style)
    let rule = Parameter.rule * em
    let wanted = inner.height + 2.5 * rule + 0.1 * em
    let sign = tall("√", wanted, em)
    var box = Typeset()
    var start = 0.0
    // The sign hangs from the bar.
    let top = inner.ascent + 1.5 * rule + max(0, (sign.height - wanted) / 2) + rule
    if let index {
      let small = set(index, style: .scriptScript)
      box.add(small, x: 0.1 * em, y: top - sign.height * 0.45)
      start = max(0, small.width + 0.1 * em - sign.width * 0.5)
    }
    box.add(sign, x: start, y: top - sign.ascent)
    box.add(inner, x: start + sign.width, y: 0)
    box.bars.append(
      Typeset.Bar(x: start + sign.width - 0.02 * em, y: top - rule, width: inner.width, height: rule))
    box.ascent = max(box.ascent, top)
    box.width = start + sign.width + inner.width + 0.06 * em
    return box
  }

  private func accent(_ scalar: Unicode.Scalar, over body: TeXNode, _ style: TeXStyle) -> Typeset {
    let em = size * style.scale
    let inner = set(body, style: style)
    let (glyph, metrics) = Typesetter(fonts: fonts).glyph(scalar, face: .main)
    var box = inner
    let rise = max(0, inner.ascent - 0.431 * em)
    // Letters that lean carry their accents to the right of their middle.
    var lean = 0.0
    if case .symbol(_, let face, _) = unwrapped(body),
      face == .math || face == .boldMath || face == .calligraphic
    {
      lean = 0.08 * em + 0.12 * rise
    }
    let ink = (metrics.left + metrics.right) / 2 * em
    box.pieces.append(Typeset.Piece(glyph: glyph, size: em, x: inner.width / 2 - ink + lean, y: rise))
    box.ascent = max(box.ascent, metrics.top * em + rise)
    return box
  }

  private func unwrapped(_ node: TeXNode) -> TeXNode {
    if case .group(let nodes) = node, nodes.count == 1 { return unwrapped(nodes[0]) }
    return node
  }

  private func line(_ body: TeXNode, _ style: TeXStyle, isOver: Bool) -> Typeset {
    let em = size * style.scale
    var box = set(body, style: style)
    let rule = Parameter.rule * em
    let y = isOver ? box.ascent + 2 * rule : -box.descent - 3 * rule
    box.bars.append(Typeset.Bar(x: 0, y: y, width: box.width, height: rule))
    if isOver { box.ascent = y + 2 * rule } else { box.descent = -y + rule }
    return box
  }

  private func delimited(
    _ left: Unicode.Scalar?, _ body: TeXNode, _ right: Unicode.Scalar?, _ style: TeXStyle
  ) -> Typeset {
    let em = size * style.scale
    let inner = set(body, style: style)
    let axis = Parameter.axis * em
    let wanted = 2 * max(inner.ascent - axis, inner.descent + axis)
    var box = Typeset()
    for (place, scalar) in [left, right].enumerated() {
      if place == 1 { box.append(inner) }
      guard let scalar else { continue }
      let fence = tall(scalar, wanted * 0.9, em)
      var centred = Typeset()
      centred.add(fence, x: 0, y: axis - (fence.ascent - fence.descent) / 2)
      centred.width = fence.width
      box.append(centred)
    }
    return box
  }

  /// The smallest form of a sign that is at least so tall, or the tallest there is.
  private func tall(_ scalar: Unicode.Scalar, _ wanted: Double, _ em: Double) -> Typeset {
    var best: Typeset?
    for face in [Face.main, .size1, .size2, .size3, .size4] where fonts[face].glyphs[scalar.value] != nil {
      let box = symbol(scalar, face, em)
      best = box
      if box.height >= wanted { break }
    }
    return best ?? symbol(scalar, .main, em)
  }
}
