import NotebookEvents
import NotebookModel

/// What all parts of a page need to know.
struct PageContext {
  let notebook: Notebook
  let record: RunRecord
  let options: ReportOptions
  let coverage: Coverage
  let masked: MaskedText
  let formulas: FormulaRenderer
  let code: CodeAnalyser
  let images: ImageStore
  /// The anchors of headings, by their index.
  let headingAnchors: [String]
  private let sourceLines: [Substring]
  private let shown = ShownFormulas()

  init(
    _ report: HTMLReport, _ record: RunRecord, _ options: ReportOptions
  ) {
    notebook = report.notebook
    self.record = record
    self.options = options
    coverage = Coverage(of: report.notebook, in: record)
    masked = report.masked
    formulas = report.formulas
    code = report.code
    images = report.images
    headingAnchors = Self.anchors(of: report.notebook)
    sourceLines = notebook.source.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// What is added to a heading's level, so that the highest in use is 2, below the title.
  var headingShift: Int { 2 - (notebook.headings.filter { !$0.isTitle }.map(\.level).min() ?? 2) }

  var fileName: String { notebook.file }

  /// A line of the notebook, from 1.
  func sourceLine(_ number: Int) -> Substring {
    sourceLines.indices.contains(number - 1) ? sourceLines[number - 1] : ""
  }

  /// What a cell did; nothing where the run did not come to it.
  func record(of cell: Int) -> CellRecord {
    record.cells.indices.contains(cell) ? record.cells[cell] : CellRecord()
  }

  // MARK: Names and anchors. Those that are not an author's hold a dot, which the words of headings do not.

  func anchor(ofCell index: Int) -> String { Self.anchor(ofCell: index, in: notebook) }

  static func anchor(ofCell index: Int, in notebook: Notebook) -> String {
    notebook.cells[index].kind == .fenced
      ? "cell.\(ordinal(ofCell: index, in: notebook))" : "values.\(index + 1)"
  }

  /// The number of a fenced cell as readers count them, from 1.
  func ordinal(ofCell index: Int) -> Int { Self.ordinal(ofCell: index, in: notebook) }

  private static func ordinal(ofCell index: Int, in notebook: Notebook) -> Int {
    notebook.cells[...index].count { $0.kind == .fenced }
  }

  func anchor(of label: Label) -> String {
    if case .section(let index) = label.kind { headingAnchors[index] } else { label.name }
  }

  /// A heading's label, or else its words.
  private static func anchors(of notebook: Notebook) -> [String] {
    var taken = Set(notebook.labels.map(\.name))
    return notebook.headings.map { heading in
      if !heading.name.isEmpty { return heading.name }
      let words = heading.text.lowercased().split { !$0.isLetter && !$0.isNumber }
      let slug = words.isEmpty ? "section" : words.joined(separator: "-")
      let anchor =
        taken.contains(slug) ? (2...).lazy.map { "\(slug)-\($0)" }.first { !taken.contains($0) }! : slug
      taken.insert(anchor)
      return anchor
    }
  }

  func anchor(ofEquation index: Int) -> String {
    let name = notebook.equations[index].name
    return name.isEmpty ? "equation.\(index + 1)" : name
  }

  func anchor(ofCheck check: Coverage.Located) -> String {
    "check.\(check.cell + 1).\(check.position + 1)"
  }

  /// "Equation (3)", "Figure 2", "Section 1.4", or a cell's own name.
  func title(of label: Label) -> String {
    switch label.kind {
    case .equation: "Equation\u{A0}(\(label.number))"
    case .figure: "Figure\u{A0}\(label.number)"
    case .section(let heading):
      label.number.isEmpty ? "“\(notebook.headings[heading].text)”" : "Section\u{A0}\(label.number)"
    case .cell(let index): "cell\u{A0}\(ordinal(ofCell: index))"
    }
  }

  /// How messages name an equation: by its number, or by where it stands.
  func title(of equation: Equation) -> String {
    equation.number.isEmpty
      ? "Equation in line \(equation.position.line)" : "Equation\u{A0}(\(equation.number))"
  }

  // MARK: Formulas

  /// A formula in HTML; one that cannot be set shows its TeX.
  func math(_ tex: String, isDisplay: Bool = false) -> String {
    formula(tex, isDisplay: isDisplay) ?? "<code class=\"tex\">\(escaped(tex))</code>"
  }

  /// A formula in HTML; nil where the TeX does not parse.
  func formula(_ tex: String, isDisplay: Bool) -> String? {
    guard let formula = try? formulas.formula(tex, isDisplay: isDisplay) else { return nil }
    shown.classes.formUnion(formula.classes)
    return formula.html
  }

  /// The classes of the formulas that the page shows so far.
  var shownClasses: Set<String> { shown.classes }

  /// Counts formulas that were set elsewhere among those that the page shows.
  func show(_ classes: Set<String>) { shown.classes.formUnion(classes) }

  /// What KaTeX's style sheet says of the formulas that the page shows so far.
  var formulaStyle: String { shown.classes.isEmpty ? "" : formulas.style(for: shown.classes) }

  /// A line of Markdown from the front matter, with `$...$` in it.
  func line(_ text: String) -> String {
    var writer = ProseWriter(self, masked: MaskedText(Prose(formulasIn: text)))
    return writer.inline(parseMarkdown(writer.masked.text).children.flatMap(\.children))
  }

  /// Text of a run with `$...$` in it, as entries of tables have.
  func textWithMath(_ text: String) -> String {
    guard text.contains("$") else { return escapedOutput(text) }
    let prose = Prose(formulasIn: text)
    let bytes = Array(text.utf8)
    var html = ""
    var last = 0
    for span in prose.spans {
      guard case .math(let tex) = span.content else { continue }
      html +=
        escapedOutput(String(decoding: bytes[last..<span.range.lowerBound], as: UTF8.self)) + math(tex.source)
      last = span.range.upperBound
    }
    return html + escapedOutput(String(decoding: bytes[last...], as: UTF8.self))
  }
}

/// The classes of the formulas that a page shows. They decide which fonts it carries.
private final class ShownFormulas {
  var classes: Set<String> = []
}
