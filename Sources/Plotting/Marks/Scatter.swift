/// Points, with colours and sizes by value where wanted.
struct Scatter: Mark {
  let x: [Double]
  let y: [Double]
  let label: String
  let color: Color?
  let marker: Marker?
  let size: Double?
  let opacity: Double?
  let values: [Double]
  let sizes: [Double]
  let map: ColorMap
  let scale: ColorScale

  var extent: Extent { Extent(x: x, y: y) }
  var coloring: Coloring { values.isEmpty ? .next(color, marker == nil ? .marker : .none) : .none }
  var colorRange: ColorRange? {
    values.isEmpty ? nil : ColorRange(values, map: map, scale: scale, isThin: true)
  }

  /// Many points are small and pale, so that their density shows.
  private var radius: Double {
    size ?? (x.count > 20_000 ? 0.9 : x.count > 1500 ? 1.4 : x.count > 300 ? 1.9 : 2.8)
  }
  private var strength: Double {
    opacity
      ?? (x.count > 20_000
        ? max(0.25 * (2e4 / Double(x.count)).squareRoot(), 0.03)
        : x.count > 1500 ? 0.5 : x.count > 300 ? 0.7 : 0.85)
  }

  func draw(on plot: Plot, _ style: SeriesStyle) {
    let shape = marker ?? style.marker
    let table = values.isEmpty ? [] : (plot.colors?.table(on: plot.theme) ?? [])
    let colors = plot.colors ?? ColorRange(values, map: map, scale: scale, isThin: true)
    let largest = sizes.max() ?? 1
    var ink = Ink(rgb: style.color, opacity: strength)
    for index in 0..<x.count {
      let spot = plot.spot(x[index], y[index])
      guard spot.isFinite else { continue }
      var radius = radius
      if !sizes.isEmpty {
        radius = 9 * (max(sizes[index], 0) / max(largest, .leastNonzeroMagnitude)).squareRoot()
      }
      if !values.isEmpty {
        let share = colors.share(values[index])
        guard share == share else { continue }
        ink.rgb = table[Int(share * 255)]
      }
      plot.canvas.mark(shape, at: spot, radius: radius, ink)
    }
  }

  func key(_ style: SeriesStyle) -> LegendKey? {
    LegendKey(
      marker: (marker ?? style.marker, radius), ink: Ink(rgb: style.color, opacity: max(strength, 0.8)))
  }

  func summary(x xAxis: Axis, y yAxis: Axis) -> String {
    if x.isEmpty { return "no points\(quoted)" }
    let colored = values.isEmpty ? "" : ", coloured by values " + range(values)
    return "\(count(x.count, "point"))\(quoted) with x \(range(x)) and y \(range(y))\(colored)\(gaps(x, y))"
  }

  var table: Table {
    var columns = [("x", x), ("y", y)]
    if !values.isEmpty { columns.append(("color", values)) }
    if !sizes.isEmpty { columns.append(("size", sizes)) }
    return Table("scatter", label, columns)
  }
}

extension Figure {
  /// Points at (x, y). `size` is the radius in CSS pixels; without it and `opacity`, many points are small and pale.
  /// `colors` gives each a value that the colour bar explains; `sizes` gives each an area.
  public func scatter(
    _ x: [Double], _ y: [Double], _ label: String = "", color: Color? = nil, marker: Marker? = nil,
    size: Double? = nil, opacity: Double? = nil, colors: [Double] = [], sizes: [Double] = [],
    map: ColorMap = .viridis, scale: ColorScale = .linear
  ) -> Figure {
    precondition(x.count == y.count, "a scatter has \(x.count) x values but \(y.count) y values")
    precondition(colors.isEmpty || colors.count == x.count, "as many colours as points are wanted")
    precondition(sizes.isEmpty || sizes.count == x.count, "as many sizes as points are wanted")
    return adding(
      Scatter(
        x: x, y: y, label: label, color: color, marker: marker, size: size, opacity: opacity, values: colors,
        sizes: sizes, map: map, scale: scale))
  }

  /// The same for any sequences of numbers.
  @_disfavoredOverload
  public func scatter(
    _ x: some Sequence<some Plottable>, _ y: some Sequence<some Plottable>, _ label: String = "",
    color: Color? = nil, marker: Marker? = nil, size: Double? = nil, opacity: Double? = nil,
    colors: [Double] = [], sizes: [Double] = [], map: ColorMap = .viridis, scale: ColorScale = .linear
  ) -> Figure {
    scatter(
      column(x), column(y), label, color: color, marker: marker, size: size, opacity: opacity, colors: colors,
      sizes: sizes, map: map, scale: scale)
  }

  /// Points of the plane.
  public func scatter(
    _ points: [SIMD2<Double>], _ label: String = "", color: Color? = nil, marker: Marker? = nil,
    size: Double? = nil, opacity: Double? = nil, colors: [Double] = [], sizes: [Double] = [],
    map: ColorMap = .viridis, scale: ColorScale = .linear
  ) -> Figure {
    let (x, y) = coordinates(points)
    return scatter(
      x, y, label, color: color, marker: marker, size: size, opacity: opacity, colors: colors, sizes: sizes,
      map: map,
      scale: scale)
  }

  /// The same for any sequence of points.
  @_disfavoredOverload
  public func scatter(
    _ points: some Sequence<some PlottablePoint>, _ label: String = "", color: Color? = nil,
    marker: Marker? = nil, size: Double? = nil, opacity: Double? = nil, colors: [Double] = [],
    sizes: [Double] = [], map: ColorMap = .viridis, scale: ColorScale = .linear
  ) -> Figure {
    scatter(
      points.map(\.plotted), label, color: color, marker: marker, size: size, opacity: opacity,
      colors: colors, sizes: sizes, map: map, scale: scale)
  }
}
