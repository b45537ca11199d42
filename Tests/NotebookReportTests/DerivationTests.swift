import NotebookEvents
import NotebookModel
import Testing

@testable import NotebookReport

@Suite struct DerivationTests {
  /// Those between the sides count; those in indices, conditions, environments' names and above signs don't.
  @Test(arguments: [
    ("a = b", 1), ("a", 0), (#"\begin{aligned} a &= b \\ &= c \end{aligned}"#, 2),
    (#"\mathbb E[z \mid x_t = x] = \frac{x = y}{2}"#, 1), (#"\sum_{i=1}^n i = n"#, 1),
    (#"\left\{ x : x = 1 \right\} = S"#, 1), (#"a \overset{?}{=} b"#, 0), (#"a \= b"#, 0),
    (#"p(x = 1) = [0, 1) = c"#, 2), ("\\", 0),
  ])
  func equalitySignsBetweenSides(_ tex: String, _ count: Int) {
    #expect(Derivation.equalitySigns(in: tex).count == count)
  }

  @Test func anAuthorsDisplayIsMarkedWhereItShowsTheSteps() throws {
    let tex = #"\begin{aligned} f(x) &= g(x) \\ &= h(x) \end{aligned}"#
    let derivation = try #require(Derivation(marking: tex, [.verified, .refuted]))
    #expect(derivation.tex.hasPrefix(#"\begin{aligned} f(x) &\mathrel{"#))
    #expect(derivation.tex.contains(#"\htmlClass{mark-verified}{\checkmark}}{=}} g(x)"#))
    #expect(derivation.words == "Checked step by step: step 1 verified, step 2 refuted")
    #expect(Derivation(marking: tex, [.verified]) == nil)
    #expect(Derivation(marking: "a", []) == nil)
  }

  private func page(_ display: String, _ verdicts: [Event.Check.Verdict], line: String = "a_1") throws
    -> String
  {
    let check = Event.Check(
      label: "eq-a", kind: "derivation", verdict: verdicts.contains(.refuted) ? .refuted : .verified,
      sentence: "so it is",
      links: zip(["b^2", "the third line, with $c_3$ & 100%"], verdicts).map {
        Event.Check.Link(name: $0, verdict: $1, sentence: "because")
      }, firstLine: line, line: 1, column: 1)
    let html = try Sample.page(
      of: "$$ \(display) $$ {#eq-a}\n\n```swift\nrun()\n```\n", printing: [.check(check)])
    #expect(HTMLStructure(html).errors == [])
    return html
  }

  @Test func marksStandInTheEquationOrElseBelowTheCell() throws {
    let own = try page(#"a_1 = b^2 = c_3"#, [.verified, .refuted])
    let equation = try #require(own.split(separator: "<div class=\"equation\"").dropFirst().first)
    #expect(equation.contains("mark-verified") && equation.contains("mark-refuted"))
    #expect(equation.contains("step 1 verified, step 2 refuted."))
    #expect(!own.contains("<div class=\"derivation\">"))

    let other = try page("a_1 = c_3", [.verified, .inconclusive])
    let derivation = try #require(other.split(separator: "<div class=\"derivation\">").dropFirst().first)
    #expect(derivation.contains("mark-verified") && derivation.contains("mark-inconclusive"))
    #expect(derivation.contains("step 1 verified, step 2 inconclusive."))
  }

  /// A line that KaTeX does not take leaves the table of the steps, and the page whole.
  @Test func linesThatAreNoTeX() throws {
    let html = try page("a = c", [.verified, .verified], line: #"\oops{"#)
    #expect(!html.contains("<div class=\"derivation\">") && html.contains("<table class=\"chain\">"))
  }

  @Test func authorsDoNotStyleFormulas() throws {
    #expect(throws: NotebookErrors.self) {
      try HTMLReport(
        try Notebook.parse(#"$$ \htmlClass{badge}{x} $$"#, path: "n.md"), cacheFolder: Sample.cacheFolder)
    }
  }
}

@Suite struct GroupTests {
  private func check(
    _ name: String, _ verdict: Event.Check.Verdict, label: String = "eq-a", line: Int = 3
  ) -> Output {
    .check(
      Event.Check(
        label: label, name: name, kind: "identity", verdict: verdict, sentence: "so it is", line: line,
        column: 1))
  }

  private func page(_ outputs: [Output]) throws -> String {
    let html = try Sample.page(
      of: "$$ a $$ {#eq-a}\n\n$$ b $$ {#eq-b}\n\n```swift\n//| output: true\nrun()\nverify { 1 }\n```\n",
      printing: outputs)
    #expect(HTMLStructure(html).errors == [])
    return html
  }

  @Test func checksOfOneEquationStandUnderOneRow() throws {
    let html = try page([
      check("linear", .verified), check("", .verified, label: "eq-b"), check("cosine", .verified),
    ])
    #expect(html.ranges(of: "class=\"check group verified\"").count == 1)
    #expect(html.contains("<strong>Equation\u{A0}(1):</strong> both verified: linear, cosine</summary>"))
    #expect(html.contains("<strong>linear:</strong> so it is") && html.contains("<strong>cosine:</strong>"))
    #expect(html.contains("<strong>Equation\u{A0}(2):</strong> so it is"))
    #expect(html.contains("2 checks; linear: so it is"))
    // One claim for both, since one call made them, and one for the other check.
    #expect(html.ranges(of: "<div class=\"claim\">").count == 2)
  }

  @Test func theWorstOfAGroupShows() throws {
    let html = try page([check("linear", .verified), check("cosine", .refuted), check("", .inconclusive)])
    #expect(html.contains("class=\"check group refuted\" open>"))
    #expect(html.contains("3 checks</summary>") && html.contains("<strong>check 3:</strong>"))
    let named = try page([check("linear", .verified), check("cosine", .refuted, line: 4)])
    #expect(named.contains("linear: verified; cosine: refuted</summary>"))
  }

  @Test func aSingleCheckShowsItsName() throws {
    #expect(try page([check("linear", .verified)]).contains("<strong>Equation\u{A0}(1), linear:</strong>"))
  }
}
