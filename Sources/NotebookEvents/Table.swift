extension Event {
  /// A table of text; columns of numbers are aligned right.
  public struct Table: Hashable, Sendable, Codable {
    public struct Column: Hashable, Sendable, Codable {
      public var title: String
      public var isNumeric: Bool
      public init(title: String, isNumeric: Bool) {
        self.title = title
        self.isNumeric = isNumeric
      }
    }
    public var caption: String
    public var columns: [Column]
    /// Each row has one entry a column. Titles and entries may hold `$...$` mathematics.
    public var rows: [[String]]
    public init(caption: String = "", columns: [Column], rows: [[String]]) {
      self.caption = caption
      self.columns = columns
      self.rows = rows
    }
  }
}
