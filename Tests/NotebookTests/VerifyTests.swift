import Foundation
import Glibc
import Testing

/// `notebook verify` and `notebook source` on pages that the program wrote, whole, changed and damaged.
@Suite struct VerifyTests {
  static let text = """
    ---
    title: A notebook
    params:
      n: 3
    ---

    $$ (a + b)^2 = a^2 + 2 a b + b^2 $$ {#eq-square}

    ```swift
    //| label: square
    verify("eq-square", over: Domain("a", -3...3, "b", -2...5)) { a, b in
      (a + b) * (a + b)
    } equals: { a, b in
      a * a + 2 * a * b + b * b
    }
    print("n is", n, Double.random(in: 0..<1))
    n > 4 ? "many" : "few"
    ```

    There are `{swift} 2 * n` of them, which is `</script>` enough.

    ```swift
    //| label: fig-line
    //| fig-cap: A line.
    Figure().line(over: 0...1, "p") { $0 * Double(n) }
    ```

    """

  /// Another value in each run, seeded by the clock.
  static let clock = """
    ```swift
    import Glibc
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    var state = UInt64(time.tv_nsec) &* 0x9E37_79B9_7F4A_7C15
    func draw() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53
    }
    let draws = (0..<10_000).map { _ in draw() }
    let mean = draws.reduce(0, +) / 10_000
    ```

    """

  private func page(_ program: Program, _ arguments: String...) throws -> String {
    let outcome = try program.run(["x.md"] + arguments)
    return try #require(outcome.page, "\(outcome)")
  }

  private func verify(_ program: Program, _ html: String, _ arguments: String...) throws -> Program.Outcome {
    try program.write(html, to: "page.html")
    return try program.run(["verify", "page.html"] + arguments)
  }

