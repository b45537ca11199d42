import NotebookModel
import Testing

/// Texts put together at random from what notebooks are made of: the parser must neither trap nor lose its place.
@Suite struct RandomTextTests {
  private static let fragments = [
    "```swift\n", "```", "~~~", "````", "\n", "\n\n", "$", "$$", "\\", "`", "``", "`{swift} a`", "{#eq-a}",
    " {#eq-b .cited}",
    "{.definition}", "@eq-a", "@fig-x", "[-@eq-a]", "# ", "## H {#sec-a}", "- ", "1. ", "> ", "    ", "\t",
    "<!--", "-->",
    "<div>", "</pre>", "<pre>", "[^1]: ", "[^1]", "](x)", "![", "{#fig-x}", "===", "---", "---\n",
    "title: x\n",
    "//| echo: true\n", "//| label: fig-x\n", "//| fig-cap: $x$\n", "a", "é", "𝔼", "|", "5", " ", "\r\n",
    "***", "http://$",
  ]

  @Test(arguments: 0..<8)
  func parseKeepsItsPlace(_ seed: Int) {
    var generator = SplitMix(state: UInt64(seed))
    var parsed = 0
    for _ in 0..<400 {
      let text = (0..<Int.random(in: 0..<24, using: &generator))
        .map { _ in Self.fragments.randomElement(using: &generator)! }.joined()
      guard let notebook = try? Notebook.parse(text, path: "n.md") else { continue }
      expectConsistent(notebook)
      parsed += 1
    }
    // Many texts hold errors; enough must not.
    #expect(parsed > 100)
  }

  private func expectConsistent(_ notebook: Notebook) {
    let lines = notebook.source.split(separator: "\n", omittingEmptySubsequences: false).map {
      Array($0.utf8)
    }
    for prose in notebook.prose {
      var last = 0
      for span in prose.spans {
        #expect(
          span.range.lowerBound >= last && span.range.upperBound <= prose.text.utf8.count,
          "\(notebook.source)")
        last = span.range.upperBound
      }
    }
    for (index, cell) in notebook.cells.enumerated() {
      #expect(cell.index == index)
      let code = cell.code.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(cell.origins.count == code.count, "\(notebook.source)")
      for (text, origin) in zip(code, cell.origins) where cell.kind == .fenced && !cell.code.isEmpty {
        #expect(
          Array(lines[origin.line - 1].dropFirst(origin.column - 1)) == Array(text.utf8), "\(notebook.source)"
        )
      }
    }
  }
}

/// Steele, Lea and Flood's generator: the same texts in every run.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
