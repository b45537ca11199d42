/// A notebook as it was read: Markdown prose with Swift cells, in the order of the file.
public struct Notebook: Sendable {
  /// As the user gave it; messages quote it.
  public var path: String
  public var source: String
  public var frontMatter: FrontMatter
  public var elements: [Element]
  /// The cells in the order in which they run, inline ones among them; `cells[i].index == i`.
  public var cells: [Cell]
  /// Everything that can be referred to, numbered: equations, figures, sections.
  public var labels: [Label]

  /// A stretch of the file.
  public enum Element: Hashable, Sendable {
    case prose(Prose)
    /// A fenced cell: its index in ``Notebook/cells``.
    case cell(Int)
  }

  public init(
    path: String, source: String, frontMatter: FrontMatter = .init(), elements: [Element] = [],
    cells: [Cell] = [], labels: [Label] = []
  ) {
    self.path = path
    self.source = source
    self.frontMatter = frontMatter
    self.elements = elements
    self.cells = cells
    self.labels = labels
  }
}
