/// The labels of a notebook as they are found; it numbers equations and figures.
struct LabelTable {
  /// What a name that prose can refer to by a number begins with.
  static let prefixes = ["eq-", "fig-", "sec-"]

  private(set) var labels: [Label] = []
  private var equations = 0
  private var figures = 0

  mutating func add(_ label: Label, _ sink: inout DiagnosticSink) {
    if let first = labels.first(where: { $0.name == label.name }) {
      sink.error(
        label.position, "the label `\(label.name)` was given in line \(first.position.line) already",
        hint: "every label needs a name of its own")
    }
    labels.append(label)
  }

  /// Adds an equation with a name; returns its number.
  mutating func addEquation(
    _ name: String, index: Int, at position: Position, _ sink: inout DiagnosticSink
  ) -> String {
    equations += 1
    add(Label(name: name, kind: .equation(index), number: String(equations), position: position), &sink)
    return String(equations)
  }

  /// Adds a figure, of a cell or an image; returns the label's index.
  @discardableResult
  mutating func addFigure(
    _ name: String, cell: Int?, at position: Position, _ sink: inout DiagnosticSink
  ) -> Int {
    figures += 1
    add(Label(name: name, kind: .figure(cell: cell), number: String(figures), position: position), &sink)
    return labels.count - 1
  }

  mutating func setNumber(_ number: String, ofSection heading: Int) {
    for index in labels.indices where labels[index].kind == .section(heading) {
      labels[index].number = number
    }
  }
}
