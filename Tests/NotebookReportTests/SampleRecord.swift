import NotebookEvents
import NotebookModel

/// What running `Fixtures/sample.md` might produce: every kind of output, verdict and failure once.
func sampleRecord(_ notebook: Notebook, pictures: SamplePictures) -> RunRecord {
  var record = RunRecord(
    cells: notebook.cells.map { _ in CellRecord(state: .ended) }, seed: 7,
    parameters: notebook.frontMatter.parameters)
  func cell(containing text: String) -> Int { notebook.cells.firstIndex { $0.code.contains(text) }! }
  func add(_ text: String, _ outputs: Output...) { record.cells[cell(containing: text)].outputs += outputs }

  add("data.secondMoment", .inlineValue(position: 0, text: "2.42"))
  add(
    "let data =",
    .text(head: "modes at [-2.0, 1.0] and a line that is long enough to run out\n", omittedBytes: 0, tail: "")
  )
  add(
    "var figure",
    .figure(
      Event.Figure(
        format: .png, width: 640, height: 400, light: pictures.light, dark: pictures.dark,
        alternativeText: "three curves")))
  add(
    "verify(\"eq-conditional-score\"",
    .check(
      Event.Check(
        label: "eq-conditional-score", kind: "identity", verdict: .verified,
        sentence: "Both sides agree at 512 points; a relative difference of 2e-13 would have been seen.",
        resolution: 2e-13,
        facts: [
          Event.Check.Fact(name: "points", value: "512 in [0.05, 0.95] × [-4, 4]"),
          Event.Check.Fact(name: "worst point", value: "$t = 0.93$, $x = -3.7$"),
          Event.Check.Fact(name: "worst error", value: "3.1e-15"),
        ], line: 1, column: 1)),
    .check(
      Event.Check(
        label: "eq-tweedie", kind: "identity", verdict: .verified,
        sentence: "Both sides agree at 512 points; a relative difference of 2e-9 would have been seen.",
        resolution: 2e-9,
        facts: [
          Event.Check.Fact(name: "points", value: "512"),
          Event.Check.Fact(name: "worst error", value: "4e-11"),
        ], line: 6, column: 1)))
  add(
    "verify(\"eq-printed\"",
    .check(
      Event.Check(
        label: "eq-printed", kind: "identity", verdict: .refuted,
        sentence: "The sides differ by a factor of 3.2 at t = 0.69, x = 1.5.",
        diagnosis: "The ratio of the sides is $1/\\beta_t$: a missing square.",
        facts: [Event.Check.Fact(name: "counterexample", value: "t = 0.69, x = 1.5: 0.41 against 0.13")],
        line: 1, column: 1)))
  add(
    "chain(\"eq-field\"",
    .check(
      Event.Check(
        label: "eq-field", kind: "chain", verdict: .verified, sentence: "All 3 links agree.",
        links: [
          Event.Check.Link(
            name: "\\dot\\alpha_t z + \\dot\\beta_t \\epsilon", verdict: .verified, sentence: "to 1e-12"),
          Event.Check.Link(
            name:
              "\\left(\\dot\\alpha_t - \\frac{\\dot\\beta_t}{\\beta_t}\\alpha_t\\right) z + \\frac{\\dot\\beta_t}{\\beta_t} x",
            verdict: .verified, sentence: "to 1e-12"),
          Event.Check.Link(name: "the form with the score", verdict: .verified, sentence: "to 3e-12"),
        ], line: 2, column: 1)),
    .warning("The step size is coarse at late times."),
    .table(
      Event.Table(
        caption: "Error of the simulation at $t = 1$",
        columns: [
          Event.Table.Column(title: "steps", isNumeric: true),
          Event.Table.Column(title: "$W_2$", isNumeric: true),
          Event.Table.Column(title: "scheme", isNumeric: false),
        ], rows: [["10", "0.31", "Euler"], ["100", "0.034", "Euler"], ["100", "0.0008", "<b>Heun</b>"]])),
    .check(
      Event.Check(
        label: "eq-limit", kind: "equality of laws", verdict: .inconclusive,
        sentence: "The budget ended at a resolution of 0.05, above the 0.02 that is asked for.",
        resolution: 0.05, facts: [Event.Check.Fact(name: "draws", value: "65536")], line: 5, column: 1)))
  add(
    "animate(particles)",
    .figure(
      Event.Figure(
        format: .gif, width: 320, height: 240, light: pictures.animation, poster: pictures.light,
        alternativeText: "particles that spread")),
    .text(
      head: "<script>alert(1)</script>\u{1B}[31mred\u{0}\n", omittedBytes: 1_234_567, tail: "the end & more\n"
    ),
    .value("Figure(640 × 480)"))
  let failing = cell(containing: "none[0]")
  record.cells[failing].state = .failedAsExpected(
    Event.Failure(kind: .trap, message: "Index out of range", line: 3, column: 12))
  let inline = cell(containing: "1 / 0")
  record.cells[inline].outputs = [.inlineValue(position: 0, text: "1000")]
  record.cells[inline].state = .failed(
    Event.Failure(
      kind: .trap, message: "Division by zero", hint: "divide by something else", line: 2, column: 3,
      backtrace: [Event.Failure.StackFrame(function: "main", file: "sample.md", line: 150)]))
  let wrong = cell(containing: "let wrong")
  record.cells[wrong].state = .failed(
    Event.Failure(
      kind: .compile, message: "cannot convert value of type 'String' to 'Int'", line: 1, column: 18))
  record.cells[wrong].diagnostics = [
    Diagnostic(
      file: notebook.path, at: notebook.cells[wrong].position(line: 1, column: 18),
      "cannot convert value of type 'String' to specified type 'Int'")
  ]
  record.cells[wrong + 1].state = .notRun
  return record
}

/// The bytes of the images that the sample shows.
struct SamplePictures {
  var light: [UInt8]
  var dark: [UInt8]
  var animation: [UInt8]
}
