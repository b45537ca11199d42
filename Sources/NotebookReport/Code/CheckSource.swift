import SwiftParser
import SwiftSyntax

/// The closures that a check was called with: its sides, as its author wrote them.
struct CheckSource: Hashable {
  struct Side: Hashable {
    /// `equals`; empty for the first.
    var label: String
    /// `t, x`; empty where the closure names none.
    var parameters: String
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
    var sides = call.arguments.compactMap { argument in
      argument.expression.as(ClosureExprSyntax.self).map { Side($0, label: argument.label?.text ?? "") }
    }
    if let closure = call.trailingClosure { sides.append(Side(closure, label: "")) }
    sides += call.additionalTrailingClosures.map { Side($0.closure, label: $0.label.text) }
    // Without closures the call itself says what was compared.
    self.sides =
      sides.isEmpty ? [Side(label: "", parameters: "", code: dedented(call.trimmedDescription))] : sides
  }
}

extension CheckSource.Side {
  fileprivate init(_ closure: ClosureExprSyntax, label: String) {
    self.label = label
    parameters = closure.signature?.parameterClause?.trimmedDescription ?? ""
    code = dedented(closure.statements.description)
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

/// Code without blank lines around it and without the indentation that all its lines share.
///
/// Of code that begins in mid-line the first line does not count.
func dedented(_ code: String) -> String {
  var lines = code.split(separator: "\n", omittingEmptySubsequences: false)
  func isBlank(_ line: Substring) -> Bool { line.allSatisfy(\.isWhitespace) }
  while let first = lines.first, isBlank(first) { lines.removeFirst() }
  while let last = lines.last, isBlank(last) { lines.removeLast() }
  func indentation(_ line: Substring) -> Int { line.prefix { $0 == " " }.count }
  let beginsInMidLine = lines.first.map { !code.hasPrefix("\n") && indentation($0) == 0 } ?? false
  let counted = lines.dropFirst(beginsInMidLine ? 1 : 0).filter { !isBlank($0) }
  let common = counted.map(indentation).min() ?? 0
  return lines.map { $0.dropFirst(min(common, indentation($0))) }.joined(separator: "\n")
}
