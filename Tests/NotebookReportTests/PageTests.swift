import Foundation
import NotebookEvents
import NotebookModel
import NotebookReport
import Testing

@Suite struct PageTests {
  @Test func sampleHoldsWhatTheRunProduced() throws {
    let html = try Sample.page()
    for part in [
      "<html lang=\"en\">", "<title>The score of a Gaussian path and Tweedie's formula</title>",
      "<h1>The score of a Gaussian path and Tweedie’s formula</h1>",
      "<span class=\"value\">2.42</span>", "neither $5 nor $6", "Figure(640 × 480)",
      "<td>&lt;b&gt;Heun&lt;/b&gt;</td>", "Called from", "seed 7 · particles = 20000 · noise = 0.5",
      "<a href=\"03_marginalisation.html#sec-continuity\">",
    ] { #expect(html.contains(part), "\(part)") }
  }

  @Test func sampleIsWellFormedAndAllItsLinksLeadSomewhere() throws {
    let structure = HTMLStructure(try Sample.page())
    #expect(structure.errors == [])
    #expect(structure.links.count > 40)
  }

  @Test func aPageLoadsNothingFromOutside() throws {
    let structure = HTMLStructure(try Sample.page())
    #expect(structure.loaded.filter { !$0.hasPrefix("data:") } == [])
    #expect(structure.loaded.count > 5)
  }

  @Test func equalRunsGiveEqualBytes() throws {
    let notebook = try Notebook.read(path: Sample.path)
    let record = sampleRecord(notebook, pictures: Sample.pictures)
    let pages = try ["a", "b"].map { folder in
      try HTMLReport(notebook, cacheFolder: Sample.cacheFolder + "/" + folder).html(for: record)
    }
    // With nothing kept, with all kept, and from another cache.
    #expect(pages[0] == pages[1])
    #expect(try HTMLReport(notebook, cacheFolder: Sample.cacheFolder + "/a").html(for: record) == pages[0])
  }

  @Test func aPageKnowsNothingOfPagesBefore() throws {
    let notebook = try Notebook.parse("```swift\nrun()\n```\n", path: "n.md")
    let report = try HTMLReport(notebook, cacheFolder: Sample.cacheFolder)
    let plain = RunRecord(cells: [CellRecord(state: .ended)])
    let before = report.html(for: plain)
    let warning = Output.table(
      Event.Table(columns: [.init(title: "$\\mathbb{E}$", isNumeric: false)], rows: []))
    #expect(
      report.html(for: RunRecord(cells: [CellRecord(state: .ended, outputs: [warning])])).contains(
        "KaTeX_AMS"))
    #expect(report.html(for: plain) == before)
  }

  @Test func timesAreShownOnlyWhenAskedFor() throws {
    #expect(!(try Sample.page().contains("compiled in")))
    #expect(
      try Sample.page(options: ReportOptions(showsTimings: true)).contains(
        "compiled in 0.00 s, ran 0.00 s, 0 MB"))
  }

  @Test func anInterruptedRunSaysSo() throws {
    let notebook = try Notebook.parse("```swift\nlet a = 1\n```\n\n`{swift} a`\n", path: "n.md")
    let html = try HTMLReport(notebook, cacheFolder: Sample.cacheFolder).html(for: RunRecord())
    #expect(html.contains("This page is not complete"))
    #expect(html.contains("2 cells did not run."))
    #expect(html.contains("<code class=\"unknown\" title=\"this value was not computed\">a</code>"))
  }

  @Test func aFailureIsToldAtTheTopAndInItsPlace() throws {
    let html = try Sample.page()
    let banner = try #require(html.firstRange(of: "This run failed"))
    let body = try #require(html.firstRange(of: "<main"))
    #expect(banner.upperBound < body.lowerBound)
    #expect(html.contains("<a href=\"#cell.8\">Cell 8 (line 157)</a>: does not compile."))
    #expect(
      html.contains(
        "let wrong: Int = &quot;text&quot;\n<span class=\"caret\" aria-hidden=\"true\">                 ^</span>"
      ))
    #expect(html.contains("Crashed (as expected)."))
    #expect(html.contains("<p class=\"state\">This cell did not run.</p>"))
  }

  @Test func aCellThatIsNotEvaluatedDoesNotMakeThePageIncomplete() throws {
    let notebook = try Notebook.parse("```swift\n//| eval: false\nlet a = 1\n```\n", path: "n.md")
    let html = try HTMLReport(notebook, cacheFolder: Sample.cacheFolder).html(
      for: RunRecord(cells: [CellRecord()]))
    #expect(!html.contains("class=\"banner\""))
    #expect(html.contains("Shown only, not run."))
  }
}
