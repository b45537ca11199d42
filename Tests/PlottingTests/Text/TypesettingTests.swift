import Testing

@testable import Plotting

@Suite struct TypesettingTests {
  private let fonts: FontBook
  private let setter: Typesetter

  init() throws {
    fonts = try FontBook.system.get()
    setter = Typesetter(fonts: fonts)
  }

  /// Widths from TeX's own metrics (cmr10.tfm, cmmi10.tfm, cmsy10.tfm), in em.
  @Test(arguments: [
    ("A", Face.main, 0.75), ("m", .main, 0.83334), ("0", .main, 0.5), ("x", .math, 0.57153),
    ("α", .math, 0.63970),
    ("θ", .math, 0.46944), ("∇", .main, 0.83334), ("∑", .size1, 1.05556), ("R", .ams, 0.72222),
  ])
  func advancesAreTeXs(character: String, face: Face, width: Double) throws {
    let metrics = try #require(fonts[face].glyphs[character.unicodeScalars.first!.value])
    #expect(abs(metrics.advance - width) < 1.1e-3)  // the fonts' unit is a thousandth of an em
  }

  @Test func missingFontsAreNamed() {
    #expect(throws: PlottingError.fontsMissing(searched: ["/nowhere"])) {
      try FontBook(folders: ["/nowhere"])
    }
  }

  @Test func brokenFontIsNamed() {
    #expect(throws: PlottingError.unreadableFont(path: "/etc/hostname")) {
      try FontFace(path: "/etc/hostname")
    }
  }

  @Test func binaryOperatorsAreSpacedAndSignsAreNot() throws {
    let (x, plus) = (0.57153, 0.77778)
    let sum = try setter.set("$x+x$", size: 10)
    #expect(abs(sum.width - 10 * (2 * x + plus + 2 * 4.0 / 18)) < 0.03)
    let sign = try setter.set("$+x$", size: 10)
    #expect(abs(sign.width - 10 * (x + plus)) < 0.02)
    // In a script there is no space around a binary operator, and the size is 0.7.
    let script = try setter.set("$x^{x+x}$", size: 10)
    #expect(abs(script.width - 10 * x - 7 * (2 * x + plus)) < 1)
  }

  @Test func scriptsAreSmallerAndShifted() throws {
    let box = try setter.set("$x_t^2$", size: 20)
    #expect(box.pieces.map(\.size) == [20, 14, 14])
    #expect(box.pieces[1].y > 5 && box.pieces[2].y < -2, "the superscript is above, the subscript below")
    #expect(box.pieces[1].x >= box.pieces[0].x + 10)
  }

  @Test func fractionsAreCentredOnTheirBar() throws {
    let box = try setter.set("$\\frac{a}{bcd}$", size: 20)
    let bar = try #require(box.bars.first)
    #expect(abs(bar.y + bar.height / 2 - 5) < 0.1, "the bar lies on the axis, a quarter em up")
    let over = box.pieces[0]
    let middle = over.x + 0.5 * 0.52859 * 14
    #expect(abs(middle - (bar.x + bar.width / 2)) < 0.7)
  }

  @Test func fencesGrow() throws {
    let small = try setter.set("$\\left( x \\right)$", size: 10)
    let tall = try setter.set("$\\left( \\dfrac{x^2}{y^2} \\right)$", size: 10)
    #expect(small.pieces[0].glyph.face == .main)
    #expect([.size1, .size2, .size3].contains(tall.pieces[0].glyph.face))
  }

  @Test(arguments: [
    #"$p_t(x \mid z)$"#, #"$\nabla \log p_t(x)$"#, #"$\hat{\epsilon}_\theta(x_t, t)$"#, #"$\dot{\alpha}_t$"#,
    #"$\mathbb{E}[\|x\|^2]$"#, #"$\mathcal{N}(0, I_d)$"#,
    #"$\mathrm{d}x_t = u\,\mathrm{d}t + \sigma_t\,\mathrm{d}W_t$"#,
    #"$\int_0^1 \sum_{i=1}^n x_i$"#, #"$\sqrt{1 - t^2} \approx \overline{x}$"#, #"$x \neq y \notin A$"#,
    #"$\operatorname{div} u = \text{trace } J$"#, #"$\boldsymbol{\mu}' \cdot \mathbf{v}$"#,
    "naïve Schrödinger, 5 \\$",
    "$f'' \\to \\infty$", "Привет",
  ])
  func setsWhatLecturesNeed(label: String) throws {
    let box = try setter.set(label, size: 16)
    #expect(box.width > 10 && box.ascent > 5 && box.ascent < 40 && !box.isEmpty)
    #expect(box.pieces.allSatisfy { $0.x >= -1 && $0.x < box.width + 1 })
    #expect(!box.pieces.contains { $0.glyph.scalar == "□" })
  }

  @Test(arguments: [
    (#"$\frac{1$"#, "a { is not closed", 6), (#"error $\foo$"#, "\\foo is not known in labels", 7),
    ("$x^2^3$", "a second superscript", 4), ("$x_$", "_ lacks its argument", 3),
    ("cost $5", "a $ is not closed", 5),
    (#"$a}$"#, "a } that closes nothing", 2), (#"$\left( x$"#, "a \\left is not closed", 6),
    (#"$\text x$"#, "\\text wants its argument in braces", 7),
  ])
  func mistakesAreFoundInTheirPlace(label: String, message: String, offset: Int) {
    #expect(throws: PlottingError.tex(message, label: label, offset: offset)) {
      try setter.set(label, size: 12)
    }
  }

  private func letters(_ box: Typeset) -> [Unicode.Scalar] {
    box.pieces.map(\.glyph.scalar).filter { $0 != " " }
  }

  @Test func longLabelsAreWrapped() throws {
    let label = "a label of many words with $a + b + c$ in it"
    let whole = try setter.set(label, size: 12)
    let wrapped = try setter.set(label, size: 12, width: 90)
    #expect(wrapped.width <= 90 && whole.width > 180)
    #expect(letters(wrapped) == letters(whole), "only spaces at the breaks are lost")
    #expect(wrapped.height > 2.5 * whole.height)
  }
}
