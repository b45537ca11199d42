import NotebookModel
import Testing

@Suite struct CellTests {
  @Test func fencesBecomeCellsInOrder() throws {
    let read = try notebook(
      """
      Before.

      ```swift
      let a = 1
      ```
      ~~~swift
      let b = 2
      ~~~
      After `{swift} a + b` and
      `{swift}  b`.

      ````swift
      print("x")
      // ``` inside
      ````
      """)
    #expect(read.cells.map(\.kind) == [.fenced, .fenced, .inline, .fenced])
    #expect(read.cells.map(\.index) == [0, 1, 2, 3])
    #expect(read.cells.map(\.code) == ["let a = 1", "let b = 2", "a + b\nb", "print(\"x\")\n// ``` inside"])
    #expect(read.cells[1].origins == [Position(line: 7)])
    #expect(read.cells[2].origins == [Position(line: 9, column: 16), Position(line: 10, column: 11)])
    #expect(read.prose.map(\.position.line) == [1, 9])
    #expect(read.elements.count == 5)
  }

  @Test(arguments: [
    "```text\nlet a = 1\n```", "```swift-noeval\nlet a = 1\n```", "````md\n```swift\nlet a = 1\n```\n````",
    "<!--\n```swift\nlet a = 1\n```\n-->", "Text\n\n    ```swift\n    let a = 1\n    ```",
    "<pre>\n```swift\n```\n</pre>", "- item\n\n  ~~~text\n  ```swift\n  ~~~",
  ])
  func shownOnly(_ text: String) throws {
    let read = try notebook(text)
    #expect(read.cells.isEmpty)
    #expect(read.prose.map(\.text).joined() == text)
  }

  @Test(arguments: [
    "- item\n\n  ```swift\n  let a = 1\n  ```", "> ```swift\n> let a = 1\n> ```",
    "1. a\n\n   ```swift\n   ```",
  ])
  func nestedCellsAreNotRunAndSaidSo(_ text: String) throws {
    let read = try notebook(text)
    #expect(read.cells.isEmpty)
    #expect(read.warnings.contains { $0.message == "a cell in a list or a quote is only shown, not run" })
  }

  @Test func aListEndsBeforeTheCellAtTheMargin() throws {
    let read = try notebook("- item\n- item\n```swift\nlet a = 1\n```")
    #expect(read.cells.map(\.code) == ["let a = 1"])
  }

  @Test func indentedFenceLosesItsIndentation() throws {
    let read = try notebook("  ```swift\n  if true {\n    f()\n }\n  ```")
    #expect(read.cells[0].code == "if true {\n  f()\n}")
    #expect(read.cells[0].position(line: 2, column: 3) == Position(line: 3, column: 5))
  }

  @Test func optionsStandAtTheTop() throws {
    let read = try notebook(
      """
      ```swift
      //| label: fig-score
      //| echo: false
      //| fold: true
      //| fig-cap: "The score $\\nabla \\log p$ at \\"t\\": see @fig-score"
      //| fig-alt: 'It''s a line'
      //|   that rises
      //| error: true
      //| timeout: 2.5
      //| eval: false
      //| output: false

      plot()
      ```
      """)
    let options = read.cells[0].options
    #expect(options.label == "fig-score")
    #expect(!options.showsCode && !options.showsOutput && !options.isEvaluated && options.expectsError)
    #expect(options.fold == .closed)
    #expect(options.timeout == 2.5)
    #expect(options.figureCaption == #"The score $\nabla \log p$ at "t": see @fig-score"#)
    #expect(options.figureAlternativeText == "'It''s a line' that rises")
    #expect(options.caption?.spans.map(\.content).last == .reference(label: 0, numberOnly: false))
    #expect(read.cells[0].start == Position(line: 13))
    #expect(read.labels.map(\.number) == ["1"])
  }

  @Test func lineEndsOfOtherSystems() throws {
    let unix = try notebook("# T\n\n```swift\nlet a = 1\n\nlet b = 2\n```\n$x$")
    for text in [
      "\u{FEFF}# T\r\n\r\n```swift\r\nlet a = 1\r\n\r\nlet b = 2\r\n```\r\n$x$",
      "# T\r\r```swift\rlet a = 1\r\rlet b = 2\r```\r$x$",
    ] {
      let read = try notebook(text)
      #expect(read.source == unix.source)
      #expect(read.cells == unix.cells)
      #expect(read.elements == unix.elements)
    }
  }
}
