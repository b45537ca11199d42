import NotebookModel

/// A cell on its way to a compiled module: its name, its generated source, what it imports.
///
/// The notebook's parameters make a unit too, the first one, without a cell.
struct Unit: Sendable {
  /// Nil for the parameters.
  let cell: Cell?
  let module: String
  /// What the compiler gets.
  let source: String
  /// Lines of the generated source's numbering that come before the cell's first line.
  let lineShift: Int
  /// Positions, among the units, of those that this one imports.
  let dependencies: [Int]
  /// Whether the cell imports modules beyond the prelude, whose libraries must be linked.
  let importsModules: Bool
  /// What the engine refuses, or the parser could not read; nothing is compiled then.
  let problems: [Diagnostic]

  /// The name under which the compiler knows the source.
  var fileName: String { "\(module).swift" }
  var entry: String { "\(module)_main" }

  /// A place that the compiler or the runtime named, in the notebook.
  func position(line: Int, column: Int = 1) -> Position? {
    cell?.position(line: cellLine(line), column: column)
  }

  /// A line number that the compiler or the runtime named, among the cell's own lines.
  func cellLine(_ line: Int) -> Int { max(line - lineShift, 1) }
}
