/// Where everything of a figure stands.
struct Layout {
  struct Part {
    var box: Rectangle
    var x: AxisLayout
    var y: AxisLayout
    var title: Typeset
    var subtitle: Typeset
    var legend: Legend?
    var colorBar: ColorBar?
    /// What marks take above the box.
    var headroom: Double
  }

  var width: Double
  var height: Double
  var size: (width: Int, height: Int) { (Int(width.rounded()), Int(height.rounded())) }
  var title: Typeset
  var parts: [Part] = []
  /// A bar for all panels.
  var colorBar: ColorBar?

  private static let leastBox = (width: 70.0, height: 55.0)

  /// Measures all words, then solves for the boxes: ticks and line breaks depend on the boxes' sizes and margins on
  /// ticks and lines, so this is repeated until the boxes stay (mostly once).
  init(_ figure: Figure, _ panels: [ResolvedPanel], typesetter: Typesetter) throws(PlottingError) {
    let size = figure.layoutSize(panels)
    (width, height) = (size.width, size.height)
    title = try typesetter.set(figure.title, size: Metrics.titleText, width: width - 24)
    let columns = figure.columns
    let rows = (panels.count + columns - 1) / columns
    let isBarShared = figure.sharing.contains(.colors)
    let sharedColors = isBarShared ? panels.first { $0.colors != nil } : nil
    if let shared = sharedColors, let colors = shared.colors, shared.panel.colorBar.isShown {
      colorBar = try ColorBar(
        colors, label: shared.panel.colorBar.label, length: height * 0.6, typesetter: typesetter)
    }
    var boxSize = (width: width / Double(columns) * 0.75, height: height / Double(rows) * 0.7)
    let top = title.isEmpty ? 0 : title.height + 12
    let barWidth = colorBar.map { $0.width + 4 } ?? 0
    for pass in 0..<6 {
      let before = boxSize
      parts = []
      for (index, panel) in panels.enumerated() {
        let showsX = !figure.sharing.contains(.x) || index + columns >= panels.count
        let showsY = !figure.sharing.contains(.y) || index % columns == 0
        parts.append(
          try Part(
            panel, boxSize: boxSize, showsX: showsX, showsY: showsY, hasBar: !isBarShared,
            typesetter: typesetter))
      }
      // Titles of a row stand level.
      for row in 0..<rows {
        let members = parts.indices.filter { $0 / columns == row }
        let highest = members.map { parts[$0].overBox }.max() ?? 0
        for index in members { parts[index].headroom = highest }
      }
      var margins = (
        left: [Double](repeating: 0, count: columns), right: [Double](repeating: 0, count: columns),
        top: [Double](repeating: 0, count: rows), bottom: [Double](repeating: 0, count: rows)
      )
      for (index, part) in parts.enumerated() {
        let (row, column) = (index / columns, index % columns)
        margins.left[column] = max(margins.left[column], part.left)
        margins.right[column] = max(margins.right[column], part.right)
        margins.top[row] = max(margins.top[row], part.top)
        margins.bottom[row] = max(margins.bottom[row], part.bottom)
      }
      let across =
        (margins.left + margins.right).reduce(0, +) + Metrics.panelGap * Double(columns - 1) + barWidth
      let down = (margins.top + margins.bottom).reduce(0, +) + Metrics.panelGap * 0.5 * Double(rows - 1) + top
      // Where words leave no room for the axes, the figure grows.
      width = max(width, across + Self.leastBox.width * Double(columns))
      height = max(height, down + Self.leastBox.height * Double(rows))
      boxSize = ((width - across) / Double(columns), (height - down) / Double(rows))
      place(panels, columns, boxSize, margins, top: top)
      let isSettled = abs(boxSize.width - before.width) < 3 && abs(boxSize.height - before.height) < 3
      if pass > 0, isSettled { break }
    }
    if colorBar != nil, let first = parts.first, let last = parts.last {
      let right = parts.map(\.box.right).max()!
      colorBar!.box = Rectangle(
        left: right + 12, top: first.box.top, right: right + 12 + Metrics.colorBar, bottom: last.box.bottom)
    }
  }

  private mutating func place(
    _ panels: [ResolvedPanel], _ columns: Int, _ size: (width: Double, height: Double),
    _ margins: (left: [Double], right: [Double], top: [Double], bottom: [Double]), top: Double
  ) {
    for index in parts.indices {
      let (row, column) = (index / columns, index % columns)
      let x =
        margins.left[...column].reduce(0, +) + margins.right[..<column].reduce(0, +)
        + (size.width + Metrics.panelGap) * Double(column)
      let y =
        top + margins.top[...row].reduce(0, +) + margins.bottom[..<row].reduce(0, +)
        + (size.height + Metrics.panelGap * 0.5) * Double(row)
      var box = Rectangle(left: x, top: y, right: x + size.width, bottom: y + size.height)
      if panels[index].panel.isEqualAspect {
        let ratio = panels[index].aspect
        let width = min(size.width, size.height / ratio)
        let height = width * ratio
        box.left += (size.width - width) / 2
        box.right = box.left + width
        box.top += (size.height - height) / 2
        box.bottom = box.top + height
      }
      parts[index].box = box
      if parts[index].colorBar != nil {
        parts[index].colorBar!.box = Rectangle(
          left: box.right + 12, top: box.top, right: box.right + 12 + Metrics.colorBar, bottom: box.bottom)
      }
    }
  }
}

