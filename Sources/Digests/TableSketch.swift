import Glibc

/// Much data in few numbers: what is kept of a figure's table to compare it with that of another run.
///
/// Rows are grouped by what names them (frame, panel, mark, series). Of each column of such a group the count is
/// kept, and the means over at most ``blocks`` stretches of equal length: up to so many rows are there one by one,
/// and of more rows none can change by itself without its stretch's mean. Means carry five significant digits,
/// ten times what a drawing of a thousand dots can show. The digest tells equal tables, to the last digit.
public struct TableSketch: Hashable, Sendable, Codable {
  /// One column of the rows of one mark.
  public struct Column: Hashable, Sendable, Codable {
    /// "1 line p: x": panel, mark, series, column.
    public var name: String
    public var count: Int
    /// Means of stretches, `%.5g`, separated by blanks.
    public var means: String
    public var values: [Double] { means.split(separator: " ").map { Double($0) ?? .nan } }
  }

  /// SHA-256 of the table as text.
  public var digest: String
  public var columns: [Column]

  /// Stretches a column, where the figure has few columns.
  static let blocks = 32
  /// Numbers a figure: one with many columns, as an animation with its frames, has fewer stretches of each.
  static let budget = 640

  /// The sketch of a table in CSV whose named columns begin behind one that is called `series`. O(bytes).
  public init(csv: String) {
    digest = SHA256.hexadecimal(of: Array(csv.utf8))
    var rows = CSVRows(csv)
    let titles = rows.next() ?? []
    let names = titles.firstIndex(of: "series").map { $0 + 1 } ?? 0
    var order: [String] = []
    var groups: [String: [[Double]]] = [:]
    while let row = rows.next() {
      guard row.count == titles.count, names < row.count else { continue }
      let name = row[..<names].filter { !$0.isEmpty }.joined(separator: " ")
      if groups[name] == nil {
        order.append(name)
        groups[name] = titles[names...].map { _ in [] }
      }
      for (place, entry) in row[names...].enumerated() where !entry.isEmpty {
        groups[name]![place].append(Double(entry) ?? .nan)
      }
    }
    let columns = order.flatMap { group -> [(name: String, values: [Double])] in
      // A row without numbers tells how many rows are left out.
      if groups[group]!.allSatisfy(\.isEmpty) { return groups[group]!.isEmpty ? [] : [(group, [])] }
      return zip(titles[names...], groups[group]!).compactMap { title, values in
        values.isEmpty ? nil : ("\(group): \(title)", values)
      }
    }
    let blocks = min(TableSketch.blocks, max(TableSketch.budget / max(columns.count, 1), 2))
    self.columns = columns.map { column in
      Column(
        name: column.name, count: column.values.count,
        means: TableSketch.means(of: column.values, blocks).map(TableSketch.text).joined(separator: " "))
    }
  }

  private static func means(of values: [Double], _ blocks: Int) -> [Double] {
    let count = min(blocks, values.count)
    return (0..<count).map { block in
      let stretch = values[block * values.count / count..<(block + 1) * values.count / count]
      return stretch.reduce(0, +) / Double(stretch.count)
    }
  }

  private static func text(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    var buffer = [CChar](repeating: 0, count: 32)
    _ = withVaList([value]) { vsnprintf(&buffer, buffer.count, "%.5g", $0) }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// Rows of a table in CSV (RFC 4180): entries with commas, quotes or line ends are quoted.
struct CSVRows: IteratorProtocol {
  private let bytes: [UInt8]
  private var offset = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func next() -> [String]? {
    guard offset < bytes.count else { return nil }
    var row: [String] = []
    while true {
      row.append(entry())
      guard offset < bytes.count, bytes[offset] == UInt8(ascii: ",") else { break }
      offset += 1
    }
    offset += 1
    return row
  }

  private mutating func entry() -> String {
    let quote = UInt8(ascii: "\"")
    var entry: [UInt8] = []
    if offset < bytes.count, bytes[offset] == quote {
      offset += 1
      while offset < bytes.count {
        if bytes[offset] == quote {
          offset += 1
          guard offset < bytes.count, bytes[offset] == quote else { break }
        }
        entry.append(bytes[offset])
        offset += 1
      }
      return String(decoding: entry, as: UTF8.self)
    }
    let start = offset
    while offset < bytes.count, bytes[offset] != UInt8(ascii: ","), bytes[offset] != 10 { offset += 1 }
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }
}
