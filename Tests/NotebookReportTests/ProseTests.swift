import NotebookModel
import NotebookReport
import Testing

@Suite struct ProseTests {
  @Test(arguments: [
    ("a *b* **c** ~~d~~ `<e>`", "<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>&lt;e&gt;</code></p>"),
    ("it's \"so\" -- really...", "<p>it’s “so” – really…</p>"),
    ("# A\n\n## B & *c*", "<h2 id=\"b-c\"><a class=\"number\" href=\"#b-c\">1</a> B &amp; <em>c</em></h2>"),
    ("## A\n\n## A", "<h2 id=\"a-2\">"),
    ("## A {#sec-a}\n\nSee @sec-a.", "href=\"#sec-a\">Section\u{A0}1</a>"),
    ("> [!WARNING]\n> Mind *this*.", "<div class=\"callout warning\" role=\"note\">"),
    ("> [!note] no\n", "<blockquote>"),
    (
      "- [x] done\n- [ ] open",
      "<li class=\"task\"><span class=\"box\" role=\"img\" aria-label=\"done\">☑</span> done"
    ),
    ("3. a\n4. b", "<ol start=\"3\">\n<li>a\n</li>"), ("- a\n\n- b", "<li><p>a</p>\n</li>"),
    (
      "[a](b.md) [c](https://d.org/e.md) [f](g.md#h)",
      "<a href=\"b.html\">a</a> <a href=\"https://d.org/e.md\">c</a> <a href=\"g.html#h\">f</a>"
    ),
    ("<div class=\"x\">\n\n*a*\n\n</div>", "<div class=\"x\">\n<p><em>a</em></p>\n</div>"),
    ("a<br>b <kbd>c</kbd>", "<p>a<br>b <kbd>c</kbd></p>"),
    ("www.x.org", "<a href=\"http://www.x.org\">www.x.org</a>"),
    ("| | b |\n|---|---|\n| 1 | 2 |", "<tr><td></td><th scope=\"col\">b</th></tr>"),
    ("| a | $b$ |\n|:-:|--:|\n| 1 | x\\|y |", "<td class=\"right\">x|y</td>"),
    ("`` `$x$` ``", "<code>`$x$`</code>"), ("```text\n$x$ <\n```", "<code>$x$ &lt;</code>"),
    (
      "$$ a $$ {#eq-a}\n\nBy @eq-a and [-@eq-a]",
      "By <a class=\"ref\" href=\"#eq-a\">Equation\u{A0}(1)</a> and <a class=\"ref\" href=\"#eq-a\">(1)</a>"
    ),
    ("@setup\n\n```swift\n//| label: setup\nrun()\n```", "<a class=\"ref\" href=\"#setup\">cell\u{A0}1</a>"),
    ("a[^1] b[^1]\n\n[^1]: note", "<li id=\"note.1\"><p>note <a class=\"back\" href=\"#noted.1.1\""),
  ])
  func markdownBecomesHTML(_ text: String, _ html: String) throws {
    let page = try Sample.page(of: text)
    #expect(page.contains(html), "\(page.drop { $0 != "/" }.suffix(2500))")
    #expect(HTMLStructure(page).errors == [])
  }

  @Test func everyReferenceLeadsSomewhere() throws {
    // To a figure that was not drawn, to a cell that shows nothing, past headings named like the page's own parts.
    let text = """
      ## Equations
      ## Cell 1
      ## Main
      @fig-none and @setup, $$ a $$ {#eq-a}

      ```swift
      //| label: fig-none
      //| echo: false
      ```
      ```swift
      //| label: setup
      //| echo: false
      ```
      """
    let structure = HTMLStructure(try Sample.page(of: text))
    #expect(structure.errors == [])
    #expect(structure.links.contains("#fig-none") && structure.links.contains("#setup"))
  }

  @Test func aDisplayedEquationDividesItsParagraph() throws {
    let page = try Sample.page(of: "Before\n$$ a $$ {#eq-a}\nafter.")
    #expect(page.contains("<p>Before\n</p>\n<div class=\"equation\" id=\"eq-a\">"))
    #expect(page.contains("<a class=\"number\" href=\"#eq-a\">(1)</a>"))
    #expect(page.contains("<p>after.</p>"))
  }

  @Test func imagesAreEmbeddedAndMissingOnesAreErrors() throws {
    let folder = Sample.path.replacing("sample.md", with: "n.md")
    let notebook = try Notebook.parse("a ![b](path.png) ![c](https://x.org/y.png)\n", path: folder)
    let report = try HTMLReport(notebook, cacheFolder: Sample.cacheFolder)
    let html = report.html(for: RunRecord())
    #expect(html.contains("<img src=\"data:image/png;base64,"))
    #expect(html.contains("<a href=\"https://x.org/y.png\">c</a>"))
    #expect(report.warnings.map(\.position) == [Position(line: 1, column: 23)])
    let broken = try Notebook.parse("text\n\n![b](none.png)\n", path: "n.md")
    #expect {
      try HTMLReport(broken, cacheFolder: Sample.cacheFolder)
    } throws: { error in
      (error as? NotebookErrors)?.diagnostics.map(\.description)
        == ["n.md:3:6: error: there is no image none.png; its path counts from the notebook's folder"]
    }
  }
}
