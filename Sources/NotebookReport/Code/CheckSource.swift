import SwiftParser
import SwiftSyntax

/// The closures that a check was called with: its sides, as its author wrote them.
struct CheckSource: Hashable {
  struct Side: Hashable {
    /// `equals`; empty for the first.
    var label: String
    var code: String
  }
  var sides: [Side]

  /// Finds the call at a line and column of some code.
  ///
  /// Of the calls whose name stands in that line, the one that begins nearest to the column counts.
  /// Nil where there is none. O(code).
  init?(in code: String, line: Int, column: Int) {
    let tree = Parser.parse(source: code)
    let finder = CallFinder(
      line: line, column: column, converter: SourceLocationConverter(fileName: "", tree: tree))
    finder.walk(tree)
    guard let call = finder.best else { return nil }
    var sides: [Side] = call.arguments.compactMap { argument in
      guard let closure = argument.expression.as(ClosureExprSyntax.self) else { return nil }
      return Side(label: argument.label?.text ?? "", code: dedented(closure.trimmedDescription))
    }
    if let closure = call.trailingClosure {
      sides.append(Side(label: "", code: dedented(closure.trimmedDescription)))
    }
    for closure in call.additionalTrailingClosures {
      sides.append(Side(label: closure.label.text, code: dedented(closure.closure.trimmedDescription)))
    }
    // Without closures the call itself says what was compared.
    self.sides = sides.isEmpty ? [Side(label: "", code: dedented(call.trimmedDescription))] : sides
  }
}

private final class CallFinder: SyntaxVisitor {
  let line: Int
  let column: Int
  let converter: SourceLocationConverter
  var best: FunctionCallExprSyntax?
  private var distance = Int.max

  init(line: Int, column: Int, converter: SourceLocationConverter) {
    self.line = line
    self.column = column
    self.converter = converter
    super.init(viewMode: .sourceAccurate)
  }

  override func visit(_ call: FunctionCallExprSyntax) -> SyntaxVisitorContinueKind {
    guard let name = call.calledExpression.lastToken(viewMode: .sourceAccurate) else { return .visitChildren }
    let start = converter.location(for: call.positionAfterSkippingLeadingTrivia)
    let place = converter.location(for: name.positionAfterSkippingLeadingTrivia)
    if start.line == line || place.line == line {
      let away = min(abs(start.column - column), abs(place.column - column))
      if away < distance { (best, distance) = (call, away) }
    }
    return .visitChildren
  }
}

/// Code without the indentation that all its lines but the first have in common.
func dedented(_ code: String) -> String {
  var lines = code.split(separator: "\n", omittingEmptySubsequences: false)
  let indentations = lines.dropFirst().filter { !$0.allSatisfy(\.isWhitespace) }.map {
    $0.prefix { $0 == " " }.count
  }
  let common = indentations.min() ?? 0
  for index in lines.indices.dropFirst() {
    lines[index] = lines[index].dropFirst(min(common, lines[index].count))
  }
  return lines.joined(separator: "\n")
}
