import SwiftParser
import SwiftSyntax

/// What a page needs to know of a cell's code: how it looks, and where checks are called in it.
struct CodeAnalysis: Hashable, Codable {
  /// A call with closures, such as `verify("eq-x") { ... } equals: { ... }`.
  struct Call: Hashable, Codable {
    var line: Int
    var column: Int
    var sides: [Side]
  }

  /// One closure of a call, as its author wrote it.
  struct Side: Hashable, Codable {
    /// `equals`; empty for the first.
    var label: String
    /// `t, x`; empty where the closure names none.
    var parameters: String
    var html: String
    var longestLine: Int
  }

  var html: String
  var longestLine: Int
  var calls: [Call]

  /// Parses some code. O(code), and slow as such things go: tens of milliseconds without optimisation.
  ///
  /// - Parameter shown: the part that the page shows, as UTF-8 offsets.
  init(_ code: String, shown: Range<Int>) {
    let tree = Parser.parse(source: code)
    let classified = ClassifiedCode(code, tree: tree)
    html = classified.html(shown)
    longestLine = Self.longestLine(classified.bytes[shown])
    let collector = CallCollector(classified, SourceLocationConverter(fileName: "", tree: tree))
    collector.walk(tree)
    calls = collector.calls
  }

  static func longestLine(_ text: some Collection<UInt8>) -> Int {
    text.split(separator: 10).map(\.count).max() ?? 0
  }

  /// The sides of the check that was called at a line and column: of the calls in that line the nearest.
  func sides(line: Int, column: Int) -> [Side] {
    calls.filter { $0.line == line }.min { abs($0.column - column) < abs($1.column - column) }?.sides ?? []
  }
}

private final class CallCollector: SyntaxVisitor {
  var calls: [CodeAnalysis.Call] = []
  private let code: ClassifiedCode
  private let converter: SourceLocationConverter

  init(_ code: ClassifiedCode, _ converter: SourceLocationConverter) {
    self.code = code
    self.converter = converter
    super.init(viewMode: .sourceAccurate)
  }

  override func visit(_ call: FunctionCallExprSyntax) -> SyntaxVisitorContinueKind {
    var sides = call.arguments.compactMap { argument in
      argument.expression.as(ClosureExprSyntax.self).map { side($0, label: argument.label?.text ?? "") }
    }
    if let closure = call.trailingClosure { sides.append(side(closure, label: "")) }
    sides += call.additionalTrailingClosures.map { side($0.closure, label: $0.label.text) }
    // A check without closures, such as one of samples, says in its arguments what it compares.
    if sides.isEmpty, call.arguments.first?.expression.is(StringLiteralExprSyntax.self) == true {
      sides = [side(of: Syntax(call), label: "", parameters: "")]
    }
    if !sides.isEmpty, let name = call.calledExpression.lastToken(viewMode: .sourceAccurate) {
      // Of `a.verify(...)` over several lines, the name's line is the one that a check reports.
      let place = converter.location(for: name.positionAfterSkippingLeadingTrivia)
      calls.append(CodeAnalysis.Call(line: place.line, column: place.column, sides: sides))
    }
    return .visitChildren
  }

  private func side(_ closure: ClosureExprSyntax, label: String) -> CodeAnalysis.Side {
    side(
      of: Syntax(closure.statements), label: label,
      parameters: closure.signature?.parameterClause?.trimmedDescription ?? "")
  }

  private func side(of node: Syntax, label: String, parameters: String) -> CodeAnalysis.Side {
    let (range, indentation) = code.trimmed(node.position.utf8Offset..<node.endPosition.utf8Offset)
    return CodeAnalysis.Side(
      label: label, parameters: parameters, html: code.html(range, withoutIndentation: indentation),
      longestLine: CodeAnalysis.longestLine(code.bytes[range]))
  }
}
