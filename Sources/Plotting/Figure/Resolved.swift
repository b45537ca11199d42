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
  func resolved() throws(PlottingError) -> [ResolvedPanel] { try Self.resolved([self])[0] }

  /// The same for the frames of an animation: panels at the same place share their axes and colours in all frames.
  static func resolved(_ frames: [Figure]) throws(PlottingError) -> [[ResolvedPanel]] {
    let first = frames[0]
    precondition(
      frames.allSatisfy { $0.panels.count == first.panels.count }, "all frames have the same number of panels"
    )
    var needs = [(x: Need, y: Need)](repeating: (Need(), Need()), count: first.panels.count)
    var colors = [ColorRange?](repeating: nil, count: first.panels.count)
    for frame in frames {
      for (index, panel) in frame.panels.enumerated() {
        let own = try panel.needs()
        needs[index] = (needs[index].x.union(own.x), needs[index].y.union(own.y))
        for range in panel.marks.lazy.compactMap(\.colorRange) {
          colors[index] = colors[index]?.union(range) ?? range
        }
      }
    }
    if first.sharing.contains(.x) { share(\.x, &needs) }
    if first.sharing.contains(.y) { share(\.y, &needs) }
    if first.sharing.contains(.colors) {
      let all = colors.compactMap { $0 }.reduce(nil as ColorRange?) { $0?.union($1) ?? $1 }
      colors = colors.map { $0 == nil ? nil : all }
    }
    return frames.map { frame in
      frame.panels.indices.map { index in
        let panel = frame.panels[index]
        return ResolvedPanel(
          panel: panel, x: needs[index].x.axis(panel.x), y: needs[index].y.axis(panel.y),
          colors: colors[index],
          styles: panel.styles())
      }
    }
  }

  private static func share(
    _ side: WritableKeyPath<(x: Need, y: Need), Need>, _ needs: inout [(x: Need, y: Need)]
  ) {
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
}
