import NotebookEvents
import NotebookModel
import Testing

@Suite struct TraceTests {
  static let text = """
    # A notebook

    ```swift
    let a = 1
    ```

    There are `{swift} a` and `{swift} a + 1`.

    ```swift
    //| label: fig-a
    plot()
    ```
    """

  private func trace(_ outputs: [Output], state: CellRecord.State = .ended) -> Trace {
    Trace(RunRecord(cells: [CellRecord(state: state, outputs: outputs), CellRecord(), CellRecord()]))
  }

  private func differences(
    _ old: Output, _ new: Output, _ tolerance: Tolerance = .statedErrors
  ) throws -> [Difference] {
    trace([old]).differences(from: trace([new]), in: try Notebook.parse(Self.text, path: "n.md"), tolerance)
  }

  private func figure(_ data: String, _ picture: UInt8 = 1) -> Output {
    .figure(
      Event.Figure(
        format: .png, width: 6, height: 4, light: [picture], alternativeText: "a line",
        data: "panel,mark,series,x,y\n" + data))
  }

  private func check(
    _ verdict: Event.Check.Verdict = .verified, sentence: String = "agree", resolution: Double = 1e-9,
    facts: [String] = []
  ) -> Output {
    .check(
      Event.Check(
        label: "eq-a", kind: "identity", verdict: verdict, sentence: sentence, resolution: resolution,
        facts: facts.map { .init(name: "worst error", value: $0) }, line: 1, column: 1,
        seconds: .random(in: 0..<1)))
  }

  @Test func equalRunsHaveNoDifference() throws {
    let table = Output.table(Event.Table(columns: [.init(title: "h", isNumeric: true)], rows: [["0.1"]]))
    for output in [
      figure("1,line,p,0,0\n"), check(), table, .text(head: "a", omittedBytes: 9, tail: "b"), .value("nan"),
      .warning("w"),
    ] { #expect(try differences(output, output, .exact) == []) }
  }

  @Test func whatDiffersIsNamedAtItsPlace() throws {
    #expect(
      try differences(.value("2.42"), .value("2.40")) == [
        Difference(line: 4, subject: "cell 1, its value", was: "`2.42`", now: "`2.40`")
      ])
    let lines = try differences(
      .text(head: "one\ntwo 2\nthree", omittedBytes: 0, tail: ""),
      .text(head: "one\ntwo 3\nthree", omittedBytes: 0, tail: ""))
    #expect(lines.map(\.subject) == ["cell 1, its text, line 2 of its text"])
    #expect(lines.map(\.now) == ["`two 3`"])
    let columns = [Event.Table.Column(title: "h", isNumeric: true), .init(title: "error", isNumeric: true)]
    let table = try differences(
      .table(Event.Table(columns: columns, rows: [["0.1", "1"], ["0.2", "2"]])),
      .table(Event.Table(columns: columns, rows: [["0.1", "1"], ["0.2", "3"]])))
    #expect(table.map(\.subject) == ["cell 1, the table's row 2, error"])
  }

