import NotebookEvents
import NotebookModel
import Testing

@testable import NotebookReport

@Suite struct OutputTests {
  @Test(arguments: [
    ("<script>alert('&')</script>", "&lt;script&gt;alert('&amp;')&lt;/script&gt;"),
    ("a\tb\nc\r\nd", "a\tb\nc\nd"), ("\u{1B}[31m", "<span class=\"control\">\\u{1B}</span>[31m"),
    ("\u{0}", "<span class=\"control\">\\0</span>"), ("50%\r60%", "50%<span class=\"control\">\\r</span>60%"),
    ("a\u{202E}b", "a<span class=\"control\">\\u{202E}</span>b"),
    ("\u{FFFF}", "<span class=\"control\">\\u{FFFF}</span>"),
    ("αβ 👩‍👩‍👧 e\u{301}", "αβ 👩‍👩‍👧 e\u{301}"),
  ])
  func whatIsPrintedIsShownAndDoesNothing(_ text: String, _ html: String) {
    #expect(escapedOutput(text) == html)
  }

  @Test(
    arguments: [
      .text(head: "</pre><script>x</script>", omittedBytes: 0, tail: ""), .value("</pre><script>x</script>"),
      .warning("<script>x</script>"),
      .table(
        Event.Table(
          caption: "<script>x</script>", columns: [.init(title: "<script>", isNumeric: true)],
          rows: [["$x$ <script>x</script>", "more than there are columns"]])),
      .figure(
        Event.Figure(
          format: .png, width: 1, height: 1, light: Sample.pictures.light,
          alternativeText: "\"><script>x</script>")),
      .check(
        Event.Check(
          label: "\"><script>", kind: "<script>", verdict: .refuted, sentence: "<script>x</script>",
          diagnosis: "<script>", facts: [.init(name: "<script>", value: "$\\oops<script>$")],
          links: [.init(name: "<script>x</script>", verdict: .verified, sentence: "<script>")])),
    ] as [Output])
  func noOutputGetsOutOfItsPlace(_ output: Output) throws {
    let html = try Sample.page(of: "```swift\n//| fig-cap: <b>bold</b>\nrun()\n```\n", printing: [output])
    #expect(!html.contains("<script>x"))
    // The page's own script, and no other.
    #expect(html.ranges(of: "<script").count == 1)
    #expect(HTMLStructure(html).errors == [])
  }

  @Test func columnsWithoutATitleHaveNoHead() throws {
    let table = Event.Table(
      caption: "", columns: [.init(title: "", isNumeric: false), .init(title: "b", isNumeric: true)],
      rows: [["x", "1"]])
    let html = try Sample.page(of: "```swift\nrun()\n```\n", printing: [.table(table)])
    #expect(html.contains("<tr><td></td><th scope=\"col\" class=\"right\">b</th></tr>"))
  }

  @Test func omittedOutputIsCounted() throws {
    let html = try Sample.page(
      of: "```swift\nrun()\n```\n", printing: [.text(head: "first\n", omittedBytes: 999, tail: "last\n")])
    #expect(html.contains("first\n\n<span class=\"omitted\">… 999 bytes left out …</span>\nlast</code>"))
  }

  @Test func optionsHideCodeAndOutput() throws {
    let output = [Output.text(head: "forty-two", omittedBytes: 0, tail: "")]
    let hidden = try Sample.page(of: "```swift\n//| output: false\nlet sigma = 1\n```\n", printing: output)
    #expect(!hidden.contains("forty-two") && hidden.contains("sigma"))
    let silent = try Sample.page(of: "```swift\n//| echo: false\nlet sigma = 1\n```\n", printing: output)
    #expect(silent.contains("forty-two") && !silent.contains("sigma"))
    let folded = try Sample.page(of: "```swift\n//| fold: true\nlet sigma = 1\n```\n", printing: output)
    #expect(folded.contains("<details class=\"fold\">\n<summary>Code</summary>"))
    #expect(!folded.contains("//|"))
  }

  @Test func figuresAreDrawnAtTheirSizeForLightAndDark() throws {
    let figure = Event.Figure(
      format: .png, width: 640, height: 400, light: Sample.pictures.light, dark: Sample.pictures.light,
      alternativeText: "curves")
    let text = "```swift\n//| label: fig-a\n//| fig-cap: A $x$ & see @fig-a.\nplot()\n```\n"
    let html = try Sample.page(of: text, printing: [.figure(figure)])
    #expect(html.contains("<figure id=\"fig-a\">"))
    #expect(
      html.contains(
        "<source media=\"screen and (prefers-color-scheme: dark)\" srcset=\"data:image/png;base64,"))
    #expect(html.contains("width=\"640\" height=\"400\" alt=\"curves\""))
    #expect(html.contains("<span class=\"number\">Figure\u{A0}1.</span> A <span class=\"katex\">"))
    #expect(html.contains("&amp; see <a class=\"ref\" href=\"#fig-a\">Figure\u{A0}1</a>."))
    #expect(HTMLStructure(html).errors == [])
  }

  @Test func severalFiguresOfACellShareNumberAndCaption() throws {
    let figure = Event.Figure(
      format: .gif, width: 10, height: 10, light: Sample.pictures.animation, poster: Sample.pictures.light,
      alternativeText: "dots")
    let text = "```swift\n//| label: fig-a\n//| fig-cap: Caption.\nplot()\n```\n"
    let html = try Sample.page(of: text, printing: [.figure(figure), .figure(figure)])
    #expect(html.ranges(of: "id=\"fig-a\"").count == 1)
    #expect(html.ranges(of: "Caption.").count == 1)
    #expect(html.ranges(of: "class=\"poster\" src=\"data:image/png").count == 2)
  }
}
