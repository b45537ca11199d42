import NotebookModel
import Testing

@testable import NotebookEngine

@Suite struct PlannerTests {
  private func units(_ cells: String...) -> [Unit] {
    let cells = cells.enumerated().map { index, code in
      Cell(
        index: index, code: code,
        origins: code.split(separator: "\n", omittingEmptySubsequences: false).indices.map {
          Position(line: 10 * (index + 1) + $0)
        })
    }
    return Planner.units(for: cells, parameters: [], path: "x.md")
  }

  @Test func aCellImportsOnlyWhatItMentionsAndWhatThatImports() {
    let units = units("let a = 1", "let b = a + 1", "let c = 3", "print(b)", "print(c)", "print(1)")
    #expect(units.map(\.dependencies) == [[], [0], [], [0, 1], [2], []])
  }

  @Test func extensionsAndOperatorsReachEveryLaterCell() {
    let units = units("extension Int { var twice: Int { 2 * self } }", "infix operator <+>", "print(3.twice)")
    #expect(units[1].dependencies == [0])
    #expect(units[2].dependencies == [0, 1])
  }

  @Test func aNameSurvivesAnEditAnInsertedCellAndMoves() {
    let before = units("let a = 1", "func f() -> Int { a }", "print(f())")
    let after = units("let a = 2", "print(a)", "func f() -> Int { a + 1 }", "print(f())")
    #expect(after[0].module == before[0].module)
    #expect(after[2].module == before[1].module)
    #expect(after[3].source == before[2].source)
    #expect(Set(after.map(\.module)).count == 4)
  }

  @Test func equalCellsHaveDifferentNames() {
    let units = units("var a = 1", "var a = 1", "print(a)", "print(a)")
    #expect(Set(units.map(\.module)).count == 4)
  }

  @Test func theNewestDeclarationIsImportedByName() {
    let units = units("let g = 1", "let g = 2", "print(g)")
    #expect(units[2].source.contains("@testable import var \(units[1].module).g\n"))
    #expect(!units[2].source.contains("@testable import var \(units[0].module).g\n"))
  }

  @Test func overloadsAreAllImported() {
    let units = units("func f(_ x: Int) {}", "func f(_ x: String) {}", "f(1)")
    #expect(units[2].source.contains("@testable import func \(units[0].module).f\n"))
    #expect(units[2].source.contains("@testable import func \(units[1].module).f\n"))
  }

  /// The generated source gives every line of the cell its own number.
  @Test(arguments: ["let a = 1\nlet b = 2\nb", "f()", "print(1)\n\n[1, 2].map { n in\n  n\n}", "let a = 1"])
  func linesKeepTheirNumbers(code: String) {
    let unit = units(code)[0]
    let lines = unit.source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var number = 0
    var found: [Int: String] = [:]
    for line in lines {
      if let match = line.wholeMatch(of: /#sourceLocation\(file: ".*", line: (\d+)\)/) {
        number = Int(match.1)!
      } else if number > 0 {
        // The wrapper stands on the number of the line before; nothing is reported there.
        if line != "show(" { found[unit.cellLine(number)] = line }
        number += 1
      }
    }
    for (index, line) in code.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      #expect(found[index + 1] == String(line), "\(unit.source)")
    }
  }

  @Test(arguments: ["f()", "let a = 1\nlet b = 2\nb"]) func optionsAreNotCompiled(code: String) {
    let unit = units("//| label: fig-a\n//| fig-cap: A caption\n\(code)")[0]
    #expect(unit.isSame(as: units(code)[0]) && unit.source == units(code)[0].source)
    // The third line of the fence.
    let shift = units(code)[0].lineShift
    #expect(unit.position(line: 1 + shift)?.line == 12)
  }

  @Test func syntaxErrorsAreThoseOfTheCell() {
    let problems = units("print(1)\nfunc f() {\n  print(2)")[0].problems
    #expect(problems.first?.position == Position(line: 12, column: 11))
    #expect(problems.first?.message.contains("expected '}'") == true, "\(problems)")
  }

  @Test(arguments: [
    ("await f()", true), ("for await x in xs {}", true), ("wait { await f() }", false),
    ("func g() async { await f() }", false), ("let h = { await f() }", false),
  ]) func awaitIsRefusedOnlyAtTheTopLevel(code: String, isRefused: Bool) {
    #expect(units(code)[0].problems.isEmpty == !isRefused)
  }

  @Test(arguments: [
    ("x = 1", false), ("x += 1", false), ("x == 1", true), ("x", true), ("x;", false), ("let x = 1", false),
    ("if true { x }", false), ("for _ in 0..<1 {}", false), ("try f()", true), ("x ? 1 : 2", true),
    ("_ = f()", false), ("f(); g()", false), ("{ 1 }()", true),
  ]) func onlyAValueIsShown(code: String, isShown: Bool) {
    #expect(units("let z = 0\n\(code)")[0].source.contains("show(\n") == isShown)
  }
}
