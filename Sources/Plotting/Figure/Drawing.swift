/// Draws a figure that is laid out.
struct Drawing {
  let figure: Figure
  let panels: [ResolvedPanel]
  let layout: Layout
  let typesetter: Typesetter

  /// `panels` are settled already in an animation, whose frames agree on them.
  init(_ figure: Figure, panels: [ResolvedPanel]? = nil) throws(PlottingError) {
    self.figure = figure
    typesetter = Typesetter(fonts: try FontBook.system.get())
    if let panels { self.panels = panels } else { self.panels = try figure.resolved() }
    layout = try Layout(figure, self.panels, typesetter: typesetter)
  }

  /// The whole figure on a fresh canvas. Panels in which a legend would hide too much get it outside.
  func canvas(theme: Theme, scale: Double) throws(PlottingError) -> Canvas {
    let canvas = try Canvas(
      width: layout.width, height: layout.height, scale: scale, background: theme.background)
    var crowded: [Int] = []
    try draw(on: canvas, theme: theme, crowded: &crowded)
    if crowded.isEmpty { return canvas }
    var roomier = figure
    roomier.wantedSize = (layout.width, layout.height)
    for index in crowded { roomier.panels[index].legend = .outside }
    return try Drawing(roomier).canvas(theme: theme, scale: scale)
  }

  /// The whole figure on a canvas of its size. Returns where the legends stand, or keeps to `legends`; names the panels
  /// in which one hides too much.
  @discardableResult
  func draw(
    on canvas: Canvas, theme: Theme, legends: [Rectangle?]? = nil, crowded: inout [Int]
  ) throws(PlottingError) -> [Rectangle?] {
    var places: [Rectangle?] = []
    for index in panels.indices {
      places.append(try draw(index, on: canvas, theme: theme, legend: legends?[index], &crowded))
    }
    let fonts = typesetter.fonts
    let middle =
      panels.count > 1 ? layout.width / 2 : (layout.parts[0].box.left + layout.parts[0].box.right) / 2
    canvas.draw(
      layout.title, at: Spot(x: middle, y: 7), Canvas.Anchor(0.5, .top), color: theme.foreground, fonts: fonts
    )
    layout.colorBar?.draw(on: canvas, theme: theme, fonts: fonts)
    return places
  }

  private func draw(
    _ index: Int, on canvas: Canvas, theme: Theme, legend: Rectangle?, _ crowded: inout [Int]
  ) throws(PlottingError) -> Rectangle? {
    let (panel, part) = (panels[index], layout.parts[index])
    let styles = panel.styles(on: theme)
    let plot = Plot(
      canvas: canvas, box: part.box, x: panel.x, y: panel.y, theme: theme, typesetter: typesetter,
      colors: panel.colors)
    drawGrid(plot, part)
    try canvas.clipped(to: part.box) { () throws(PlottingError) in
      for (mark, style) in zip(panel.panel.marks, styles) { try mark.draw(on: plot, style) }
    }
    // The legend looks for room before the frame is drawn, and is drawn after it.
    let legendBox = part.legend.map {
      legend
        ?? $0.box(
          in: part.box, barWidth: part.colorBar?.width ?? 4, overField: panel.colors != nil, on: canvas,
          theme: theme)
    }
    if let legendBox, part.legend?.place == .best, panel.colors == nil {
      let hidden = Legend.hidden(legendBox, on: canvas, theme: theme)
      if hidden > Legend.tolerable { crowded.append(index) }
    }
    drawAxes(plot, part)
    for (mark, style) in zip(panel.panel.marks, styles) { try mark.drawOver(plot, style) }
    if let legendBox {
      part.legend?.draw(in: legendBox, panel, styles, on: canvas, theme: theme, fonts: typesetter.fonts)
    }
    part.colorBar?.draw(on: canvas, theme: theme, fonts: typesetter.fonts)
    drawTitles(part, on: canvas, theme)
    return legendBox
  }

  private func drawGrid(_ plot: Plot, _ part: Layout.Part) {
    let (canvas, box) = (plot.canvas, part.box)
    let ink = Ink(rgb: plot.theme.grid)
    for tick in part.x.ticks {
      let x = box.left + plot.x.share(tick) * box.width
      canvas.rule(
        from: Spot(x: x, y: box.top), to: Spot(x: x, y: box.bottom), width: Metrics.frame * 0.75, ink)
    }
    for tick in part.y.ticks {
      let y = box.bottom - plot.y.share(tick) * box.height
      canvas.rule(
        from: Spot(x: box.left, y: y), to: Spot(x: box.right, y: y), width: Metrics.frame * 0.75, ink)
    }
  }

