import Foundation
import Testing

/// Notebooks that cannot be read: exit code 65, every mistake at its place, and nothing is run.
@Suite struct BadTextTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    /// How the complaint begins.
    var complaint: String
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "unclosed fence", text: "# A\n\n```swift\nprint(1)\n", complaint: "x.md:3:1: error:"),
    Case(name: "bad YAML", text: "---\ntitle: [a\n---\n", complaint: "x.md:"),
    Case(name: "unknown key", text: "---\ntitle: a\nautor: b\n---\n", complaint: "x.md:3:1: error:"),
    Case(
      name: "unknown option", text: "```swift\n//| lable: fig-a\nprint(1)\n```\n",
      complaint: "x.md:2:5: error:"),
    Case(
      name: "unknown reference", text: "As @eq-b says.\n\n$$ a $$ {#eq-a}\n", complaint: "x.md:1:4: error:"),
    Case(name: "duplicate label", text: "$$ a $$ {#eq-a}\n\n$$ b $$ {#eq-a}\n", complaint: "x.md:3:"),
    Case(name: "TeX that does not parse", text: "Text.\n\n$$ \\frac{a}{ $$\n", complaint: "x.md:3:"),
    Case(name: "inline TeX that does not parse", text: "The $\\nosuch{x}$.\n", complaint: "x.md:1:"),
  ]

  @Test(arguments: cases) func aMistakeIsNamedAtItsPlace(_ bad: Case) throws {
    try withProgram { program in
      let outcome = try program.run(notebook: bad.text)
      #expect(outcome.status == 65, "\(outcome)")
      #expect(
        outcome.errors.split(separator: "\n").contains { $0.hasPrefix(bad.complaint) }, "\(outcome.errors)")
      #expect(outcome.page == nil)
      #expect(outcome.leftovers == [])
    }
  }

  @Test func everyMistakeOfAFileIsReported() throws {
    try withProgram { program in
      let outcome = try program.run(
        notebook: "---\nautor: b\n---\n\n@eq-none\n\n```swift\n//| lable: a\n1\n```\n")
      let errors = outcome.errors.split(separator: "\n").filter { $0.contains(": error:") }
      #expect(errors.count == 3, "\(outcome.errors)")
    }
  }

  @Test func aMissingFileAndAFolderWithoutNotebooks() throws {
    try withProgram { program in
      let missing = try program.run(["no.md"])
      #expect(missing.status == 65)
      #expect(missing.errors.hasPrefix("no.md: error: there is no such file"), "\(missing.errors)")
      try FileManager.default.createDirectory(at: program.file("empty"), withIntermediateDirectories: true)
      let folder = try program.run(["empty"])
      #expect(folder.status == 65)
      #expect(folder.errors.hasPrefix("empty: error: this is a folder"), "\(folder.errors)")
    }
  }

  @Test func bytesThatAreNoUTF8() throws {
    try withProgram { program in
      try program.write(Array("Caf".utf8) + [0xe9, 0x0a], to: "x.md")
      let outcome = try program.run(["x.md"])
      #expect(outcome.status == 65)
      #expect(outcome.errors.hasPrefix("x.md:1:4: error:"), "\(outcome.errors)")
    }
  }

  @Test func linesThatEndInCarriageReturnsAreLines() throws {
    try withProgram { program in
      let outcome = try program.run(
        notebook: "---\r\ntitle: T\r\n---\r\n\r\n```swift\r\n//| echo: true\r\nprint(\"crlf\")\r\n```\r\n")
      #expect(outcome.status == 0, "\(outcome)")
      #expect(outcome.page?.contains("crlf") == true)
    }
  }

  @Test(arguments: ["", "\n\n", "# Only prose\n\nAnd a formula: $x^2$.\n"])
  func aNotebookWithoutCellsIsAPage(text: String) throws {
    try withProgram { program in
      let outcome = try program.run(notebook: text)
      #expect(outcome.status == 0, "\(outcome)")
      #expect(outcome.page != nil)
    }
  }
}
