import Foundation
import Glibc
import Testing

/// `--to`, `--paper`: the forms in which a notebook is handed out.
@Suite struct FormatTests {
  private static let hasChromium = ["/usr/bin/chromium", "/usr/bin/google-chrome"].contains {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  @Test func severalFormsLieBesideEachOther() throws {
    try withProgram { program in
      let text =
        CommandLineTests.good + "\n```swift\n//| label: fig-a\nFigure().line(over: 0...1) { $0 }\n```\n"
      let outcome = try program.run(notebook: text, "--to", "html,ipynb,md")
      #expect(outcome.status == 0, "\(outcome)")
      #expect(
        outcome.output.contains("output/x.html, output/x.ipynb, output/x.md: 3 cells ran"),
        "\(outcome.output)")
      let markdown = try String(contentsOf: program.file("output/x.md"), encoding: .utf8)
      #expect(
        markdown.contains("There are 6 of them") && markdown.contains("**✓ Equation\u{A0}(1), verified:**"))
      let picture = try Data(contentsOf: program.file("output/x_files/fig-a.png"))
      #expect(picture.starts(with: [0x89, 0x50, 0x4E, 0x47]))
      let notebook = try Data(contentsOf: program.file("output/x.ipynb"))
      let object = try JSONSerialization.jsonObject(with: notebook) as? [String: Any]
      #expect((object?["cells"] as? [Any])?.count == 5)
      #expect(outcome.page?.contains("There are") == true)
      // A picture of an earlier export is not handed out.
      _ = try program.run(notebook: CommandLineTests.good, "--to", "md")
      #expect(!FileManager.default.fileExists(atPath: program.file("output/x_files").path))
    }
  }

  /// It may be a solution's: a student's copy must not be handed out with it.
  @Test func aPictureThatCannotBeRemovedIsAnError() throws {
    try withProgram { program in
      try FileManager.default.createDirectory(
        at: program.file("output/x_files/fig-old.png"), withIntermediateDirectories: true)
      let outcome = try program.run(notebook: "Text.\n", "--to", "md")
      #expect(outcome.status == 73, "\(outcome)")
      #expect(outcome.errors.contains("output/x_files/fig-old.png: error: the page cannot be written"))
    }
  }

  @Test func theEndingOfTheOutputNamesTheForm() throws {
    try withProgram { program in
      let outcome = try program.run(notebook: "Text.\n", "-o", "here/y.ipynb", "--json")
      #expect(outcome.status == 0 && outcome.output.contains("\"files\":[\"here/y.ipynb\"]"), "\(outcome)")
      #expect(FileManager.default.fileExists(atPath: program.file("here/y.ipynb").path))
      #expect(!FileManager.default.fileExists(atPath: program.file("output").path))
    }
  }

  @Test(
    arguments: [
      (["--to", "docx"], 64, "--to"), (["--to", "pdf", "-o", "y.html"], 64, "take one of them away"),
      (["--to", "md", "-o", "x.md"], 73, "it is the notebook itself"),
      (["--to", "md", "-o", "."], 73, "itself"),
      (["--paper", "a5"], 64, "--paper"), (["--variant", "teacher"], 64, "--variant"),
    ] as [([String], Int32, String)])
  func whatCannotBeIsSaidBeforeAnythingRuns(_ arguments: [String], _ status: Int32, _ words: String) throws {
    try withProgram { program in
      let text = "```swift\nprint(\"it\", \"ran\")\n```\n"
      try program.write(text, to: "x.md")
      let outcome = try program.run(["x.md", "--json"] + arguments)
      #expect(outcome.status == status && outcome.errors.contains(words), "\(outcome)")
      #expect(!outcome.output.contains("it ran"))
      #expect(try String(contentsOf: program.file("x.md"), encoding: .utf8) == text)
    }
  }

  @Test func withoutChromiumThereIsACommandThatInstallsIt() throws {
    try withProgram { program in
      try program.write("Text.\n", to: "x.md")
      let outcome = try program.run(
        ["x.md", "--to", "html,pdf"], environment: ["CHROMIUM": "", "PATH": "/nowhere"])
      #expect(outcome.status == 69 && outcome.errors.contains("'apt-get install -y chromium'"), "\(outcome)")
      let wrong = try program.run(["x.md", "--to", "pdf"], environment: ["CHROMIUM": "/nowhere/chromium"])
      #expect(wrong.status == 69 && wrong.errors.contains("which CHROMIUM names"), "\(wrong)")
    }
  }

  @Test func aBrowserThatFailsKeepsNoOtherFormFromBeingWritten() throws {
    try withProgram { program in
      try program.write("#!/bin/sh\necho 'ERROR: no display' >&2\nexit 3\n", to: "browser")
      chmod(program.file("browser").path, 0o755)
      try program.write("Text.\n", to: "x.md")
      let outcome = try program.run(
        ["x.md", "--to", "pdf,html"], environment: ["CHROMIUM": program.file("browser").path])
      #expect(outcome.status == 73, "\(outcome)")
      #expect(
        outcome.errors.contains(
          "output/x.pdf: error: the page cannot be written: browser printed nothing (status 3)"))
      #expect(outcome.page?.contains("Text.") == true)
      #expect(!FileManager.default.fileExists(atPath: program.file("output/x.pdf").path))
    }
  }

  @Test func ctrlCEndsTheBrowserAndItsHelpers() throws {
    try withProgram { program in
      try program.write(
        "#!/bin/sh\nsetsid sleep 300 &\nsleep 300 &\ntouch \(program.file("started").path)\nwait\n",
        to: "browser")
      chmod(program.file("browser").path, 0o755)
      try program.write("Text.\n", to: "x.md")
      let outcome = try program.run(
        ["x.md", "--to", "pdf"], environment: ["CHROMIUM": program.file("browser").path]
      ) { process in
        let deadline = ContinuousClock.now + .seconds(60)
        while !FileManager.default.fileExists(atPath: program.file("started").path),
          ContinuousClock.now < deadline
        {
          usleep(50_000)
        }
        kill(process.processIdentifier, SIGINT)
      }
      #expect(outcome.status == 130, "\(outcome)")
      #expect(outcome.leftovers.isEmpty)
    }
  }

  @Test(.enabled(if: hasChromium, "needs chromium")) func aPDFIsWholeAndTheSameEachTime() throws {
    try withProgram { program in
      let text = CommandLineTests.good + "\nSee @eq-square and [more](y.md).\n"
      let first = try program.run(notebook: text, "--to", "pdf", "--paper", "letter")
      #expect(first.status == 0 && first.leftovers.isEmpty, "\(first)")
      let pdf = try Data(contentsOf: program.file("output/x.pdf"))
      #expect(pdf.starts(with: Array("%PDF-".utf8)))
      func has(_ words: String) -> Bool { pdf.range(of: Data(words.utf8)) != nil }
      #expect(has("/MediaBox [0 0 612 792]") && has("/StructTreeRoot") && has("/Title (A notebook)"))
      #expect(has("/URI (y.pdf)") && !has("file://") && !has("/CreationDate"))
      _ = try program.run(notebook: text, "--to", "pdf", "--paper", "letter")
      #expect(try Data(contentsOf: program.file("output/x.pdf")) == pdf)
    }
  }
}