extension Layout.Part {
  fileprivate init(
    _ panel: ResolvedPanel, boxSize: (width: Double, height: Double), showsX: Bool, showsY: Bool,
    hasBar: Bool,
    typesetter: Typesetter
  ) throws(PlottingError) {
    box = Rectangle(left: 0, top: 0, right: boxSize.width, bottom: boxSize.height)
    var size = boxSize
    if panel.panel.isEqualAspect {
      size.width = min(boxSize.width, boxSize.height / panel.aspect)
      size.height = size.width * panel.aspect
    }
    x = try AxisLayout(
      panel.x, length: size.width, isHorizontal: true, showsLabels: showsX, typesetter: typesetter)
    y = try AxisLayout(
      panel.y, length: size.height, isHorizontal: false, showsLabels: showsY, typesetter: typesetter)
    title = try typesetter.set(panel.panel.title, size: Metrics.titleText, width: boxSize.width)
    subtitle = try typesetter.set(panel.panel.subtitle, size: Metrics.legendText, width: boxSize.width)
    if hasBar, panel.panel.colorBar.isShown, let colors = panel.colors {
      colorBar = try ColorBar(
        colors, label: panel.panel.colorBar.label, length: size.height, typesetter: typesetter)
    }
    headroom = panel.panel.marks.map(\.headroom).max() ?? 0
    legend = try Legend(panel, room: boxSize, typesetter: typesetter)
  }

  var left: Double {
    guard y.showsLabels else { return Metrics.edge }
    let ticks = Metrics.tick + Metrics.tickGap + y.widest
    return ticks + (y.title.isEmpty ? Metrics.edge : y.title.height + 8 + Metrics.edge)
  }

  var right: Double {
    var overhang = Metrics.edge
    if x.showsLabels, let last = x.labels.last { overhang = max(overhang, last.width / 2 + 2) }
    if let colorBar { overhang = max(overhang, colorBar.width) }
    if let legend, legend.place == .outside { overhang = (colorBar?.width ?? 4) + legend.width + 12 }
    return overhang
  }

  /// What stands between the box and the titles: a common factor of the ticks, or a key.
  var overBox: Double {
    let hasCommon = !y.common.isEmpty || !(colorBar?.axis.common.isEmpty ?? true)
    return max(headroom, hasCommon ? Metrics.tickText + 2 : 0)
  }

  var top: Double {
    var height = Metrics.edge + 1 + overBox
    if !title.isEmpty || !subtitle.isEmpty {
      height += title.height + (subtitle.isEmpty ? 0 : subtitle.height + 6) + 4
    }
    return height
  }

  var bottom: Double {
    guard x.showsLabels else { return Metrics.edge }
    let ticks = Metrics.tick + Metrics.tickGap + x.tallest
    let common = x.common.isEmpty ? 0 : (x.title.isEmpty ? x.common.height + 4 : 0)
    return ticks + common + (x.title.isEmpty ? 2 : x.title.height + 6) + Metrics.edge
  }
}

extension ResolvedPanel {
  /// Height over width of the box on which a unit is equally long both ways.
  var aspect: Double {
    let (x0, x1) = (x.scale.forward(x.low), x.scale.forward(x.high))
    let (y0, y1) = (y.scale.forward(y.low), y.scale.forward(y.high))
    return min(max((y1 - y0) / (x1 - x0), 1e-3), 1e3)
  }
}

extension Figure {
  /// The size asked for, or one that suits the number and the shape of the panels.
  func layoutSize(_ panels: [ResolvedPanel]) -> (width: Double, height: Double) {
    if let wantedSize { return wantedSize }
    let rows = Double((panels.count + columns - 1) / columns)
    let width = columns == 1 ? 600.0 : columns == 2 ? 720.0 : 780.0
    let each = width / Double(columns)
    let hasBar = panels.contains { $0.colors != nil && $0.panel.colorBar.isShown }
    if panels.allSatisfy(\.panel.isEqualAspect), let first = panels.first {
      let across = columns == 1 ? 400.0 : each - 52 - (hasBar ? 60 / Double(columns) : 0)
      let box = min(max(across * first.aspect, 120), 480)
      let narrow = columns == 1 ? min(400, box / first.aspect) + 80 + (hasBar ? 70 : 0) : width
      return (narrow.rounded(), (rows * (box + 62) + (title.isEmpty ? 0 : 30)).rounded())
    }
    let tall = columns == 1 ? (rows == 1 ? 370.0 : 230) : each * 0.88
    return (width, (tall * rows + (title.isEmpty ? 0 : 28)).rounded())
  }
}
