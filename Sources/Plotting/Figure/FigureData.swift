/// The numbers that a figure draws, one table a mark.
public struct FigureData: Hashable, Sendable {
  let tables: [Table]

  /// All numbers as CSV: a row a point, with its panel (from 1), mark and series, and the columns that any of the marks
  /// has; a mark without such a column leaves it empty. Numbers are written so that they read back exactly.
  public var csv: String { csv() }

  /// The same with at most so many rows of each mark; a row with the mark's name and `…` tells how many are left out.
  public func csv(atMost limit: Int = .max) -> String {
    var names: [String] = []
    for table in tables {
      for column in table.columns where !names.contains(column.name) { names.append(column.name) }
    }
    let isAnimated = tables.contains { $0.frame > 0 }
    var text =
      ((isAnimated ? ["frame"] : []) + ["panel", "mark", "series"] + names).joined(separator: ",") + "\n"
    for table in tables {
      let lookup = names.map { name in table.columns.first { $0.name == name }?.values }
      let head =
        (isAnimated ? "\(table.frame)," : "") + "\(table.panel),\(table.mark),\(Self.quoted(table.series)),"
      for row in 0..<min(table.count, limit) {
        text += head
        for (place, values) in lookup.enumerated() {
          if place > 0 { text += "," }
          if let values, row < values.count { text += values[row].description }
        }
        text += "\n"
      }
      if table.count > limit {
        text +=
          (isAnimated ? "\(table.frame)," : "")
          + "\(table.panel),\(table.mark),… \(table.count - limit) more rows"
        text += String(repeating: ",", count: names.count) + "\n"
      }
    }
    return text
  }

  /// A column of the first mark of a series, or of the first mark, for those who compute on.
  public func column(_ name: String, of series: String? = nil) -> [Double]? {
    tables.first { series == nil || $0.series == series }?.columns.first { $0.name == name }?.values
  }

  private static func quoted(_ text: String) -> String {
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}

/// The numbers of one mark.
struct Table: Hashable, Sendable {
  struct Column: Hashable, Sendable {
    var name: String
    var values: [Double]
  }

  var panel = 1
  /// The frame of an animation, from 1; 0 in a still figure.
  var frame = 0
  var mark: String
  var series: String
  var columns: [Column]
  var count: Int { columns.map(\.values.count).max() ?? 0 }

  init(_ mark: String, _ series: String, _ columns: [(String, [Double])]) {
    (self.mark, self.series) = (mark, series)
    self.columns = columns.map { Column(name: $0.0, values: $0.1) }
  }
}

extension Figure {
  /// The numbers drawn.
  public var data: FigureData {
    var tables: [Table] = []
    for (index, panel) in panels.enumerated() {
      for mark in panel.marks {
        var table = mark.table
        table.panel = index + 1
        if !table.columns.isEmpty { tables.append(table) }
      }
    }
    return FigureData(tables: tables)
  }
}
