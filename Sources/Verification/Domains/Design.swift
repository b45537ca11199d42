import Glibc

/// Deterministic points of the unit cube at which an equation is tried.
///
/// In this order: corners; stars, whose points share all coordinates but one with a centre; points at
/// and close to each end of each coordinate; low-discrepancy points to fill up. The stars let a
/// diagnosis say 'the ratio depends on t alone'; the ends are where schedules become singular.
struct Design {
  let dimension: Int

  /// How close 'close to an end' is, as shares of the range.
  static let margins = [0, 1e-3, 3e-2]

  func points(_ count: Int) -> [[Double]] {
    guard dimension > 0 else { return [[]] }
    var points = corners(atMost: count / 4)
    points += stars(atMost: count / 3)
    points += ends(atMost: count / 4)
    var index = 0
    while points.count < count {
      points.append(quasirandom(index))
      index += 1
    }
    return Array(points.prefix(count))
  }

  /// Point `index` of the additive recurrence by powers of the generalised golden ratio, the root of
  /// g^(d+1) = g + 1 (Roberts, The unreasonable effectiveness of quasirandom sequences, 2018).
  func quasirandom(_ index: Int) -> [Double] {
    var g = 1.5
    for _ in 0..<40 { g = pow(1 + g, 1 / Double(dimension + 1)) }
    var step = 1.0
    return (0..<dimension).map { _ in
      step /= g
      let x = 0.5 + Double(index + 1) * step
      return x - x.rounded(.down)
    }
  }

  /// All corners where they fit; else the two extreme ones and each coordinate at its end alone.
  private func corners(atMost most: Int) -> [[Double]] {
    if dimension < 20, 1 << dimension <= max(most, 2) {
      return (0..<(1 << dimension)).map { mask in (0..<dimension).map { Double((mask >> $0) & 1) } }
    }
    var corners = [Array(repeating: 0.0, count: dimension), Array(repeating: 1.0, count: dimension)]
    for i in 0..<dimension where corners.count + 2 <= most {
      for end in [0.0, 1.0] {
        var corner = Array(repeating: 1 - end, count: dimension)
        corner[i] = end
        corners.append(corner)
      }
    }
    return corners
  }

  private func stars(atMost most: Int) -> [[Double]] {
    guard dimension > 1 else { return [] }
    // Two stars with shorter arms say more than one with long ones.
    let long = [0.04, 0.2, 0.36, 0.52, 0.68, 0.84, 0.97]
    let short = [0.04, 0.36, 0.68, 0.97]
    let fitsTwo = { (arms: [Double]) in 2 * (1 + arms.count * dimension) <= most }
    let arms = !fitsTwo(long) && fitsTwo(short) ? short : long
    let size = 1 + arms.count * dimension
    var points: [[Double]] = []
    for star in 0..<max(1, most / size) {
      let centre = quasirandom(7 * star).map { 0.1 + 0.8 * $0 }
      points.append(centre)
      for i in 0..<dimension {
        for arm in arms {
          var point = centre
          point[i] = arm
          points.append(point)
        }
      }
    }
    return Array(points.prefix(most))
  }

  private func ends(atMost most: Int) -> [[Double]] {
    var points: [[Double]] = []
    var index = 1000
    for _ in 0..<2 {
      for margin in Design.margins {
        for i in 0..<dimension {
          for end in [margin, 1 - margin] where points.count < most {
            var point = quasirandom(index)
            point[i] = end
            points.append(point)
            index += 1
          }
        }
      }
    }
    return points
  }
}

extension Domain {
  /// At most `count` different points of the domain, as coordinates, in the order of `Design`.
  /// - Throws: what an exclusion throws.
  func points(_ count: Int) throws -> (kept: [[Double]], excluded: Int) {
    guard problem == nil else { return ([], 0) }
    let dimension = regions.reduce(0) { $0 + $1.axes.count }
    var kept: [[Double]] = []
    var seen = Set<[Double]>()
    var excluded = 0
    for unit in Design(dimension: dimension).points(count) {
      var rest = unit[...]
      var values: [Double] = []
      for region in regions {
        values += region.place(rest.prefix(region.axes.count))
        rest = rest.dropFirst(region.axes.count)
      }
      guard seen.insert(values).inserted else { continue }
      if try exclusions.contains(where: { try $0.excludes(make(values)) }) {
        excluded += 1
      } else {
        kept.append(values)
      }
    }
    return (kept, excluded)
  }
}
