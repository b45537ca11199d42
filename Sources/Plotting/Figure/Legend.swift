/// The key to the series of a panel.
struct Legend {
  let entries: [(index: Int, text: Typeset)]
  /// Said in place of the entries that there is no room for.
  let more: Typeset
  private(set) var place: LegendPlace
  private static let sample = 26.0
  private static let padding = 7.0
  private static let line = Metrics.legendText * 1.42

  /// Nothing where no mark has a label. What does not fit within `room` is counted.
  init?(
    _ panel: ResolvedPanel, room: (width: Double, height: Double), typesetter: Typesetter
  ) throws(PlottingError) {
    guard panel.panel.legend != .none else { return nil }
    let named = panel.panel.marks.indices.filter {
      !panel.panel.marks[$0].label.isEmpty && panel.panel.marks[$0].key(panel.styles[$0].light) != nil
    }
    guard !named.isEmpty else { return nil }
    // Of too many, an even selection from the first to the last stands for all.
    let fitting = max(2, Int((room.height * 0.95 - 2 * Self.padding) / Self.line))
    var shown = named
    if named.count > fitting {
      let kept = max(fitting - 1, 2)
      shown = (0..<kept).map { named[$0 * (named.count - 1) / (kept - 1)] }
    }
    var entries: [(Int, Typeset)] = []
    for index in shown {
      let text = try typesetter.set(
        panel.panel.marks[index].label, size: Metrics.legendText, width: max(room.width * 0.6, 120),
        alignment: 0)
      entries.append((index, text))
    }
    self.entries = entries
    more =
      shown.count == named.count
      ? Typeset() : try typesetter.set("… and \(named.count - shown.count) more", size: Metrics.legendText)
    // A long legend would hide too much wherever it stood.
    var isLarge = shown.count > 8
    let wanted = panel.panel.legend
    place = wanted
    isLarge = isLarge || width > room.width - 16 || height > room.height - 16
    if wanted == .best, isLarge { place = .outside }
  }

  var width: Double {
    2 * Self.padding + Self.sample + 7 + max(entries.map(\.text.width).max() ?? 0, more.width)
  }

  var height: Double {
    2 * Self.padding - 3 + heights.reduce(0, +) + (more.isEmpty ? 0 : Self.line)
  }

  /// The entries' heights: a tall formula takes more than a line.
  private var heights: [Double] { entries.map { max(Self.line, $0.text.height + 4) } }

  /// A legend over more ink than this share of itself stands outside instead.
  static let tolerable = 0.2

  /// The share of a box that is drawn on.
  static func hidden(_ box: Rectangle, on canvas: Canvas, theme: Theme) -> Double {
    let dots = box.width * box.height * canvas.scale * canvas.scale / 4
    return Double(canvas.ink(in: box, ignoring: [theme.background, theme.grid])) / max(dots, 1)
  }

  /// White on white would not be seen: on a field, a legend with pale keys stands on a dark ground.
  private func theme(
    for panel: ResolvedPanel, _ styles: [SeriesStyle], on theme: Theme
  ) -> Theme {
    guard panel.colors != nil else { return theme }
    func green(_ color: UInt32) -> Int { Int(color >> 8 & 255) }
    let isLost = entries.contains { entry in
      guard let key = panel.panel.marks[entry.index].key(styles[entry.index]) else { return false }
      return abs(green((key.patch ?? key.ink).rgb) - green(theme.background)) < 50
    }
    return isLost ? (theme.isDark ? .light : .dark) : theme
  }

