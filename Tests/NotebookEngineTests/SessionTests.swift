import NotebookEvents
import NotebookModel
import Testing

@testable import NotebookEngine

@Suite(.serialized) struct SessionTests {
  @Test func cellsSeeWhatEarlierCellsDeclare() throws {
    let cells = try Bench.run(
      "let a = 3.0\nfunc double(_ x: Double) -> Double { 2 * x }\nstruct Pair { var left = 1, right = 2 }",
      "var total = double(a)\ntotal += 1", "print(total, Pair().right)\ntotal", "total = 0", "total")
    #expect(cells.allSatisfy { $0.state == .ended }, "\(cells)")
    #expect(cells.map(\.text) == ["", "", "7.0 2\n[7]", "", "[0]"])
  }

  @Test func aLaterDeclarationShadowsAnEarlierOne() throws {
    let cells = try Bench.run(
      "let g = 1\nfunc f(_ x: Int) -> String { \"int\" }\nstruct S { var a = 1 }",
      "let g = \"two\"\nfunc f(_ x: String) -> String { \"string\" }\nstruct S { var b = 2 }",
      "print(g, f(1), f(\"\"), S().b)", "func formatted(_ x: Double, digits: Int = 3) -> String { \"mine\" }",
      "formatted(1)")
    #expect(cells[2].text == "two int string 2\n", "\(cells)")
    #expect(cells[4].text == "[mine]", "a cell's function wins over the prelude's: \(cells)")
  }

  @Test(arguments: [
    ("func g() {}", "struct g {}", "'g' is a function at"),
    ("infix operator <+>", "infix operator <+>", "the operator '<+>' is already declared at"),
    (
      "extension Int { var twice: Int { 2 * self } }", "extension Int { var twice: Int { 3 * self } }",
      "'Int' already has this member"
    ),
    (
      "protocol P {}\nextension Int: P {}", "extension Int: P {}", "'Int' already conforms to 'P'"
    ),
  ]) func aRedeclarationThatSwiftWouldIgnoreIsRefused(first: String, second: String, message: String) throws {
    let cells = try Bench.run(first, second)
    #expect(cells[0].state == .ended, "\(cells[0])")
    #expect(cells[1].failure?.message.contains(message) == true, "\(cells[1])")
  }

