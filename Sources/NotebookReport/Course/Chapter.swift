import NotebookEvents
public import NotebookModel

/// What the contents of a course show of one notebook.
public struct Chapter: Sendable {
  /// The page's file name.
  let page: String
  /// As it was written.
  let name: String
  /// As HTML.
  let title: String
  let description: String
  let picture: String
  /// What kept the notebook from being whole; empty for a good run.
  let complaint: String
  let coverage: Coverage
  /// The rows of the table of equations, as HTML.
  let rows: String
  /// What the formulas in all this need of KaTeX's style sheet.
  let formulaClasses: Set<String>

  /// What the contents need to be written again, with the chapter's page.
  public var entry: PageRecord.Entry {
    .init(page: page, title: isRun ? "" : name, complaint: isRun ? "" : complaint)
  }
  /// Whether there is a page to take all this from.
  private let isRun: Bool

  /// A notebook that could not be run: nothing is known but its file.
  public init(page: String, title: String, complaint: String) {
    self.page = page
    name = title
    self.title = escaped(title)
    self.complaint = complaint
    isRun = false
    description = ""
    picture = ""
    coverage = Coverage(joining: [])
    rows = ""
    formulaClasses = []
  }

  init(_ context: PageContext, page: String) {
    let matter = context.notebook.frontMatter
    self.page = page
    isRun = true
    name = context.notebook.title
    title = context.line(context.notebook.title)
    description = matter.description.isEmpty ? "" : context.line(oneLine(matter.description))
    picture = Self.picture(context)
    complaint = Self.complaint(context)
    coverage = context.coverage
    rows = Self.rows(context, page: page)
    formulaClasses = context.shownClasses
  }

  /// The figure that the front matter names, or the first.
  private static func picture(_ context: PageContext) -> String {
    let named = context.notebook.frontMatter.image
    let cells = context.notebook.cells.filter { named.isEmpty || $0.options.label == named }
    for cell in cells {
      for case .figure(let figure) in context.record(of: cell.index).outputs {
        return FigureWriter(page: context).thumbnail(figure, of: cell)
      }
    }
    return ""
  }

  private static func complaint(_ context: PageContext) -> String {
    let failures = context.record.cells.count { $0.failure != nil }
    if failures > 0 { return failures == 1 ? "a cell failed" : "\(failures) cells failed" }
    let missing = context.notebook.cells.contains {
      $0.options.isEvaluated && context.record(of: $0.index).state == .notRun
    }
    return missing ? "the run is not complete" : ""
  }

  private static func rows(_ context: PageContext, page: String) -> String {
    let file = escaped(page)
    return context.coverage.entries.enumerated().filter {
      !$0.element.equation.name.isEmpty || $0.element.standing != .missing
    }.map { index, entry in
      let equation = entry.equation
      let number = equation.number.isEmpty ? "line \(equation.position.line)" : "(\(equation.number))"
      let formula =
        context.formula(equation.tex.source, isDisplay: false)
        ?? context.math(equation.tex.source, isDisplay: true)
      let evidence = entry.decisiveCheck.map { "\(file)#\(context.anchor(ofCheck: $0))" }
      return """
        <tr><td><a href="\(file)#\(context.anchor(ofEquation: index))" \
        aria-label="\(escaped(context.title(of: equation)))">\(number)</a></td>\
        <td>\(formula)</td><td>\(context.badge(entry.standing, linkingTo: evidence))</td></tr>

        """
    }.joined()
  }
}

extension HTMLReport {
  /// What the contents of a course show of this notebook.
  ///
  /// - Parameter page: the file name of the notebook's page.
  public func chapter(for record: RunRecord, page: String) -> Chapter {
    Chapter(PageContext(self, record, ReportOptions()), page: page)
  }
}
