/// A piece of Swift that is run: a fenced cell, or the inline expressions of the prose between two
/// fenced cells.
public struct Cell: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case fenced
    /// Each line of ``code`` is one inline expression; its value goes into the prose.
    case inline
  }

  /// Position among the cells of the notebook, from 0.
  public var index: Int
  public var kind: Kind
  /// The text that is compiled. Option lines (`//| ...`) remain in it, as the comments that they are.
  public var code: String
  /// Where each line of ``code`` begins in the notebook.
  public var origins: [Position]
  public var options: CellOptions

  public init(
    index: Int, kind: Kind = .fenced, code: String, origins: [Position], options: CellOptions = .init()
  ) {
    self.index = index
    self.kind = kind
    self.code = code
    self.origins = origins
    self.options = options
  }

  /// The notebook position of a line and column (from 1) of ``code``.
  public func position(line: Int, column: Int = 1) -> Position {
    guard let last = origins.last else { return Position(line: 1) }
    guard line >= 1, line <= origins.count else { return Position(line: last.line) }
    let origin = origins[line - 1]
    return Position(line: origin.line, column: origin.column + max(column, 1) - 1)
  }

  /// The first line of code that is neither an option nor blank; the cell's place in messages.
  public var start: Position {
    let lines = code.split(separator: "\n", omittingEmptySubsequences: false)
    let first = lines.firstIndex { !$0.hasPrefix("//|") && !$0.allSatisfy(\.isWhitespace) } ?? 0
    return position(line: first + 1)
  }
}

/// What the `//| key: value` lines of a cell say.
public struct CellOptions: Hashable, Sendable {
  public enum Fold: Hashable, Sendable { case never, closed, open }
  /// `fig-...` or another name that prose can refer to; empty where there is none.
  public var label = ""
  /// Whether the page shows the code.
  public var showsCode = true
  /// Whether the page shows what the code put out.
  public var showsOutput = true
  public var fold = Fold.never
  public var figureCaption = ""
  /// The caption with its formulas and references; nil where there is none.
  public var caption: Prose?
  public var figureAlternativeText = ""
  /// The cell must fail (at compile time or when it runs), and the run goes on after it.
  public var expectsError = false
  /// Seconds; nil: the run's own limit.
  public var timeout: Double?
  /// For whom the cell is; nil: for all.
  public var reservedFor: ReservedPart.Kind?
  /// The name that a reader's own cell has to declare before this one, which checks it, runs; empty for none.
  public var exercise = ""
  /// Whether the cell runs at all.
  public var isEvaluated = true

  public init() {}
}
