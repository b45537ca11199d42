/// Points about a billionth of a coordinate away from one point.
///
/// As many that numbers rounded to a coarse grid do not agree at all of them by chance. Compare More, Wild, Estimating
/// computational noise, SIAM J. Sci. Comput. 33, 2011, who take differences of a function at such points.
struct Neighbourhood {
  let points: [[Double]]

  private static let count = 16

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
        let by = Double((k * (2 * axis + 5)) % 17 + 1) * 0x1p20 * x.ulp
        let sides = k % 2 == 0 ? [x + by, x - by] : [x - by, x + by]
        return sides.first(where: range.contains) ?? x
      }
    }
  }
}
