/// What was found out about cells' texts, kept from run to run: parsing takes some milliseconds a cell.
final class SyntaxMemory: Sendable {
  private let known = Locked<[String: CellSyntax]>([:])
  private static let capacity = 1000

  /// - Parameter code: the text, and whatever else decides how it is parsed.
  func syntax(of code: String, parse: () -> CellSyntax) -> CellSyntax {
    if let found = known.withLock({ $0[code] }) { return found }
    let syntax = parse()
    known.withLock { known in
      if known.count >= SyntaxMemory.capacity { known = [:] }
      known[code] = syntax
    }
    return syntax
  }
}
