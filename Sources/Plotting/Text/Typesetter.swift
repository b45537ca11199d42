/// Sets labels: words in the upright font, and what stands between dollar signs as TeX.
struct Typesetter: Sendable {
  let fonts: FontBook

  /// Sets `label` at `size` (its em in CSS pixels); an empty label takes no room. `\$` is a dollar sign. A line break
  /// starts a new line, and so does a space where a line would be wider than `width`; lines are centred, or begin at
  /// the left with `alignment` 0.
  func set(
    _ label: String, size: Double, width: Double = .infinity, alignment: Double = 0.5
  ) throws(PlottingError) -> Typeset {
    if label.isEmpty { return Typeset() }
    var boxes: [Typeset] = []
    for line in label.split(separator: "\n", omittingEmptySubsequences: false) {
      let whole = try self.line(String(line), size: size, label: label)
      if whole.width <= width { boxes.append(whole) } else { boxes += try wrap(line, size, width, label) }
    }
    var all = boxes[0]
    guard boxes.count > 1 else { return all }
    all = Typeset()
    all.width = boxes.map(\.width).max()!
    var y = 0.0
    for (index, box) in boxes.enumerated() {
      if index > 0 { y -= max(boxes[index - 1].descent + box.ascent + 0.15 * size, 1.25 * size) }
      all.add(box, x: (all.width - box.width) * alignment, y: y)
    }
    return all
  }

  /// Fills lines with words; a formula is one word.
  private func wrap(
    _ line: Substring, _ size: Double, _ width: Double, _ label: String
  ) throws(PlottingError) -> [Typeset] {
    var words = [""]
    var isFormula = false
    var before: Character?
    for character in line {
      if character == "$", before != "\\" { isFormula.toggle() }
      if character == " ", !isFormula { words.append("") } else { words[words.count - 1].append(character) }
      before = character
    }
    var boxes: [Typeset] = []
    var current = ""
    for word in words {
      let longer = current.isEmpty ? word : current + " " + word
      if !current.isEmpty, try self.line(longer, size: size, label: label).width > width {
        boxes.append(try self.line(current, size: size, label: label))
        current = word
      } else {
        current = longer
      }
    }
    boxes.append(try self.line(current, size: size, label: label))
    return boxes
  }

  private func line(_ text: String, size: Double, label: String) throws(PlottingError) -> Typeset {
    var box = Typeset()
    var words = ""
    var formula: String?
    var formulaStart = 0
    var escaped = false
    for (offset, character) in text.enumerated() {
      if escaped {
        escaped = false
        if formula == nil {
          words += character == "$" ? "$" : "\\\(character)"
        } else {
          formula! += "\\\(character)"
        }
        continue
      }
      switch character {
      case "\\": escaped = true
      case "$":
        if let tex = formula {
          box.append(try math(tex, size: size, label: label, offset: formulaStart))
          formula = nil
        } else {
          box.append(self.words(words, size: size, face: .main))
          words = ""
          formula = ""
          formulaStart = offset + 1
        }
      default:
        if formula != nil { formula!.append(character) } else { words.append(character) }
      }
    }
    guard formula == nil else { throw .tex("a $ is not closed", label: label, offset: formulaStart - 1) }
    if escaped { words += "\\" }
    box.append(self.words(words, size: size, face: .main))
    // A line has its font's height even where its letters have not, so that baselines agree.
    box.ascent = max(box.ascent, 0.7 * size)
    box.descent = max(box.descent, 0.02 * size)
    return box
  }

  private func math(_ tex: String, size: Double, label: String, offset: Int) throws(PlottingError) -> Typeset
  {
    do {
      return TeXLayout(fonts: fonts, size: size).set(try TeXParser.parse(tex), style: .text)
    } catch {
      throw .tex(error.message, label: label, offset: offset + error.offset)
    }
  }

  /// Plain words in one face.
  func words(_ text: String, size: Double, face: Face) -> Typeset {
    var box = Typeset()
    for character in text {
      let scalars = character.decomposedForKaTeX
      let start = box.width
      for (index, scalar) in scalars.enumerated() {
        let (glyph, metrics) = glyph(scalar, face: face)
        var x = start
        if index == 0 {
          box.width += metrics.advance * size
        } else {
          // An accent: centred over its letter.
          x = start + ((box.width - start) - metrics.advance * size) / 2
        }
        box.pieces.append(Typeset.Piece(glyph: glyph, size: size, x: x, y: 0))
        box.ascent = max(box.ascent, metrics.top * size)
        box.descent = max(box.descent, -metrics.bottom * size)
      }
    }
    return box
  }

  /// The glyph for a scalar in a face, else in any, else a box.
  func glyph(_ scalar: Unicode.Scalar, face: Face) -> (Glyph, GlyphMetrics) {
    for candidate in [face, .main, .math, .ams] {
      if let metrics = fonts[candidate].glyphs[scalar.value] {
        return (Glyph(scalar: scalar, face: candidate), metrics)
      }
    }
    if let metrics = fonts.fallback?.glyphs[scalar.value] {
      return (Glyph(scalar: scalar, face: face, isFallback: true), metrics)
    }
    return (Glyph(scalar: "□", face: .ams), fonts[.ams].glyphs[0x25a1]!)
  }
}

extension Character {
  /// Accented Latin letters, which KaTeX's fonts lack, as letter and accent; other characters as they are.
  fileprivate var decomposedForKaTeX: [Unicode.Scalar] {
    if let scalar = unicodeScalars.first, unicodeScalars.count == 1, scalar.value < 0xc0 { return [scalar] }
    for (accent, letters, bases) in Self.accents {
      if let place = letters.firstIndex(of: self) {
        let base = bases[
          bases.index(bases.startIndex, offsetBy: letters.distance(from: letters.startIndex, to: place))]
        return [base.unicodeScalars.first!, accent]
      }
    }
    return Array(unicodeScalars)
  }

  private static let accents: [(Unicode.Scalar, String, String)] = [
    ("\u{2ca}", "áéíóúýÁÉÍÓÚÝćńśźĆŃŚŹ", "aeıouyAEIOUYcnszCNSZ"), ("\u{2cb}", "àèìòùÀÈÌÒÙ", "aeıouAEIOU"),
    ("\u{2c6}", "âêîôûÂÊÎÔÛ", "aeıouAEIOU"), ("\u{a8}", "äëïöüÿÄËÏÖÜ", "aeıouyAEIOU"),
    ("\u{2dc}", "ãñõÃÑÕ", "anoANO"), ("\u{2da}", "åůÅŮ", "auAU"),
    ("\u{2c7}", "čďěňřšťžČĎĚŇŘŠŤŽ", "cdenrstzCDENRSTZ"), ("\u{b8}", "çşÇŞ", "csCS"),
  ]
}
