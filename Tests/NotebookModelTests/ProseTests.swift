import NotebookModel
import Testing

@Suite struct ProseTests {
  @Test(arguments: [
    ("It costs $5 and $6.", []), ("a $x$ b", ["$x$"]), ("$a$5 no", []), (#"\$x$ no"#, []),
    ("`$x$` no", []), ("``a ` $x$`` no", []), ("$ x$ no", []), ("$x $ no", []), ("$x$$y$", ["$x$", "$y$"]),
    (#"$\$5$"#, [#"$\$5$"#]), ("$a\nb$", ["$a\nb$"]), ("a $b\n\nc$ d", []),
    ("| $|x|$ | $y$ |", ["$|x|$", "$y$"]),
    (#"[a](b$c$d) $x$"#, ["$x$"]), (#"<a title="$x$">$y$</a>"#, ["$y$"]),
    ("https://a.b/$x$ and $y$", ["$y$"]),
    ("<!-- $x$ -->", []), ("    $x$", []), ("```text\n$x$\n```", []),
    ("<script>\n$x$\n</script>\n$y$", ["$y$"]),
    ("> a $x$\n> b $y$", ["$x$", "$y$"]), ("- a\n\n  $x$", ["$x$"]),
    ("[^1]: $x$\n\n    $y$", ["$x$", "$y$"]),
  ])
  func dollars(_ text: String, _ found: [String]) throws {
    #expect(try notebook(text).spanTexts == found)
  }

  @Test(arguments: [
    "$$\na\n= b\n- c\n+ d\n> e\n# f\n1. g\n$$", "$$ a = b $$", "$$a$$", "> $$\n> a\n> = b\n> $$",
    "- item\n  $$\n  a\n  $$",
    "Text before $$ a $$ and after.", "text\n$$\n    a\n$$\ntext",
  ])
  func displays(_ text: String) throws {
    let read = try notebook(text)
    #expect(read.equations.count == 1)
    #expect(read.headings.isEmpty)
    #expect(read.warnings.map(\.message) == ["the notebook has no cells"])
    #expect(
      read.spanTexts.count == 1 && read.spanTexts[0].hasPrefix("$$") && read.spanTexts[0].hasSuffix("$$"))
    #expect(!read.equations[0].tex.source.contains(">") || !text.hasPrefix(">"))
  }

  @Test func equationsHaveLabelsStatusAndNumbers() throws {
    let read = try notebook(
      """
      $$ a $$ {#eq-a}
      and $$ b $$
      $$
      c
      $$ {#eq-c .cited}
      $$ d $$ {.definition}

      See @eq-c, [-@eq-a]; mail@eq-a.org, \\@eq-a and `@eq-a`.
      """)
    #expect(read.equations.map(\.tex.source) == ["a", "b", "c", "d"])
    #expect(read.equations.map(\.name) == ["eq-a", "", "eq-c", ""])
    #expect(read.equations.map(\.status) == [nil, nil, .cited, .definition])
    #expect(read.equations.map(\.number) == ["1", "", "2", ""])
    #expect(read.equations[2].position == Position(line: 3))
    let references = read.prose[0].spans.filter {
      if case .reference = $0.content { true } else { false }
    }
    #expect(
      references.map(\.content)
        == [.reference(label: 1, numberOnly: false), .reference(label: 0, numberOnly: true)])
  }

  @Test func texKnowsItsPlaces() throws {
    let read = try notebook("> text\n> $$\n> a\n> \\oops\n> $$")
    let tex = read.equations[0].tex
    #expect(tex.source == "a\n\\oops")
    #expect(tex.position(at: 0) == Position(line: 3, column: 3))
    #expect(tex.position(at: 4) == Position(line: 4, column: 5))
  }

  @Test func sectionsAreNumberedFromTheHighestLevelUsed() throws {
    let read = try notebook(
      """
      # Title

      ## One {#sec-one}
      ### Deeper ###
      Two $x$ {#sec-two}
      ---
      ## Preface {.unnumbered}
      > ## quoted
      #### Deep
      """)
    #expect(read.headings.map(\.text) == ["Title", "One", "Deeper", "Two $x$", "Preface", "quoted", "Deep"])
    #expect(read.headings.map(\.number) == ["", "1", "1.1", "2", "", "", "2.0.1"])
    #expect(read.headings.map(\.isTitle) == [true, false, false, false, false, false, false])
    #expect(read.title == "Title")
    #expect(read.labels.map(\.number) == ["1", "2"])
    #expect(try notebook("---\ntitle: T\n---\n# A\n## B\n# C").headings.map(\.number) == ["1", "1.1", "2"])
  }

  @Test func imagesCanBeFigures() throws {
    let read = try notebook("![A path](path.png){#fig-path}\n\n@fig-path")
    #expect(
      read.labels == [
        Label(
          name: "fig-path", kind: .figure(cell: nil), number: "1", position: Position(line: 1, column: 20))
      ])
    #expect(read.spanTexts == ["{#fig-path}", "@fig-path"])
  }

  @Test func aWordWithAnAtSignIsNoReference() throws {
    #expect(try notebook("@alice, @eqx and a@fig-x.org").spanTexts == [])
  }
}
