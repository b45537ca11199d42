public import NotebookModel

/// A notebook as one self-contained HTML page.
///
/// Making one sets the formulas and reads the images, so that mistakes in them are found before or while
/// cells run; ``html(for:options:)`` then writes the page for what a run produced, be it whole or not.
public struct HTMLReport: Sendable {
  let notebook: Notebook
  let formulas: FormulaRenderer
  let code: CodeAnalyser
  let masked: MaskedText
  let document: MarkdownNode
  let images: ImageStore
  /// What is doubtful and does not keep the page from being written.
  public let warnings: [Diagnostic]

  /// Prepares the page of a notebook.
  ///
  /// - Parameter cacheFolder: where formulas and highlighted code are kept between runs; several runs
  ///   may share it. It is made if need be.
  /// - Parameter earlier: the report of an earlier text, whose formulas and code need not be set again.
  /// - Parameter images: images of the prose, by the names it has for them, that are not read from files.
  /// - Throws: TeX that does not parse and images that are not there, in the order of the file.
  public init(
    _ notebook: Notebook, cacheFolder: String, following earlier: HTMLReport? = nil,
    images given: [String: [UInt8]] = [:]
  ) throws(NotebookErrors) {
    self.notebook = notebook
    code = earlier?.code ?? CodeAnalyser(cacheFolder: cacheFolder)
    if let earlier {
      formulas = earlier.formulas
    } else {
      do { formulas = try FormulaRenderer(cacheFolder: cacheFolder) } catch { throw NotebookErrors([error]) }
    }
    masked = MaskedText(notebook)
    document = parseMarkdown(masked.text)
    var images = ImageStore()
    let found = Self.formulaErrors(notebook, formulas) + images.load(document, of: notebook, given: given)
    self.images = images
    let sorted = found.sorted {
      ($0.position ?? Position(line: .max)) < ($1.position ?? Position(line: .max))
    }
    if sorted.contains(where: { $0.severity == .error }) { throw NotebookErrors(sorted) }
    warnings = sorted
  }

  /// Does ahead of time what ``html(for:options:)`` would do for code that it does not know yet: to be
  /// called while cells run.
  public func analyseCells() {
    for cell in notebook.cells where cell.kind == .fenced {
      _ = code.analysis(of: cell.code, shown: cell.shownCode)
    }
  }

  /// The page for what a run produced. Equal arguments give equal bytes.
  ///
  /// - Parameter links: where the page stands in a course.
  /// - Parameter carried: what the page carries to be verified, with its source.
  public func html(
    for record: RunRecord, options: ReportOptions = ReportOptions(), links: CourseLinks = CourseLinks(),
    carrying carried: PageRecord? = nil
  ) -> String {
    page(for: record, options: options, links: links, carrying: carried).html()
  }

  /// The same in pieces, to see what differs from an earlier page.
  public func page(
    for record: RunRecord, options: ReportOptions = ReportOptions(), links: CourseLinks = CourseLinks(),
    carrying carried: PageRecord? = nil
  ) -> Page {
    PageWriter(page: PageContext(self, record, options), links: links, carried: carried).pieces(document)
  }

  /// The front page of a course: this notebook, then the contents.
  public func html(
    for record: RunRecord, options: ReportOptions = ReportOptions(), contents chapters: [Chapter],
    carrying carried: PageRecord? = nil
  ) -> String {
    page(for: record, options: options, contents: chapters, carrying: carried).html()
  }

  /// The same in pieces.
  public func page(
    for record: RunRecord, options: ReportOptions = ReportOptions(), contents chapters: [Chapter],
    carrying carried: PageRecord? = nil
  ) -> Page {
    let page = PageContext(self, record, options)
    for chapter in chapters { page.show(chapter.formulaClasses) }
    return PageWriter(page: page, course: CourseWriter(chapters: chapters), carried: carried).pieces(document)
  }

  /// The element of a page that shows a cell, where there is one.
  public static func anchor(ofCell index: Int, in notebook: Notebook) -> String {
    PageContext.anchor(ofCell: index, in: notebook)
  }

  /// Sets every formula of the prose and of captions.
  private static func formulaErrors(_ notebook: Notebook, _ formulas: FormulaRenderer) -> [Diagnostic] {
    var prose = notebook.elements.compactMap { if case .prose(let prose) = $0 { prose } else { nil } }
    prose += notebook.cells.compactMap(\.options.caption)
    let spans: [Prose.Span] = prose.flatMap { $0.spans }
    return spans.compactMap { span -> Diagnostic? in
      let tex: TeX
      switch span.content {
      case .math(let found): tex = found
      case .equation(let index): tex = notebook.equations[index].tex
      default: return nil
      }
      do throws(FormulaRenderer.Failure) {
        _ = try formulas.formula(tex.source, isDisplay: tex.isDisplay)
        return nil
      } catch {
        return Diagnostic(
          file: notebook.path, at: tex.position(at: error.offset ?? 0),
          "this TeX does not parse: \(error.message)",
          hint: "https://katex.org/docs/supported.html lists what there is")
      }
    }
  }
}
