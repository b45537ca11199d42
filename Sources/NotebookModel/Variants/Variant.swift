/// For whom a page is written.
public enum Variant: String, Hashable, Sendable, CaseIterable {
  /// Without solutions and without instructor's notes.
  case student
  /// With both, unfolded.
  case solution
}

/// A part of a notebook that is not for everyone.
public struct ReservedPart: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case solution, instructor

    var description: String { self == .solution ? "a solution" : "an instructor's note" }
  }
  public var kind: Kind
  /// Its lines in the notebook, from 1.
  public var lines: ClosedRange<Int>
  /// Whether it is a fold of the prose, `<details>`; else a cell.
  public var isFold: Bool

  public init(kind: Kind, lines: ClosedRange<Int>, isFold: Bool) {
    self.kind = kind
    self.lines = lines
    self.isFold = isFold
  }
}
