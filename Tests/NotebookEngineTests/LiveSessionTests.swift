import Foundation
import NotebookEvents
import NotebookModel
import Testing

@testable import NotebookEngine

/// A session over several edits, as the live preview uses it.
@Suite(.serialized) struct LiveSessionTests {
  /// Runs texts one after the other and tells which cells were executed.
  private final class Desk {
    let session: Session
    var options = Session.Options()

    init() throws {
      session = try Bench.session()
      options.keepsSnapshots = true
    }

    deinit { session.close() }

    func run(
      _ body: String, isOutdated: @escaping @Sendable () -> Bool = { false },
      observe: @escaping @Sendable (RunEvent) -> Void = { _ in }
    ) throws -> (cells: [CellRecord], executed: [Int]) {
      let notebook = try Notebook.parse(body, path: NSTemporaryDirectory() + "live.md")
      let executed = Locked<[Int]>([])
      let record = try session.run(
        notebook, parameters: notebook.frontMatter.parameters, options: options, isOutdated: isOutdated
      ) { event in
        if case .started(let cell) = event { executed.withLock { $0.append(cell) } }
        observe(event)
      }
      return (record.cells, executed.withLock { $0 })
    }
  }

  private func cell(_ code: String) -> String { "```swift\n\(code)\n```\n\n" }

  @Test func editedInlineExpressionsRunAlone() throws {
    let desk = try Desk()
    func text(_ first: String, _ second: String) -> String {
      cell("var n = 1") + "Here `{swift} \(first)`.\n\n" + cell("n += 10\nprint(n)")
        + "There `{swift} \(second)`.\n"
    }
    let first = try desk.run(text("n", "n + 0"))
    #expect(first.cells.map(\.text) == ["", "{1}", "11\n", "{11}"])
    #expect(first.executed == [0, 1, 2, 3])
    let middle = try desk.run(text("n * 3", "n + 0"))
    #expect(middle.executed == [1], "the cell below the prose did not run again")
    #expect(middle.cells.map(\.text) == ["", "{3}", "11\n", "{11}"])
    let last = try desk.run(text("n * 3", "n + 4"))
    #expect(last.executed == [3] && last.cells.last?.text == "{15}")
    let before = try desk.run(text("n", "n + 4"))
    #expect(before.executed.isEmpty && before.cells[1].text == "{1}", "an undone edit is remembered")
    #expect(try desk.run("More prose.\n\n" + text("n", "n + 4")).executed.isEmpty)
  }

  @Test func aFailingInlineExpressionStopsNothing() throws {
    let desk = try Desk()
    func text(_ value: String) -> String {
      cell("let n = 1") + "Now `{swift} \(value)`.\n\n" + cell("print(n)")
    }
    _ = try desk.run(text("n"))
    let crashed = try desk.run(text("[n][7]"))
    #expect(crashed.executed == [1] && crashed.cells[1].failure?.kind == .trap)
    #expect(crashed.cells[2].text == "1\n")
    #expect(try desk.run(text("n + 1")).cells.map(\.text) == ["", "{2}", "1\n"])
    let anew = try Desk().run(text("[n][7]"))
    #expect(anew.cells[2].text == "1\n", "\(anew.cells)")
  }

  @Test func captionsRunNothing() throws {
    let desk = try Desk()
    let code = "let n = 1\nprint(n)"
    #expect(try desk.run(cell(code) + cell("n")).executed == [0, 1])
    #expect(try desk.run(cell("//| label: a-name\n\(code)") + cell("n")).executed == [])
    let failing = try desk.run(cell("//| error: true\n\(code)") + cell("n"))
    #expect(failing.cells[0].failure?.kind == .didNotFail, "the option that matters does count")
  }

  @Test func whatDoesNotCompileCostsNothing() throws {
    let desk = try Desk()
    func text(_ edited: String) -> String { cell("let a = 1") + cell(edited) + cell("let b = 2\nprint(b)") }
    _ = try desk.run(text("let c = a"))
    let broken = try desk.run(text("let c = nothing"))
    #expect(broken.cells[1].failure?.kind == .compile && broken.cells[2].state == .notRun)
    #expect(broken.executed.isEmpty)
    let mended = try desk.run(text("let c = a"))
    #expect(mended.executed.isEmpty && mended.cells[2].text == "2\n")
  }

