/// Left against right in one entry at one point, with all that is known about the error.
struct Comparison {
  /// Index of the point, and of the entry of a vector or matrix.
  let point: Int
  let component: Int
  var left: Double
  var right: Double
  /// Bound of the truncation of both sides, already with its factor of caution.
  var truncation: Double
  /// How far both sides moved, at most, in rounding trials.
  var rounding = 0.0
  /// Standard error of the difference, and how many of them are allowed.
  var standardError = 0.0
  /// What counts as the size of the sides here.
  var scale = 0.0

  var difference: Double { left - right }
  /// The difference relative to the sides' size, as it is compared among points.
  var relativeDifference: Double { scale > 0 ? difference.magnitude / scale : 0 }
  /// The difference in standard errors.
  var standardErrors: Double { difference.magnitude / standardError }
  /// The larger side's magnitude.
  var size: Double { max(left.magnitude, right.magnitude) }
  var isFinite: Bool { left.isFinite && right.isFinite }
  private var unit: Double { isFinite ? size.ulp : .infinity }

  /// Largest difference that is consistent with equality.
  func consistent(_ t: Thresholds) -> Double { t.consistent * (rounding + unit) + truncation + sampling(t) }

  /// Smallest difference that refutes equality.
  func refuting(_ t: Thresholds) -> Double { t.refuting * (rounding + unit) + truncation + sampling(t) }

  /// Whether the rounding found so far is so far below the truncation that more of it would not change what is
  /// said by more than a quarter.
  func isRoundingNegligible(_ t: Thresholds) -> Bool {
    truncation > 0 && truncation >= 4 * t.refuting * rounding
  }

  private func sampling(_ t: Thresholds) -> Double { t.deviations * standardError }

  func isConsistent(_ t: Thresholds) -> Bool { difference.magnitude <= consistent(t) }
  func isRefuted(_ t: Thresholds) -> Bool { difference.magnitude > refuting(t) }

  /// Whether it is clear that the left side is at most the right one: smaller by more than the errors, or equal within
  /// errors that are no more than that share of the size.
  func isOrdered(_ delta: Double, _ t: Thresholds) -> Bool {
    let allowance = consistent(t)
    return difference <= -allowance || (difference <= allowance && allowance <= delta * scale)
  }

  /// Whether a relative deviation `delta` would stand out here.
  func isResolved(_ delta: Double, _ t: Thresholds) -> Bool {
    difference.magnitude + consistent(t) <= delta * scale && isConsistent(t)
  }

  /// Smallest factor e for which `left` against `(1 + e) right`, or against `right + e scale`, would be
  /// refuted. Infinite where the right side is zero and so has no relative deviation.
  func resolution(_ t: Thresholds, additive: Bool) -> Double {
    // A refuted comparison says nothing of the deviations that it would have hidden.
    let reach = refuting(t) + (isRefuted(t) ? 0 : difference.magnitude)
    let by = additive ? scale : right.magnitude
    return by > 0 ? reach / by : .infinity
  }
}
