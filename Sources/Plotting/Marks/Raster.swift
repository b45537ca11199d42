/// A field's values at the dots of the canvas.
struct Raster {
  let area: Dots
  /// Row by row over `area`; NaN where the field has no value.
  private(set) var values: [Float] = []
  var width: Int { area.right - area.left }

  /// Resamples `nodes` (one number for each of the field's nodes): bilinear between nodes, or else the number of the
  /// cell that a dot is in. Nil where the field is not in sight.
  init?(_ field: Field, nodes: [Float], isSmooth: Bool, on plot: Plot) {
    let scale = plot.canvas.scale
    let a = plot.spot(field.x.lowerBound, field.y.lowerBound)
    let b = plot.spot(field.x.upperBound, field.y.upperBound)
    guard a.isFinite, b.isFinite else { return nil }
    func dot(_ value: Double) -> Int { Int(min(max((value * scale).rounded(), -1e6), 1e6)) }
    area = Dots(
      left: dot(min(a.x, b.x)), top: dot(min(a.y, b.y)), right: dot(max(a.x, b.x)), bottom: dot(max(a.y, b.y))
    )
    .intersection(plot.canvas.clip)
    guard !area.isEmpty else { return nil }
    let across = (area.left..<area.right).map { column in
      Self.place(plot.data(Spot(x: (Double(column) + 0.5) / scale, y: 0)).x, field.x, field.columns, isSmooth)
    }
    let down = (area.top..<area.bottom).map { row in
      Self.place(plot.data(Spot(x: 0, y: (Double(row) + 0.5) / scale)).y, field.y, field.rows, isSmooth)
    }
    values = [Float](unsafeUninitializedCapacity: across.count * down.count) { target, count in
      nodes.withUnsafeBufferPointer { nodes in
        var index = 0
        for v in down {
          let lower = v.index * field.columns
          let upper = min(v.index + 1, field.rows - 1) * field.columns
          for u in across {
            if isSmooth {
              let next = min(u.index + 1, field.columns - 1)
              let below = nodes[lower + u.index] + (nodes[lower + next] - nodes[lower + u.index]) * u.rest
              let above = nodes[upper + u.index] + (nodes[upper + next] - nodes[upper + u.index]) * u.rest
              target[index] = below + (above - below) * v.rest
            } else {
              target[index] = nodes[lower + u.index]
            }
            index += 1
          }
        }
        count = index
      }
    }
  }

  /// The node before a coordinate and the share of the way to the next, or the cell that it is in.
  private static func place(
    _ value: Double, _ range: ClosedRange<Double>, _ count: Int, _ isSmooth: Bool
  ) -> (index: Int, rest: Float) {
    let share = min(max((value - range.lowerBound) / (range.upperBound - range.lowerBound), 0), 1)
    if !isSmooth { return (min(Int(share * Double(count)), count - 1), 0) }
    let place = share * Double(count - 1)
    let index = min(Int(place), max(count - 2, 0))
    return (index, Float(place - Double(index)))
  }
}
