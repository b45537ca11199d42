import Foundation
import FoundationXML
import Glibc
import Testing

@Suite struct CommandLineTests {
  static let good = """
    ---
    title: A notebook
    params:
      n: 3
    ---

    $$ (a + b)^2 = a^2 + 2 a b + b^2 $$ {#eq-square}

    ```swift
    verify("eq-square", over: Domain("a", -3...3, "b", -2...5)) { a, b in
      (a + b) * (a + b)
    } equals: { a, b in
      a * a + 2 * a * b + b * b
    }
    print("n is", n, Double.random(in: 0..<1))
    ```

    There are `{swift} 2 * n` of them.

    """

  static let wrong = good.replacing("+ 2 * a * b +", with: "+ a * b +")

  @Test func theMainJob() throws {
    try withProgram { program in
      let outcome = try program.run(notebook: Self.good, "--strict")
      #expect(outcome.status == 0, "\(outcome)")
      #expect(
        outcome.output.contains(
          /output\/x\.html: 2 cells ran; 1 of 1 equation verified; \d+\.\d+ s/), "\(outcome.output)")
      #expect(outcome.page?.contains(/There are <[^>]*>6<[^>]*> of them/) == true)
    }
  }

  @Test func twoRunsGiveTheSameBytes() throws {
    try withProgram { program in
      let first = try program.run(notebook: Self.good)
      let second = try program.run(notebook: Self.good)
      #expect(first.page != nil && first.page == second.page)
      #expect(try program.run(notebook: Self.good, "--seed", "9").page != first.page)
    }
  }

  @Test func twoRunsAtOnceDoNotDisturbEachOther() throws {
    try withProgram { program in
      try program.write(Self.good, to: "x.md")
      let marker = "let unseen\(UInt32.random(in: 0 ... .max)) = 1\n"
      try program.write(Self.good.replacing("print(", with: marker + "print("), to: "x.md")
      let alone = try program.run(["x.md", "-o", "alone.html"], page: "alone.html")
      nonisolated(unsafe) var other: Program.Outcome?
      let outcome = try program.run(["x.md"]) { _ in other = try program.run(["x.md"]) }
      #expect(outcome.status == 0 && other?.status == 0, "\(outcome) \(String(describing: other))")
      #expect(outcome.page == alone.page)
    }
  }

  @Test func aRefutationIsAnotherExitCodeThanAFailure() throws {
    try withProgram { program in
      let refuted = try program.run(notebook: Self.wrong)
      #expect(refuted.status == 1, "\(refuted)")
      #expect(refuted.errors.contains("x.md:10:7: error: `eq-square` is refuted"), "\(refuted.errors)")
      let both = try program.run(notebook: Self.wrong + "\n```swift\nfatalError(\"x\")\n```\n")
      #expect(both.status == 2, "a failure outranks a refutation")
    }
  }

  @Test func strictWantsAVerdictForEveryEquation() throws {
    try withProgram { program in
      let text = "$$ a = a $$\n\n$$ b := 1 $$ {#eq-b .definition}\n"
      #expect(try program.run(notebook: text).status == 0)
      let strict = try program.run(notebook: text, "--strict")
      #expect(strict.status == 1)
      #expect(
        strict.errors.contains("x.md:1:1: error: this equation has neither a verdict"), "\(strict.errors)")
      #expect(!strict.errors.contains("x.md:3"))
    }
  }

  @Test func parametersAreTypedAndCompileNothingAnew() throws {
    try withProgram { program in
      _ = try program.run(notebook: Self.good)
      let outcome = try program.run(notebook: Self.good, "-P", "n=10", "--json")
      let compiled = outcome.output.matches(of: /"compileSeconds":([0-9.e-]+)/).map(\.1)
      #expect(compiled.count == 2 && compiled.allSatisfy { Double($0) == 0 }, "\(outcome.output)")
      #expect(outcome.page?.contains(/There are <[^>]*>20<[^>]*> of them/) == true, "\(outcome)")
      let wrongType = try program.run(notebook: Self.good, "-P", "n=many")
      #expect(wrongType.status == 64 && wrongType.errors.contains("`n` is a whole number"), "\(wrongType)")
      let unknown = try program.run(notebook: Self.good, "-P", "m=1")
      #expect(unknown.status == 64 && unknown.errors.contains("`m`"), "\(unknown)")
    }
  }

  @Test func jsonLinesAreObjects() throws {
    try withProgram { program in
      let outcome = try program.run(notebook: Self.good, "--json")
      let objects = try outcome.output.split(separator: "\n").map {
        try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
      }
      let events = objects.compactMap { $0["event"] as? String }
      #expect(events.first == "planned" && events.last == "finished", "\(events)")
      let check = try #require(objects.first { $0["event"] as? String == "check" })
      #expect(check["label"] as? String == "eq-square")
      #expect(check["verdict"] as? String == "verified")
      #expect(check["line"] as? Int == 10)
    }
  }

  @Test func junitNamesEquationsAndFailures() throws {
    try withProgram { program in
      _ = try program.run(notebook: Self.wrong, "--junit", "out.xml")
      let xml = try String(contentsOf: program.file("out.xml"), encoding: .utf8)
      #expect(xml.contains("name=\"eq-square\"><failure message="), "\(xml)")
      #expect(XMLParser(data: Data(xml.utf8)).parse())
    }
  }

  @Test func severalNotebooksEndInATable() throws {
    try withProgram { program in
      try program.write(Self.good, to: "a.md")
      try program.write(Self.wrong, to: "b.md")
      try program.write("```swift\nfatalError()\n```\n", to: "c.md")
      let outcome = try program.run(
        ["a.md", "b.md", "c.md", "none.md", "-o", "pages/"], page: "pages/a.html")
      #expect(outcome.status == 65, "of several, the worst: \(outcome)")
      #expect(outcome.output.contains(/a\.md +ok .*1 of 1/))
      #expect(outcome.output.contains(/b\.md +refuted/))
      #expect(outcome.output.contains(/c\.md +failed/))
      #expect(outcome.output.contains(/none\.md +unreadable/))
      #expect(outcome.page != nil)
    }
  }

  @Test func checkWritesNoPage() throws {
    try withProgram { program in
      try program.write(Self.good, to: "x.md")
      let outcome = try program.run(["check", "x.md"])
      #expect(outcome.status == 0 && outcome.page == nil, "\(outcome)")
    }
  }

  @Test func aNewNotebookRunsStrictly() throws {
    try withProgram { program in
      #expect(try program.run(["new", "x"]).status == 0)
      let outcome = try program.run(["x.md", "--strict"])
      #expect(outcome.status == 0, "\(outcome)")
      #expect(try program.run(["new", "x"]).status == 64, "a file that is there is not overwritten")
    }
  }

  @Test func cleaningRemovesTheCacheAndNothingElse() throws {
    try withProgram { program in
      let cache = ["FLOWBOOK_CACHE": program.file("cache").path]
      try program.write("```swift\nprint(1)\n```\n", to: "x.md")
      let first = try program.run(["x.md"], environment: cache)
      #expect(first.status == 0 && FileManager.default.fileExists(atPath: program.file("cache/cells").path))
      #expect(try program.run(["clean"], environment: cache).status == 0)
      #expect(!FileManager.default.fileExists(atPath: program.file("cache").path))
      let again = try program.run(["x.md"], environment: cache)
      #expect(again.page == first.page)
    }
  }

  @Test func theDoctorFindsWhatThisProgramWasBuiltWith() throws {
    try withProgram { program in
      let well = try program.run(["doctor"])
      #expect(well.status == 0, "\(well)")
      let ill = try program.run(["doctor"], environment: ["PATH": "/nowhere"])
      #expect(ill.status == 69 && ill.output.contains("no 'swift' was found"), "\(ill)")
    }
  }

  @Test(arguments: [["--version"], ["--help"], ["--generate-completion-script", "bash"]])
  func theProgramExplainsItself(arguments: [String]) throws {
    try withProgram { program in
      let outcome = try program.run(arguments)
      #expect(outcome.status == 0 && !outcome.output.isEmpty)
    }
  }

  @Test(arguments: [[], ["x.md", "--timeout", "-1"], ["x.md", "--memory", "lots"], ["--nonsense", "x.md"]])
  func wrongUsage(arguments: [String]) throws {
    try withProgram { program in
      let outcome = try program.run(arguments)
      #expect(outcome.status == 64, "\(outcome)")
    }
  }

  // MARK: Places that cannot be written

  @Test func aPageBelowAFile() throws {
    try withProgram { program in
      try program.write("", to: "plain")
      let outcome = try {
        try program.write(Self.good, to: "x.md")
        return try program.run(["x.md", "-o", "plain/x.html"])
      }()
      #expect(outcome.status == 73, "\(outcome)")
      #expect(outcome.errors.contains("plain/x.html: error: the page cannot be written"), "\(outcome.errors)")
    }
  }

  @Test func aFullDisk() throws {
    try withProgram { program in
      let disk = program.file("disk")
      try FileManager.default.createDirectory(at: disk, withIntermediateDirectories: true)
      // Only root can mount; elsewhere /dev/full stands for a full disk as well as it can.
      guard mount("tmpfs", disk.path, "tmpfs", 0, "size=16k") == 0 else { return }
      defer { umount(disk.path) }
      try program.write(Self.good, to: "x.md")
      let outcome = try program.run(["x.md", "-o", "disk/x.html"])
      #expect(outcome.status == 73, "\(outcome)")
      #expect(outcome.errors.contains("No space left on device"), "\(outcome.errors)")
      let left = try FileManager.default.contentsOfDirectory(atPath: disk.path)
      #expect(left.isEmpty, "no half page stays")
    }
  }

  // MARK: The toolchain

  @Test func aMissingToolchain() throws {
    try withProgram { program in
      try program.write(Self.good, to: "x.md")
      let outcome = try program.run(["x.md"], environment: ["PATH": "/nowhere"])
      #expect(outcome.status == 69, "\(outcome)")
      #expect(outcome.errors.contains("no 'swift' was found in PATH"), "\(outcome.errors)")
    }
  }

  @Test func aToolchainOfAnotherVersion() throws {
    try withProgram { program in
      let tools = program.file("tools")
      try FileManager.default.createDirectory(at: tools, withIntermediateDirectories: true)
      for name in ["swift", "swift-frontend", "ld.lld", "clang", "swift-autolink-extract", "llvm-symbolizer"]
      {
        let tool = tools.appending(path: name)
        try Data("#!/bin/sh\necho 'Swift version 5.9.2 (swift-5.9.2-RELEASE)'\n".utf8).write(to: tool)
        chmod(tool.path, 0o755)
      }
      try program.write(Self.good, to: "x.md")
      let outcome = try program.run(["x.md"], environment: ["PATH": "\(tools.path):/usr/bin:/bin"])
      #expect(outcome.status == 69, "\(outcome)")
      #expect(outcome.errors.contains("Swift 6.3 is needed"), "\(outcome.errors)")
    }
  }
}
