/// What a report shows besides what the notebook holds.
public struct ReportOptions: Hashable, Sendable {
  /// Times and memory of cells. They differ from run to run, so that pages are no longer equal.
  public var showsTimings: Bool

  public init(showsTimings: Bool = false) {
    self.showsTimings = showsTimings
  }
}
