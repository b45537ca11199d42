import Testing

@testable import NotebookReport

@Suite struct MarkdownReaderTests {
  /// Which characters are special the parser keeps for the whole process: texts read side by side must not forget them for
  /// one another.
  @Test func textsAreReadSideBySide() async {
    let text = String(repeating: "a ~~b~~ **c** \"d\" | e\n\n", count: 40)
    let alone = String(describing: parseMarkdown(text))
    #expect(alone.contains("strikethrough"))
    let differing = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<4 {
        group.addTask {
          (0..<100).count { _ in String(describing: parseMarkdown(text)) != alone }
        }
      }
      return await group.reduce(0, +)
    }
    #expect(differing == 0)
  }
}
