/// Bands of colour between the levels of a field.
struct FilledContours: Mark {
  let field: Field
  let levels: [Double]
  let label: String
  let map: ColorMap

  var extent: Extent { field.extent }
  var colorRange: ColorRange? {
    var range = ColorRange(field.values, map: map, scale: .linear)
    range.levels = levels
    return range
  }

  /// Colours each dot by the field there. Where a level runs through a dot, the bands' colours are mixed: the level's
  /// distance in dots is the difference in value over the slope.
  func draw(on plot: Plot, _ style: SeriesStyle) {
    let canvas = plot.canvas
    let colors = plot.colors ?? colorRange!
    let table = map.table(on: plot.theme)
    let bands = colors.bandShares.map { table[Int($0 * 255)] }
    let nodes = field.values.map(Float.init)
    guard let raster = Raster(field, nodes: nodes, isSmooth: true, on: plot) else { return }
    let (width, height) = (raster.width, raster.area.bottom - raster.area.top)
    let limits = levels.map(Float.init)
    for y in 0..<height {
      let row = canvas.rows[raster.area.top + y]! + raster.area.left
      for x in 0..<width {
        let value = raster.values[y * width + x]
        guard value == value else { continue }
        let (left, right) = (max(x - 1, 0), min(x + 1, width - 1))
        let (up, down) = (max(y - 1, 0), min(y + 1, height - 1))
        let across =
          (raster.values[y * width + right] - raster.values[y * width + left]) / Float(max(right - left, 1))
        let along =
          (raster.values[down * width + x] - raster.values[up * width + x]) / Float(max(down - up, 1))
        let slope = (across * across + along * along).squareRoot()
        var color = bands[0]
        for (index, level) in limits.enumerated() {
          let distance = slope > 0 ? (value - level) / slope : value > level ? 1 : -1
          if distance <= -0.5 { break }
          color =
            distance >= 0.5
            ? bands[index + 1] : blend(bands[index + 1], over: color, UInt32((distance + 0.5) * 256))
        }
        row[x] = Int32(bitPattern: color)
      }
    }
  }

  func summary(x xAxis: Axis, y yAxis: Axis) -> String {
    "filled contours\(quoted) at \(levels.map(spoken).joined(separator: ", ")) of a field \(field.words)"
  }
  var table: Table { field.table("filled contours", label) }
}

extension Figure {
  /// Bands of colour between the levels of a function of the plane: `levels`, or about `count` round values.
  public func filledContours(
    x: ClosedRange<Double>, y: ClosedRange<Double>, _ label: String = "", levels: [Double]? = nil,
    count: Int = 8,
    map: ColorMap = .viridis, resolution: Int = 128, of f: (Double, Double) throws -> Double
  ) rethrows -> Figure {
    let field = try Field(over: x, y, resolution: resolution, f)
    return adding(
      FilledContours(field: field, levels: (levels ?? field.levels(count)).sorted(), label: label, map: map))
  }
}
