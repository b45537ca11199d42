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
    let canvas = plot.canvas
    let table = map.table(on: plot.theme)
    let colors = plot.colors ?? colorRange!
    let corners = (
      plot.spot(field.x.lowerBound, field.y.lowerBound), plot.spot(field.x.upperBound, field.y.upperBound)
    )
    let area = Dots(
      left: Int((min(corners.0.x, corners.1.x) * canvas.scale).rounded()),
      top: Int((min(corners.0.y, corners.1.y) * canvas.scale).rounded()),
      right: Int((max(corners.0.x, corners.1.x) * canvas.scale).rounded()),
      bottom: Int((max(corners.0.y, corners.1.y) * canvas.scale).rounded())
    ).intersection(canvas.clip)
    guard !area.isEmpty else { return }
    // Where each dot lies in the grid, once for all columns and rows.
    let across = (area.left..<area.right).map { column in
      position(plot.data(Spot(x: (Double(column) + 0.5) / canvas.scale, y: 0)).x, field.x, field.columns)
    }
    let down = (area.top..<area.bottom).map { row in
      position(plot.data(Spot(x: 0, y: (Double(row) + 0.5) / canvas.scale)).y, field.y, field.rows)
    }
    let shares = field.values.map { Float(colors.share($0)) }
    for (line, v) in zip(area.top..<area.bottom, down) {
      let row = canvas.rows[line]!
      let (lower, upper) = (v.index * field.columns, min(v.index + 1, field.rows - 1) * field.columns)
      for (dot, u) in zip(area.left..<area.right, across) {
        let next = min(u.index + 1, field.columns - 1)
        let share: Float
        if isSmooth {
          let below = shares[lower + u.index] + (shares[lower + next] - shares[lower + u.index]) * u.rest
          let above = shares[upper + u.index] + (shares[upper + next] - shares[upper + u.index]) * u.rest
          share = below + (above - below) * v.rest
        } else {
          share = shares[lower + u.index]
        }
        if share == share { row[dot] = Int32(bitPattern: table[Int(share * 255 + 0.5)]) }
      }
    }
  }

  /// The node before a coordinate and the way to the next, or the cell that it is in.
  private func position(_ value: Double, _ range: ClosedRange<Double>, _ count: Int) -> (
    index: Int, rest: Float
  ) {
    let share = min(max((value - range.lowerBound) / (range.upperBound - range.lowerBound), 0), 1)
    if !isSmooth { return (min(Int(share * Double(count)), count - 1), 0) }
    let place = share * Double(count - 1)
    let index = min(Int(place), max(count - 2, 0))
    return (index, Float(place - Double(index)))
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
    _ f: (Double, Double) throws -> Double
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
      x: x ?? 0...Double(max(rows.first?.count ?? 1, 1)), y: y ?? 0...Double(max(rows.count, 1)), rows: rows)
    return adding(
      Heatmap(field: field, label: label, map: map, scale: scale, bounds: bounds, isSmooth: smooth))
  }
}
