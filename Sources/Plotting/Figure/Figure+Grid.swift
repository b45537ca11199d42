/// What the panels of a grid have in common.
public struct Sharing: OptionSet, Hashable, Sendable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }
  /// One range for all horizontal axes, labelled at the bottom only.
  public static let x = Sharing(rawValue: 1)
  /// One range for all vertical axes, labelled at the left only.
  public static let y = Sharing(rawValue: 2)
  /// One colour scale, with one colour bar.
  public static let colors = Sharing(rawValue: 4)
  public static let axes: Sharing = [.x, .y]
}

extension Figure {
  /// A grid of figures, row by row, their axes' boxes aligned.
  ///
  ///     Figure.grid([0.2, 0.5, 0.8].map { t in Figure("$t = \(t)$").scatter(x(t), y(t)) }, sharing: .axes)
  ///
  /// `columns` is at most three if not given. Sizes of the parts are not used.
  public static func grid(
    _ figures: [Figure], columns: Int? = nil, title: String = "", sharing: Sharing = []
  ) -> Figure {
    precondition(!figures.isEmpty, "a grid needs a figure")
    precondition(columns ?? 1 > 0, "a grid needs a column")
    var whole = Figure()
    whole.panels = figures.flatMap(\.panels)
    whole.columns = min(columns ?? min(3, whole.panels.count), whole.panels.count)
    whole.title = title
    whole.sharing = sharing
    return whole
  }
}
