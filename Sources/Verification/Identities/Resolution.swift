extension Evaluations {
  /// The smallest relative deviation that this check would have refuted, had it been confined to the
  /// worst stratum: as a factor of the right side, or as an addition in proportion to the sides' size.
  ///
  /// It follows from the stored evaluations. Where it hangs on one point, the rounding is measured
  /// there in full first, since a verdict on a deviation would do so too.
  mutating func measureResolution() throws -> (value: Double, stratum: String) {
    var worst = (value: 0.0, stratum: "")
    for stratum in strata.strata {
      for additive in [false, true] {
        let e = try resolution(in: stratum.members, additive: additive)
        // A stratum whose right side is zero everywhere has no relative deviation to see.
        if e > worst.value, e.isFinite || additive { worst = (e, stratum.name) }
      }
    }
    return worst.stratum.isEmpty ? (.infinity, "the whole domain") : worst
  }

  private mutating func resolution(in members: [Int], additive: Bool) throws -> Double {
    var measured = Set<Int>()
    while true {
      var least = Double.infinity
      var at = -1
      for point in members {
        for c in comparisons(at: point) where c.isFinite {
          let e = c.resolution(thresholds, additive: additive)
          if e < least { (least, at) = (e, point) }
        }
      }
      // A point measured in full and still the best decides; so does the fifth, to bound the work.
      if at < 0 || measured.contains(at) || measured.count == 5 { return least }
      try measureRounding(at: at, upTo: RoundingTrial.all.count)
      measured.insert(at)
    }
  }

  /// The shuffled control: the left side at each point against the right side at another. Returns the
  /// share of points at which it is refuted; a check that its control passes could not have failed.
  func shuffledControl() -> Double {
    let n = equation.points.count
    guard n > 1 else { return 0 }
    // A step near the golden section of n, prime to it, pairs points that share no coordinate.
    var step = max(1, Int(Double(n) * 0.618))
    while gcd(step, n) != 1 { step += 1 }
    var refuted = 0
    for i in 0..<n {
      let other = (i + step) % n
      let differs = zip(comparisons(at: i), comparisons(at: other)).contains { here, there in
        var crossed = here
        crossed.right = there.right
        crossed.rounding += there.rounding
        crossed.truncation += there.truncation
        crossed.standardError += there.standardError
        return crossed.isFinite && crossed.isRefuted(thresholds)
      }
      if differs { refuted += 1 }
    }
    return Double(refuted) / Double(n)
  }
}

private func gcd(_ a: Int, _ b: Int) -> Int { b == 0 ? a : gcd(b, a % b) }
