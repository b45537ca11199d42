extension Event {
  /// How far a cell has come.
  public struct Progress: Hashable, Sendable, Codable {
    /// Between 0 and 1; NaN where the total is not known.
    public var fraction: Double
    public var message: String
    public init(fraction: Double, message: String = "") {
      self.fraction = fraction
      self.message = message
    }
  }
}
