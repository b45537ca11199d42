import Foundation
import Testing

/// `--variant`, and exercises that a reader's own cell solves.
@Suite struct VariantTests {
  private static let text = """
    ---
    title: An exercise
    ---

    Write the square of a number as `func square(_ x: Double) -> Double`.

    <details><summary>Solution</summary>

    The SECRET:

    ```swift
    func square(_ x: Double) -> Double { x * x }  // SECRET
    ```

    $$ SECRET(x) = x^2 $$ {#eq-secret .definition}

    ```swift
    //| label: fig-secret
    Figure().line(over: -1...1) { square($0) }
    ```

    Its value is `{swift} Int(square(3)) + 71_000_000`.

    </details>

    ```swift
    //| exercise: square
    verify("exercise-square", over: Domain(x: -3...3)) { x in square(x) } equals: { x in (x + 1) * (x + 1) - 2 * x - 1 }
    ```

    ```swift
    //| variant: instructor
    print("SECRET", "note")
    ```

    ```swift
    print("the cells that follow", "run")
    ```

    """

  /// What is the reader's before the solution is handed out.
  private static let student = text.replacing(/<details>(?s:.*?)<\/details>/, with: "")

  /// A word as it stands in a file: plain, and wherever it begins in base64, as an embedded source has it.
  private static func forms(of word: String) -> [Data] {
    [Data(word.utf8)]
      + (0..<3).map { offset in
        let shifted = Data(repeating: 0, count: offset) + Data(word.utf8)
        let whole = shifted.prefix(3 * (shifted.count / 3)).base64EncodedString()
        return Data(whole.dropFirst(offset == 0 ? 0 : 4).utf8)
      }
  }

  @Test func aStudentsFilesHoldNothingThatIsLeftOut() throws {
    try withProgram { program in
      let outcome = try program.run(notebook: Self.text, "--to", "html,ipynb,md", "--variant", "student")
      #expect(outcome.status == 0, "\(outcome)")
      let files = FileManager.default.enumerator(at: program.file("output"), includingPropertiesForKeys: nil)
      let urls = (files?.allObjects as? [URL] ?? []).filter { !$0.hasDirectoryPath }
      #expect(urls.count == 3, "\(urls)")
      for url in urls {
        let bytes = try Data(contentsOf: url)
        for word in ["SECRET", "71_000_000", "71000009", "fig-secret", "eq-secret", "x * x }  //"] {
          for form in Self.forms(of: word) {
            #expect(bytes.range(of: form) == nil, "\(word) in \(url.lastPathComponent)")
          }
        }
        let shown = String(decoding: bytes, as: UTF8.self)
        #expect(
          shown.contains("This exercise waits for") && shown.contains("the cells that follow"), "\(url)")
      }
    }
  }

  @Test func aSolutionIsUnfoldedAndCheckedWhereItIsShown() throws {
    try withProgram { program in
      let outcome = try program.run(notebook: Self.text, "--variant", "solution")
      #expect(outcome.status == 0, "\(outcome)")
      let page = try #require(outcome.page)
      #expect(page.contains("<details open><summary>Solution</summary>") && page.contains("SECRET note"))
      #expect(!page.contains("This exercise waits for"))
      #expect(page.contains("71000009"))
      #expect(try program.run(notebook: Self.text).page?.contains("<details><summary>Solution") == true)
    }
  }

  @Test func anExerciseIsOpenUntilACellSolvesIt() throws {
    try withProgram { program in
      try program.write(Self.student, to: "x.md")
      let open = try program.run(["check", "x.md"])
      #expect(open.status == 0, "\(open)")
      #expect(
        open.errors.contains(": note: the exercise `square` is open; declare `square`"), "\(open.errors)")
      #expect(open.output.contains("1 exercise open"), "\(open.output)")
      let right = Self.student.replacing(
        "```swift\n//| exercise",
        with: "```swift\nlet square = { (x: Double) in x * x }\n```\n\n```swift\n//| exercise")
      try program.write(right, to: "x.md")
      let solved = try program.run(["check", "x.md"])
      #expect(solved.status == 0 && solved.errors.contains("✓ exercise-square verified"), "\(solved)")
      #expect(!solved.output.contains("open"))
      try program.write(right.replacing("in x * x", with: "in 2 * x"), to: "x.md")
      let refuted = try program.run(["check", "x.md"])
      #expect(refuted.status == 1 && refuted.errors.contains("`exercise-square` is refuted"), "\(refuted)")
      let page = try program.run(notebook: Self.student).page
      #expect(page?.contains("This exercise waits for <code>square</code>") == true)
      #expect(page?.contains("the cells that follow run") == true)
    }
  }

  @Test func whatIsLeftOutCannotBeReferredTo() throws {
    try withProgram { program in
      let text = Self.text + "\nSee @eq-secret.\n"
      let line = text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
      let outcome = try program.run(notebook: text, "--variant", "student")
      #expect(outcome.status == 65, "\(outcome)")
      #expect(
        outcome.errors.contains("x.md:\(line):5: error: there is no `eq-secret` in the variant `student`"),
        "\(outcome.errors)")
      #expect(try program.run(notebook: text).status == 0)
    }
  }
}
