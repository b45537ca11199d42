/// What a report shows besides what the notebook holds.
public struct ReportOptions: Hashable, Sendable {
  /// Times and memory of cells. They differ from run to run, so that pages are no longer equal.
  public var showsTimings: Bool
  /// Whether the run goes on: what a cell has not put out may be on its way, and nothing is said of it.
  public var isUnderWay: Bool

  public init(showsTimings: Bool = false, isUnderWay: Bool = false) {
    self.showsTimings = showsTimings
    self.isUnderWay = isUnderWay
  }
}
