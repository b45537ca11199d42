/// The area between two curves.
struct Band: Mark {
  enum Kind: Sendable {
    /// Between a curve and zero.
    case area
    /// Around a curve: an error, a range.
    case band
  }

  let kind: Kind
  let x: [Double]
  let low: [Double]
  let high: [Double]
  let label: String
  let color: Color?
  let opacity: Double

  var extent: Extent {
    guard kind == .band else { return Extent(x: x, y: high, standsOnZero: true) }
    var extent = Extent(x: x, y: low)
    let upper = Extent(x: x, y: high)
    extent.y = union(extent.y, upper.y)
    if extent.refusedY.count == 0 { extent.refusedY = upper.refusedY }
    return extent
  }
  var coloring: Coloring { kind == .area ? .next(color) : .previous(color) }

  func draw(on plot: Plot, _ style: SeriesStyle) {
    var outlines: [[Spot]] = []
    var upper: [Spot] = []
    var lower: [Spot] = []
    func close() {
      if upper.count > 1 { outlines.append(upper + lower.reversed()) }
      (upper, lower) = ([], [])
    }
    for index in x.indices {
      let bottom = kind == .area ? plot.floor : low[index]
      let (top, base) = (plot.spot(x[index], high[index]), plot.spot(x[index], bottom))
      guard top.isFinite, base.isFinite else {
        close()
        continue
      }
      upper.append(top)
      lower.append(base)
    }
    close()
    plot.canvas.fill(outlines, Ink(rgb: style.color, opacity: opacity))
    if kind == .area {
      plot.canvas.stroke(plot.spots(x, high), Stroke(width: Metrics.line), Ink(rgb: style.color))
    }
  }

  func key(_ style: SeriesStyle) -> LegendKey? {
    LegendKey(patch: Ink(rgb: style.color, opacity: opacity), ink: Ink(rgb: style.color))
  }

  func summary(x xAxis: Axis, y yAxis: Axis) -> String {
    if kind == .area { return "an area\(quoted) under a curve " + course(x, high) }
    let widths = zip(low, high).map { $1 - $0 }.filter(\.isFinite)
    return
      "a band\(quoted) for x \(range(x)), its width \(range(widths)), between \(range(low)) and \(range(high))"
      + gaps(low, high)
  }

  var table: Table {
    kind == .area
      ? Table("area", label, [("x", x), ("y", high)])
      : Table("band", label, [("x", x), ("low", low), ("high", high)])
  }
}

extension Figure {
  /// The area between the curve (x, y) and zero.
  public func area(
    _ x: [Double], _ y: [Double], _ label: String = "", color: Color? = nil, opacity: Double = 0.3
  ) -> Figure {
    precondition(x.count == y.count, "an area has \(x.count) x values but \(y.count) y values")
    return adding(Band(kind: .area, x: x, low: [], high: y, label: label, color: color, opacity: opacity))
  }

  /// The same for any sequences of numbers.
  @_disfavoredOverload
  public func area(
    _ x: some Sequence<some Plottable>, _ y: some Sequence<some Plottable>, _ label: String = "",
    color: Color? = nil, opacity: Double = 0.3
  ) -> Figure {
    area(column(x), column(y), label, color: color, opacity: opacity)
  }

  /// The area between the graph of a function and zero.
  public func area(
    over range: ClosedRange<Double>, _ label: String = "", color: Color? = nil, opacity: Double = 0.3,
    samples: Int = 129, of f: (Double) throws -> Double
  ) rethrows -> Figure {
    let graph = try Graph(of: f, over: range, samples: samples)
    return area(graph.x, graph.y, label, color: color, opacity: opacity)
  }

  /// The band between two curves over the same x: an error around the line before it, whose colour it takes.
  public func band(
    _ x: [Double], _ low: [Double], _ high: [Double], _ label: String = "", color: Color? = nil,
    opacity: Double = 0.22
  ) -> Figure {
    precondition(x.count == low.count && x.count == high.count, "a band's three columns are equally long")
    return adding(Band(kind: .band, x: x, low: low, high: high, label: label, color: color, opacity: opacity))
  }

  /// The same for any sequences of numbers.
  @_disfavoredOverload
  public func band(
    _ x: some Sequence<some Plottable>, _ low: some Sequence<some Plottable>,
    _ high: some Sequence<some Plottable>, _ label: String = "", color: Color? = nil, opacity: Double = 0.22
  ) -> Figure {
    band(column(x), column(low), column(high), label, color: color, opacity: opacity)
  }
}