  @Test func valuesInTheTextStandAtTheirOwnLines() throws {
    let notebook = try Notebook.parse(Self.text, path: "n.md")
    func trace(_ value: String) -> Trace {
      let inline = [Output.inlineValue(position: 1, text: value)]
      return Trace(
        RunRecord(cells: [CellRecord(), CellRecord(state: .ended, outputs: inline), CellRecord()]))
    }
    #expect(
      trace("2").differences(from: trace("3"), in: notebook, .statedErrors) == [
        Difference(line: 7, subject: "the value `a + 1` in the text", was: "`2`", now: "`3`")
      ])
  }

  @Test(arguments: [Tolerance.exact, .statedErrors, .otherVersions])
  func anotherVerdictIsAlwaysADifference(tolerance: Tolerance) throws {
    let found = try differences(check(), check(.inconclusive, sentence: "cannot tell"), tolerance)
    #expect(found.map(\.subject) == ["cell 1, the check of eq-a, its verdict"])
    #expect(found.map(\.was) == ["verified"] && found.map(\.now) == ["inconclusive"])
  }

  @Test func evidenceMayBeRoundedByOtherVersions() throws {
    let (old, new) = (
      check(facts: ["3.1e-15"]), check(sentence: "agree well", resolution: 3e-9, facts: ["9e-16"])
    )
    #expect(try differences(old, new, .otherVersions) == [])
    #expect(try differences(old, new).count == 2)
    #expect(try differences(old, check(resolution: 1e-6), .otherVersions).count == 1)
    #expect(try differences(check(resolution: .nan), check(resolution: .nan), .otherVersions) == [])
  }

  @Test func figuresAreComparedByTheirNumbers() throws {
    let line = figure("1,line,p,0,1\n1,line,p,1,2\n")
    let moved = try differences(line, figure("1,line,p,0,1\n1,line,p,1,2.5\n", 2))
    #expect(moved.map(\.subject) == ["cell 1, the figure's numbers, 1 line p: y, row 2"])
    #expect(moved.map(\.now) == ["2.5"])
    let rounded = figure("1,line,p,0,1\n1,line,p,1,2.00000000001\n")
    #expect(try differences(line, rounded) == [])
    #expect(try differences(line, rounded, .exact).count == 1)
    #expect(try differences(line, figure("1,line,p,0,1\n"))[0].now == "1 rows")
  }

  @Test func aPictureOfEqualNumbersIsTheSameWithTheSameVersions() throws {
    let (old, new) = (figure("1,line,p,0,1\n", 1), figure("1,line,p,0,1\n", 2))
    #expect(try differences(old, new).map(\.subject) == ["cell 1, the figure's picture, of equal numbers"])
    #expect(try differences(old, new, .otherVersions) == [])
  }

  @Test func outputsThatCameOrWent() throws {
    let notebook = try Notebook.parse(Self.text, path: "n.md")
    func found(_ old: [Output], _ new: [Output]) -> [String] {
      trace(old).differences(from: trace(new), in: notebook, .statedErrors).map { "\($0.was) -> \($0.now)" }
    }
    #expect(found([.value("1")], []) == ["a value -> nothing"])
    #expect(found([], [.warning("w")]) == ["nothing -> a warning"])
    #expect(found([.value("1"), .value("2")], [.warning("1"), .value("2")]) == ["a value -> a warning"])
  }

  @Test func howACellEnded() throws {
    let notebook = try Notebook.parse(Self.text, path: "n.md")
    let failed = trace([], state: .failed(.init(kind: .trap, message: "Index out of range", line: 1)))
    let found = trace([]).differences(from: failed, in: notebook, .otherVersions)
    #expect(found.map(\.now) == ["failed: Index out of range"])
    #expect(failed.differences(from: failed, in: notebook, .exact) == [])
    let other = trace([], state: .failed(.init(kind: .trap, message: "Division by zero", line: 1)))
    #expect(failed.differences(from: other, in: notebook, .exact).map(\.subject) == ["cell 1, its failure"])
  }

  @Test func aRecordComesBackFromItsTrace() {
    let record = RunRecord(
      cells: [
        CellRecord(
          state: .failedAsExpected(.init(kind: .thrown, message: "m")),
          outputs: [figure("1,line,p,0,1\n"), .value("1"), .inlineValue(position: 2, text: "3")])
      ], seed: 3)
    let trace = Trace(record)
    let back = RunRecord(trace, seed: 3, parameters: [], pictures: [trace.pictures.first!: [1]])
    guard case .figure(let figure) = back.cells[0].outputs[0] else {
      Issue.record("no figure")
      return
    }
    #expect(figure.light == [1] && figure.width == 6 && figure.alternativeText == "a line")
    #expect(back.cells[0].outputs.dropFirst() == record.cells[0].outputs.dropFirst())
    #expect(back.cells[0].state == record.cells[0].state)
  }

  @Test(arguments: ["a\r\nb\n", "\u{FEFF}# Title\n", "no end", "# ü 👩‍👩‍👧 e\u{301}\n"])
  func aNotebookKeepsItsBytes(text: String) throws {
    #expect(try Notebook.parse(text, path: "n.md").original == Array(text.utf8))
  }
}
