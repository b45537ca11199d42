import Yams

/// Reads the YAML between two `---` lines at the top of a notebook.
struct FrontMatterReader {
  private enum Key: String, CaseIterable {
    case title, author, date, description, image, lang, params, seed
  }

  private let source: SourceText
  private var sink: DiagnosticSink
  private var frontMatter = FrontMatter()

  /// The front matter, and the first line behind it (from 0).
  static func read(
    _ source: SourceText, _ sink: inout DiagnosticSink
  ) -> (frontMatter: FrontMatter, bodyStart: Int) {
    guard !source.lines.isEmpty, isDelimiter(source.line(0), ["---"]) else { return (FrontMatter(), 0) }
    guard
      let close = source.lines.indices.dropFirst().first(where: {
        isDelimiter(source.line($0), ["---", "..."])
      })
    else {
      sink.error(
        Position(line: 1), "the front matter that `---` opens is not closed",
        hint: "put a line `---` behind it, or `***` here for a horizontal rule")
      return (FrontMatter(), source.lines.count)
    }
    var reader = FrontMatterReader(source: source, sink: sink)
    if close > 1 {
      reader.read(source.text(source.lines[1].lowerBound..<source.lines[close - 1].upperBound) + "\n")
    }
    sink = reader.sink
    return (reader.frontMatter, close + 1)
  }

  private static func isDelimiter(_ line: String, _ delimiters: [String]) -> Bool {
    delimiters.contains { line.hasPrefix($0) && line.dropFirst(3).allSatisfy(\.isWhitespace) }
  }

  private init(source: SourceText, sink: DiagnosticSink) {
    self.source = source
    self.sink = sink
  }

  private mutating func read(_ yaml: String) {
    let root: Node?
    do {
      root = try compose(yaml: yaml)
    } catch {
      return complain(about: error)
    }
    guard let root, !isNull(root) else { return }
    guard let mapping = root.mapping else {
      return sink.error(position(root), "the front matter is no list of `key: value` lines")
    }
    for (key, value) in mapping {
      let name = key.scalar?.string ?? ""
      switch Key(rawValue: name) {
      case .title: frontMatter.title = text(value, name)
      case .author: frontMatter.authors = authors(value)
      case .date: frontMatter.date = text(value, name)
      case .description: frontMatter.description = text(value, name)
      case .image:
        frontMatter.image = text(value, name)
        frontMatter.imagePosition = position(value)
      case .lang: frontMatter.language = text(value, name)
      case .params: readParameters(value)
      case .seed:
        if let seed = value.scalar.flatMap({ UInt64($0.string) }) {
          frontMatter.seed = seed
        } else {
          sink.error(
            position(value), "`seed` is a whole number from 0 on, not `\(value.scalar?.string ?? "a list")`")
        }
      case nil:
        sink.error(
          position(key), "the front matter has no key `\(name)`",
          hint: suggestion(for: name, among: Key.allCases.map(\.rawValue), listing: "the keys are"))
      }
    }
  }

  private mutating func text(_ node: Node, _ key: String) -> String {
    guard let scalar = node.scalar else {
      sink.error(position(node), "`\(key)` is a line of text, not a list")
      return ""
    }
    return isNull(node) ? "" : scalar.string
  }

  /// One name, a list of names, or a list of `name: ...`, as Quarto has it.
  private mutating func authors(_ node: Node) -> [String] {
    let nodes = node.sequence.map(Array.init) ?? [node]
    return nodes.map { text($0.mapping?["name"] ?? $0, "author") }.filter { !$0.isEmpty }
  }

  private mutating func readParameters(_ node: Node) {
    if isNull(node) { return }
    guard let mapping = node.mapping else {
      return sink.error(position(node), "`params` has one line `name: value` for each parameter")
    }
    for (key, node) in mapping {
      let name = key.scalar?.string ?? ""
      guard let first = name.utf8.first, isLetter(first),
        name.utf8.allSatisfy({ isWord($0) || $0 == UInt8(ascii: "-") })
      else {
        sink.error(
          position(key), "`\(name)` is no name for a parameter", hint: "use letters, digits, `_` and `-`")
        continue
      }
      guard let scalar = node.scalar, !isNull(node) else {
        sink.error(
          position(node), "the parameter `\(name)` has no default",
          hint: "give a number, `true`, `false` or text: its type follows from it")
        continue
      }
      let value = scalar.style == .plain ? Parameter.Value(scalar.string) : .text(scalar.string)
      frontMatter.parameters.append(Parameter(name: name, value: value, position: position(key)))
    }
  }

  private mutating func complain(about error: any Error) {
    let hint = "quote a value that holds `: ` or ` #`, and indent with spaces"
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      sink.error(position(mark), "the front matter is not YAML: \(problem)", hint: hint)
    case .duplicatedKeysInMapping(let duplicates, let context):
      let names = duplicates.map { "`\($0)`" }.sorted().joined(separator: ", ")
      sink.error(position(context.mark), "the front matter has \(names) twice")
    default:
      sink.error(Position(line: 2), "the front matter is not YAML: \(error)", hint: hint)
    }
  }

  private func isNull(_ node: Node) -> Bool {
    guard let scalar = node.scalar, scalar.style == .plain else { return false }
    return ["", "~", "null"].contains(scalar.string)
  }

  private func position(_ node: Node) -> Position { node.mark.map(position) ?? Position(line: 2) }

  /// YAML counts columns in Unicode scalars, and its lines begin behind the first `---`.
  private func position(_ mark: Mark) -> Position {
    let before = source.line(mark.line).unicodeScalars.prefix(max(mark.column - 1, 0))
    return Position(line: mark.line + 1, column: before.reduce(1) { $0 + UTF8.width($1) })
  }
}