  private func drawAxes(_ plot: Plot, _ part: Layout.Part) {
    let (canvas, box, theme, fonts) = (plot.canvas, part.box, plot.theme, typesetter.fonts)
    let ink = Ink(rgb: theme.frame)
    canvas.frame(box, width: Metrics.frame, ink)
    for (ticks, length) in [(part.x.ticks, Metrics.tick), (part.x.minor, Metrics.minorTick)] {
      for tick in ticks {
        let x = box.left + plot.x.share(tick) * box.width
        canvas.rule(
          from: Spot(x: x, y: box.bottom), to: Spot(x: x, y: box.bottom + length), width: Metrics.frame, ink)
      }
    }
    for (ticks, length) in [(part.y.ticks, Metrics.tick), (part.y.minor, Metrics.minorTick)] {
      for tick in ticks {
        let y = box.bottom - plot.y.share(tick) * box.height
        canvas.rule(
          from: Spot(x: box.left - length, y: y), to: Spot(x: box.left, y: y), width: Metrics.frame, ink)
      }
    }
    let out = Metrics.tick + Metrics.tickGap
    if part.x.showsLabels {
      // All labels of the axis rest on one baseline.
      let baseline = box.bottom + out + (part.x.labels.map(\.ascent).max() ?? 0)
      for (tick, label) in zip(part.x.ticks, part.x.labels) {
        let x = box.left + plot.x.share(tick) * box.width
        if part.x.isTurned {
          canvas.draw(
            label, at: Spot(x: x, y: box.bottom + out), Canvas.Anchor(1, .figures), color: theme.foreground,
            angle: .pi / 2, fonts: fonts)
          continue
        }
        canvas.draw(
          label, at: Spot(x: x, y: baseline), Canvas.Anchor(0.5, .baseline), color: theme.foreground,
          fonts: fonts)
      }
      let below = box.bottom + out + part.x.tallest
      canvas.draw(
        part.x.common, at: Spot(x: box.right, y: below + 5), Canvas.Anchor(1, .top), color: theme.foreground,
        fonts: fonts)
      canvas.draw(
        part.x.title, at: Spot(x: (box.left + box.right) / 2, y: below + 6), Canvas.Anchor(0.5, .top),
        color: theme.foreground, fonts: fonts)
    }
    if part.y.showsLabels {
      for (tick, label) in zip(part.y.ticks, part.y.labels) {
        let y = box.bottom - plot.y.share(tick) * box.height
        canvas.draw(
          label, at: Spot(x: box.left - out, y: y), Canvas.Anchor(1, .figures), color: theme.foreground,
          fonts: fonts)
      }
      canvas.draw(
        part.y.common, at: Spot(x: box.left, y: box.top - 5), Canvas.Anchor(0, .bottom),
        color: theme.foreground,
        fonts: fonts)
      canvas.draw(
        part.y.title, at: Spot(x: box.left - out - part.y.widest - 8, y: (box.top + box.bottom) / 2),
        Canvas.Anchor(0.5, .bottom), color: theme.foreground, angle: .pi / 2, fonts: fonts)
    }
  }

  private func drawTitles(_ part: Layout.Part, on canvas: Canvas, _ theme: Theme) {
    let middle = (part.box.left + part.box.right) / 2
    var y = part.box.top - 8 - part.overBox
    canvas.draw(
      part.subtitle, at: Spot(x: middle, y: y), Canvas.Anchor(0.5, .bottom), color: theme.secondary,
      fonts: typesetter.fonts)
    if !part.subtitle.isEmpty { y -= part.subtitle.height + 6 }
    canvas.draw(
      part.title, at: Spot(x: middle, y: y), Canvas.Anchor(0.5, .bottom), color: theme.foreground,
      fonts: typesetter.fonts)
  }
}

extension Figure {
  /// The figure as a PNG, `scale` dots to a CSS pixel, with few colours where that is exact enough.
  ///
  /// - Throws: where fonts are missing, a label's TeX is wrong, or a logarithmic axis cannot show the data.
  public func render(theme: Theme = .light, scale: Double = 2) throws(PlottingError) -> [UInt8] {
    try Drawing(self).canvas(theme: theme, scale: scale).png()
  }

  /// The width and height on the page in CSS pixels: as asked for, or more where words would leave no room for the
  /// axes.
  public var size: (width: Int, height: Int) {
    guard let layout = (try? Drawing(self))?.layout else { return (0, 0) }
    return layout.size
  }
}
