/// The numbers of a notebook's equations, figures and sections, in their order.
///
/// They follow from its text, except in a variant, which keeps those of the whole notebook.
public struct Numbering: Hashable, Sendable, Codable {
  public var equations: [String]
  public var headings: [String]
  public var labels: [String]
}

extension Notebook {
  public var numbering: Numbering {
    Numbering(
      equations: equations.map(\.number), headings: headings.map(\.number), labels: labels.map(\.number))
  }

  /// The same notebook under other numbers; nil where they are not as many.
  public func numbered(_ numbering: Numbering) -> Notebook? {
    guard numbering.equations.count == equations.count, numbering.headings.count == headings.count,
      numbering.labels.count == labels.count
    else { return nil }
    var result = self
    for (index, number) in numbering.equations.enumerated() { result.equations[index].number = number }
    for (index, number) in numbering.headings.enumerated() { result.headings[index].number = number }
    for (index, number) in numbering.labels.enumerated() { result.labels[index].number = number }
    return result
  }
}
