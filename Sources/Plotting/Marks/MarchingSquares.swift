/// Lines of equal value of a field that is bilinear within each cell of its grid.
///
/// A cell's corners are above or below the level; a line crosses the edges between, at the linearly interpolated place.
/// In a saddle the mean of the corners decides which are joined. Cells with a corner that is not finite are left out.
struct MarchingSquares {
  private let field: Field

  init(_ field: Field) { self.field = field }

  /// The lines as points in data coordinates; a closed line ends where it began. Time proportional to the number of
  /// nodes.
  func lines(at level: Double) -> [[SIMD2<Double>]] {
    var links: [Int: (Int, Int)] = [:]
    func link(_ a: Int, _ b: Int) {
      for (from, to) in [(a, b), (b, a)] {
        if let known = links[from] { links[from] = (known.0, to) } else { links[from] = (to, -1) }
      }
    }
    let (columns, rows) = (field.columns, field.rows)
    field.values.withUnsafeBufferPointer { values in
      for row in 0..<max(rows - 1, 0) {
        for column in 0..<max(columns - 1, 0) {
          let corner = row * columns + column
          let (a, b) = (values[corner], values[corner + 1])
          let (c, d) = (values[corner + columns + 1], values[corner + columns])
          let sides = (a > level ? 1 : 0) | (b > level ? 2 : 0) | (c > level ? 4 : 0) | (d > level ? 8 : 0)
          guard sides != 0, sides != 15, (a + b + c + d).isFinite else { continue }
          // Edges are numbered by their first node: level ones even, upright ones odd.
          let (bottom, top) = (2 * corner, 2 * (corner + columns))
          let (left, right) = (2 * corner + 1, 2 * (corner + 1) + 1)
          switch sides {
          case 1, 14: link(left, bottom)
          case 2, 13: link(bottom, right)
          case 4, 11: link(right, top)
          case 8, 7: link(top, left)
          case 3, 12: link(left, right)
          case 6, 9: link(bottom, top)
          default:
            if ((a + b + c + d) / 4 > level) == (sides == 5) {
              link(left, top)
              link(bottom, right)
            } else {
              link(left, bottom)
              link(right, top)
            }
          }
        }
      }
    }
    return chains(links).map { chain in chain.map { point($0, level) } }
  }

  /// Joins links into chains: open ones from their ends, then closed ones.
  private func chains(_ links: [Int: (Int, Int)]) -> [[Int]] {
    var chains: [[Int]] = []
    var seen: Set<Int> = []
    let edges = links.keys.sorted()
    for isOpen in [true, false] {
      for start in edges where !seen.contains(start) && (links[start]!.1 < 0) == isOpen {
        var chain = [start]
        seen.insert(start)
        var next = links[start]!.0
        while !seen.contains(next) {
          chain.append(next)
          seen.insert(next)
          let (a, b) = links[next]!
          if !seen.contains(a) { next = a } else if b >= 0 { next = b }
        }
        if !isOpen { chain.append(start) }
        chains.append(chain)
      }
    }
    return chains
  }

  /// Where the level crosses an edge.
  private func point(_ edge: Int, _ level: Double) -> SIMD2<Double> {
    let node = edge / 2
    let (column, row) = (node % field.columns, node / field.columns)
    let isUpright = edge % 2 == 1
    let (a, b) = (field.values[node], field.values[isUpright ? node + field.columns : node + 1])
    let share = (level - a) / (b - a)
    let (x, y) = (field.x(column), field.y(row))
    return isUpright
      ? SIMD2(x, y + (field.y(row + 1) - y) * share) : SIMD2(x + (field.x(column + 1) - x) * share, y)
  }
}
