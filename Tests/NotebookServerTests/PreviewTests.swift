import Foundation
import Testing

/// Writing with the page open, seen from a tab.
@Suite(.serialized) struct PreviewTests {
  /// Tells runs apart.
  private static let clock = cell(
    "import Glibc\nvar time = timespec()\nclock_gettime(CLOCK_MONOTONIC, &time)\nprint(\"ran at\", time.tv_sec, time.tv_nsec)"
  )

  private func ranAt(_ tab: Tab) -> Substring? { tab.page.firstMatch(of: /ran at \d+ \d+/)?.0 }

  @Test func theFirstPageComesWithTheScript() throws {
    try withDesk(["a": "# The title\n\nProse.\n"]) { desk in
      let answer = try desk.client.get(desk.path("a.html"))
      #expect(answer.status == 200 && answer.body.contains("<h1>The title</h1>"))
      #expect(answer.body.contains("new WebSocket"))
    }
  }

  @Test func anEditRunsWhatFollowsAndProseRunsNothing() throws {
    let first = "# T\n\n" + Self.clock
    try withDesk(["a": first + cell("print(\"one\")") + "Prose.\n"]) { desk in
      let tab = try desk.tab().wait(for: "one</code>")
      let stamp = try #require(ranAt(tab))
      try desk.save(first + cell("print(\"two\")") + "Prose.\n")
      try tab.wait(for: "two</code>")
      #expect(!tab.page.contains("one</code>"))
      #expect(ranAt(tab) == stamp, "the cell above the edit did not run again")
      try desk.save(first + cell("print(\"two\")") + "Other prose.\n")
      try tab.wait(for: "Other prose.")
      try desk.save(first + cell("print(\"two\")") + "It is `{swift} 6 * 7`.\n")
      try tab.wait(for: ">42</")
      #expect(ranAt(tab) == stamp)
      #expect(desk.executed(runs: 4) == [2, 1, 0, 1])
      try tab.send("restart")
      try tab.wait { tab in tab.live?.activity == "idle" && ranAt(tab) != stamp }
    }
  }

  @Test func statesAreToldInOrder() throws {
    let long = "for i in 1...4 { progress(Double(i) / 4, \"step\") }\nprint(\"end\")"
    try withDesk(["a": cell("let a = \(UInt64.random(in: 0 ... .max)) as UInt64") + cell(long)]) {
      desk in
      let tab = try desk.tab().wait(for: "end</code>")
      for cell in 0..<2 {
        let states = tab.history.compactMap { $0.count > cell ? $0[cell] : nil }
        let order = ["waiting", "compiling", "running", "done"]
        let places = states.map { order.firstIndex(of: $0) ?? -1 }
        #expect(places == places.sorted() && places.last == 3, "\(states)")
      }
    }
  }

  @Test func errorsInTheTextLeaveTheLastGoodPage() throws {
    let good = "# T\n\n" + cell("print(\"good\")")
    try withDesk(["a": good]) { desk in
      let tab = try desk.tab().wait(for: "good</code>")
      for (text, line) in [(good + "$\\frac{1$\n", 7), ("---\nnonsense: 1\n---\n" + good, 2)] {
        try desk.save(text)
        try tab.wait { $0.live?.problems.first?.place.contains(".md:\(line):") == true }
        #expect(tab.page.contains("good</code>"))
      }
      try desk.save(good + "Mended.\n")
      try tab.wait(for: "Mended.")
      #expect(tab.live?.problems.isEmpty == true)
      #expect(desk.executed(runs: 2) == [1, 0])
    }
  }

  @Test func errorsOfCellsStandBesideThemAndWhatFollowsIsStale() throws {
    func text(_ edited: String) -> String {
      cell("let a = 1") + cell(edited) + cell("print(\"below\")")
    }
    try withDesk(["a": text("print(\"well\")")]) { desk in
      let tab = try desk.tab().wait(for: "below</code>")
      try desk.save(text("let b: Int = \"\""))
      try tab.wait { $0.state(of: "cell.2") == "failed" && $0.live?.activity == "idle" }
      #expect(tab.page.contains("a.md:6:14") && tab.page.contains("cannot convert value"), "\(tab.page)")
      #expect(tab.state(of: "cell.3") == "stale" && tab.page.contains("below</code>"))
      try desk.save(text("fatalError(\"crash\")"))
      try tab.wait { $0.page.contains("Crashed") && $0.live?.activity == "idle" }
      #expect(tab.state(of: "cell.1") == "done" && tab.state(of: "cell.3") == "stale")
      try desk.save(text("print(\"mended\")"))
      try tab.wait(for: "mended</code>")
      #expect(tab.live?.cells.allSatisfy { $0.state == "done" } == true)
    }
  }

  @Test func theStopButtonKeepsWhatRan() throws {
    let text = Self.clock + cell("progress(0.5, \"half\")\nwhile true {}") + cell("print(\"below\")")
    try withDesk(["a": text]) { desk in
      let tab = try desk.tab().wait { tab in
        tab.live?.cells.contains { $0.fraction == 0.5 && $0.message == "half" } == true && ranAt(tab) != nil
      }
      let stamp = try #require(ranAt(tab))
      try tab.send("stop")
      try tab.wait { $0.state(of: "cell.2") == "failed" && $0.live?.activity == "idle" }
      #expect(tab.page.contains("Interrupted") && tab.state(of: "cell.3") == "stale")
      try tab.send("run")
      try tab.wait { $0.state(of: "cell.2") == "running" }
      // An edit of the running cell stops it, too.
      try desk.save(text.replacing("while true {}", with: "print(\"ended\")"))
      try tab.wait(for: "ended</code>")
      #expect(ranAt(tab) == stamp && tab.page.contains("below</code>"))
    }
  }

