/// A field in colours.
struct Heatmap: Mark {
  let field: Field
  let label: String
  let map: ColorMap
  let scale: ColorScale
  let bounds: ClosedRange<Double>?
  /// Colours flow from node to node; else each node has a cell of its own.
  let isSmooth: Bool

  var extent: Extent { field.extent }
  var colorRange: ColorRange? { ColorRange(field.values, map: map, scale: scale, bounds: bounds) }

  func draw(on plot: Plot, _ style: SeriesStyle) {
    let table = map.table(on: plot.theme)
    let colors = plot.colors ?? colorRange!
    let shares = field.values.map { Float(colors.share($0)) }
    guard let raster = Raster(field, nodes: shares, isSmooth: isSmooth, on: plot) else { return }
    for y in raster.area.top..<raster.area.bottom {
      let row = plot.canvas.rows[y]!
      let start = (y - raster.area.top) * raster.width - raster.area.left
      for x in raster.area.left..<raster.area.right {
        let share = raster.values[start + x]
        if share == share { row[x] = Int32(bitPattern: table[Int(share * 255 + 0.5)]) }
      }
    }
  }

  func summary(x xAxis: Axis, y yAxis: Axis) -> String { "a heatmap\(quoted) \(field.words)" }
  var table: Table { field.table("heatmap", label) }
}

extension Figure {
  /// A function of the plane in colours, with a colour bar; sampled on `resolution` x `resolution` nodes and smoothly
  /// interpolated.
  public func heatmap(
    x: ClosedRange<Double>, y: ClosedRange<Double>, _ label: String = "", map: ColorMap = .viridis,
    scale: ColorScale = .linear, in bounds: ClosedRange<Double>? = nil, resolution: Int = 160,
    of f: (Double, Double) throws -> Double
  ) rethrows -> Figure {
    let field = try Field(over: x, y, resolution: resolution, f)
    return adding(Heatmap(field: field, label: label, map: map, scale: scale, bounds: bounds, isSmooth: true))
  }

  /// A table of values in colours: `rows[0]` lies at the lowest y. Each value has a cell, or is a node that colours flow
  /// between if `smooth`.
  public func heatmap(
    _ rows: [[Double]], x: ClosedRange<Double>? = nil, y: ClosedRange<Double>? = nil, _ label: String = "",
    map: ColorMap = .viridis, scale: ColorScale = .linear, in bounds: ClosedRange<Double>? = nil,
    smooth: Bool = false
  ) -> Figure {
    let field = Field(
      x: x ?? 0...Double(max(rows.first?.count ?? 1, 1)), y: y ?? 0...Double(max(rows.count, 1)), rows: rows,
      hasCells: !smooth)
    return adding(
      Heatmap(field: field, label: label, map: map, scale: scale, bounds: bounds, isSmooth: smooth))
  }
}
