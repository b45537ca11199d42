import Digests
import NotebookEvents
public import NotebookModel

/// What a page carries to be made again and compared: how its notebook was run, by what, and what came of it.
///
/// The notebook itself stands in the page's footer, where readers can take it; with the record and the pictures on
/// the page it suffices to write the page again, byte by byte. No date, no name of a person or folder is in it.
public struct PageRecord: Hashable, Sendable, Codable {
  public struct Setting: Hashable, Sendable, Codable {
    public var name: String
    public var value: String
  }

  /// A page that contents list.
  public struct Entry: Hashable, Sendable, Codable {
    public var page: String
    /// Of a page that is not there; others tell theirs.
    public var title: String
    /// Why there is no such page; empty where there is.
    public var complaint: String
    init(page: String, title: String, complaint: String) {
      self.page = page
      self.title = title
      self.complaint = complaint
    }
  }

  /// How the notebook is run beyond what it says itself.
  public struct Conditions: Hashable, Sendable, Codable {
    public var reseed: UInt64?
    public var keepsGoing: Bool
    /// For whom the page is; its source lacks what is not for them.
    public var variant: String?
    public init(reseed: UInt64?, keepsGoing: Bool, variant: String? = nil) {
      self.reseed = reseed
      self.keepsGoing = keepsGoing
      self.variant = variant
    }
  }

  /// Raised when older programs would misread newer pages.
  public static let currentFormat = 1

  public var format: Int
  /// The notebook's file, without its folder.
  public var file: String
  /// SHA-256 of its bytes.
  public var source: String
  public var seed: UInt64
  public var parameters: [Setting]
  public var conditions: Conditions
  public var making: Making
  public var showsTimings: Bool
  /// The pages before and behind.
  public var links: CourseLinks
  /// What a front page lists; nil for other pages.
  public var contents: [Entry]?
  /// The numbers that equations, figures and sections of a variant have kept; nil for a whole notebook.
  public var numbering: Numbering?
  /// SHA-256 of the images of the prose, by the names that it has for them.
  public var images: [String: String]
  public var trace: Trace
}

extension HTMLReport {
  /// What the page of this run is to carry.
  public func pageRecord(
    of record: RunRecord, under conditions: PageRecord.Conditions, by making: Making,
    options: ReportOptions = ReportOptions(), links: CourseLinks = CourseLinks(),
    contents: [PageRecord.Entry]? = nil
  ) -> PageRecord {
    PageRecord(
      format: PageRecord.currentFormat,
      file: notebook.file,
      source: SHA256.hexadecimal(of: notebook.original), seed: record.seed,
      parameters: record.parameters.map { .init(name: $0.name, value: $0.value.description) },
      conditions: conditions, making: making, showsTimings: options.showsTimings, links: links,
      contents: contents, numbering: conditions.variant == nil ? nil : notebook.numbering,
      images: images.digests,
      trace: Trace(record, hasTimes: options.showsTimings))
  }
}
