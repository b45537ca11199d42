import Foundation
import NotebookModel
import Testing

@testable import NotebookReport

@Suite struct FormulaTests {
  private func renderer(_ name: String) throws -> FormulaRenderer {
    try FormulaRenderer(cacheFolder: "\(Sample.cacheFolder)/\(name)")
  }

  @Test func formulasAreHTMLAndMathML() throws {
    let formula = try renderer("formulas").formula("\\frac{a}{b}", isDisplay: true)
    #expect(
      formula.html.hasPrefix(
        "<span class=\"katex-display\"><span class=\"katex\"><span class=\"katex-mathml\"><math"))
    #expect(formula.html.contains("<mfrac><mi>a</mi><mi>b</mi></mfrac>"))
    #expect(formula.classes.contains("frac-line"))
  }

  /// An `<mo>` holds text only; the W3C's validator refuses what KaTeX makes of these.
  @Test(arguments: ["a \\stackrel{?}{=} b", "a \\overset{!}{=} b", "\\mathrel{\\overset{d}{=}}"])
  func operatorsHoldNoElements(tex: String) throws {
    let html = try renderer("formulas").formula(tex, isDisplay: true).html
    #expect(html.contains("<mrow><mover>"))
    #expect(!html.contains("<mo><"))
    #expect(html.matches(of: /<mo[ >]/).count == html.matches(of: /<\/mo>/).count)
    #expect(html.matches(of: /<mrow>/).count == html.matches(of: /<\/mrow>/).count)
  }

  @Test(arguments: ["\\operatorname{\\hat{x}}", "\\mathbf{\\hat{x}}"])
  func identifiersHoldNoElements(tex: String) throws {
    let html = try renderer("formulas").formula(tex, isDisplay: true).html
    #expect(!html.contains(/<mi(?: [^>]*)?><[^\/]/))
    #expect(html.matches(of: /<mi[ >]/).count == html.matches(of: /<\/mi>/).count)
    #expect(html.matches(of: /<mrow>/).count == html.matches(of: /<\/mrow>/).count)
  }

  /// An `<msub>` has two children; KaTeX made three of this.
  @Test func namesOfFunctionsAreIndices() throws {
    let html = try renderer("formulas").formula("v_{\\max} \\le \\max x", isDisplay: true).html
    #expect(html.contains("<msub><mi>v</mi><mi>max</mi></msub>"))
    #expect(html.contains("<mi>max</mi><mo>\u{2061}</mo>"), "where something follows, it stays")
  }

  @Test func charactersBeyondTheFirstPlaneGoThrough() throws {
    #expect(try renderer("formulas").formula("\\text{𝔼}", isDisplay: false).html.contains("<mtext>𝔼</mtext>"))
  }

  @Test(arguments: [
    (
      "text $x$ and $\\oops$", "n.md:1:15: error: this TeX does not parse: Undefined control sequence: \\oops"
    ),
    (
      "> $$\n> a\n> \\frac{b\n> $$",
      "n.md:3:10: error: this TeX does not parse: Unexpected end of input in a macro argument, expected '}' at the end"
    ),
    ("é $\\text{é} \\oops$", "n.md:1:15: error: this TeX does not parse: Undefined control sequence: \\oops"),
    (
      "```swift\n//| fig-cap: a $\\oops$\n```",
      "n.md:2:17: error: this TeX does not parse: Undefined control sequence: \\oops"
    ),
    (
      "$\\href{x}{y}$",
      "n.md:1:2: error: this TeX does not parse: a command that links or loads has no place in a formula"
    ),
    ("$a^b^c$", "n.md:1:5: error: this TeX does not parse: Double superscript"),
  ])
  func texThatDoesNotParseIsAnErrorWithItsPlace(_ text: String, _ message: String) throws {
    let notebook = try Notebook.parse(text, path: "n.md")
    #expect {
      try HTMLReport(notebook, cacheFolder: Sample.cacheFolder)
    } throws: { error in
      let messages = (error as? NotebookErrors)?.diagnostics.map {
        $0.description.split(separator: "; https")[0]
      }
      return messages == [message[...]]
    }
  }

  @Test(arguments: [
    ("no formula", []), ("$x$", ["KaTeX_Main-Regular", "KaTeX_Math-Italic"]),
    ("$\\mathbb{E}\\mathcal{N}$", ["KaTeX_AMS-Regular", "KaTeX_Caligraphic-Regular", "KaTeX_Main-Regular"]),
    ("$$\\int \\Big( \\mathbf{x}$$", ["KaTeX_Main-Bold", "KaTeX_Main-Regular", "KaTeX_Size2-Regular"]),
  ])
  func onlyFontsThatAreUsedAreEmbedded(_ text: String, _ files: [String]) throws {
    let html = try Sample.page(of: text)
    let installation = try #require(KaTeXInstallation.find())
    let embedded = try #require(
      try? FileManager.default.contentsOfDirectory(atPath: installation.folder + "/fonts")
    ).filter { name in
      guard name.hasSuffix(".woff2"), let bytes = installation.file("fonts/\(name)") else { return false }
      return html.contains(dataURL(bytes, mediaType: "font/woff2"))
    }
    #expect(embedded.sorted() == files.map { $0 + ".woff2" })
    #expect(html.contains("font-family:KaTeX") == !files.isEmpty)
    #expect(!html.contains("url(fonts/"))
  }

  @Test func theCacheForgivesDamageAndSeveralWriters() async throws {
    let folder = "\(Sample.cacheFolder)/damaged"
    let wanted = try FormulaRenderer(cacheFolder: folder).formula("x^2", isDisplay: false)
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      try Data("not what was kept".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }
    #expect(try FormulaRenderer(cacheFolder: folder).formula("x^2", isDisplay: false) == wanted)

    let cache = DiskCache(folder: folder)
    let texts = (0..<4).map { String(repeating: "\($0)", count: 100_000) }
    await withTaskGroup(of: Void.self) { group in
      for text in texts { group.addTask { for _ in 0..<20 { cache.keep(text, for: "key") } } }
      group.addTask { for _ in 0..<100 { #expect(cache.text(for: "key").map(texts.contains) ?? true) } }
    }
    // A folder that cannot be made: nothing is kept, and nothing else happens.
    let nowhere = DiskCache(folder: "/dev/null/x")
    nowhere.keep("text", for: "key")
    #expect(nowhere.text(for: "key") == nil)
  }
}
