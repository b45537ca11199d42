import Foundation
import NotebookModel

/// Turns the cells of a notebook into units: names them, finds what each imports, and writes the
/// source that is compiled.
///
/// A module's name comes from the names that its cell declares, so it survives an edit of bodies, and
/// the insertion of other cells, without any memory of earlier runs. A cell imports only those earlier
/// ones that declare something it mentions, and what these import in turn: the type of every expression
/// in it can be named by that set. Cells with extensions or operators, which work without being
/// mentioned, are imported by all that follow.
struct Planner {
  private let path: String
  private let memory: SyntaxMemory
  private var units: [Unit] = []
  private var syntaxes: [CellSyntax] = []
  private var imports: [String] = []
  private var names: [String: Int] = [:]

  static func units(
    for cells: [Cell], parameters: [Parameter], path: String, memory: SyntaxMemory = SyntaxMemory()
  ) -> [Unit] {
    var planner = Planner(path: path, memory: memory)
    planner.addParameters(parameters)
    for cell in cells where cell.options.isEvaluated {
      let solver = planner.solver(of: cell)
      // An exercise that nobody has solved is not compiled: it is no mistake.
      if !cell.options.exercise.isEmpty, solver == nil { continue }
      planner.add(cell, solver: solver)
    }
    return planner.units
  }

  private init(path: String, memory: SyntaxMemory) {
    self.path = path
    self.memory = memory
  }

  private mutating func addParameters(_ parameters: [Parameter]) {
    guard !parameters.isEmpty else { return }
    var syntax = CellSyntax(parsing: "")
    var source = "import NotebookCells\n"
    for (index, parameter) in parameters.enumerated() {
      let type =
        switch parameter.value {
        case .integer: "Int"
        case .number: "Double"
        case .boolean: "Bool"
        case .text: "String"
        }
      source += "let \(parameter.name) = notebookParameter(\"\(parameter.name)\", \(type).self)\n"
      syntax.declarations.append(
        Declaration(kind: .variable, name: parameter.name, signature: "let", line: index + 1))
    }
    let module = uniqueName(for: syntax, code: source)
    units.append(
      Unit(
        cell: nil, module: module, source: source, lineShift: 0, dependencies: [], importsModules: false,
        problems: []))
    syntaxes.append(syntax)
  }

  /// The newest cell that declares what an exercise asks for.
  private func solver(of cell: Cell) -> Int? {
    let name = cell.options.exercise
    let index = syntaxes.indices.last { index in
      units[index].cell != nil && syntaxes[index].declarations.contains { $0.name == name && !$0.isAmbient }
    }
    return index.flatMap { units[$0].cell?.index }
  }

  private mutating func add(_ cell: Cell, solver: Int?) {
    let isInline = cell.kind == .inline
    let syntax = memory.syntax(of: (isInline ? "inline\n" : "fenced\n") + cell.code) {
      isInline ? CellSyntax(parsingLinesOf: cell.code) : CellSyntax(parsing: cell.code)
    }
    let optionLines = isInline ? 0 : cell.optionLineCount
    let module = uniqueName(for: syntax, code: cell.lines.dropFirst(optionLines).joined(separator: "\n"))
    let dependencies = dependencies(of: syntax)
    var lines = ["import NotebookCells"] + imports
    lines += dependencies.map { "@testable import \(units[$0].module)" }
    lines += scopedImports(for: syntax, from: dependencies)
    let isShownFromStart = isInline || syntax.shownLines?.lowerBound == optionLines + 1
    lines += body(of: cell, syntax, file: "\(module).swift")
    let problems = (syntax.problems + refusals(syntax)).map {
      Diagnostic(file: path, at: cell.position(line: $0.line, column: $0.column), $0.message, hint: $0.hint)
    }
    units.append(
      Unit(
        cell: cell, module: module, source: lines.joined(separator: "\n") + "\n",
        lineShift: (isShownFromStart ? 1 : 0) - optionLines, dependencies: dependencies,
        importsModules: !(imports + syntax.imports).isEmpty, problems: problems, solver: solver))
    syntaxes.append(syntax)
    for line in syntax.imports where !imports.contains(line) { imports.append(line) }
  }

  // MARK: Names

  private mutating func uniqueName(for syntax: CellSyntax, code: String) -> String {
    var hash = ContentHash()
    if syntax.declarations.isEmpty {
      hash.add(code)
    } else {
      for declaration in Set(
        syntax.declarations.map { "\($0.kind) \($0.name) \($0.isAmbient ? $0.signature : "")" }
      )
      .sorted() {
        hash.add(declaration)
      }
    }
    let name = "Cell_\(hash.hexadecimal.suffix(10))"
    names[name, default: 0] += 1
    return names[name] == 1 ? name : "\(name)_\(names[name]!)"
  }

  // MARK: Imports

  private func dependencies(of syntax: CellSyntax) -> [Int] {
    var found = Set<Int>()
    for (index, earlier) in syntaxes.enumerated() {
      let isNeeded = earlier.declarations.contains { $0.isAmbient || syntax.mentions.contains($0.name) }
      if isNeeded {
        found.insert(index)
        found.formUnion(units[index].dependencies)
      }
    }
    return found.sorted()
  }

