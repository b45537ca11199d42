/// The bar beside a field that tells what its colours mean.
struct ColorBar {
  var box = Rectangle(left: 0, top: 0, right: 0, bottom: 0)
  let colors: ColorRange
  let axis: AxisLayout
  let values: Axis
  let label: Typeset

  init(_ colors: ColorRange, label: String, length: Double, typesetter: Typesetter) throws(PlottingError) {
    self.colors = colors
    var settings = AxisSettings()
    if colors.scale == .log { settings.scale = .log }
    settings.range = colors.low...colors.high
    if !colors.levels.isEmpty { settings.ticks = colors.levels }
    values = Axis(settings, data: nil, tightLow: true, tightHigh: true, margin: 0)
    axis = try AxisLayout(values, length: length, isHorizontal: false, typesetter: typesetter)
    self.label = try typesetter.set(label, size: Metrics.labelText, width: max(length, 80))
  }

  /// The room it takes right of the axes.
  var width: Double {
    12 + Metrics.colorBar + 3 + Metrics.tickGap + max(axis.widest, axis.common.width - Metrics.colorBar)
      + (label.isEmpty ? Metrics.edge : label.height + 8 + Metrics.edge)
  }

  /// The colour at a share of the bar's length.
  private func index(_ share: Double) -> Int {
    guard !colors.levels.isEmpty else { return Int((share * 255).rounded()) }
    let value = colors.low + share * (colors.high - colors.low)
    return Int(colors.bandShares[colors.levels.count { $0 < value }] * 255)
  }

  func draw(on canvas: Canvas, theme: Theme, fonts: FontBook) {
    let table = colors.table(on: theme)
    let (top, bottom) = (Int((box.top * canvas.scale).rounded()), Int((box.bottom * canvas.scale).rounded()))
    let (left, right) = (Int((box.left * canvas.scale).rounded()), Int((box.right * canvas.scale).rounded()))
    for y in top..<bottom {
      let share = (Double(bottom - y) - 0.5) / Double(bottom - top)
      canvas.fill(Dots(left: left, top: y, right: right, bottom: y + 1), Ink(rgb: table[index(share)]))
    }
    canvas.frame(box, width: Metrics.frame * 0.75, Ink(rgb: theme.frame))
    for (value, text) in zip(axis.ticks, axis.labels) {
      let y = box.bottom - values.share(value) * box.height
      canvas.rule(
        from: Spot(x: box.right, y: y), to: Spot(x: box.right + 3, y: y), width: Metrics.frame * 0.75,
        Ink(rgb: theme.frame))
      canvas.draw(
        text, at: Spot(x: box.right + 3 + Metrics.tickGap, y: y), Canvas.Anchor(0, .figures),
        color: theme.foreground, fonts: fonts)
    }
    canvas.draw(
      axis.common, at: Spot(x: box.left, y: box.top - 5), Canvas.Anchor(0, .bottom), color: theme.foreground,
      fonts: fonts)
    canvas.draw(
      label, at: Spot(x: box.right + 3 + Metrics.tickGap + axis.widest + 8, y: (box.top + box.bottom) / 2),
      Canvas.Anchor(0.5, .top), color: theme.foreground, angle: .pi / 2, fonts: fonts)
  }
}
