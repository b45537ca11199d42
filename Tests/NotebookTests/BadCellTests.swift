import Foundation
import Testing

/// Cells that end badly: exit code 2, the place in the notebook, a complete page, nothing left behind.
@Suite struct BadCellTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var code: String
    /// Line of the cell's code, from 1, and the message behind `error: `.
    var line: Int?
    var message: String
    var arguments: [String] = []
    var testDescription: String { name }
  }

  static let cases = [
    Case(
      name: "does not compile", code: "let a = 1\nlet x: Int = \"\"", line: 2, message: "cannot convert value"
    ),
    Case(name: "unclosed brace", code: "func f() {\n  print(1)", line: 2, message: "expected '}'"),
    Case(name: "unknown name", code: "print(nosuch)", line: 1, message: "cannot find 'nosuch' in scope"),
    Case(name: "traps", code: "let xs = [1]\n\nprint(xs[7])", line: 3, message: "Index out of range"),
    Case(name: "fatalError", code: "fatalError(\"no\")", line: 1, message: "no"),
    Case(
      name: "throws", code: "struct E: Error {}\nthrow E()", line: 2, message: "E() was thrown and not caught"
    ),
    Case(name: "exits", code: "import Glibc\nexit(0)", line: 2, message: "the cell ended the process"),
    Case(
      name: "overflows the stack", code: "func f(_ n: Int) -> Int { f(n + 1) + f(n + 2) }\nf(0)", line: nil,
      message: "the stack overflowed"),
    Case(
      name: "loops for ever", code: "while true {}", line: 1, message: "the cell was stopped after 2 s",
      arguments: ["--timeout", "2"]),
    Case(
      name: "allocates without end",
      code: "var all: [[Double]] = []\nwhile true { all.append([Double](repeating: 1, count: 1 << 22)) }",
      line: 2,
      message: "the cell ran out of memory", arguments: ["--memory", "1G"]),
  ]

  /// What does not compile is tried as the first, the middle and the last cell.
  @Test(arguments: cases.prefix(3), [0, 1, 2]) func whatDoesNotCompile(_ bad: Case, position: Int) throws {
    try check(bad, position)
  }

  @Test(arguments: cases.dropFirst(3)) func whatFailsAsItRuns(_ bad: Case) throws { try check(bad, 1) }

  private func check(_ bad: Case, _ position: Int) throws {
    try withProgram { program in
      var cells = ["print(\"first\", \"ran\")", "print(\"second\", \"ran\")"]
      cells.insert(bad.code, at: position)
      let text = "# Title\n\n" + cells.map { "```swift\n\($0)\n```\n\nProse between.\n\n" }.joined()
      try program.write(text, to: "x.md")
      let outcome = try program.run(["x.md"] + bad.arguments)
      #expect(outcome.status == 2, "\(outcome)")
      let first = text.split(separator: "\n", omittingEmptySubsequences: false).firstIndex {
        $0 == bad.code.split(separator: "\n")[0]
      }!
      let place = bad.line.map { "x.md:\(first + $0):" } ?? "x.md:"
      let complaint = outcome.errors.split(separator: "\n").first { $0.contains(": error: ") } ?? ""
      #expect(complaint.hasPrefix(place), "\(outcome.errors)")
      #expect(complaint.contains("error: \(bad.message)"), "\(outcome.errors)")
      let page = try #require(outcome.page)
      #expect(page.contains("first ran") == (position > 0))
      #expect(page.contains("second ran") == (position > 1))
      #expect(page.hasSuffix("</html>\n"), "the page is complete")
      #expect(outcome.leftovers == [])
    }
  }

  @Test func aCellThatPrintsAGigabyte() throws {
    try withProgram { program in
      let outcome = try program.run(
        notebook:
          "```swift\nlet line = String(repeating: \"x\", count: 999_999)\nfor _ in 0..<1000 { print(line) }\nprint(\"the end\")\n```\n"
      )
      #expect(outcome.status == 0, "\(outcome.errors)")
      let page = try #require(outcome.page)
      #expect(page.utf8.count < 2_000_000)
      #expect(page.contains("the end"))
    }
  }

  @Test func binaryOutputAndMarkupAreShownAndNotObeyed() throws {
    try withProgram { program in
      let outcome = try program.run(
        notebook:
          "```swift\nimport Glibc\nprint(\"<script>alert(1)</script>\")\nvar bytes: [UInt8] = [0, 1, 27, 255, 254, 10]\nfflush(nil)\nwrite(1, &bytes, 6)\nprint(\"after\");\n```\n"
      )
      #expect(outcome.status == 0, "\(outcome.errors)")
      let page = try #require(outcome.page)
      #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
      #expect(!page.contains("<script>alert(1)"))
      #expect(page.contains("after"))
      #expect(!page.utf8.contains(0) && !page.utf8.contains(27))
    }
  }

  @Test func threadsForksAndAClosedOutput() throws {
    try withProgram { program in
      let outcome = try program.run(
        notebook: """
          ```swift
          import Dispatch
          import Glibc
          DispatchQueue.global().async { while true { usleep(1000) } }
          typealias Fork = @convention(c) () -> Int32
          let fork = unsafeBitCast(dlsym(nil, "fork"), to: Fork.self)
          if fork() == 0 { setsid(); sleep(1000) }
          close(1); close(2)
          ```

          ```swift
          print("and on it goes")
          ```

          """)
      #expect(outcome.status == 0, "\(outcome)")
      #expect(outcome.page?.contains("and on it goes") == true)
      #expect(outcome.leftovers == [])
    }
  }

  @Test func ctrlCLeavesACompletePage() throws {
    try withProgram { program in
      try program.write(
        "```swift\nprint(\"ran before\")\n```\n\n```swift\nimport Glibc\nlet made = creat(\"started\", 0o644)\nwhile true {}\n```\n",
        to: "x.md")
      let outcome = try program.run(["x.md", "--timeout", "30"]) { process in
        // The cell says that it runs by making a file in the notebook's folder.
        while process.isRunning, !FileManager.default.fileExists(atPath: program.file("started").path) {
          usleep(20_000)
        }
        process.interrupt()
      }
      #expect(outcome.status == 130, "\(outcome)")
      #expect(outcome.page?.contains("ran before") == true)
      #expect(outcome.page?.contains("interrupted") == true)
      #expect(outcome.leftovers == [])
    }
  }
}
