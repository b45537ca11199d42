import NotebookEvents
import NotebookModel
import Testing

@testable import NotebookReport

@Suite struct CourseTests {
  private static let figure = Event.Figure(
    format: .png, width: 640, height: 400, light: Sample.pictures.light, dark: Sample.pictures.dark,
    alternativeText: "a curve")
  private static let check = Event.Check(
    label: "eq-a", kind: "identity", verdict: .verified, sentence: "Both sides agree.")

  private func chapter(_ text: String, _ outputs: [Output], state: CellRecord.State = .ended) throws
    -> Chapter
  {
    let notebook = try Notebook.parse(text, path: "01_a.md")
    let report = try HTMLReport(notebook, cacheFolder: Sample.cacheFolder)
    let cells = notebook.cells.enumerated().map {
      CellRecord(state: state, outputs: $0.offset == 0 ? outputs : [])
    }
    return report.chapter(for: RunRecord(cells: cells), page: "01_a.html")
  }

  private func contents(_ chapters: [Chapter], front: String = "# The course\n") throws -> String {
    let notebook = try Notebook.parse(front, path: "index.md")
    let report = try HTMLReport(notebook, cacheFolder: Sample.cacheFolder)
    return report.html(for: RunRecord(cells: []), contents: chapters)
  }

  private let text = """
    ---
    title: The $p_t$ path
    description: What is said of it.
    ---
    $$ \\frac{a}{b} = c $$ {#eq-a}

    $$ d = e $$ {#eq-b .definition}

    ```swift
    run()
    ```
    """

  @Test func theContentsShowFigureVerdictsAndEveryEquation() throws {
    let page = try contents([try chapter(text, [.figure(Self.figure), .check(Self.check)])])
    #expect(HTMLStructure(page).errors == [])
    #expect(page.contains("<h1>The course</h1>"))
    #expect(page.contains("1 notebook: 1 of 1 equation verified; 1 declared."))
    #expect(page.contains("<a href=\"01_a.html\">The <span class=\"katex\">"))
    #expect(page.contains("alt=\"a curve\""))
    #expect(page.contains("<a href=\"01_a.html#eq-a\" aria-label=\"Equation\u{A0}(1)\">(1)</a>"))
    #expect(page.contains("<a class=\"badge verified\" href=\"01_a.html#check.1.1\">"))
    #expect(page.contains("<mfrac>"), "the equation is set, not only named")
    #expect(page.contains("@font-face"), "the contents carry the fonts that the chapters' formulas need")
  }

  @Test func aFailedNotebookIsListedAndCounts() throws {
    let failed = try chapter(text, [], state: .failed(.init(kind: .trap, message: "out of range")))
    let page = try contents([
      failed, Chapter(page: "02_b.html", title: "02_b", complaint: "unreadable"),
    ])
    #expect(page.contains("2 notebooks, 2 of them not whole"))
    #expect(page.contains("✗ a cell failed"))
    #expect(page.contains("✗ unreadable"))
    #expect(page.contains("<div class=\"summary refuted\">"))
    #expect(HTMLStructure(page).errors == [])
  }

  @Test func theFrontMatterChoosesTheFigure() throws {
    let text = """
      ---
      image: fig-second
      ---
      ```swift
      //| label: fig-first
      run()
      ```
      ```swift
      //| label: fig-second
      run()
      ```
      """
    let notebook = try Notebook.parse(text, path: "n.md")
    let report = try HTMLReport(notebook, cacheFolder: Sample.cacheFolder)
    let cells = ["the first", "the second"].map { words in
      var figure = Self.figure
      figure.alternativeText = words
      return CellRecord(state: .ended, outputs: [.figure(figure)])
    }
    let page = try contents([report.chapter(for: RunRecord(cells: cells), page: "n.html")])
    #expect(page.contains("alt=\"the second\"") && !page.contains("alt=\"the first\""))
  }

  @Test func aPageLinksToItsNeighbours() throws {
    let pages = ["a", "b", "c"].map { CourseLinks.Link(title: "Page \($0)", page: "\($0).html") }
    let front = CourseLinks.Link(title: "The <course>", page: "index.html")
    let notebook = try Notebook.parse("Words.", path: "n.md")
    let report = try HTMLReport(notebook, cacheFolder: Sample.cacheFolder)
    func page(_ links: CourseLinks) -> String { report.html(for: RunRecord(cells: []), links: links) }
    let middle = page(CourseLinks(of: 1, among: pages, contents: front))
    #expect(middle.contains("<a class=\"prev\" rel=\"prev\" href=\"a.html\">← Page a</a>"))
    #expect(middle.contains("<a class=\"up\" href=\"index.html\">The &lt;course&gt;</a>"))
    #expect(middle.contains("<a class=\"next\" rel=\"next\" href=\"c.html\">Page c →</a>"))
    #expect(HTMLStructure(middle).errors == [])
    #expect(!page(CourseLinks(of: 0, among: pages, contents: front)).contains("rel=\"prev\""))
    #expect(!page(CourseLinks(of: 2, among: pages, contents: front)).contains("rel=\"next\""))
    #expect(!page(CourseLinks()).contains("class=\"course\""))
  }
}
