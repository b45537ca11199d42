/// A panel whose axes, colours and series are settled.
struct ResolvedPanel: Sendable {
  var panel: Panel
  var x: Axis
  var y: Axis
  var colors: ColorRange?
  /// One style for each mark.
  var styles: [(light: SeriesStyle, dark: SeriesStyle)]

  func styles(on theme: Theme) -> [SeriesStyle] { styles.map { theme.isDark ? $0.dark : $0.light } }
}

extension Figure {
  /// Settles axes, colour scales and series for all panels.
  func resolved() throws(PlottingError) -> [ResolvedPanel] {
    var needs: [(x: Need, y: Need)] = []
    var colors: [ColorRange?] = []
    for panel in panels {
      needs.append(try panel.needs())
      colors.append(panel.marks.compactMap(\.colorRange).reduce(nil) { $0?.union($1) ?? $1 })
    }
    if sharing.contains(.x) { share(\.x, &needs) }
    if sharing.contains(.y) { share(\.y, &needs) }
    if sharing.contains(.colors) {
      let all = colors.compactMap { $0 }.reduce(nil as ColorRange?) { $0?.union($1) ?? $1 }
      colors = colors.map { $0 == nil ? nil : all }
    }
    var result: [ResolvedPanel] = []
    for (index, panel) in panels.enumerated() {
      result.append(
        ResolvedPanel(
          panel: panel, x: needs[index].x.axis(panel.x), y: needs[index].y.axis(panel.y),
          colors: colors[index],
          styles: panel.styles()))
    }
    return result
  }

  private func share(_ side: WritableKeyPath<(x: Need, y: Need), Need>, _ needs: inout [(x: Need, y: Need)]) {
    let all = needs.map { $0[keyPath: side] }.reduce(Need()) { $0.union($1) }
    for index in needs.indices { needs[index][keyPath: side] = all }
  }
}

/// What all marks together need of one axis.
struct Need: Sendable {
  var interval: Interval?
  /// The mark that reaches an end wants no margin there.
  var tightLow = false
  var tightHigh = false

  func union(_ other: Need) -> Need {
    var both = self
    both.add(other.interval, tightLow: other.tightLow, tightHigh: other.tightHigh)
    return both
  }

  mutating func add(_ new: Interval?, tightLow: Bool, tightHigh: Bool) {
    guard let new else { return }
    guard let old = interval else {
      (interval, self.tightLow, self.tightHigh) = (new, tightLow, tightHigh)
      return
    }
    if new.low < old.low {
      self.tightLow = tightLow
    } else if new.low == old.low {
      self.tightLow = self.tightLow || tightLow
    }
    if new.high > old.high {
      self.tightHigh = tightHigh
    } else if new.high == old.high {
      self.tightHigh = self.tightHigh || tightHigh
    }
    interval = old.union(new)
  }

  func axis(_ settings: AxisSettings) -> Axis {
    Axis(settings, data: interval, tightLow: tightLow, tightHigh: tightHigh, margin: 0.045)
  }
}

extension Panel {
  /// The needs of all marks; refuses what a logarithmic axis cannot show.
  fileprivate func needs() throws(PlottingError) -> (x: Need, y: Need) {
    var both = (x: Need(), y: Need())
    for mark in marks {
      let extent = mark.extent
      try check(x, "x", extent.refusedX, mark)
      try check(y, "y", extent.refusedY, mark)
      both.x.add(extent.x, tightLow: extent.tight.contains(.left), tightHigh: extent.tight.contains(.right))
      both.y.add(extent.y, tightLow: extent.tight.contains(.bottom), tightHigh: extent.tight.contains(.top))
      if extent.standsOnZero, y.scale == .linear, let values = extent.y {
        both.y.add(
          Interval(min(0, values.low), max(0, values.high)), tightLow: values.low >= 0,
          tightHigh: values.high <= 0)
      }
    }
    return both
  }

  private func check(
    _ axis: AxisSettings, _ name: String, _ refused: Extent.Refused, _ mark: any Mark
  ) throws(PlottingError) {
    guard axis.scale == .log, refused.count > 0 else { return }
    let what = mark.label.isEmpty ? "one of its marks" : "\"\(plainText(mark.label))\""
    throw .notPositive(axis: name, mark: what, count: refused.count, example: refused.example)
  }

  /// Colours, patterns and markers, in turn. More series than the palette has colours take theirs from viridis, in
  /// order; lines with a label, when there are several, differ in pattern too, so that grey print tells them apart.
  fileprivate func styles() -> [(light: SeriesStyle, dark: SeriesStyle)] {
    var free = 0
    var named = 0
    for mark in marks {
      guard case .next(let own, let isDashed) = mark.coloring else { continue }
      if own == nil { free += 1 }
      if isDashed, !mark.label.isEmpty { named += 1 }
    }
    let isMany = free > Color.series.count
    var (next, line, point) = (0, 0, 0)
    var current = Color.series[0]
    return marks.map { mark in
      var dash = Dash.solid
      var marker = Marker.circle
      switch mark.coloring {
      case .none: break
      case .previous(let own): if let own { current = own } else if next == 0 { current = Color.series[0] }
      case .next(let own, let isDashed):
        if let own {
          current = own
        } else {
          current =
            isMany
            ? ColorMap.viridis.color(Double(next) / Double(free - 1) * 0.92)
            : Color.series[next % Color.series.count]
          next += 1
        }
        if isDashed {
          if !mark.label.isEmpty, named <= Dash.allCases.count {
            dash = Dash.allCases[line % Dash.allCases.count]
          }
          if !mark.label.isEmpty { line += 1 }
        } else {
          marker = Marker.allCases[point % Marker.allCases.count]
          point += 1
        }
      }
      return (
        SeriesStyle(color: current.light, dash: dash, marker: marker),
        SeriesStyle(color: current.dark, dash: dash, marker: marker)
      )
    }
  }
}
