import Foundation
import NotebookEvents
import NotebookModel
import Testing

@testable import NotebookReport

/// The notebook as Markdown and for Jupyter.
@Suite struct ExportTests {
  private static func report() throws -> (HTMLReport, RunRecord) {
    let notebook = try Notebook.read(path: Sample.path)
    return (
      try HTMLReport(notebook, cacheFolder: Sample.cacheFolder),
      sampleRecord(notebook, pictures: Sample.pictures)
    )
  }

  private static func markdown() throws -> MarkdownExport {
    let (report, record) = try report()
    return report.markdown(for: record, picturesIn: "sample_files")
  }

  private static func jupyter(_ text: String, printing outputs: [Output] = []) throws -> [[String: Any]] {
    let notebook = try Notebook.parse(text, path: "n.md")
    let report = try HTMLReport(notebook, cacheFolder: Sample.cacheFolder)
    let cells = notebook.cells.map { _ in CellRecord(state: .ended, outputs: outputs) }
    return try cells_(report.jupyterNotebook(for: RunRecord(cells: cells)))
  }

  private static func cells_(_ text: String) throws -> [[String: Any]] {
    let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(object["nbformat"] as? Int == 4 && object["nbformat_minor"] as? Int == 5)
    return try #require(object["cells"] as? [[String: Any]])
  }

  private static func source(_ cell: [String: Any]) -> String { (cell["source"] as? [String] ?? []).joined() }

  // MARK: Markdown

  @Test(
    arguments: [
      // The front matter, the title in it.
      "---\ntitle: \"The score of a Gaussian path and Tweedie's formula\"",
      // An equation with its number, and its verdict in words behind it.
      "\\tag{2} $$\n**✓ Equation (2), verified:** Both sides agree at 512 points",
      "\\tag{1} $$\n*≔ Equation (1), definition*",
      "**✗ Equation (5), refuted:** The sides differ by a factor of 3.2",
      "> - Diagnosis: The ratio of the sides is $1/\\beta_t$: a missing square.",
      // Values and references in the prose.
      "from the origin is 2.42,", "[Section 2](#sec-field)", "or [(4)](#eq-tweedie).", "neither $5 nor $6",
      // Headings with their numbers and names.
      "## 1 Two scores {#sec-scores}", "### 1.1 Tweedie's formula",
      // GitHub's callouts as quotes, notes as pandoc has them.
      "> **ℹ Note**\n>\n> Time runs from noise to data here.", "[^marginal]: That is,",
      // Figures beside the text, with caption, number and alternative text.
      "![<span id=\"fig-score\"></span>**Figure 1.** The marginal score",
      "(sample_files/fig-score.png){width=640px",
      "alt=\"Three curves over x", "(sample_files/fig-particles.gif){width=320px",
      "![The path of a single data point.](sample_files/path.png)",
      // Tables, warnings, failures.
      "| steps | $W_2$ | scheme |\n| --: | --: | :-- |\n| 10 | 0.31 | Euler |",
      "\\<b\\>Heun\\</b\\> |\n\nTable: Error of the simulation at $t = 1$", "> **Warning.** The step size",
      "> **Crashed (as expected).** Index out of range (sample.md:", "*This cell did not run.*",
      "> **Error.** cannot convert value of type 'String'", "… 1234567 bytes left out …",
    ])
  func theMarkdownHas(_ piece: String) throws {
    let text = try Self.markdown().text.replacing("\u{A0}", with: " ")
    #expect(text.contains(piece), "\(text)")
  }

  @Test func picturesAreFilesThatTheTextNames() throws {
    let export = try Self.markdown()
    #expect(Set(export.files.map(\.name)) == ["path.png", "fig-score.png", "fig-particles.gif"])
    #expect(export.files.first { $0.name == "fig-particles.gif" }?.bytes == Sample.pictures.animation)
    for file in export.files { #expect(export.text.contains("(sample_files/\(file.name))"), "\(file.name)") }
  }

  @Test func whatIsPrintedStaysInItsFence() throws {
    let notebook = try Notebook.parse("```swift\nrun()\n```\n", path: "n.md")
    let report = try HTMLReport(notebook, cacheFolder: Sample.cacheFolder)
    let outputs = [Output.text(head: "```\n# no heading\n\u{1B}[31m\n", omittedBytes: 0, tail: "")]
    let record = RunRecord(cells: [CellRecord(state: .ended, outputs: outputs)])
    #expect(
      report.markdown(for: record, picturesIn: "x").text
        == "```swift\nrun()\n```\n\n````text\n```\n# no heading\n\\u{1B}[31m\n````\n")
  }

