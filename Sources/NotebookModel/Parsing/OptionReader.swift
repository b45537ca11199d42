/// Reads the `//| key: value` lines at the top of a cell.
///
/// A value is a word, or text to the end of the line; quotes around it are taken off, as in
/// YAML, but that `\n` in double quotes stays what it is: `\nabla` begins with it. Lines `//|   more`
/// continue the value above.
struct OptionReader {
  private struct Entry {
    var key: String
    var value: String
    var keyPosition: Position
    var valuePosition: Position
  }

  /// The options of a cell, and where its caption begins.
  static func read(
    _ lines: [(text: String, position: Position)], _ sink: inout DiagnosticSink
  ) -> (options: CellOptions, caption: Position?) {
    var options = CellOptions()
    var caption: Position?
    var seen: [String: Position] = [:]
    for entry in entries(lines, &sink) {
      guard let option = Option(rawValue: entry.key) else {
        sink.error(
          entry.keyPosition, "there is no cell option `\(entry.key)`",
          hint: suggestion(for: entry.key, among: Option.allCases.map(\.rawValue), listing: "the options are")
        )
        continue
      }
      if let first = seen.updateValue(entry.keyPosition, forKey: entry.key) {
        sink.error(entry.keyPosition, "`\(entry.key)` was given in line \(first.line) already")
        continue
      }
      if option == .figureCaption { caption = entry.valuePosition }
      if let complaint = option.set(entry.value, &options) {
        sink.error(entry.valuePosition, "`\(entry.key)` is \(complaint), not `\(entry.value)`")
      }
    }
    return (options, caption)
  }

  private static func entries(
    _ lines: [(text: String, position: Position)], _ sink: inout DiagnosticSink
  ) -> [Entry] {
    var entries: [Entry] = []
    for (text, position) in lines.prefix(while: { $0.text.hasPrefix("//|") }) {
      let content = text.dropFirst(3)
      let blanks = content.prefix { $0 == " " || $0 == "\t" }.count
      let line = content.dropFirst(blanks)
      let place = Position(line: position.line, column: position.column + 3 + blanks)
      let key = line.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
      let behind = line.dropFirst(key.count).drop { $0 == " " }
      if line.allSatisfy(\.isWhitespace) { continue }
      // Two blanks more than usual: the value of the option above goes on.
      if blanks >= 2, !entries.isEmpty {
        entries[entries.count - 1].value += (entries.last!.value.isEmpty ? "" : " ") + trim(line)
        continue
      }
      guard !key.isEmpty, behind.first == ":" else {
        sink.error(place, "this is not an option", hint: "write `//| key: value`")
        continue
      }
      let value = behind.dropFirst().drop { $0 == " " || $0 == "\t" }
      let column = position.column + text.utf8.count - value.utf8.count
      entries.append(
        Entry(
          key: String(key), value: trim(value), keyPosition: place,
          valuePosition: Position(line: position.line, column: column)))
    }
    for index in entries.indices { entries[index].value = unquoted(entries[index].value) }
    return entries
  }

  private static func trim(_ text: Substring) -> String {
    var text = text
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  private static func unquoted(_ value: String) -> String {
    guard value.count >= 2, let quote = value.first, quote == value.last, "\"'".contains(quote) else {
      return value
    }
    let inner = String(value.dropFirst().dropLast())
    return quote == "'"
      ? inner.split(separator: "''", omittingEmptySubsequences: false).joined(separator: "'")
      : unescaped(inner)
  }
}

/// Text between double quotes: `\"` and `\\` are a quote and a backslash, all other backslashes TeX's.
private func unescaped(_ text: String) -> String {
  var result = ""
  var rest = text[...]
  while let character = rest.popFirst() {
    if character == "\\", let next = rest.first, next == "\\" || next == "\"" {
      rest.removeFirst(); result.append(next)
    } else {
      result.append(character)
    }
  }
  return result
}

/// The cell options by the names that they have in a notebook: Quarto's, where it has them.
private enum Option: String, CaseIterable {
  case label, echo, output, fold
  case figureCaption = "fig-cap"
  case figureAlternativeText = "fig-alt"
  case error, timeout, eval, variant, exercise

  /// Sets the option; returns what it must be where the value is not.
  func set(_ value: String, _ options: inout CellOptions) -> String? {
    switch self {
    case .label:
      guard value.utf8.allSatisfy(isNameByte), let first = value.utf8.first, isLetter(first) else {
        return "a name of letters, digits and `-`"
      }
      if let prefix = ["eq-", "sec-"].first(where: value.hasPrefix) {
        return "the name of a cell, such as `fig-score`: `\(prefix)` is for what stands in the prose"
      }
      options.label = value
    case .figureCaption: options.figureCaption = value
    case .figureAlternativeText: options.figureAlternativeText = value
    case .fold:
      switch value {
      case "true": options.fold = .closed
      case "false": options.fold = .never
      case "show": options.fold = .open
      default: return "`true`, `false` or `show`"
      }
    case .timeout:
      guard let seconds = Double(value), seconds > 0, seconds.isFinite else { return "a number of seconds" }
      options.timeout = seconds
    case .variant:
      guard let kind = ReservedPart.Kind(rawValue: value) else { return "`solution` or `instructor`" }
      options.reservedFor = kind
    case .exercise:
      guard value.utf8.allSatisfy({ isWord($0) }), let first = value.utf8.first, !isDigit(first) else {
        return "the name that a reader's cell has to declare"
      }
      options.exercise = value
    case .echo: return setFlag(value) { options.showsCode = $0 }
    case .output: return setFlag(value) { options.showsOutput = $0 }
    case .error: return setFlag(value) { options.expectsError = $0 }
    case .eval: return setFlag(value) { options.isEvaluated = $0 }
    }
    return nil
  }

  private func setFlag(_ value: String, _ assign: (Bool) -> Void) -> String? {
    guard let flag = Bool(value) else { return "`true` or `false`" }
    assign(flag)
    return nil
  }
}
