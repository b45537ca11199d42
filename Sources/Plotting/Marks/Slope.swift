#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The line y = c x^p: the slope that a convergence plot should have.
struct Slope: Mark {
  let power: Double
  let x: (low: Double, high: Double)
  /// A point that it goes through.
  let through: (x: Double, y: Double)
  let text: String
  let color: Color?

  var extent: Extent { Extent(x: [x.low, x.high], y: [value(x.low), value(x.high)]) }

  private func value(_ x: Double) -> Double { through.y * pow(x / through.x, power) }

  func draw(on plot: Plot, _ style: SeriesStyle) throws(PlottingError) {
    let count = plot.x.scale == .log && plot.y.scale == .log ? 2 : 100
    let line = (0..<count).map { index in
      let at = x.low * pow(x.high / x.low, Double(index) / Double(count - 1))
      return plot.spot(at, value(at))
    }
    let rgb = (color ?? .gray).on(plot.theme)
    plot.canvas.stroke(line, Stroke(width: 1.3, dash: .dashed), Ink(rgb: rgb))
    // The words stand below the line's middle, turned with it.
    let middle = (x.low * x.high).squareRoot()
    let (a, b) = (
      plot.spot(middle * 0.99, value(middle * 0.99)), plot.spot(middle * 1.01, value(middle * 1.01))
    )
    let angle = atan2(a.y - b.y, b.x - a.x)
    let box = try plot.typesetter.set(text, size: Metrics.tickText)
    let side = plot.x.settings.isReversed ? -1.0 : 1
    plot.canvas.draw(
      box, at: Spot(x: (a.x + b.x) / 2 + 7 * sin(angle) * side, y: (a.y + b.y) / 2 + 7 * cos(angle)),
      Canvas.Anchor(0.5, .top), color: rgb, angle: abs(angle) > .pi / 2 ? angle - .pi : angle,
      fonts: plot.typesetter.fonts)
  }

  func summary(x xAxis: Axis, y yAxis: Axis) -> String {
    "a reference line \"\(plainText(text))\" of slope \(spoken(power))"
  }
  var table: Table { Table("slope", text, [("x", [x.low, x.high]), ("y", [value(x.low), value(x.high)])]) }
}

extension Figure {
  /// A reference slope for log-log axes: the line y = c x^`power`, a little below the last series (or through
  /// `through`), with a text such as `$O(h^2)$` of its own making if none is given.
  public func slope(
    _ power: Double, _ text: String? = nil, through: (Double, Double)? = nil, color: Color? = nil
  ) -> Figure {
    changing { panel in
      let points =
        panel.marks.reversed().lazy.compactMap { mark -> [(Double, Double)]? in
          guard case .next = mark.coloring else { return nil }
          let columns = mark.table.columns
          guard let x = columns.first(where: { $0.name == "x" })?.values,
            let y = columns.first(where: { $0.name == "y" })?.values
          else { return nil }
          let positive = zip(x, y).filter { $0.0 > 0 && $0.1 > 0 && ($0.0 + $0.1).isFinite }
          return positive.count > 1 ? Array(positive) : nil
        }.first ?? [(0.1, 0.1), (1, 1)]
      let (low, high) = (points.map(\.0).min()!, points.map(\.0).max()!)
      // Below the series everywhere by a third: the greatest constant for which it is.
      let constant = points.map { $0.1 / pow($0.0, power) }.min()! / 1.8
      let anchor = through ?? (high, constant * pow(high, power))
      let exponent = power == power.rounded() ? "\(Int(power))" : TickLabels.plain(power)
      panel.marks.append(
        Slope(
          power: power, x: (low, high), through: anchor, text: text ?? "slope $\(exponent)$", color: color))
    }
  }
}
