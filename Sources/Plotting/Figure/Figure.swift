/// A figure: marks on axes, or a grid of such panels. A value: every method returns a changed copy.
///
///     Figure("Marginal density")
///       .line(over: -4...4, "$t = 0.5$") { x in marginal.density(x, at: 0.5) }
///       .histogram(samples, "samples")
///       .x("$x$").y(#"$p_t(x \mid z)$"#)
///
/// Labels are plain words with TeX between dollar signs. Sizes are CSS pixels. What is drawn can be had as an image
/// (`render`), in words (`alternativeText`) and as numbers (`data`).
public struct Figure: Sendable {
  var panels: [Panel]
  var columns = 1
  var title = ""
  var sharing: Sharing = []
  var wantedSize: (width: Double, height: Double)?
  var ownAlternativeText: String?

  /// An empty pair of axes.
  public init(_ title: String = "", subtitle: String = "") {
    panels = [Panel(title: title, subtitle: subtitle)]
  }

  /// Adds a mark to every panel.
  func adding(_ mark: some Mark) -> Figure {
    changing { $0.marks.append(mark) }
  }

  /// Changes every panel.
  func changing(_ change: (inout Panel) -> Void) -> Figure {
    var copy = self
    for index in copy.panels.indices { change(&copy.panels[index]) }
    return copy
  }

  /// Adds to the figure once for every item: a curve for every time, say.
  ///
  ///     Figure().each([0.1, 0.5, 0.9]) { figure, t in
  ///       figure.line(over: -4...4, "$t = \(t)$") { x in density(x, t) }
  ///     }
  public func each<Items: Sequence>(
    _ items: Items, _ body: (Figure, Items.Element) throws -> Figure
  ) rethrows -> Figure {
    try items.reduce(self, body)
  }

  /// The figure's size in CSS pixels, from which it grows only where words would leave no room for the axes; without it,
  /// one that suits the panels.
  public func size(_ width: Double, _ height: Double) -> Figure {
    precondition(width >= 60 && height >= 60, "a figure is at least 60 x 60 CSS pixels")
    var copy = self
    copy.wantedSize = (width, height)
    return copy
  }

  /// Words of your own for those who don't see the figure, in place of those made from the data.
  public func describe(_ text: String) -> Figure {
    var copy = self
    copy.ownAlternativeText = text
    return copy
  }
}

extension Figure {
  /// The horizontal axis: its label, and where wanted its range, scale and ticks.
  public func x(
    _ label: String? = nil, in range: ClosedRange<Double>? = nil, scale: Scale? = nil, ticks: [Double]? = nil,
    labels: [String]? = nil, reversed: Bool = false
  ) -> Figure {
    changing { $0.x.update(label, range, scale, ticks, labels, reversed) }
  }

  /// The vertical axis: its label, and where wanted its range, scale and ticks.
  public func y(
    _ label: String? = nil, in range: ClosedRange<Double>? = nil, scale: Scale? = nil, ticks: [Double]? = nil,
    labels: [String]? = nil, reversed: Bool = false
  ) -> Figure {
    changing { $0.y.update(label, range, scale, ticks, labels, reversed) }
  }

  /// One unit is equally long on both axes.
  public func equalAspect() -> Figure { changing { $0.isEqualAspect = true } }

  /// Where the legend stands; without it, where it hides least.
  public func legend(_ place: LegendPlace) -> Figure { changing { $0.legend = place } }

  /// The colour bar's label, or none of it.
  public func colorBar(_ label: String = "", shown: Bool = true) -> Figure {
    changing { $0.colorBar = ColorBarSettings(label: label, isShown: shown) }
  }
}

extension AxisSettings {
  fileprivate mutating func update(
    _ label: String?, _ range: ClosedRange<Double>?, _ scale: Scale?, _ ticks: [Double]?, _ labels: [String]?,
    _ reversed: Bool
  ) {
    precondition(
      ticks == nil || labels == nil || ticks!.count == labels!.count,
      "as many tick labels as ticks are wanted")
    precondition(scale != .log || range == nil || range!.lowerBound > 0, "a logarithmic axis starts above 0")
    if let label { self.label = label }
    if let range { self.range = range }
    if let scale { self.scale = scale }
    if let ticks { self.ticks = ticks }
    if let labels { tickLabels = labels }
    if reversed { isReversed = true }
  }
}
