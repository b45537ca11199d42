/// What Markdown blocks can stand in.
enum Container: Equatable {
  case quote
  /// A list item or a footnote: its lines are indented by this much.
  case item(indentation: Int)
}

extension [Container] {
  /// Consumes the beginnings of a line that continue the containers; returns how many it continues.
  func prefixMatching(_ cursor: inout LineCursor) -> Int {
    for (index, container) in enumerated() {
      switch container {
      case .quote: guard cursor.consumeQuoteMarker() else { return index }
      case .item(let indentation):
        // A blank line continues an item, and takes nothing away from it.
        if cursor.isBlank { continue }
        guard cursor.indentation >= indentation else { return index }
        cursor.skipSpaces(atMost: indentation)
      }
    }
    return count
  }
}
