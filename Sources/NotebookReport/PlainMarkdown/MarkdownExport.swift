public import NotebookModel

/// An executed notebook as Markdown with its pictures beside it, for pandoc, Quarto, or whoever reads it.
public struct MarkdownExport: Hashable, Sendable {
  public struct File: Hashable, Sendable {
    /// Its name in the folder of pictures.
    public var name: String
    public var bytes: [UInt8]
  }

  public var text: String
  /// The pictures that the text shows, each name once.
  public var files: [File]
}

extension HTMLReport {
  /// The notebook and what a run produced as Markdown. Equal arguments give equal bytes.
  ///
  /// - Parameter folder: the name that the folder of pictures has beside the text.
  /// - Parameter chapters: the notebooks of a course, for its front page.
  public func markdown(
    for record: RunRecord, picturesIn folder: String, contents chapters: [Chapter] = []
  ) -> MarkdownExport {
    var writer = MarkdownWriter(page: PageContext(self, record, ReportOptions()), folder: folder)
    return writer.export(chapters)
  }
}
