/// Values on a regular grid: `values[row * columns + column]`, rows from the lowest y upwards.
struct Field: Hashable, Sendable {
  let x: ClosedRange<Double>
  let y: ClosedRange<Double>
  let columns: Int
  let rows: Int
  let values: [Double]
  /// Each value fills a cell of the rectangle; else it is a node of a grid that reaches to the edges.
  var hasCells = false

  /// A table of values, the row of the lowest y first.
  init(x: ClosedRange<Double>, y: ClosedRange<Double>, rows: [[Double]], hasCells: Bool = false) {
    precondition(!rows.isEmpty && !rows[0].isEmpty, "a field needs values")
    precondition(rows.allSatisfy { $0.count == rows[0].count }, "a field's rows are equally long")
    precondition(x.lowerBound < x.upperBound && y.lowerBound < y.upperBound, "a field's ranges are not empty")
    self.init(x: x, y: y, columns: rows[0].count, rows: rows.count, values: rows.flatMap { $0 })
    self.hasCells = hasCells
  }

  init(x: ClosedRange<Double>, y: ClosedRange<Double>, columns: Int, rows: Int, values: [Double]) {
    (self.x, self.y, self.columns, self.rows, self.values) = (x, y, columns, rows, values)
  }

  /// Samples a function on a grid of nodes that reaches to the edges.
  init(
    over x: ClosedRange<Double>, _ y: ClosedRange<Double>, resolution: Int,
    _ f: (Double, Double) throws -> Double
  ) rethrows {
    precondition(resolution >= 2, "a field needs a resolution of 2")
    precondition(x.lowerBound < x.upperBound && y.lowerBound < y.upperBound, "a field's ranges are not empty")
    var values: [Double] = []
    values.reserveCapacity(resolution * resolution)
    let step = 1 / Double(resolution - 1)
    for row in 0..<resolution {
      let v = y.lowerBound + (y.upperBound - y.lowerBound) * (Double(row) * step)
      for column in 0..<resolution {
        values.append(try f(x.lowerBound + (x.upperBound - x.lowerBound) * (Double(column) * step), v))
      }
    }
    self.init(x: x, y: y, columns: resolution, rows: resolution, values: values)
  }

  /// Where a node, or the middle of a cell, lies.
  func x(_ column: Int) -> Double { place(column, columns, x) }
  func y(_ row: Int) -> Double { place(row, rows, y) }

  private func place(_ index: Int, _ count: Int, _ range: ClosedRange<Double>) -> Double {
    let share = hasCells ? (Double(index) + 0.5) / Double(count) : Double(index) / Double(max(count - 1, 1))
    return range.lowerBound + (range.upperBound - range.lowerBound) * share
  }

  var extent: Extent {
    Extent(x: [x.lowerBound, x.upperBound], y: [y.lowerBound, y.upperBound], tight: .all)
  }

  /// Where the largest or the smallest finite value is.
  func extremum(_ isBetter: (Double, Double) -> Bool) -> (x: Double, y: Double, value: Double)? {
    var best: Int?
    for index in values.indices
    where values[index].isFinite && (best == nil || isBetter(values[index], values[best!])) {
      best = index
    }
    return best.map { (x($0 % columns), y($0 / columns), values[$0]) }
  }

  /// What it is, in words.
  var words: String {
    guard let low = extremum(<), let high = extremum(>) else { return "without a finite value" }
    let missing = values.reduce(0) { $0 + ($1.isFinite ? 0 : 1) }
    let place = { (at: (x: Double, y: Double, value: Double)) in
      "\(spoken(at.value)) at (\(spoken(at.x)), \(spoken(at.y)))"
    }
    return
      "on a grid of \(columns) by \(rows) over x from \(spoken(x.lowerBound)) to \(spoken(x.upperBound)) and y from "
      + "\(spoken(y.lowerBound)) to \(spoken(y.upperBound)), lowest \(place(low)), highest \(place(high))"
      + (missing == 0 ? "" : ", \(count(missing, "value")) not finite left blank")
  }

  func table(_ name: String, _ label: String) -> Table {
    Table(
      name, label,
      [
        ("x", values.indices.map { x($0 % columns) }), ("y", values.indices.map { y($0 / columns) }),
        ("value", values),
      ])
  }
}
