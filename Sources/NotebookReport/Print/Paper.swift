/// A size of paper.
public enum Paper: String, Hashable, Sendable, CaseIterable {
  case a4, letter

  /// As style sheets name it.
  var cssName: String { self == .a4 ? "A4" : "letter" }
}
