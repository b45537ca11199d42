import NotebookEvents
import NotebookModel
import Testing

@Suite struct VariantTests {
  static let text = """
    ---
    title: Exercises
    ---

    $$ a = a $$ {#eq-first}

    <details><summary>Solution</summary>

    A secret, $s = 42$, and `{swift} 40 + 2`:

    $$ s = 42 $$ {#eq-secret}

    ```swift
    let secret = 42
    ```

    </details>

    $$ b = b $$ {#eq-last}

    The value is `{swift} 1 + 1`; see @eq-last.

    ```swift
    //| variant: instructor
    print("a note")
    ```

    ## End {#sec-end}

    ```swift
    //| exercise: secret
    verify(secret)
    ```

    """

  @Test(
    arguments: [
      ("<details><summary>Solution</summary>", ReservedPart.Kind.solution),
      ("<details open><summary>solution:</summary>", .solution),
      ("<details>\n<summary><b>Note</b></summary>", nil),
      ("<details class=\"solution\"><summary>x</summary>", .solution),
      ("<details>\n<summary>Solution of exercise 3</summary>", .solution),
      ("<details><summary>Instructor's notes</summary>", .instructor),
      ("<DETAILS CLASS=\"a instructor\">\n<summary>Solution</summary>", .instructor),
      ("<details><summary>Solutions of the heat equation</summary>", nil),
      ("<details><summary>Hint</summary>\n\n<details><summary>More</summary>\n\nx\n\n</details>", nil),
    ])
  func whatAFoldIsIsSaidByItsSummaryOrItsClass(_ opening: String, _ kind: ReservedPart.Kind?) throws {
    let notebook = try Notebook.parse("Text.\n\n\(opening)\n\nHidden.\n\n</details>\n\nMore.\n", path: "n.md")
    #expect(notebook.reservedParts.map(\.kind) == [kind].compactMap(\.self))
    let student = try notebook.variant(.student)
    #expect(student.source.contains("Hidden") == (kind == nil))
    #expect(student.source.contains("Text.") && student.source.contains("More."))
  }

  @Test func foldsInCodeAreCodeAndFoldsInListsAreFolds() throws {
    let code = "```html\n<details><summary>Solution</summary>\n```\n"
    #expect(try Notebook.parse(code, path: "n.md").reservedParts.isEmpty)
    let list =
      "1. Why?\n\n   <details><summary>Solution</summary>\n\n   Because.\n\n   </details>\n\n2. Next\n"
    let student = try Notebook.parse(list, path: "n.md").variant(.student)
    #expect(student.source.split(separator: "\n") == ["1. Why?", "2. Next"])
  }

  @Test func notesGoWithTheLastTextThatRefersToThem() throws {
    let text = """
      Open[^a].

      <details><summary>Solution</summary>

      Hidden[^b], and again[^a].

      </details>

      [^a]: Both.
      [^b]: Only hidden,
          in two lines,

          and two paragraphs[^c].
      [^c]: A note of a note.

      The end.

      """
    let student = try Notebook.parse(text, path: "n.md").variant(.student)
    #expect(student.source.split(separator: "\n") == ["Open[^a].", "[^a]: Both.", "The end."])
    #expect(try Notebook.parse(text, path: "n.md").variant(.solution).source.contains("Only hidden"))
  }

