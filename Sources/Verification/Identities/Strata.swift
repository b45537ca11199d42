import Glibc

/// The thirds of each coordinate: parts of the domain in each of which an identity must be resolved, so
/// that a claim is not called verified on the strength of its easy part.
struct Strata {
  struct Stratum {
    /// `t from 0.65 to 0.95`
    let name: String
    let members: [Int]
    /// The interval of the coordinate, as a part of the domain; nil for the whole domain.
    let part: Check.Part?
  }

  let strata: [Stratum]

  /// Fewest points of a stratum; with fewer points in all, the parts are larger.
  static let least = 16

  init(points: [[Double]], coordinates: [String]) {
    var strata: [Stratum] = []
    let parts = max(1, min(3, points.count / Strata.least))
    if parts > 1 {
      for (axis, name) in coordinates.enumerated() {
        let order = points.indices.sorted { points[$0][axis] < points[$1][axis] }
        guard let first = order.first, let last = order.last, points[first][axis] < points[last][axis] else {
          continue
        }
        for part in 0..<parts {
          let members = Array(order[(part * order.count / parts)..<((part + 1) * order.count / parts)])
          let (low, high) = (points[members[0]][axis], points[members[members.count - 1]][axis])
          strata.append(
            Stratum(
              name: "\(name) from \(number(low)) to \(number(high))", members: members.sorted(),
              part: Check.Part(coordinate: name, range: low...high)))
        }
      }
    }
    if strata.isEmpty {
      strata = [Stratum(name: "the whole domain", members: Array(points.indices), part: nil)]
    }
    self.strata = strata
  }

  /// Which strata a point belongs to.
  func indices(of point: Int) -> Set<Int> {
    Set(strata.indices.filter { strata[$0].members.contains(point) })
  }

  /// Sets each comparison's scale: the larger side, but at least a share of the sides' root mean
  /// square in each of the point's strata.
  func setScales(of comparisons: inout [Comparison], floor: Double) {
    var indices = [Int: [Int]]()
    for (i, c) in comparisons.enumerated() { indices[c.point, default: []].append(i) }
    var floors = [Int: Double]()
    for stratum in strata {
      let sizes = stratum.members.flatMap { indices[$0] ?? [] }.map { comparisons[$0] }
        .filter(\.isFinite).map(\.size)
      let least = floor * rootMeanSquare(sizes)
      for point in stratum.members { floors[point] = min(floors[point] ?? .infinity, least) }
    }
    for i in comparisons.indices {
      comparisons[i].scale = max(comparisons[i].size, floors[comparisons[i].point] ?? 0)
    }
  }
}

/// The root mean square of sizes whose squares may leave the range of numbers.
private func rootMeanSquare(_ sizes: [Double]) -> Double {
  guard let largest = sizes.max(), largest > 0 else { return 0 }
  let sum = sizes.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }
  return largest * (sum / Double(sizes.count)).squareRoot()
}
