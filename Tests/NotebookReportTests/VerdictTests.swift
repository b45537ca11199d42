import NotebookEvents
import NotebookModel
import Testing

@testable import NotebookReport

@Suite struct VerdictTests {
  @Test(arguments: [
    ("eq-conditional-score", "verified", "✓"), ("eq-printed", "refuted", "✗"),
    ("eq-limit", "inconclusive", "?"),
    ("eq-path", "definition", "≔"), ("eq-fokker-planck", "cited", "❝"),
    ("eq-marginal-score", "no verdict", "–"),
  ])
  func everyLabelledEquationSaysHowItStands(_ name: String, _ word: String, _ mark: String) throws {
    let html = try Sample.page()
    let start = try #require(html.firstRange(of: "<div class=\"equation\" id=\"\(name)\">")).upperBound
    let equation = html[start...].prefix(40_000).split(separator: "<p>", maxSplits: 1)[0]
    #expect(equation.contains("<span class=\"mark\" aria-hidden=\"true\">\(mark)</span> \(word)<"))
  }

  @Test func theTopCountsAndNamesWhatIsNotVerified() throws {
    let html = try Sample.page()
    #expect(
      html.contains("3 of 7 equations verified, 1 refuted, 1 inconclusive, 2 without a verdict; 2 declared."))
    #expect(html.contains("<li><a href=\"#eq-printed\">Equation\u{A0}(5)</a> <span class=\"badge refuted\">"))
    #expect(html.contains("<h2 id=\"page.equations\">Equations and verdicts</h2>"))
  }

  @Test func evidenceShowsTheCodeOfBothSides() throws {
    let html = try Sample.page()
    let start = try #require(html.firstRange(of: "<strong>Equation\u{A0}(5):</strong>")).upperBound
    let evidence = html[start...].split(separator: "</details>", maxSplits: 1)[0]
    #expect(evidence.contains("left side <code>(t, x)</code>"))
    #expect(evidence.contains("equals <code>(t, x)</code>"))
    #expect(
      evidence.contains("marginal.<span class=\"f\">score</span>(x, <span class=\"l\">at</span>: t)</code>"))
    #expect(evidence.contains("<strong>Diagnosis.</strong> The ratio of the sides is <span class=\"katex\">"))
    #expect(evidence.contains("t = 0.69, x = 1.5: 0.41 against 0.13"))
  }

  /// Twelve errata as expected and one alarm: the alarm stands first, and five of the errata are folded.
  @Test func theTopFoldsALongList() throws {
    let labels = (1...13).map { "eq-\($0)" }
    let equations = labels.map { "$$ a $$ {#\($0)}\n\n" }.joined()
    let checks = labels.map { label -> Output in
      .check(
        Event.Check(
          label: label, kind: "identity", verdict: .refuted, expectsRefutation: label != "eq-13",
          sentence: "they differ"))
    }
    let html = try Sample.page(of: equations + "```swift\nrun()\n```\n", printing: checks)
    let start = try #require(html.firstRange(of: "<div class=\"summary refuted\">")).upperBound
    let summary = html[start...].split(separator: "</div>", maxSplits: 1)[0]
    let parts = summary.split(separator: "<details class=\"fold\">\n<summary>5 more</summary>")
    #expect(parts.map { $0.split(separator: "<li>").count } == [9, 6])
    #expect(parts[0].split(separator: "<li>")[1].hasPrefix("<a href=\"#eq-13\">"))
    #expect(HTMLStructure(html).errors == [])
  }

  @Test func aNotebookWithoutChecksHasNoSummary() throws {
    #expect(!(try Sample.page(of: "$$ a $$")).contains("class=\"summary"))
  }

  @Test func aCheckOfNoEquationIsNamed() throws {
    let check = Event.Check(label: "eq-tpyo", kind: "identity", verdict: .verified, sentence: "good")
    let html = try Sample.page(of: "$$ a $$ {#eq-typo}\n\n```swift\nrun()\n```\n", printing: [.check(check)])
    #expect(html.contains("names no equation of this notebook"))
    #expect(HTMLStructure(html).errors == [])
  }
}

@Suite struct CodeTests {
  private let code = """
    let a = 1
    verify("eq-a", over: d) { t, x in
      if t > 0 {
        return x
      }
      return 0
    } equals: { $0 + $1 }
    library.verify("eq-b", left: { 1 }, right: { 2 }); library
      .verify("eq-c") { 3 }
    verify("eq-d", samples, data)
    """

  @Test(arguments: [
    (2, ["", "equals"], ["t, x", ""]), (8, ["left", "right"], ["", ""]), (9, [""], [""]), (10, [""], [""]),
    (1, [], []),
  ])
  func sidesAreFoundByTheLineOfTheCall(_ line: Int, _ labels: [String], _ parameters: [String]) {
    let sides = CodeAnalysis(code, shown: 0..<code.utf8.count).sides(line: line, column: 9)
    #expect(sides.map(\.label) == labels)
    #expect(sides.map(\.parameters) == parameters)
  }

  @Test func sidesLoseTheirIndentation() {
    let sides = CodeAnalysis(code, shown: 0..<0).sides(line: 2, column: 1)
    #expect(sides[0].html.hasSuffix("}\n<span class=\"k\">return</span> <span class=\"n\">0</span>"))
    #expect(sides[1].html == "$0 + $1")
  }

  @Test func wordsAreSortedIntoKinds() {
    let code = "let x: Int = f(at: \"a<b\") // why"
    #expect(
      CodeAnalysis(code, shown: 0..<code.utf8.count).html
        == """
        <span class="k">let</span> x: <span class="t">Int</span> = <span class="f">f</span>(<span class="l">at</span>: \
        <span class="s">&quot;a&lt;b&quot;</span>) <span class="c">// why</span>
        """)
  }

  @Test(arguments: ["", "}", "let", "\"unclosed", "/* open", "é😀 = {"])
  func brokenCodeIsShownAsItIs(_ code: String) {
    let html = CodeAnalysis(code, shown: 0..<code.utf8.count).html
    let text = html.split(separator: "<").map { $0.drop { $0 != ">" }.dropFirst() }.joined()
    #expect((html.hasPrefix("<") ? text : html.prefix { $0 != "<" } + text) == escaped(code)[...])
  }
}
