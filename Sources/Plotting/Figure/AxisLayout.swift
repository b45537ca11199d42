/// An axis with its ticks set in type.
struct AxisLayout {
  var ticks: [Double] = []
  var minor: [Double] = []
  var labels: [Typeset] = []
  private var names: [String] = []
  var common = Typeset()
  var title = Typeset()
  var showsLabels = true
  /// Names that would stand too close are turned upright.
  private(set) var isTurned = false

  /// The labels' room across the axis.
  var widest: Double { showsLabels ? labels.map(\.width).max() ?? 0 : 0 }
  var tallest: Double {
    guard showsLabels else { return 0 }
    if isTurned { return widest }
    return (labels.map(\.ascent).max() ?? 0) + (labels.map(\.descent).max() ?? 0)
  }

  /// Ticks for an axis `length` CSS pixels long: as many as stand clear of each other.
  init(
    _ axis: Axis, length: Double, isHorizontal: Bool, showsLabels: Bool = true, typesetter: Typesetter
  ) throws(PlottingError) {
    self.showsLabels = showsLabels
    title = try typesetter.set(axis.settings.label, size: Metrics.labelText, width: max(length, 80))
    var count = max(2, min(10, Int((length / (isHorizontal ? 75 : 48)).rounded())))
    while true {
      try setTicks(axis, count: count, typesetter)
      let isCrowded =
        isHorizontal
        ? crowded(axis, length, gap: 9) { $0.width } : crowded(axis, length, gap: 3) { $0.height }
      if isCrowded, isHorizontal, axis.settings.tickLabels != nil {
        try wrapNames(axis, length, typesetter)
        isTurned = crowded(axis, length, gap: 6) { $0.width }
        if isTurned { try setTicks(axis, count: count, typesetter) }
        return
      }
      if !isCrowded || count <= 2 || axis.settings.ticks != nil { return }
      count -= 1
    }
  }

  /// Breaks names into lines as wide as the ticks are apart.
  private mutating func wrapNames(_ axis: Axis, _ length: Double, _ typesetter: Typesetter)
    throws(PlottingError)
  {
    let room = length * abs(axis.share(ticks[1]) - axis.share(ticks[0])) - 8
    for (index, name) in names.enumerated() {
      labels[index] = try typesetter.set(name, size: Metrics.tickText, width: room)
    }
  }

  private mutating func setTicks(_ axis: Axis, count: Int, _ typesetter: Typesetter) throws(PlottingError) {
    minor = []
    if let wanted = axis.settings.ticks {
      ticks = wanted.filter { axis.contains($0) }
    } else if axis.scale == .log {
      (ticks, minor) = Ticks.logarithmic(axis.low, axis.high, count: count)
    } else {
      ticks = Ticks.linear(axis.low, axis.high, count: count)
    }
    var words: TickLabels
    if let own = axis.settings.tickLabels {
      words = TickLabels(linear: [])
      let positions = axis.settings.ticks ?? own.indices.map(Double.init)
      let shown = zip(positions, own).filter { axis.contains($0.0) }
      ticks = shown.map(\.0)
      words.labels = shown.map(\.1)
    } else {
      words = TickLabels(ticks, axis.scale)
    }
    names = words.labels
    labels = []
    for label in words.labels { labels.append(try typesetter.set(label, size: Metrics.tickText)) }
    common = words.common.isEmpty ? Typeset() : try typesetter.set(words.common, size: Metrics.tickText)
  }

  private func crowded(_ axis: Axis, _ length: Double, gap: Double, _ extent: (Typeset) -> Double) -> Bool {
    guard ticks.count > 1 else { return false }
    let places = ticks.map { axis.share($0) * length }
    for index in 1..<ticks.count {
      let room = abs(places[index] - places[index - 1])
      if room < (extent(labels[index]) + extent(labels[index - 1])) / 2 + gap { return true }
    }
    return false
  }
}
