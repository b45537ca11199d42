import NotebookModel
import SwiftDiagnostics
import SwiftParser
import SwiftParserDiagnostics
import SwiftSyntax

/// What the text of a cell tells before it is compiled: what it declares, what it mentions, whether
/// its last statement is an expression whose value is to be shown.
struct CellSyntax: Sendable {
  struct Problem: Hashable, Sendable {
    /// In the cell's own lines and columns.
    var line: Int
    var column: Int
    var message: String
    var hint: String = ""
  }

  var declarations: [Declaration] = []
  /// `import` lines, as written.
  var imports: [String] = []
  /// Every identifier and operator that the text mentions.
  var mentions: Set<String> = []
  /// The first and the last line of a last expression whose value the page shows.
  var shownLines: ClosedRange<Int>?
  var problems: [Problem] = []

  init(parsing code: String) {
    let file = Parser.parse(source: code)
    let converter = SourceLocationConverter(fileName: "", tree: file)
    let errors = ParseDiagnosticsGenerator.diagnostics(for: file).filter { $0.diagMessage.severity == .error }
    for error in errors {
      let place = error.location(converter: converter)
      problems.append(
        Problem(line: place.line, column: place.column, message: error.message))
    }
    guard problems.isEmpty else { return }

    for token in file.tokens(viewMode: .sourceAccurate) {
      switch token.tokenKind {
      case .identifier(let name), .binaryOperator(let name), .prefixOperator(let name),
        .postfixOperator(let name):
        mentions.insert(name.filter { $0 != "`" })
      default: break
      }
    }
    collect(file.statements, converter)
    let awaits = TopLevelAwait(viewMode: .sourceAccurate)
    awaits.walk(file)
    for token in awaits.found {
      let place = token.startLocation(converter: converter)
      problems.append(
        Problem(
          line: place.line, column: place.column, message: "'await' cannot stand at the top level of a cell",
          hint: "write 'let value = wait { await ... }'"))
    }
    shownLines = CellSyntax.shownExpression(file, converter)
  }

  private mutating func collect(_ statements: CodeBlockItemListSyntax, _ converter: SourceLocationConverter) {
    for statement in statements {
      switch statement.item {
      case .decl(let declaration):
        if let conditional = declaration.as(IfConfigDeclSyntax.self) {
          for clause in conditional.clauses {
            if case .statements(let inner)? = clause.elements { collect(inner, converter) }
          }
        } else if let imported = declaration.as(ImportDeclSyntax.self) {
          imports.append(imported.trimmedDescription)
        } else {
          let line = declaration.startLocation(converter: converter).line
          declarations += Declaration.all(in: declaration, line: line)
        }
      default: break
      }
    }
  }

  /// An assignment, a statement, or an expression with a semicolon behind it shows nothing.
  private static func shownExpression(
    _ file: SourceFileSyntax, _ converter: SourceLocationConverter
  ) -> ClosedRange<Int>? {
    guard let last = file.statements.last, last.semicolon == nil, case .expr(let expression) = last.item
    else { return nil }
    if expression.is(IfExprSyntax.self) || expression.is(SwitchExprSyntax.self) { return nil }
    if let sequence = expression.as(SequenceExprSyntax.self),
      sequence.elements.contains(where: { element in
        element.is(AssignmentExprSyntax.self)
          || element.as(BinaryOperatorExprSyntax.self).map { isAssignment($0.operator.text) } == true
      })
    {
      return nil
    }
    let first = expression.startLocation(converter: converter).line
    // A statement before it on the same line would be wrapped with it.
    if let previous = file.statements.dropLast().last,
      previous.endLocation(converter: converter, afterTrailingTrivia: false).line == first
    {
      return nil
    }
    return first...expression.endLocation(converter: converter).line
  }

  private static func isAssignment(_ symbol: String) -> Bool {
    symbol.hasSuffix("=") && !["==", "!=", "<=", ">=", "===", "!==", "~="].contains(symbol)
  }
}

/// Finds `await` (and `for await`, `async let`) outside of functions and closures.
private final class TopLevelAwait: SyntaxVisitor {
  var found: [TokenSyntax] = []

  override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: ClosureExprSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: AccessorDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: AccessorBlockSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: InitializerDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: SubscriptDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ token: TokenSyntax) -> SyntaxVisitorContinueKind {
    if token.tokenKind == .keyword(.await) { found.append(token) }
    return .skipChildren
  }
}
