/// A name that prose can refer to: `@eq-tweedie`, `@fig-score`, `@sec-sampling`.
public struct Label: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// An index in ``Notebook/equations``.
    case equation(Int)
    /// A fenced cell that draws it, by its index; nil for an image of the prose.
    case figure(cell: Int?)
    /// An index in ``Notebook/headings``.
    case section(Int)
    /// A cell with a label of another kind: it has no number.
    case cell(Int)
  }
  public var name: String
  public var kind: Kind
  /// `3` for an equation or a figure, `2.1` for a section; empty where it has none.
  public var number: String
  public var position: Position

  public init(name: String, kind: Kind, number: String, position: Position) {
    self.name = name
    self.kind = kind
    self.number = number
    self.position = position
  }
}

/// A displayed equation: `$$...$$`, perhaps with `{#eq-name .status}`.
public struct Equation: Hashable, Sendable {
  /// Why an equation needs no verdict.
  public enum Status: String, Hashable, Sendable, Codable, CaseIterable {
    /// It gives a name: there is nothing to check.
    case definition
    /// It is taken from the literature.
    case cited
    /// Its author says openly that it is not checked.
    case unchecked
  }

  public var tex: TeX
  /// `eq-tweedie`; empty where it has none.
  public var name: String
  public var status: Status?
  /// Its number on the page; empty for an equation without a name.
  public var number: String
  /// Where its `$$` stands.
  public var position: Position

  public init(tex: TeX, name: String = "", status: Status? = nil, number: String = "", position: Position) {
    self.tex = tex
    self.name = name
    self.status = status
    self.number = number
    self.position = position
  }
}

/// A heading of the prose.
public struct Heading: Hashable, Sendable {
  /// The number of `#` signs.
  public var level: Int
  /// The text as written, without its attributes.
  public var text: String
  /// `sec-score`; empty where it has none.
  public var name: String
  /// `2.1`; empty for the notebook's title, for `{.unnumbered}` and for headings inside quotes and lists.
  public var number: String
  /// Whether it is the title of the notebook: a lone `#` at the top, without a title in the front matter.
  public var isTitle: Bool
  public var position: Position

  public init(
    level: Int, text: String, name: String = "", number: String = "", isTitle: Bool = false,
    position: Position
  ) {
    self.level = level
    self.text = text
    self.name = name
    self.number = number
    self.isTitle = isTitle
    self.position = position
  }
}
