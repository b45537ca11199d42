/// Points close to one point: 1e-10 to 1e-7 of a coordinate away.
///
/// As many that numbers rounded to a coarse grid do not agree at all of them by chance. Compare More, Wild, Estimating
/// computational noise, SIAM J. Sci. Comput. 33, 2011, who take differences of a function at such points.
struct Neighbourhood {
  let points: [[Double]]

  private static let count = 18
  /// In units in the last place: far enough for a coordinate that is added to ten million.
  private static let distances = [0x1p18, 0x1p22, 0x1p26]

  /// Coordinates that are integers stay, as they may be counts or indices; none leaves its range.
  init(of point: [Double], within ranges: [ClosedRange<Double>]) {
    guard point.contains(where: { $0 != $0.rounded() }) else {
      points = []
      return
    }
    points = (1...Self.count).map { k in
      zip(point, ranges).enumerated().map { axis, item in
        let (x, range) = item
        guard x != x.rounded() else { return x }
        // Odd multiples in an order that differs from axis to axis.
        let by = Double((k * (2 * axis + 5)) % 17 + 1) * Self.distances[k % 3] * x.ulp
        let sides = k % 2 == 0 ? [x + by, x - by] : [x - by, x + by]
        return sides.first(where: range.contains) ?? x
      }
    }
  }
}
