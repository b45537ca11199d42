public import NotebookEvents

/// A table for the page.
///
///     show(Table("Errors by step size", columns: ["$h$", "error"], rows: steps.map { [$0, error($0)] }))
///
/// Titles and text entries may hold `$...$` mathematics. A column whose every entry is a number is
/// aligned right.
public struct Table: Displayable {
  public var caption: String
  public var columns: [String]
  public var rows: [[any CustomStringConvertible]]

  /// - Precondition: each row has as many entries as there are columns.
  public init(_ caption: String = "", columns: [String], rows: [[any CustomStringConvertible]]) {
    for (index, row) in rows.enumerated() {
      precondition(
        row.count == columns.count,
        "row \(index) of the table has \(row.count) entries for \(columns.count) columns")
    }
    self.caption = caption
    self.columns = columns
    self.rows = rows
  }

  public func events() -> [Event] {
    let titles = columns.enumerated().map { index, title in
      Event.Table.Column(
        title: title,
        isNumeric: !rows.isEmpty && rows.allSatisfy { $0[index] is any Numeric })
    }
    return [.table(Event.Table(caption: caption, columns: titles, rows: rows.map { $0.map(entry) }))]
  }

  private func entry(_ value: any CustomStringConvertible) -> String { describe(value) }
}
