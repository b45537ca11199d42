/// A vector field sampled on a grid over the unit square, bilinear between nodes.
struct SampledFlow {
  private static let nodes = 81
  /// Velocities in units of the rectangle's sides, and in data units for speeds.
  private var velocity: [SIMD2<Double>] = []
  private var speeds: [Double] = []

  init(
    over x: ClosedRange<Double>, _ y: ClosedRange<Double>,
    _ field: (Double, Double) throws -> (Double, Double)
  ) rethrows {
    let size = SIMD2(x.upperBound - x.lowerBound, y.upperBound - y.lowerBound)
    precondition(size.x > 0 && size.y > 0, "a field's ranges are not empty")
    for row in 0..<Self.nodes {
      for column in 0..<Self.nodes {
        let place = SIMD2(Double(column), Double(row)) / Double(Self.nodes - 1)
        let (u, v) = try field(x.lowerBound + size.x * place.x, y.lowerBound + size.y * place.y)
        velocity.append(SIMD2(u, v) / size)
        speeds.append((u * u + v * v).squareRoot())
      }
    }
  }

  /// The velocity at a point of the unit square; nil outside or where it is not finite.
  func velocity(at point: SIMD2<Double>) -> SIMD2<Double>? {
    guard point.x >= 0, point.y >= 0, point.x <= 1, point.y <= 1 else { return nil }
    let (corner, share) = Self.cell(point)
    let below = velocity[corner] + (velocity[corner + 1] - velocity[corner]) * share.x
    let (c, d) = (velocity[corner + Self.nodes], velocity[corner + Self.nodes + 1])
    let result = below + (c + (d - c) * share.x - below) * share.y
    return result.x.isFinite && result.y.isFinite ? result : nil
  }

  func speed(at point: SIMD2<Double>) -> Double {
    let (corner, share) = Self.cell(point)
    let below = speeds[corner] + (speeds[corner + 1] - speeds[corner]) * share.x
    let (c, d) = (speeds[corner + Self.nodes], speeds[corner + Self.nodes + 1])
    return below + (c + (d - c) * share.x - below) * share.y
  }

  private static func cell(_ point: SIMD2<Double>) -> (Int, SIMD2<Double>) {
    let place = point * Double(nodes - 1)
    let column = min(max(Int(place.x), 0), nodes - 2)
    let row = min(max(Int(place.y), 0), nodes - 2)
    return (row * nodes + column, place - SIMD2(Double(column), Double(row)))
  }
}

/// Evenly spaced streamlines (Jobard and Lefer, Creating Evenly-Spaced Streamlines of Arbitrary Density, 1997): a line
/// grows both ways until it leaves the square, comes too near to another, closes or stands still; new lines start one
/// separation beside those that there are.
struct StreamlineTracer {
  private let flow: SampledFlow
  private let separation: Double
  private let step: Double
  private let cells: Int
  /// The points of all lines, by cell, for the question what is near.
  private var near: [[SIMD2<Double>]]
  private(set) var lines: [[SIMD2<Double>]] = []

  init(_ flow: SampledFlow, separation: Double) {
    (self.flow, self.separation) = (flow, separation)
    step = separation / 8
    cells = max(1, Int(1 / separation))
    near = Array(repeating: [], count: cells * cells)
    grow()
  }

  private mutating func grow() {
    var queue: [SIMD2<Double>] = [SIMD2(0.5, 0.5)]
    // A sparse lattice of further starts reaches parts that no line leads to.
    for row in 0..<8 { for column in 0..<8 { queue.append((SIMD2(Double(column), Double(row)) + 0.5) / 8) } }
    var place = 0
    while place < queue.count {
      let start = queue[place]
      place += 1
      guard isFree(start, separation) else { continue }
      let line = trace(from: start)
      // A stub says less than the gap it fills.
      guard Double(line.count) * step > 2.5 * separation else { continue }
      for point in line { near[cell(point)].append(point) }
      lines.append(line)
      for index in stride(from: 0, to: line.count, by: 4) {
        let ahead = line[min(index + 1, line.count - 1)] - line[max(index - 1, 0)]
        let length = (ahead * ahead).sum().squareRoot()
        guard length > 0 else { continue }
        let side = SIMD2(-ahead.y, ahead.x) * (separation * 1.02 / length)
        queue.append(line[index] + side)
        queue.append(line[index] - side)
      }
    }
  }

  private func trace(from start: SIMD2<Double>) -> [SIMD2<Double>] {
    let back = half(from: start, sign: -1, others: [])
    return back.reversed() + [start] + half(from: start, sign: 1, others: back)
  }

  /// One way from the start by classical Runge-Kutta steps of equal length.
  private func half(from start: SIMD2<Double>, sign: Double, others: [SIMD2<Double>]) -> [SIMD2<Double>] {
    var line: [SIMD2<Double>] = []
    var point = start
    while line.count < 1200 {
      guard let next = advance(point, sign * step), next.x >= 0, next.y >= 0, next.x <= 1, next.y <= 1,
        isFree(next, separation * 0.5)
      else { break }
      // A closed line ends where it comes round to its own beginning.
      let fromStart = next - start
      if line.count > 20, (fromStart * fromStart).sum() < step * step { break }
      if let last = others.last, line.count > 20 {
        let toOther = next - last
        if (toOther * toOther).sum() < step * step { break }
      }
      line.append(next)
      point = next
    }
    return line
  }

  private func advance(_ point: SIMD2<Double>, _ length: Double) -> SIMD2<Double>? {
    func direction(_ at: SIMD2<Double>) -> SIMD2<Double>? {
      guard let v = flow.velocity(at: at) else { return nil }
      let speed = (v * v).sum().squareRoot()
      return speed > 1e-12 ? v / speed : nil
    }
    guard let a = direction(point), let b = direction(point + a * (length / 2)),
      let c = direction(point + b * (length / 2)), let d = direction(point + c * length)
    else { return nil }
    return point + (a + 2 * b + 2 * c + d) * (length / 6)
  }

  private func cell(_ point: SIMD2<Double>) -> Int {
    let column = min(max(Int(point.x * Double(cells)), 0), cells - 1)
    let row = min(max(Int(point.y * Double(cells)), 0), cells - 1)
    return row * cells + column
  }

  private func isFree(_ point: SIMD2<Double>, _ distance: Double) -> Bool {
    guard point.x >= 0, point.y >= 0, point.x <= 1, point.y <= 1 else { return false }
    let here = cell(point)
    let (column, row) = (here % cells, here / cells)
    for y in max(row - 1, 0)...min(row + 1, cells - 1) {
      for x in max(column - 1, 0)...min(column + 1, cells - 1) {
        for other in near[y * cells + x] {
          let apart = other - point
          if (apart * apart).sum() < distance * distance { return false }
        }
      }
    }
    return true
  }
}
