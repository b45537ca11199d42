extension Parameter.Value {
  /// The value that a word stands for: `true`, `12` and `1e-3` are what they seem, all else is text.
  ///
  /// Digits may be grouped by `_`, as in Swift.
  public init(_ word: String) {
    let digits = word.filter { $0 != "_" }
    let seemsNumeric = word.first.map { "+-.0123456789".contains($0) } ?? false
    if let boolean = Bool(word) {
      self = .boolean(boolean)
    } else if seemsNumeric, let integer = Int(digits) {
      self = .integer(integer)
    } else if seemsNumeric, let number = Double(digits), number.isFinite {
      self = .number(number)
    } else {
      self = .text(word)
    }
  }

  var typeName: String {
    switch self {
    case .integer: "a whole number"
    case .number: "a number"
    case .boolean: "`true` or `false`"
    case .text: "text"
    }
  }
}

extension Parameter.Value: CustomStringConvertible {
  public var description: String {
    switch self {
    case .integer(let value): String(value)
    case .number(let value): String(value)
    case .boolean(let value): String(value)
    case .text(let value): value
    }
  }
}

/// A `-P name=value` that a notebook cannot take: what is wrong, and what to do.
public struct ParameterError: Error, Hashable, Sendable, CustomStringConvertible {
  public var message: String
  public var hint: String
  public var description: String { "-P \(message)" + (hint.isEmpty ? "" : "; \(hint)") }
}

extension FrontMatter {
  /// The parameters with the values that `-P name=value` gives them; the last of two for one name counts.
  ///
  /// A value must be of its default's type; a whole number will do for a number.
  public func parameters(overriddenBy assignments: [String]) throws(ParameterError) -> [Parameter] {
    var result = parameters
    for assignment in assignments {
      guard let sign = assignment.firstIndex(of: "=") else {
        throw ParameterError(message: "`\(assignment)` has no value", hint: "write `-P name=value`")
      }
      let name = String(assignment[..<sign])
      let word = String(assignment[assignment.index(after: sign)...])
      guard let index = result.firstIndex(where: { $0.name == name }) else {
        throw ParameterError(
          message: "`\(name)` is no parameter of this notebook",
          hint: result.isEmpty
            ? "its front matter has no `params:`"
            : suggestion(for: name, among: result.map(\.name), listing: "it has"))
      }
      let standard = result[index].value
      switch (standard, Parameter.Value(word)) {
      case (.text, _): result[index].value = .text(word)
      case (.number, .integer(let value)): result[index].value = .number(Double(value))
      case (.integer, .integer(let value)): result[index].value = .integer(value)
      case (.number, .number(let value)): result[index].value = .number(value)
      case (.boolean, .boolean(let value)): result[index].value = .boolean(value)
      default:
        throw ParameterError(
          message: "`\(name)` is \(standard.typeName), not `\(word)`", hint: "its default is `\(standard)`")
      }
    }
    return result
  }
}
