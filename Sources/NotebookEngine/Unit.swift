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
  /// What a line's number in the generated source has more than among the cell's own lines. Option lines
  /// are not compiled, so that it can be negative.
  let lineShift: Int
  /// Positions, among the units, of those that this one imports.
  let dependencies: [Int]
  /// Whether the cell imports modules beyond the prelude, whose libraries must be linked.
  let importsModules: Bool
  /// What the engine refuses, or the parser could not read; nothing is compiled then.
  let problems: [Diagnostic]
  /// Of an exercise: the cell that declares what it asks for.
  var solver: Int?

  /// Whether later cells see what the unit does; inline expressions only tell values.
  var leavesState: Bool { cell?.kind != .inline }

  /// Whether another unit would run in the same way, whatever caption or place it has.
  func isSame(as other: Unit) -> Bool {
    source == other.source && module == other.module && leavesState == other.leavesState
      && cell?.options.expectsError == other.cell?.options.expectsError
  }

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
