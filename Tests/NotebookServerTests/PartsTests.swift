import NotebookEngine
import NotebookEvents
import NotebookModel
import NotebookReport
import Testing

@testable import NotebookServer

@Suite struct PartsTests {
  private func cells(_ codes: [String]) throws -> [Cell] {
    try Notebook.parse(codes.map(cell).joined(), path: "x.md").cells
  }

  @Test(arguments: [
    ("abc", "abc", [0: 0, 1: 1, 2: 2]), ("abc", "axbc", [0: 0, 1: 2, 2: 3]), ("abc", "ac", [0: 0, 2: 1]),
    ("abc", "cab", [0: 1, 1: 2, 2: 0]), ("aab", "ab", [0: 0, 2: 1]), ("", "a", [:]), ("a", "", [:]),
  ]) func equalCellsArePaired(old: String, new: String, expected: [Int: Int]) throws {
    let match = CellMatch(
      try cells(old.map { "print(\"\($0)\")" }), try cells(new.map { "print(\"\($0)\")" }))
    let same = match.pairs.filter(\.isSame).map { ($0.old, $0.new) }
    #expect(Dictionary(uniqueKeysWithValues: same) == expected)
    #expect(Set(match.pairs.map(\.old)).count == match.pairs.count)
    #expect(Set(match.pairs.map(\.new)).count == match.pairs.count)
  }

  @Test func anEditedCellKeepsItsPlace() throws {
    let match = CellMatch(try cells(["1", "2", "3"]), try cells(["1", "2 + 2", "3"]))
    #expect(match.pairs.contains(.init(old: 1, new: 1, isSame: false)))
  }

  @Test func valuesFollowTheirExpressions() throws {
    let old = try Notebook.parse("`{swift} a` and `{swift} b`.\n", path: "x.md").cells[0]
    let new = try Notebook.parse("`{swift} b`, `{swift} c`.\n", path: "x.md").cells[0]
    let record = CellRecord(
      state: .ended, outputs: [.inlineValue(position: 0, text: "A"), .inlineValue(position: 1, text: "B")])
    #expect(new.adapted(record, from: old).outputs == [.inlineValue(position: 0, text: "B")])
  }

  @Test func whatStandsBelowAnEditWaits() throws {
    var live = LiveCells()
    live.adopt(try cells(["1", "2", "3"]))
    live.beginRun()
    for index in 0..<3 {
      #expect(live.take(.started(cell: index)) == .state)
      let record = CellRecord(state: .ended, outputs: [.value("\(index)")])
      #expect(live.take(.ended(cell: index, record)) == .page)
    }
    live.endRun(isOutdated: false)
    #expect(live.isComplete)
    live.adopt(try cells(["1", "2 + 2", "3"]))
    #expect(live.views.map(\.state) == [.done, .waiting, .waiting])
    #expect(live.records[1].outputs == [.value("1")], "it shows what it was until it has run")
    live.adopt(try cells(["0", "1", "2 + 2", "3"]))
    #expect(live.views.map(\.state) == [.waiting, .waiting, .waiting, .waiting])
    #expect(live.records[3].outputs == [.value("2")])
  }

  @Test func eventsOfAnOlderTextFindTheirCells() throws {
    var live = LiveCells()
    live.adopt(try cells(["1", "2"]))
    live.beginRun()
    _ = live.take(.started(cell: 1))
    live.adopt(try cells(["0", "1", "2"]))
    let record = CellRecord(state: .ended, outputs: [.value("two")])
    #expect(live.take(.ended(cell: 1, record)) == .page)
    #expect(live.records.map(\.outputs) == [[], [], [.value("two")]])
    live.adopt(try cells(["0"]))
    #expect(live.take(.ended(cell: 1, record)) == .nothing, "a cell that is gone")
  }

  @Test func equalPiecesKeepTheirNumbers() {
    var numbers = PieceNumbers()
    func page(_ body: String...) -> PublishedPage { numbers.publish(Page(title: "T", body: body)) }
    let first = page("a", "b", "a")
    let second = page("a", "c")
    let third = page("b", "a")
    #expect(Set(first.numbers).count == 4, "equal ones are told apart: each has its place")
    #expect(second.body[0] == first.body[0] && second.style == first.style)
    #expect(!first.numbers.contains(second.body[1].number))
    #expect(!(first.numbers.union(second.numbers)).contains(third.body[0].number), "a tab has dropped it")
  }
}
