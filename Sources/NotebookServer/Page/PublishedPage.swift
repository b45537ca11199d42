import NotebookReport

/// A piece of a page under a number of its own, by which a tab knows whether it has it.
struct Piece: Hashable, Sendable {
  var number: Int
  var text: String
}

/// A page as tabs are told of it.
struct PublishedPage: Sendable {
  /// Counts the pages of a notebook.
  var version: Int
  var page: Page
  var style: Piece
  var body: [Piece]

  var numbers: Set<Int> { Set(body.map(\.number) + [style.number]) }
}

/// Numbers the pieces of pages: the first, second, ... of equal texts on one page has the number that it had
/// on the page before.
struct PieceNumbers {
  private struct Key: Hashable {
    var text: String
    /// How many equal ones stand before it.
    var equals: Int
  }

  private var known: [Key: Int] = [:]
  private var next = 1
  private var version = 0

  mutating func publish(_ page: Page) -> PublishedPage {
    var present: [Key: Int] = [:]
    var counts: [String: Int] = [:]
    func piece(_ text: String) -> Piece {
      let key = Key(text: text, equals: counts[text, default: 0])
      counts[text, default: 0] += 1
      let number = known[key] ?? next
      if number == next { next += 1 }
      present[key] = number
      return Piece(number: number, text: text)
    }
    let style = piece(page.style)
    let body = page.body.map(piece)
    known = present
    version += 1
    return PublishedPage(version: version, page: page, style: style, body: body)
  }
}
