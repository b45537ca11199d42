extension Panel {
  /// The marks' colours, dashes, markers and places in groups, in turn.
  ///
  /// More series than the palette has colours take theirs from viridis, in order. Where several lines or point clouds
  /// have labels, dashes and markers tell them apart as well, so that grey print does not lose them.
  func styles() -> [(light: SeriesStyle, dark: SeriesStyle)] {
    let free = marks.count { if case .next(nil, _) = $0.coloring { true } else { false } }
    let grouped = marks.count(where: \.isGrouped)
    var cycle = Cycle(free: free, dashed: named(.dash), marked: named(.marker))
    var group = 0
    return marks.map { mark in
      cycle.advance(to: mark)
      var style = SeriesStyle(color: cycle.color.light, dash: cycle.dash, marker: cycle.marker)
      if mark.isGrouped {
        (style.groupIndex, style.groupCount) = (group, grouped)
        group += 1
      }
      var dark = style
      dark.color = cycle.color.dark
      return (style, dark)
    }
  }

  private func named(_ distinction: Distinction) -> Int {
    marks.count { mark in
      guard case .next(_, let own) = mark.coloring else { return false }
      return own == distinction && !mark.label.isEmpty
    }
  }
}

/// What the next series looks like.
private struct Cycle {
  /// How many series take their colour from the palette.
  let free: Int
  let dashed: Int
  let marked: Int
  private(set) var color = Color.series[0]
  private(set) var dash = Dash.solid
  private(set) var marker = Marker.circle
  private var colors = 0
  private var dashes = 0
  private var markers = 0

  init(free: Int, dashed: Int, marked: Int) { (self.free, self.dashed, self.marked) = (free, dashed, marked) }

  mutating func advance(to mark: any Mark) {
    (dash, marker) = (.solid, .circle)
    switch mark.coloring {
    case .none: break
    case .previous(let own): color = own ?? color
    case .next(let own, let distinction):
      color = own ?? next()
      guard !mark.label.isEmpty else { return }
      if distinction == .dash {
        if dashed <= Dash.allCases.count { dash = Dash.allCases[dashes % Dash.allCases.count] }
        dashes += 1
      }
      if distinction == .marker {
        if marked <= Marker.allCases.count { marker = Marker.allCases[markers % Marker.allCases.count] }
        markers += 1
      }
    }
  }

  private mutating func next() -> Color {
    defer { colors += 1 }
    if free <= Color.series.count { return Color.series[colors] }
    return ColorMap.viridis.color(Double(colors) / Double(free - 1) * 0.92)
  }
}