  /// The box: where asked, or the place within the axes whose dots differ least from an empty panel.
  ///
  /// Over a field, which covers everything, what counts is where its colours change least: lines and points show there.
  func box(
    in axes: Rectangle, barWidth: Double, overField: Bool, on canvas: Canvas, theme: Theme
  ) -> Rectangle {
    let gap = 8.0
    func at(_ x: Double, _ y: Double) -> Rectangle {
      let left = axes.left + gap + (axes.width - 2 * gap - width) * x
      let top = axes.top + gap + (axes.height - 2 * gap - height) * y
      return Rectangle(left: left, top: top, right: left + width, bottom: top + height)
    }
    switch place {
    case .outside:
      return Rectangle(
        left: axes.right + barWidth + 8, top: axes.top, right: axes.right + barWidth + 8 + width,
        bottom: axes.top + height)
    case .topLeft: return at(0, 0)
    case .topRight: return at(1, 0)
    case .bottomLeft: return at(0, 1)
    case .bottomRight: return at(1, 1)
    case .top: return at(0.5, 0)
    case .bottom: return at(0.5, 1)
    case .best, .none:
      let places = [(1.0, 0.0), (0, 0), (1, 1), (0, 1), (0.5, 0), (1, 0.5), (0, 0.5), (0.5, 1), (0.5, 0.5)]
      var best = at(1, 0)
      var least = Int.max
      for (x, y) in places {
        let candidate = at(x, y)
        let ink =
          overField
          ? canvas.edges(in: candidate) : canvas.ink(in: candidate, ignoring: [theme.background, theme.grid])
        if ink < least { (best, least) = (candidate, ink) }
      }
      return best
    }
  }

  func draw(
    in box: Rectangle, _ panel: ResolvedPanel, _ styles: [SeriesStyle], on canvas: Canvas, theme: Theme,
    fonts: FontBook
  ) {
    let theme = self.theme(for: panel, styles, on: theme)
    if place != .outside {
      canvas.fill(box, Ink(rgb: theme.background, opacity: 0.86))
      canvas.frame(box, width: 0.5, Ink(rgb: theme.frame, opacity: 0.35))
    }
    var top = box.top + Self.padding - 1.5
    for (entry, height) in zip(entries, heights) {
      let y = top + height / 2
      top += height
      let left = box.left + Self.padding
      if let key = panel.panel.marks[entry.index].key(styles[entry.index]) {
        if let patch = key.patch {
          canvas.fill(Rectangle(left: left, top: y - 5, right: left + Self.sample, bottom: y + 5), patch)
        }
        if var line = key.line {
          line.cap = line.dash == .dotted ? .round : .butt
          canvas.stroke([Spot(x: left, y: y), Spot(x: left + Self.sample, y: y)], line, key.ink)
        }
        if let marker = key.marker {
          canvas.mark(
            marker.shape, at: Spot(x: left + Self.sample / 2, y: y), radius: max(marker.radius, 2.5), key.ink)
        }
      }
      canvas.draw(
        entry.text, at: Spot(x: left + Self.sample + 7, y: y),
        Canvas.Anchor(0, height > Self.line ? .middle : .figures), color: theme.foreground, fonts: fonts)
    }
    if !more.isEmpty {
      let y = top + Self.line / 2
      canvas.draw(
        more, at: Spot(x: box.left + Self.padding + Self.sample + 7, y: y), Canvas.Anchor(0, .figures),
        color: theme.secondary, fonts: fonts)
    }
  }
}

extension Canvas {
  /// How many dots of every second row differ clearly from the one before.
  func edges(in box: Rectangle) -> Int {
    let area = Dots(
      left: Int(box.left * scale) + 1, top: Int(box.top * scale), right: Int(box.right * scale),
      bottom: Int(box.bottom * scale)
    ).intersection(Dots(left: 1, top: 0, right: width, bottom: height))
    guard !area.isEmpty else { return .max }
    var count = 0
    for y in Swift.stride(from: area.top, to: area.bottom, by: 2) {
      let row = rows[y]!
      for x in area.left..<area.right where abs((row[x] >> 8 & 255) - (row[x - 1] >> 8 & 255)) > 20 {
        count += 1
      }
    }
    return count
  }

  /// How many dots of every second row and column are drawn on.
  func ink(in box: Rectangle, ignoring blank: [UInt32]) -> Int {
    let area = Dots(
      left: Int(box.left * scale), top: Int(box.top * scale), right: Int(box.right * scale),
      bottom: Int(box.bottom * scale)
    ).intersection(Dots(left: 0, top: 0, right: width, bottom: height))
    guard !area.isEmpty else { return .max }
    var count = 0
    for y in Swift.stride(from: area.top, to: area.bottom, by: 2) {
      let row = rows[y]!
      for x in Swift.stride(from: area.left, to: area.right, by: 2) {
        let color = UInt32(bitPattern: row[x])
        if color != blank[0], color != blank[1] { count += 1 }
      }
    }
    return count
  }
}