  @Test func aSolutionThatDoesNotEndIsAMistake() throws {
    let errors = #expect(throws: NotebookErrors.self) {
      try Notebook.parse("x\n\n<details><summary>Solution</summary>\n\nHidden.\n", path: "n.md")
    }
    #expect(errors?.diagnostics.first?.position?.line == 3)
    #expect(errors?.diagnostics.first?.message.contains("is not closed") == true)
  }

  @Test func aStudentsNotebookKnowsNothingOfWhatIsLeftOut() throws {
    let whole = try Notebook.parse(Self.text, path: "n.md")
    let student = try whole.variant(.student)
    let all = "\(student)"
    for word in ["A secret", "40 + 2", "eq-secret", "let secret", "a note", "s = 42"] {
      #expect(!all.contains(word), "\(word)")
    }
    #expect(student.cells.count == 2 && student.reservedParts.isEmpty)
    #expect(try whole.variant(.solution).source.contains("<details open><summary>Solution"))
  }

  @Test func linesAndNumbersStayThoseOfTheWholeNotebook() throws {
    let whole = try Notebook.parse(Self.text, path: "n.md")
    let student = try whole.variant(.student)
    #expect(student.equations.map(\.number) == ["1", "3"])
    #expect(student.labels.first { $0.name == "eq-last" }?.number == "3")
    #expect(student.equations.last?.position == whole.equations.last?.position)
    #expect(student.cells.last?.start == whole.cells.last?.start)
  }

  @Test func aReferenceToWhatIsLeftOutIsAMistakeAtItsPlace() throws {
    let text = Self.text.replacing("see @eq-last", with: "see @eq-secret")
    let whole = try Notebook.parse(text, path: "n.md")
    let errors = #expect(throws: NotebookErrors.self) { try whole.variant(.student) }
    let line = text.split(separator: "\n", omittingEmptySubsequences: false).firstIndex {
      $0.contains("see @eq")
    }
    #expect(errors?.diagnostics.first?.position?.line == line.map { $0 + 1 })
    #expect(errors?.diagnostics.first?.message.contains("in the variant `student`") == true)
  }

  @Test func valuesAndOutputsFindTheirPlaces() throws {
    let whole = try Notebook.parse(Self.text, path: "n.md")
    #expect(whole.cells.map(\.kind) == [.inline, .fenced, .inline, .fenced, .fenced])
    var record = RunRecord(cells: whole.cells.map { _ in CellRecord(state: .ended) })
    record.cells[0].outputs = [.inlineValue(position: 0, text: "42")]
    record.cells[2].outputs = [.inlineValue(position: 0, text: "2")]
    record.cells[4].outputs = [.value("checked")]
    let student = try whole.variant(.student)
    #expect(student.cells.map(\.kind) == [.inline, .fenced])
    let shown = student.record(from: record, of: whole)
    #expect(shown.cells.map(\.outputs) == [[.inlineValue(position: 0, text: "2")], [.value("checked")]])
    // By whom an exercise was solved decides whether the page says so.
    record.cells[4].solver = 1
    let open = student.record(from: record, of: whole).cells[1]
    #expect(open.state == .open && open.outputs.isEmpty)
    #expect(try whole.variant(.solution).record(from: record, of: whole).cells[4].state == .ended)
  }

  @Test func twoProsesThatBecomeOneShareTheirValues() throws {
    let text = """
      One is `{swift} 1`.

      ```swift
      //| variant: solution
      let x = 1
      ```

      Two is `{swift} 2`, three `{swift} 3`.

      """
    let whole = try Notebook.parse(text, path: "n.md")
    var record = RunRecord(cells: whole.cells.map { _ in CellRecord(state: .ended) })
    record.cells[0].outputs = [.inlineValue(position: 0, text: "1")]
    record.cells[2].outputs = [.inlineValue(position: 0, text: "2")]
    record.cells[2].state = .failed(Event.Failure(kind: .trap, message: "no", line: 2))
    let student = try whole.variant(.student)
    let shown = student.record(from: record, of: whole)
    #expect(
      shown.cells.map(\.outputs) == [
        [.inlineValue(position: 0, text: "1"), .inlineValue(position: 1, text: "2")]
      ])
    #expect(shown.cells[0].failure?.line == 3)
  }

  @Test(
    arguments: [
      ("variant: student", "`variant` is `solution` or `instructor`, not `student`"),
      ("exercise: 3x", "`exercise` is the name that a reader's cell has to declare, not `3x`"),
    ])
  func wrongValuesAreMistakes(_ option: String, _ message: String) {
    let errors = #expect(throws: NotebookErrors.self) {
      try Notebook.parse("```swift\n//| \(option)\n1\n```\n", path: "n.md")
    }
    #expect(errors?.diagnostics.map(\.message) == [message])
  }
}