  @Test func theValueOfALastExpressionIsShown() throws {
    let cells = try Bench.run(
      "1 + 1", "1 + 1;", "let x = 5", "[1, 2].map { n in\n  n * x\n}", "_ = x", "print(\"p\")",
      "if x > 3 { print(\"big\") }", "\"text\"", "0.1 + 0.2", "let n: Int? = nil\nn")
    #expect(
      cells.map(\.text) == ["[2]", "", "", "[[5, 10]]", "", "p\n", "big\n", "[text]", "[0.3]", "[nil]"])
  }

  @Test func modulesOfCellsAreNotSeen() throws {
    let cells = try Bench.run(
      "struct Pair { var a = 1 }\nstruct Both { var pair = Pair() }\nBoth()",
      "debugPrint(Both())\nprint(#file, String(reflecting: Pair.self))")
    #expect(cells[0].text == "[Both(pair: Pair(a: 1))]")
    #expect(cells[1].text.hasPrefix("Both(pair: Pair(a: 1))\n") && cells[1].text.hasSuffix(" Pair\n"))
  }

  @Test func awaitIsRefusedAndWaitWorks() throws {
    let cells = try Bench.run(
      """
      func slow(_ n: Int) async -> Int { await Task.yield(); return n * n }
      let squares = wait {
        await withTaskGroup(of: Int.self) { group in
          for n in 1...3 { group.addTask { await slow(n) } }
          var sum = 0
          for await square in group { sum += square }
          return sum
        }
      }
      print(squares)
      """, "let s = 1\nlet t = await slow(2)")
    #expect(cells[0].text == "14\n", "\(cells[0])")
    #expect(cells[1].failure?.message == "'await' cannot stand at the top level of a cell")
    #expect(cells[1].failure?.hint == "write 'let value = wait { await ... }'")
    #expect(cells[1].failure?.line == 2)
  }

  @Test func importsHoldForLaterCells() throws {
    let cells = try Bench.run(
      "import Foundation", "print(Date(timeIntervalSince1970: 0).timeIntervalSince1970)")
    #expect(cells[1].text == "0.0\n", "\(cells)")
  }

  @Test func randomNumbersRepeatAndFollowTheSeed() throws {
    let code =
      "print((0..<4).map { _ in Double.random(in: 0..<1) }, Set([1, 2, 3, 4, 5]), [3, 1, 2].shuffled())"
    var other = Session.Options()
    other.seed = 2
    let first = try Bench.run(code)[0].text
    #expect(try Bench.run(code)[0].text == first)
    #expect(try Bench.run(code, options: other)[0].text != first)
  }

  @Test func textAndEventsKeepTheirOrder() throws {
    let cells = try Bench.run("for i in 0..<500 { print(i, terminator: \"\"); show(i) }")
    #expect(cells[0].text == (0..<500).map { "\($0)[\($0)]" }.joined())
  }

  @Test func inlineExpressionsAndParametersReachTheProse() throws {
    let notebook = try Notebook.parse(
      "---\ntitle: T\nparams:\n  n: 3\n  rate: 0.5\n---\n```swift\nlet m = n * 2\n```\nIt is `{swift} m` and `{swift} (rate)`.\n",
      path: "/tmp/inline.md")
    let session = try Bench.session()
    defer { session.close() }
    #expect(try session.run(notebook).map(\.text) == ["", "{6}{0.5}"])
    let parameters = try notebook.frontMatter.parameters(overriddenBy: ["n=10"])
    let again = try session.run(notebook, parameters: parameters, options: .init()) { event in
      if case .compiling = event { return }
    }
    #expect(again.cells.map(\.text) == ["", "{20}{0.5}"])
  }

  @Test func anEditRunsOnlyWhatFollows() throws {
    var options = Session.Options()
    options.keepsSnapshots = true
    let session = try Bench.session()
    defer { session.close() }
    // The clock tells whether a cell has run again.
    let clock =
      "import Glibc\nvar counter = 0\nfunc now() -> UInt64 { var t = timespec(); clock_gettime(CLOCK_MONOTONIC, &t); return UInt64(t.tv_sec) * 1_000_000_000 + UInt64(t.tv_nsec) }"
    let trained = "counter += 1\nlet trained = now()\nprint(trained, counter)"
    func cells(_ edited: String) throws -> [CellRecord] {
      try session.run(
        try Bench.notebook(clock, trained, edited, "counter += 1\nprint(counter)"), options: options)
    }
    let first = try cells("counter += 10")
    #expect(first.map(\.text).last == "12\n", "\(first)")
    let second = try cells("counter += 20")
    #expect(second[1].text == first[1].text, "the cell before the edit did not run again")
    #expect(second.map(\.text).last == "22\n", "the state before the edited cell was back")
    let broken = try cells("fatalError(\"oops\")")
    #expect(broken[2].failure?.message == "oops")
    #expect(broken[3].state == .notRun)
    let mended = try cells("counter += 30")
    #expect(mended[1].text == first[1].text)
    #expect(mended.map(\.text).last == "32\n")
    let same = try cells("counter += 30")
    #expect(same.map(\.text) == mended.map(\.text))
    #expect(session.snapshotUse.count > 0)
  }

  @Test func anInsertedCellAndProseRecompileNothing() throws {
    let session = try Bench.session()
    defer { session.close() }
    // A name that no cache has seen.
    let marker = "marker\(UInt64.random(in: 0 ... .max))"
    func run(_ cells: [String], prose: String) throws -> [Bool] {
      let text =
        "---\ntitle: T\n---\n" + cells.map { "\(prose)\n\n```swift\n\($0)\n```\n" }.joined(separator: "\n")
      let notebook = try Notebook.parse(text, path: "/tmp/inserted.md")
      let record = try session.run(notebook, parameters: [], options: .init()) { _ in }
      #expect(record.cells.allSatisfy { $0.state == .ended }, "\(record.cells)")
      return record.cells.map { $0.compileSeconds > 0 }
    }
    let a = "let \(marker) = 1 as UInt64"
    let b = "func next() -> UInt64 { \(marker) &+ 1 }"
    let c = "print(next(), \(marker))"
    #expect(try run([a, b, c], prose: "One.") == [true, true, true])
    #expect(try run([a, b, c], prose: "Two\nlines.") == [false, false, false])
    #expect(try run([a, "print(\(marker))", b, c], prose: "One.") == [false, true, false, false])
    let edited = "func next() -> UInt64 { \(marker) &+ 2 }"
    #expect(try run([a, edited, c], prose: "One.") == [false, true, false])
  }

  @Test func dispatchBeforeASnapshotMakesItUseless() throws {
    var options = Session.Options()
    options.keepsSnapshots = true
    let session = try Bench.session()
    defer { session.close() }
    let dispatch =
      "import Dispatch\nlet group = DispatchGroup()\nDispatchQueue.global().async(group: group) { print(\"in\") }\ngroup.wait()"
    func run(_ last: String) throws -> [CellRecord] {
      try session.run(try Bench.notebook("var n = 1", dispatch, last), options: options)
    }
    #expect(try run("n + 1").map(\.text) == ["", "in\n", "[2]"])
    // The edit goes back to before the cell with Dispatch, and so works.
    let again = try run("DispatchQueue.global().sync { n + 2 }")
    #expect(again.map(\.text) == ["", "in\n", "[3]"], "\(again)")
  }
}
