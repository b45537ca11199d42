/// The pages before and behind a page, and the contents of them all.
public struct CourseLinks: Hashable, Sendable, Codable {
  public struct Link: Hashable, Sendable, Codable {
    /// As plain text.
    public var title: String
    /// The page's file name.
    public var page: String

    public init(title: String, page: String) {
      self.title = title
      self.page = page
    }
  }

  public var previous: Link?
  public var contents: Link?
  public var next: Link?

  /// A page that stands alone.
  public init() {}

  /// The links of the page at a position among all.
  public init(of position: Int, among pages: [Link], contents: Link) {
    previous = position > 0 ? pages[position - 1] : nil
    next = position + 1 < pages.count ? pages[position + 1] : nil
    self.contents = contents
  }

  /// For the end of a page; empty for one that stands alone.
  var html: String {
    let items = [
      previous.map { item($0, "prev", "← \($0.title)") },
      contents.map { item($0, "up", $0.title) },
      next.map { item($0, "next", "\($0.title) →") },
    ].compactMap(\.self)
    if items.isEmpty { return "" }
    return "<nav class=\"course\" aria-label=\"Course\">\n\(items.joined())</nav>\n"
  }

  private func item(_ link: Link, _ relation: String, _ text: String) -> String {
    let rel = relation == "up" ? "" : " rel=\"\(relation)\""
    return "<a class=\"\(relation)\"\(rel) href=\"\(escaped(link.page))\">\(escaped(text))</a>\n"
  }
}
