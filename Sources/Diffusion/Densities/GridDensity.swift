/// One side of a grid: a range divided into cells of equal width.
public struct GridAxis: Hashable, Sendable {
  public let range: ClosedRange<Double>
  public let cells: Int

  /// `cells` equal cells, at least two, over a range of positive width.
  public init(_ range: ClosedRange<Double>, cells: Int) {
    precondition(
      cells > 1 && range.upperBound > range.lowerBound && (range.upperBound - range.lowerBound).isFinite,
      "a grid axis over \(range) of \(cells) cells")
    self.range = range
    self.cells = cells
  }

  /// The width of a cell.
  public var width: Double { (range.upperBound - range.lowerBound) / Double(cells) }

  /// The middle of cell `i`; the edge before it is at `i` - 1/2.
  @inlinable
  public func center(_ i: Double) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * (i + 0.5) / Double(cells)
  }

  /// The middles of all cells, ascending.
  public var centers: [Double] { (0..<cells).map { center(Double($0)) } }
}

/// A density on a grid of cells in one or two dimensions, by its value in each; in two, the second axis runs
/// fastest.
public struct GridDensity: Sendable {
  /// One or two.
  public let axes: [GridAxis]

  /// The density in each cell.
  public internal(set) var values: [Double]

  /// A density sampled at the cells' centres, as it is: its mass on the grid is not made one.
  public init(_ axes: [GridAxis], of density: (Vector<Double>) -> Double) {
    precondition(
      axes.count == 1 || axes.count == 2, "a grid in \(axes.count) dimensions: one or two are served")
    self.axes = axes
    let points =
      axes.count == 1
      ? axes[0].centers.map { Vector([$0]) }
      : axes[0].centers.flatMap { x in axes[1].centers.map { Vector([x, $0]) } }
    values = points.map(density)
    precondition(values.allSatisfy(\.isFinite), "a density on a grid must be finite")
  }

  /// The size of a cell.
  public var cellVolume: Double { axes.reduce(1) { $0 * $1.width } }

  /// The sum of the values times the size of a cell.
  public var mass: Double { values.reduce(0, +) * cellVolume }

  /// The centre of the cell of value `index`.
  public func point(_ index: Int) -> Vector<Double> {
    guard axes.count == 2 else { return Vector([axes[0].center(Double(index))]) }
    let (row, column) = index.quotientAndRemainder(dividingBy: axes[1].cells)
    return Vector([axes[0].center(Double(row)), axes[1].center(Double(column))])
  }

  /// int f p over the grid, by the midpoint rule.
  public func expectation(_ f: (Vector<Double>) -> Double) -> Double {
    values.indices.reduce(0) { $0 + values[$1] * f(point($1)) } * cellVolume
  }

  /// int |p - q| over the grid for a density q: twice the total variation distance.
  public func distance(to density: (Vector<Double>) -> Double) -> Double {
    values.indices.reduce(0) { $0 + abs(values[$1] - density(point($1))) } * cellVolume
  }
}