  @Test func cellsThatMustFailAreKept() throws {
    let desk = try Desk()
    func text(_ last: String) -> String {
      cell("var a = 1") + cell("//| error: true\na = 7\nfatalError(\"x\")") + cell("//| error: true\nnothing")
        + cell("print(a)") + cell(last)
    }
    #expect(try desk.run(text("a + 1")).cells.map(\.text).suffix(2) == ["1\n", "[2]"])
    let edited = try desk.run(text("a + 2"))
    #expect(edited.executed == [4] && edited.cells.allSatisfy { $0.failure == nil }, "\(edited)")
    #expect(edited.cells.last?.text == "[3]")
  }

  @Test func cellsThatAreTakenAwayRunNothing() throws {
    let desk = try Desk()
    let (a, b, c) = (cell("var a = 1"), cell("a += 1\nprint(a)"), cell("a += 1\nprint(a)\na"))
    _ = try desk.run(a + b + c)
    #expect(try desk.run(a + b).executed.isEmpty)
    #expect(try desk.run(a + b + c).executed.isEmpty, "nor do they when they come back")
    let other = try desk.run(a + b + cell("a"))
    #expect(other.executed == [2] && other.cells[2].text == "[2]")
  }

  @Test func stoppingKeepsWhatRan() throws {
    let desk = try Desk()
    let reins = desk.session.reins
    let text = cell("let a = 1\nprint(a)") + cell("while true {}") + cell("print(3)")
    let stopped = try desk.run(
      text,
      observe: { event in
        if case .started(cell: 1) = event { reins.stop() }
      })
    #expect(stopped.cells[1].failure?.kind == .interrupted && stopped.cells[2].state == .notRun)
    let mended = try desk.run(cell("let a = 1\nprint(a)") + cell("print(a + 1)") + cell("print(3)"))
    #expect(mended.executed == [1, 2] && mended.cells.map(\.text) == ["1\n", "2\n", "3\n"])
    reins.stop()
    #expect(try desk.run(text.replacing("while true {}", with: "a")).cells.allSatisfy { $0.failure == nil })
  }

  /// An edit below the running cell lets it end; one of the cell itself, or above it, does not.
  @Test(arguments: [(2, true), (1, false), (0, false)]) func runningCellsMakeWay(edited: Int, ends: Bool)
    throws
  {
    let desk = try Desk()
    let reins = desk.session.reins
    // Runs until a file appears, so that nothing here depends on the clock.
    let file = NSTemporaryDirectory() + "flowbook-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: file) }
    var cells = [
      "let a = 1", "import Glibc\nwhile access(\"\(file)\", F_OK) != 0 { usleep(1000) }\nprint(\"end\")", "a",
    ]
    let text = cells.map(cell).joined()
    cells[edited] += "\nprint(\"edited\")"
    let changed = try Notebook.parse(cells.map(cell).joined(), path: NSTemporaryDirectory() + "live.md")
    let isOutdated = Locked(false)
    let run = try desk.run(text, isOutdated: { isOutdated.withLock { $0 } }) { event in
      guard case .started(cell: 1) = event else { return }
      isOutdated.withLock { $0 = true }
      reins.giveWay(to: changed, parameters: [])
      if ends { _ = FileManager.default.createFile(atPath: file, contents: nil) }
    }
    #expect((run.cells[1].text == "end\n") == ends)
    #expect((run.cells[1].failure?.kind == .interrupted) == !ends)
    #expect(run.cells[2].state == .notRun)
  }

  @Test func snapshotsStayWithinTheirMemory() throws {
    let desk = try Desk()
    desk.options.limits.snapshotMemory = 100 << 20
    // Each cell writes 40 MB anew, which the snapshot before it then holds alone.
    let fill = "data = Array(repeating: UInt8.random(in: 1...9), count: 40 << 20)"
    let text = cell("var data = [UInt8]()") + (0..<6).map { cell("\(fill)\nprint(\($0))") }.joined()
    _ = try desk.run(text)
    let use = desk.session.snapshotUse
    #expect(use.bytes > 40 << 20 && use.bytes <= 100 << 20, "\(use)")
    #expect(use.count >= 2 && use.count < 7, "\(use)")
    let edited = try desk.run(text.replacing("print(5)", with: "print(data.count >> 20)"))
    #expect(edited.executed == [6] && edited.cells[6].text == "40\n", "the newest is not dropped")
  }
}
