/// The smallest relative deviation that a check would have refuted, and the part of the domain where it is
/// largest.
struct Resolution {
  let value: Double
  let stratum: String
  let part: Check.Part?
}

/// All comparisons of an equation's sides: everything that a verdict, a resolution, a control and a
/// diagnosis are computed from, however the sides came about.
struct ComparisonTable {
  let equation: Equation
  let thresholds: Thresholds
  let strata: Strata
  /// Empty for numbers, `[n]` for vectors, `[rows, columns]` for matrices.
  var shape: [Int] = []
  /// By point, then by entry.
  var comparisons: [Comparison] = []

  init(_ equation: Equation, _ thresholds: Thresholds) {
    self.equation = equation
    self.thresholds = thresholds
    strata = Strata(points: equation.points, coordinates: equation.coordinates)
  }

  var points: [[Double]] { equation.points }
  /// Entries of a side.
  var components: Int { max(1, shape.reduce(1, *)) }
  var whereabouts: Whereabouts { Whereabouts(points: points, coordinates: equation.coordinates) }

  func range(of point: Int) -> Range<Int> { (point * components)..<((point + 1) * components) }
  func comparisons(at point: Int) -> ArraySlice<Comparison> { comparisons[range(of: point)] }

  mutating func setScales(floor: Double) { strata.setScales(of: &comparisons, floor: floor) }

  var refuted: [Comparison] { comparisons.filter { $0.isFinite && $0.isRefuted(thresholds) } }
  var notFinite: [Comparison] { comparisons.filter { !$0.isFinite } }

  /// Points at which a relative deviation `delta` would not stand out.
  func unresolved(_ delta: Double) -> Set<Int> {
    Set(comparisons.filter { !$0.isResolved(delta, thresholds) }.map(\.point))
  }

  /// The first part of the domain of which too little is resolved; nil where every part, and the
  /// whole, is resolved well enough.
  func weakPart(unresolved: Set<Int>) -> String? {
    let weak = strata.strata.first { stratum in
      let resolved = stratum.members.count { !unresolved.contains($0) }
      return Double(resolved) < thresholds.stratumShare * Double(stratum.members.count)
    }
    if let weak { return weak.name }
    let enough = Double(points.count - unresolved.count) >= thresholds.share * Double(points.count)
    return enough ? nil : "the domain"
  }

  /// The shuffled control: the left side at each point against the right side at another. Returns the
  /// share of points at which it is refuted; a check that its control passes could not have failed.
  func shuffledControl() -> Double {
    let n = points.count
    guard n > 1 else { return 0 }
    // A step near the golden section of n, prime to it, pairs points that share no coordinate.
    var step = max(1, Int(Double(n) * 0.618))
    while gcd(step, n) != 1 { step += 1 }
    let refuted = (0..<n).count { i in
      zip(comparisons(at: i), comparisons(at: (i + step) % n)).contains { here, there in
        var crossed = here
        crossed.right = there.right
        crossed.rounding += there.rounding
        crossed.truncation += there.truncation
        crossed.standardError += there.standardError
        return crossed.isFinite && crossed.isRefuted(thresholds)
      }
    }
    return Double(refuted) / Double(n)
  }

  /// Share of points at which the shuffled control must be refuted.
  static let controlShare = 0.1

  /// The smallest relative deviation, confined to the given points, that would have been refuted, and
  /// the point that would have done so: as a factor of the right side, or as an addition in
  /// proportion to the sides' size.
  func resolution(in members: [Int], additive: Bool) -> (value: Double, point: Int?) {
    var least = Double.infinity
    var at: Int?
    for point in members {
      for c in comparisons(at: point) where c.isFinite {
        let e = c.resolution(thresholds, additive: additive)
        if e < least { (least, at) = (e, point) }
      }
    }
    return (least, at)
  }

  /// Candidates in each stratum whose comparisons are refined before the resolution rests on one.
  private static let refinements = 6

  /// The resolution in the worst stratum, of the comparisons as they are.
  func resolution() -> Resolution {
    var copy = self
    return copy.resolution { _, _ in }
  }

  /// The resolution in the worst stratum. `refine` may improve the comparisons at a point before the
  /// resolution rests on it.
  mutating func resolution(
    refine: (inout ComparisonTable, Int) throws -> Void
  ) rethrows -> Resolution {
    var worst: Resolution?
    for stratum in strata.strata {
      for additive in [false, true] {
        var refined = Set<Int>()
        var best = resolution(in: stratum.members, additive: additive)
        while let point = best.point, refined.count < Self.refinements, refined.insert(point).inserted {
          try refine(&self, point)
          best = resolution(in: stratum.members, additive: additive)
        }
        // What the unrefined points promise is not relied on.
        if let point = best.point, !refined.contains(point) {
          best = resolution(in: Array(refined), additive: additive)
        }
        // A stratum whose right side is zero everywhere has no relative deviation to see.
        if best.value > worst?.value ?? 0, best.value.isFinite || additive {
          worst = Resolution(value: best.value, stratum: stratum.name, part: stratum.part)
        }
      }
    }
    return worst ?? Resolution(value: .infinity, stratum: "the whole domain", part: nil)
  }
}

private func gcd(_ a: Int, _ b: Int) -> Int { b == 0 ? a : gcd(b, a % b) }