  @Test func savesBelowARunningCellLetItEnd() throws {
    let gate = NSTemporaryDirectory() + "flowbook-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: gate) }
    let long = cell("import Glibc\nwhile access(\"\(gate)\", F_OK) != 0 { usleep(1000) }\nprint(\"opened\")")
    try withDesk(["a": long + "Prose.\n"]) { desk in
      let tab = try desk.tab().wait { $0.state(of: "cell.1") == "running" }
      try desk.save(long + "New prose.\n\n" + cell("print(\"last\")"))
      try tab.wait { $0.page.contains("New prose.") }
      #expect(tab.state(of: "cell.1") == "running", "the page follows while the cell runs on")
      _ = FileManager.default.createFile(atPath: gate, contents: nil)
      try tab.wait(for: "last</code>")
      #expect(tab.page.contains("opened</code>"))
      #expect(!tab.history.contains { $0.first == "failed" })
    }
  }

  @Test func twoHundredSavesEndWithTheLast() throws {
    try withDesk(["a": Self.clock + cell("print(\"number\", 0)")]) { desk in
      let tab = try desk.tab().wait(for: "number 0</code>")
      let stamp = try #require(ranAt(tab))
      for number in 1...200 {
        try desk.save(Self.clock + cell("print(\"number\", \(number))") + "Text \(number).\n")
      }
      try tab.wait(for: "number 200</code>")
      #expect(tab.page.contains("Text 200."))
      #expect(ranAt(tab) == stamp)
    }
  }

  @Test func aFileMayVanishAndComeBack() throws {
    let text = Self.clock + cell("print(\"here\")")
    try withDesk(["a": text]) { desk in
      let tab = try desk.tab().wait(for: "here</code>")
      let stamp = ranAt(tab)
      try FileManager.default.removeItem(at: desk.folder.appending(path: "a.md"))
      try tab.wait { $0.live?.problems.first?.message == "there is no such file" }
      #expect(tab.page.contains("here</code>"))
      try desk.save(text + "Back.\n")
      try tab.wait(for: "Back.")
      #expect(ranAt(tab) == stamp && tab.live?.problems.isEmpty == true)
    }
  }

  @Test func theFolderMayVanishAndComeBack() throws {
    let text = cell("print(\"here\")")
    try withDesk(["a": text]) { desk in
      let tab = try desk.tab().wait(for: "here</code>")
      let away = desk.folder.path + "-away"
      #expect(rename(desk.folder.path, away) == 0)
      try tab.wait { $0.live?.problems.isEmpty == false }
      #expect(rename(away, desk.folder.path) == 0)
      try tab.wait { $0.live?.problems.isEmpty == true }
      try desk.save(text + "Back.\n")
      try tab.wait(for: "Back.")
    }
  }

  @Test func tenTabsSeeTheSame() throws {
    try withDesk(["a": cell("print(1)")]) { desk in
      let tabs = try (0..<10).map { _ in try desk.tab() }
      for tab in tabs { try tab.wait(for: "1</code>") }
      // Others come and go.
      for _ in 0..<10 { _ = try desk.tab() }
      try desk.save(cell("print(2)"))
      for tab in tabs { try tab.wait(for: "2</code>") }
      #expect(desk.executed(runs: 2) == [1, 1], "they share one run")
    }
  }

  @Test func twoNotebooksRunBesideEachOther() throws {
    let endless = cell("print(\"begun\")\nprogress(0)\nwhile true {}")
    try withDesk(["a": endless, "b": cell("print(\"b\")")]) { desk in
      let a = try desk.tab("a.html").wait { $0.state(of: "cell.1") == "running" }
      try desk.tab("b.html").wait(for: "b</code>")
      #expect(a.live?.activity == "running")
    }
  }

  @Test func theIndexFollowsTheFolder() throws {
    try withDesk(["a": "# Title of A\n"]) { desk in
      let tab = try desk.tab("").wait { $0.page.contains("Title of A") }
      try desk.save("# Another & more\n", to: "b c")
      try tab.wait { $0.page.contains("href=\"b%20c.html\">Another &amp; more</a>") }
      #expect(try desk.client.get(desk.path("b%20c.html")).status == 200)
    }
  }

  @Test func aTabLivesThroughARestart() throws {
    let folder = try Desk.newFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("# T\n\n\(cell("print(\"one\")"))".utf8).write(to: folder.appending(path: "a.md"))
    let first = try Desk(folder: folder)
    try first.tab().wait(for: "one</code>")
    #expect(first.stop() == 0)
    let second = try Desk(folder: folder, port: first.port)
    defer { second.stop() }
    #expect(second.path("a.html") == first.path("a.html"), "the address is the same")
    try second.tab().wait(for: "one</code>")
  }

  @Test func aBusyPortIsSaid() throws {
    try withDesk([:]) { desk in
      let error = #expect(throws: Desk.DidNotStart.self) { try Desk(folder: desk.folder, port: desk.port) }
      #expect(error?.status == 69 && error?.errors.contains("--port 0") == true, "\(error as Any)")
      let next = try Desk(folder: desk.folder)
      #expect(next.port != desk.port)
      next.stop()
    }
  }
}
