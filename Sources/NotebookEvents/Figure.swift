extension Event {
  /// A drawing, rendered for a light and for a dark page.
  public struct Figure: Hashable, Sendable, Codable {
    public enum Format: UInt8, Hashable, Sendable, Codable {
      case png, gif, svg
      /// The type that a data URL of this format states.
      public var mediaType: String {
        switch self {
        case .png: "image/png"
        case .gif: "image/gif"
        case .svg: "image/svg+xml"
        }
      }
    }

    public var format: Format
    /// The size on the page, in CSS pixels (1/96 inch). The image has twice as many dots each way.
    public var width: Int
    public var height: Int
    public var light: [UInt8]
    /// The same for a dark page; empty where `light` serves both.
    public var dark: [UInt8]
    /// A still picture that stands for an animation in print; empty where `light` is one itself.
    public var poster: [UInt8]
    public var alternativeText: String
    /// The drawn numbers as CSV, for readers and for comparing two runs.
    public var data: String

    public init(
      format: Format, width: Int, height: Int, light: [UInt8], dark: [UInt8] = [],
      poster: [UInt8] = [], alternativeText: String, data: String = ""
    ) {
      self.format = format
      self.width = width
      self.height = height
      self.light = light
      self.dark = dark
      self.poster = poster
      self.alternativeText = alternativeText
      self.data = data
    }
  }
}