  /// For each mentioned name the newest declaration, which so wins over older ones and the prelude's.
  /// Functions with different parameters are overloads, and all remain.
  private func scopedImports(for syntax: CellSyntax, from dependencies: [Int]) -> [String] {
    var newest: [String: [(unit: Int, declaration: Declaration)]] = [:]
    for index in dependencies {
      for declaration in syntaxes[index].declarations
      where declaration.importKeyword != nil && syntax.mentions.contains(declaration.name) {
        let older = newest[declaration.name] ?? []
        let remaining = older.filter {
          $0.unit == index
            || (declaration.kind == .function && $0.declaration.kind == .function
              && $0.declaration.signature != declaration.signature)
        }
        newest[declaration.name] = remaining + [(index, declaration)]
      }
    }
    let lines = newest.values.joined().map { unit, declaration in
      "@testable import \(declaration.importKeyword!) \(units[unit].module).\(declaration.name)"
    }
    return Set(lines).sorted()
  }

  // MARK: Source

  /// Without the option lines: a caption is not worth a compilation.
  private func body(of cell: Cell, _ syntax: CellSyntax, file: String) -> [String] {
    if cell.kind == .inline {
      // The line number cannot be 0, so all of them are shifted by one.
      return cell.lines.enumerated().flatMap { index, expression in
        ["#sourceLocation(file: \"\(file)\", line: \(index + 1))", "showInline(\(index),", expression, ")"]
      } + ["#sourceLocation()"]
    }
    let optionLines = cell.optionLineCount
    let code = Array(cell.lines.dropFirst(optionLines))
    guard let shown = syntax.shownLines else {
      return ["#sourceLocation(file: \"\(file)\", line: 1)"] + code + ["#sourceLocation()"]
    }
    let first = shown.lowerBound - optionLines
    let last = shown.upperBound - optionLines
    return ["#sourceLocation(file: \"\(file)\", line: 1)"] + code[..<(first - 1)]
      + ["#sourceLocation(file: \"\(file)\", line: \(max(first - 1, 1)))", "show("]
      + code[(first - 1)..<last] + [")"] + code[last...] + ["#sourceLocation()"]
  }

  // MARK: Refusals

  /// Redeclarations that Swift would resolve by silently taking the old one.
  private func refusals(_ syntax: CellSyntax) -> [CellSyntax.Problem] {
    syntax.declarations.compactMap { declaration in
      guard let (index, earlier) = newest(declaration) else { return nil }
      // Pages show it too, and do not tell in which folder the notebook lies.
      let file = path.split(separator: "/").last.map(String.init) ?? path
      let place = units[index].position(line: earlier.line).map { "\(file):\($0.line)" } ?? "the parameters"
      func problem(_ message: String, _ hint: String) -> CellSyntax.Problem {
        .init(line: declaration.line, column: 1, message: message, hint: hint)
      }
      switch declaration.kind {
      case .operator:
        return problem(
          "the operator '\(declaration.name)' is already declared at \(place)", "leave this declaration out")
      case .conformance:
        return problem(
          "'\(declaration.name)' already conforms to '\(declaration.signature)', by the extension at \(place)",
          "change it there: a second conformance would be ignored")
      case .extensionMember:
        return problem(
          "'\(declaration.name)' already has this member, by the extension at \(place)",
          "change it there, or give this one another name: the old one would be called")
      case .variable, .function, .type:
        return problem(
          "'\(declaration.name)' is \(words(earlier.kind)) at \(place) and cannot become \(words(declaration.kind))",
          "choose another name")
      }
    }
  }

  /// The newest earlier declaration that makes this one a mistake.
  private func newest(_ declaration: Declaration) -> (Int, Declaration)? {
    for (index, syntax) in syntaxes.enumerated().reversed() {
      for earlier in syntax.declarations where earlier.name == declaration.name {
        if declaration.importKeyword != nil, earlier.importKeyword != nil {
          return group(earlier.kind) == group(declaration.kind) ? nil : (index, earlier)
        }
        if earlier.kind == declaration.kind, earlier.signature == declaration.signature,
          !earlier.signature.isEmpty
        {
          return (index, earlier)
        }
        // The type itself was declared anew: what was said of the old one does not matter.
        if declaration.isAmbient, case .type = earlier.kind { return nil }
      }
    }
    return nil
  }

  private func group(_ kind: Declaration.Kind) -> Int {
    switch kind {
    case .variable: 0
    case .function: 1
    case .type: 2
    case .operator, .extensionMember, .conformance: 3
    }
  }

  private func words(_ kind: Declaration.Kind) -> String {
    switch kind {
    case .variable: "a variable"
    case .function: "a function"
    case .type: "a type"
    case .operator, .extensionMember, .conformance: "an extension"
    }
  }
}

extension CellSyntax {
  /// Inline expressions, one a line, each parsed by itself.
  init(parsingLinesOf code: String) {
    self.init(parsing: "")
    for (index, line) in code.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let syntax = CellSyntax(parsing: String(line))
      mentions.formUnion(syntax.mentions)
      problems += syntax.problems.map {
        Problem(line: index + 1, column: $0.column, message: $0.message, hint: $0.hint)
      }
      if !syntax.declarations.isEmpty || syntax.shownLines == nil, syntax.problems.isEmpty {
        problems.append(Problem(line: index + 1, column: 1, message: "this is not an expression"))
      }
    }
  }
}

extension Cell {
  fileprivate var lines: [String] {
    code.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// How many lines at the top hold options.
  fileprivate var optionLineCount: Int { lines.prefix { $0.hasPrefix("//|") }.count }
}
