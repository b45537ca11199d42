/// GitHub's callouts: quotes that begin with `[!NOTE]` on a line of its own.
enum Callout: String, CaseIterable {
  case note, tip, important, warning, caution

  var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

  var symbol: String {
    switch self {
    case .note: "ℹ"
    case .tip: "★"
    case .important: "❢"
    case .warning: "⚠"
    case .caution: "⛔"
    }
  }

  /// The callout that a quote is, and what it holds behind its first line.
  static func read(_ quote: MarkdownNode) -> (callout: Callout, content: [MarkdownNode])? {
    guard var first = quote.children.first, case .paragraph = first.kind else { return nil }
    // Markdown splits the line at its brackets: `[`, `!NOTE`, `]`.
    let lineEnd = first.children.firstIndex { node in
      switch node.kind {
      case .softBreak, .lineBreak: true
      default: false
      }
    }
    let line = first.children[..<(lineEnd ?? first.children.count)].map(\.plainText).joined()
    guard let callout = allCases.first(where: { "[!\($0.rawValue.uppercased())]" == line.uppercased() })
    else {
      return nil
    }
    first.children = lineEnd.map { Array(first.children[($0 + 1)...]) } ?? []
    return (callout, (first.children.isEmpty ? [] : [first]) + quote.children.dropFirst())
  }
}
