/// A notebook as it was read: Markdown prose with Swift cells, in the order of the file.
///
/// ``parse(_:path:)`` makes one.
public struct Notebook: Sendable {
  /// As the user gave it; messages quote it.
  public var path: String
  /// The text, with `\n` at the end of each line whatever the file had.
  public var source: String
  /// The bytes from which it was read, to the last one.
  public var original: [UInt8] = []
  public var frontMatter: FrontMatter
  public var elements: [Element]
  /// The cells in the order in which they run, inline ones among them; `cells[i].index == i`.
  public var cells: [Cell]
  /// Everything that can be referred to, numbered: equations, figures, sections.
  public var labels: [Label]
  /// All displayed equations, those without a name among them.
  public var equations: [Equation]
  public var headings: [Heading]
  /// What is doubtful in the text and does not keep it from running.
  public var warnings: [Diagnostic]
  /// Solutions and instructor's notes, in the order in which they end.
  public var reservedParts: [ReservedPart] = []

  /// A stretch of the file.
  public enum Element: Hashable, Sendable {
    case prose(Prose)
    /// A fenced cell: its index in ``Notebook/cells``.
    case cell(Int)
  }

  public init(
    path: String, source: String, frontMatter: FrontMatter = .init(), elements: [Element] = [],
    cells: [Cell] = [], labels: [Label] = [], equations: [Equation] = [], headings: [Heading] = [],
    warnings: [Diagnostic] = []
  ) {
    self.path = path
    self.source = source
    self.frontMatter = frontMatter
    self.elements = elements
    self.cells = cells
    self.labels = labels
    self.equations = equations
    self.headings = headings
    self.warnings = warnings
  }

  /// The front matter's title, else the text of the heading that serves as one, else the file's name.
  public var title: String {
    if !frontMatter.title.isEmpty { return frontMatter.title }
    if let heading = headings.first(where: \.isTitle) { return heading.text }
    return file.hasSuffix(".md") ? String(file.dropLast(3)) : file
  }

  /// Whether it is a folder's front page, `index.md`, on which the contents follow: it needs no cells.
  public var isFrontPage: Bool { file == "index.md" }

  /// The file's name without its folder: what a page shows, which is the same wherever the notebook lies.
  public var file: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// The label with this name, by its index in ``labels``.
  public func label(named name: String) -> Int? { labels.firstIndex { $0.name == name } }
}