  @Test(
    arguments: [
      ("As follows:\n- one\n- two", "As follows:\n\n- one\n- two"), ("- one\n- two", "- one\n- two"),
      ("a\n\n\n\nb", "a\n\nb"), ("[b](03_b.md#sec-a)", "[b](03_b.md#sec-a)"),
      ("```text\n- a\n\n\n> [!NOTE]\n```", "```text\n- a\n\n\n> [!NOTE]\n```"),
      ("1. A\n   $$ x \\\\\n   - y $$ {#eq-a}\n\n2. B", nil),
    ])
  func linesAreSaidAsPandocReadsThem(_ text: String, _ expected: String?) throws {
    let notebook = try Notebook.parse(text, path: "n.md")
    let report = try HTMLReport(notebook, cacheFolder: Sample.cacheFolder)
    let result = report.markdown(for: RunRecord(), picturesIn: "x").text
    if let expected {
      #expect(result == expected + "\n")
    } else {
      // A formula in a list stays there, and its lines begin no other.
      #expect(
        result.contains("$$ x \\\\ - y \\tag{1} $$\n   *– Equation\u{A0}(1), no verdict*"), "\(result)")
    }
  }

  // MARK: Jupyter

  @Test func theJupyterNotebookIsWhatItsFormatDemands() throws {
    let (report, record) = try Self.report()
    let text = report.jupyterNotebook(for: record)
    #expect(text == report.jupyterNotebook(for: record))
    let cells = try Self.cells_(text)
    let names = cells.compactMap { $0["id"] as? String }
    #expect(names.count == cells.count && Set(names).count == names.count)
    #expect(names.allSatisfy { $0.wholeMatch(of: /[a-zA-Z0-9_-]{1,64}/) != nil }, "\(names)")
    for cell in cells {
      #expect(cell["metadata"] is [String: Any] && cell["source"] is [String])
      guard cell["cell_type"] as? String == "code" else { continue }
      for output in try #require(cell["outputs"] as? [[String: Any]]) {
        let type = try #require(output["output_type"] as? String)
        #expect(["stream", "display_data", "execute_result", "error"].contains(type))
        if type == "error" { #expect(output["traceback"] is [String] && output["ename"] is String) }
      }
    }
  }

  @Test func figuresHaveSizeAndAlternativeText() throws {
    let (report, record) = try Self.report()
    let cells = try Self.cells_(report.jupyterNotebook(for: record))
    let score = try #require(cells.first { $0["id"] as? String == "fig-score" })
    let outputs = try #require(score["outputs"] as? [[String: Any]])
    let picture = try #require(outputs.first?["metadata"] as? [String: [String: Any]])["image/png"]
    #expect(picture?["width"] as? Int == 640)
    #expect((picture?["alt"] as? String)?.hasPrefix("Three curves over x") == true)
    #expect((score["metadata"] as? [String: [String: Bool]])?["jupyter"]?["source_hidden"] == true)
    let data = outputs.last?["data"] as? [String: [String]]
    let caption = (data?["text/markdown"]?.joined() ?? "").replacing("\u{A0}", with: " ")
    #expect(caption.hasPrefix("<span id=\"fig-score\"></span>**Figure 1.** The marginal score"), "\(caption)")
    let moving = try #require(
      cells.first { $0["id"] as? String == "fig-particles" }?["outputs"] as? [[String: Any]])
    let forms = try #require(moving.first?["data"] as? [String: Any])
    #expect(
      (forms["text/html"] as? [String])?.first?.hasPrefix("<img src=\"data:image/gif;base64,R0lGOD") == true)
    #expect(forms["image/png"] is String, "a still picture for paper")
  }

  @Test func notesAndTornFoldsAreSaidOtherwise() throws {
    let cells = try Self.jupyter(
      """
      # Title

      One[^a] and one more[^b], again[^a]; see [b](02_b.md).

      [^a]: The first,
          with $x$.
      [^b]: The second.

      <details><summary>Solution</summary>

      ```swift
      let x = 1
      ```

      </details>

      <details><summary>Whole</summary>

      x

      </details>
      """)
    let sources = cells.map(Self.source)
    #expect(sources[0] == "# Title")
    #expect(
      sources[1]
        == "One<sup>[1](#note-1)</sup> and one more<sup>[2](#note-2)</sup>, again<sup>[1](#note-1)</sup>; see [b](02_b.ipynb).\n\n**Solution**"
    )
    #expect(sources[2] == "let x = 1")
    #expect(sources[3] == "<details><summary>Whole</summary>\n\nx\n\n</details>")
    #expect(
      sources.last
        == "1. <span id=\"note-1\"></span>The first, with $x$.\n2. <span id=\"note-2\"></span>The second.")
  }

  @Test func whatIsPrintedDoesNothing() throws {
    let cells = try Self.jupyter(
      "```swift\nrun()\n```\n",
      printing: [
        .table(
          Event.Table(
            caption: "<script>x</script>", columns: [.init(title: "<b>", isNumeric: true)], rows: [["<i>"]])),
        .check(Event.Check(label: "<script>", kind: "", verdict: .refuted, sentence: "<script>x</script>")),
      ])
    let outputs = try #require(cells.last?["outputs"] as? [[String: Any]])
    for output in outputs {
      let html = (output["data"] as? [String: [String]])?["text/html"]?.joined() ?? ""
      #expect(!html.contains("<script>") && !html.contains("<i>"), "\(html)")
    }
  }

  @Test func anOpenExerciseSaysSo() throws {
    let text = "```swift\n//| exercise: denoise\nverify(denoise)\n```\n"
    let notebook = try Notebook.parse(text, path: "n.md")
    let report = try HTMLReport(notebook, cacheFolder: Sample.cacheFolder)
    let record = RunRecord(cells: [CellRecord(state: .open)])
    let html = report.html(for: record)
    #expect(
      html.contains("This exercise waits for <code>denoise</code>: declare it")
        && !html.contains("did not run"))
    #expect(!html.contains("class=\"banner\""))
    #expect(
      report.markdown(for: record, picturesIn: "x").text.contains(
        "*○ Open. This exercise waits for `denoise`"))
    #expect(report.jupyterNotebook(for: record).contains("○ Open."))
  }
}