  @Test func aPageIsTheSameWhereverItLies() throws {
    try withProgram { program in
      try program.write(Self.text, to: "x.md")
      let html = try page(program, "-P", "n=5", "--seed", "9", "--reseed", "4")
      try FileManager.default.removeItem(at: program.file("x.md"))
      let same = try verify(program, html)
      #expect(same.status == 0, "\(same)")
      #expect(
        same.output.contains(
          "page.html: the same: 3 cells ran again; text, values, verdicts and 1 figure agree; "),
        "\(same.output)")
      #expect(same.errors.isEmpty && same.leftovers.isEmpty, "\(same)")
      #expect(try verify(program, html, "--quiet").output.isEmpty)
    }
  }

  @Test func changesByHandAreNamed() throws {
    try withProgram { program in
      try program.write(Self.text, to: "x.md")
      let html = try page(program)
      for (old, new, complaint) in [
        (">6</", ">7</", "page.html: x.md:20: the page's text: the page has `7`, and its record `6`"),
        (
          "enough.", "plenty.",
          "page.html: x.md:20: the page's text: the page has `plenty.`, and its record `enough.`"
        ),
        (
          "n is 3", "n is 4",
          "page.html: x.md:11: the page's text of cell 1 (square): the page has `4`, and its"
        ),
        ("at 256 points", "at 999 points", "`999`, and its record `256`"),
        (
          "<div class=\"cell\" id=\"cell.1\"", "<div hidden class=\"cell\" id=\"cell.1\"",
          "page.html: x.md:11: the page's markup of cell 1 (square)"
        ),
      ] {
        // On the page; the record, which comes last, keeps what it says.
        let changed = html.replacing(old, with: new, maxReplacements: 1)
        #expect(changed != html)
        let outcome = try verify(program, changed)
        #expect(outcome.status == 1 && outcome.errors.contains(complaint), "\(old): \(outcome)")
        #expect(outcome.errors.contains(#/page.html: differs in \d+ places?; /#))
      }
    }
  }

  @Test func aPageAndItsRecordChangedAlikeDoNotGiveWhatTheSourceGives() throws {
    try withProgram { program in
      try program.write(Self.text, to: "x.md")
      let html = try page(program)
      let lie = try verify(
        program, html.replacing(">few<", with: ">many<").replacing("\"few\"", with: "\"many\""))
      #expect(lie.status == 1, "\(lie)")
      #expect(
        lie.errors.contains(
          "page.html: x.md:11: cell 1 (square), its value: was `many`, and is `few` when it is run again"),
        "\(lie.errors)")
      let seed = try verify(
        program, html.replacing("\"seed\":1,", with: "\"seed\":2,").replacing("seed 1<", with: "seed 2<"))
      #expect(
        seed.status == 1 && seed.errors.contains("x.md:11: cell 1 (square), its text: was `n is 3 0."),
        "\(seed)")
    }
  }

  @Test func anotherSourceInThePageIsFound() throws {
    try withProgram { program in
      try program.write(Self.text, to: "x.md")
      let html = try page(program)
      let other = Data(Self.text.replacing("2 * n", with: "4 * n").utf8)
      let swapped = html.replacing(
        /charset=utf-8;base64,[^"]*/, with: "charset=utf-8;base64," + other.base64EncodedString())
      let damaged = try verify(program, swapped)
      #expect(
        damaged.status == 65 && damaged.errors.contains("not the one that its record names"), "\(damaged)")
      // With its digest, from a page of the other notebook.
      try program.write([UInt8](other), to: "x.md")
      let digest = /[0-9a-f]{64}<\/code>/
      let changed = try page(program)
      let (old, new) = (
        try #require(html.firstMatch(of: digest)), try #require(changed.firstMatch(of: digest))
      )
      let consistent = try verify(
        program, swapped.replacing(String(old.0.prefix(64)), with: new.0.prefix(64)))
      #expect(consistent.status == 1, "\(consistent)")
      #expect(
        consistent.errors.contains("x.md:20: the value `4 * n` in the text: was `6`, and is `12`"),
        "\(consistent)")
    }
  }

  @Test func damagedPagesCannotBeVerified() throws {
    try withProgram { program in
      try program.write(Self.text, to: "x.md")
      let html = try page(program)
      for (changed, complaint) in [
        (String(html.prefix(html.count / 2)), "the page is cut off"), ("<html></html>", "carries no source"),
        ("", "the page is cut off"),
        (html.replacing("\"trace\":{", with: "\"trace\":["), "the record of its run in this page is damaged"),
        (html.replacing("\"outputs\"", with: "\"output\""), "the record of its run in this page is damaged"),
        (html.replacing(/"cells":\[\{.*?\},\{"diag/, with: "\"cells\":[{\"diag"), "is of another notebook"),
      ] {
        #expect(changed != html)
        let outcome = try verify(program, changed)
        #expect(outcome.status == 65 && outcome.errors.contains(complaint), "\(complaint): \(outcome)")
      }
      #expect(try program.run(["verify", "x.md"]).status == 65)
      #expect(try program.run(["verify", "none.html"]).errors.contains("there is no such file"))
      #expect(try program.run(["verify"]).status == 64)
    }
  }

  @Test func otherVersionsAreNotedAndDoNotFail() throws {
    try withProgram { program in
      try program.write(Self.text, to: "x.md")
      let html = try page(program).replacing("glibc 2", with: "glibc 1").replacing(
        "256 points", with: "255 points")
      let outcome = try verify(program, html)
      #expect(outcome.status == 0, "the words of evidence may change: \(outcome)")
      #expect(
        outcome.errors.contains(/note: it was made with C library glibc 1\S+ \(here: glibc 2/), "\(outcome)")
      let text = try verify(program, html.replacing("n is 3", with: "n is 4"))
      #expect(text.status == 1 && text.errors.contains("was `n is 4"), "\(text)")
      let looks = try verify(
        program, html.replacing("0.29.0", with: "0.28.0").replacing("<main ", with: "<main hidden "))
      #expect(looks.status == 0 && looks.errors.contains("it was written by cmark-gfm 0.28.0"), "\(looks)")
    }
  }

  // MARK: Runs that do not repeat, and runs that fail

  @Test func valuesAreComparedWithinTheirStatedErrors() throws {
    try withProgram { program in
      let error = "standardError: (1.0 / 12 / 10_000).squareRoot(), samples: 10_000"
      try program.write(Self.clock + "```swift\nEstimate(mean, \(error))\n```\n", to: "x.md")
      let html = try page(program)
      #expect(html.contains(" ± 0.003<"))
      let outcome = try verify(program, html)
      #expect(outcome.status == 0, "\(outcome)")
      #expect(try page(program) != html, "it is another value")
      try program.write(Self.clock + "```swift\nmean\n```\n", to: "x.md")
      let bare = try verify(program, try page(program))
      #expect(bare.status == 1 && bare.errors.contains("x.md:14: cell 2, its value: was `0."), "\(bare)")
    }
  }

  @Test func aFailureThatRepeatsIsTheSame() throws {
    try withProgram { program in
      try program.write(
        "# N\n\n```swift\nlet none: [Int] = []\nnone[0]\n```\n\n```swift\nprint(1)\n```\n", to: "x.md")
      let html = try page(program)
      #expect(html.contains("This run failed"))
      let outcome = try verify(program, html)
      #expect(outcome.status == 0, "\(outcome)")
      #expect(html.contains("x.md:5") && !html.contains(program.folder.path), "no folder is told of")
    }
  }

  @Test func aNotebookThatReadsFilesNeedsTheirFolder() throws {
    try withProgram { program in
      try FileManager.default.createDirectory(at: program.file("notes"), withIntermediateDirectories: true)
      try program.write("forty-two", to: "notes/data.txt")
      try program.write([0x89, 0x50, 0x4E, 0x47, 0x0D], to: "notes/dot.png")
      try program.write(
        "# N\n\n![a dot](dot.png)\n\n```swift\nimport Foundation\nprint(try String(contentsOfFile: \"data.txt\", encoding: .utf8))\n```\n",
        to: "notes/x.md")
      let html = try #require(try program.run(["notes/x.md"]).page)
      try FileManager.default.removeItem(at: program.file("notes/dot.png"))
      let alone = try verify(program, html)
      #expect(
        alone.status == 1 && alone.errors.contains("name the files' folder: '--folder Notebooks'"), "\(alone)"
      )
      #expect(alone.errors.contains("x.md:6: cell 1, how it ended: was ran to its end"), "\(alone)")
      let beside = try verify(program, html, "--folder", "notes")
      #expect(beside.status == 0, "the image comes from the page: \(beside)")
      #expect(try verify(program, html, "--folder", "nowhere").status == 64)
    }
  }

  // MARK: Folders

  @Test func aFolderOfPagesIsVerifiedWithItsContents() throws {
    try withProgram { program in
      try FileManager.default.createDirectory(at: program.file("notes"), withIntermediateDirectories: true)
      try program.write(Self.text, to: "notes/01_first.md")
      try program.write("# Second\n\n```swift\nprint(2)\n```\n", to: "notes/02_second.md")
      try program.write("# Third\n\n$$ \\oops $$\n", to: "notes/03_third.md")
      try program.write("# All\n\nTwice two is `{swift} 2 * 2`.\n", to: "notes/index.md")
      _ = try program.run(["notes"])
      let outcome = try program.run(["verify", "output"])
      #expect(outcome.status == 0, "\(outcome)")
      #expect(
        outcome.output.contains(
          "output/index.html: the same: 1 cell ran again; text, values, verdicts agree, and the contents of 3 pages"
        ), "\(outcome)")
      // Contents that tell of another verdict than their page.
      let index = try String(contentsOf: program.file("output/index.html"), encoding: .utf8)
      try program.write(
        index.replacing("1 of 1 equation verified", with: "2 of 2 equations verified"),
        to: "output/index.html")
      let lie = try program.run(["verify", "output/index.html"])
      #expect(
        lie.status == 1 && lie.errors.contains("output/index.html: the page's text: the page has `2"),
        "\(lie)")
      #expect(
        lie.output.contains("output/01_first.html: the same"), "what contents list is verified with them")
      try FileManager.default.removeItem(at: program.file("output/02_second.html"))
      let gone = try program.run(["verify", "output"])
      #expect(
        gone.status == 65 && gone.errors.contains("output/02_second.html: error: there is no such file"),
        "\(gone)")
      #expect(gone.errors.contains("the page 02_second.html: the page has listed"), "\(gone)")
    }
  }

  // MARK: Variants

  @Test func aStudentsPageIsVerifiedWithoutWhatItLeavesOut() throws {
    try withProgram { program in
      let solution = "```swift\n//| variant: solution\nlet answer = 6 * 7\n```\n\n"
      let equations =
        "<details class=\"solution\"><summary>Solution</summary>\n\n$$ a = a $$ {#eq-a .definition}\n\n</details>\n\n"
      let rest = "$$ b = b $$ {#eq-b .definition}\n\n@eq-b and `{swift} 1 + 1`.\n\n"
      try program.write("# N\n\n" + solution + equations + rest, to: "x.md")
      let html = try page(program, "--variant", "student")
      let outcome = try verify(program, html)
      #expect(outcome.status == 0, "\(outcome)")
      let source = try program.run(["source", "page.html"]).output
      #expect(source.contains("1 + 1") && !source.contains("answer") && !source.contains("eq-a"), "\(source)")
      // A cell that needs the solution cannot run on the student's page.
      try program.write("# N\n\n" + solution + rest + "```swift\nprint(answer)\n```\n", to: "x.md")
      let torn = try verify(program, try page(program, "--variant", "student"))
      #expect(torn.status == 1 && torn.errors.contains("the page is the variant 'student'"), "\(torn)")
      #expect(try verify(program, try page(program, "--variant", "solution")).status == 0)
    }
  }

  // MARK: The source

  @Test func theSourceComesBackToTheLastByte() throws {
    try withProgram { program in
      let bytes = Array("\u{FEFF}# Ünï\r\n\r\n```swift\r\nprint(1)\r\n```\r\n</script> no end".utf8)
      try program.write(bytes, to: "x.md")
      try program.write(try page(program), to: "page.html")
      let printed = try program.run(["source", "page.html"])
      let data = try Data(contentsOf: program.output)
      #expect(printed.status == 0 && data == Data(bytes))
      let taken = try program.run(["source", "page.html", "-o", "again.md"])
      #expect(taken.status == 0)
      #expect(try Data(contentsOf: program.file("again.md")) == Data(bytes))
      try program.write("mine", to: "again.md")
      let refused = try program.run(["source", "page.html", "-o", "again.md"])
      #expect(refused.status == 64 && refused.errors.contains("there is such a file already"), "\(refused)")
      #expect(try String(contentsOf: program.file("again.md"), encoding: .utf8) == "mine")
      #expect(try program.run(["source", "page.html", "-o", "again.md", "--force"]).status == 0)
      #expect(try program.run(["source", "page.html", "-o", "page.html/x.md"]).status == 73)
      #expect(try program.run(["source", "x.md"]).status == 65)
    }
  }

  // MARK: --twice

  @Test func aNotebookThatRepeatsMayRunTwice() throws {
    try withProgram { program in
      try program.write(Self.text, to: "x.md")
      let outcome = try program.run(["x.md", "--twice"])
      #expect(outcome.status == 0 && outcome.leftovers.isEmpty, "\(outcome)")
      let once = try page(program)
      #expect(outcome.page == once)
      let folder = program.file("temporary")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for command in [["x.md", "--twice"], ["verify", "output/x.html"]] {
        #expect(try program.run(command, environment: ["TMPDIR": folder.path]).status == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty, "nothing is left")
      }
      #expect(try program.run(["check", "x.md", "--twice"]).status == 0)
      #expect(try program.run(["x.md", "--twice", "--timings"]).status == 64)
    }
  }

  /// The second run is stopped, in its first cell: that is no difference.
  @Test func aSecondRunCanBeInterrupted() throws {
    try withProgram { program in
      let text = """
        ```swift
        import Foundation
        let isSecond = FileManager.default.fileExists(atPath: "once")
        FileManager.default.createFile(atPath: isSecond ? "twice" : "once", contents: nil)
        while isSecond {}
        ```
        """
      try program.write(text, to: "x.md")
      let outcome = try program.run(["x.md", "--twice"]) { process in
        while process.isRunning, access(program.file("twice").path, F_OK) != 0 { usleep(10_000) }
        process.interrupt()
      }
      #expect(outcome.status == 130 && !outcome.errors.contains("differs"), "\(outcome)")
    }
  }

  @Test func whatDoesNotRepeatFailsTwiceAndIsNamed() throws {
    try withProgram { program in
      let address =
        "```swift\nfinal class Thing {}\nprint(UInt(bitPattern: ObjectIdentifier(Thing())))\n```\n"
      try program.write(
        Self.clock
          + "```swift\n//| label: mean\nEstimate(mean, standardError: 0.003, samples: 10_000)\n```\n\n"
          + address, to: "x.md")
      for command in [["x.md"], ["check", "x.md"]] {
        let outcome = try program.run(command + ["--twice"])
        #expect(outcome.status == 1, "\(outcome)")
        #expect(
          outcome.errors.contains("x.md:15:1: error: a second run differs: cell 2 (mean), its value was `"),
          "\(outcome.errors)")
        #expect(
          outcome.errors.contains("x.md:19:1: error: a second run differs: cell 3, its text was `"),
          "\(outcome.errors)")
        #expect((outcome.page != nil) == true)
      }
    }
  }
}
