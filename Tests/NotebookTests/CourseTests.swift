import Foundation
import Testing

@Suite struct CourseTests {
  private func prepare(_ program: Program, front: String?) throws {
    try FileManager.default.createDirectory(at: program.file("notes"), withIntermediateDirectories: true)
    try program.write(CommandLineTests.good, to: "notes/01_first.md")
    try program.write("# Second\n\n```swift\nprint(2)\n```\n", to: "notes/02_second.md")
    if let front { try program.write(front, to: "notes/index.md") }
  }

  @Test func aFolderGetsAPageOfContentsAndLinks() throws {
    try withProgram { program in
      try prepare(program, front: nil)
      let outcome = try program.run(["notes/"], page: "output/index.html")
      #expect(outcome.status == 0, "\(outcome)")
      let contents = try #require(outcome.page)
      #expect(contents.contains("<h1>notes</h1>"))
      #expect(contents.contains("2 notebooks: 1 of 1 equation verified."))
      #expect(contents.contains("<a href=\"01_first.html\">A notebook</a>"))
      #expect(contents.contains("href=\"01_first.html#eq-square\""))
      let second = try String(contentsOf: program.file("output/02_second.html"), encoding: .utf8)
      #expect(second.contains("rel=\"prev\" href=\"01_first.html\">← A notebook</a>"))
      #expect(second.contains("href=\"index.html\">notes</a>"))
    }
  }

  @Test func theFrontPageIsANotebookOfItsOwn() throws {
    try withProgram { program in
      try prepare(program, front: "# The course\n\nTwice two is `{swift} 2 * 2`.\n")
      try program.write("```swift\nfatalError(\"no\")\n```\n", to: "notes/03_third.md")
      let outcome = try program.run(["notes", "-o", "pages/"], page: "pages/index.html")
      #expect(outcome.status == 2, "\(outcome)")
      let contents = try #require(outcome.page)
      #expect(contents.contains("<h1>The course</h1>") && contents.contains(/Twice two is <[^>]*>4</))
      #expect(contents.contains("3 notebooks, 1 of them not whole"))
      #expect(contents.contains("✗ a cell failed"))
      #expect(!contents.contains("href=\"index.html\""), "the front page does not list itself")
    }
  }

  @Test func aSingleNotebookStandsAlone() throws {
    try withProgram { program in
      try prepare(program, front: nil)
      let outcome = try program.run(["notes/01_first.md"], page: "output/01_first.html")
      #expect(outcome.status == 0)
      #expect(outcome.page?.contains("class=\"course\"") == false)
      #expect(!FileManager.default.fileExists(atPath: program.file("output/index.html").path))
    }
  }
}
