/// A part of the range with its integral and error.
@usableFromInline
struct Panel<Value: Point> {
  @usableFromInline let left: Double
  @usableFromInline let right: Double
  @usableFromInline let value: Value
  @usableFromInline let error: Double

  /// Whether the error is that of rounding, which smaller panels would not lessen.
  @usableFromInline let isRoundingLimited: Bool

  @inlinable
  init(left: Double, right: Double, value: Value, error: Double, isRoundingLimited: Bool) {
    self.isRoundingLimited = isRoundingLimited
    self.left = left
    self.right = right
    self.value = value
    self.error = error
  }
}

/// Applies a Gauss-Kronrod pair to one panel after another.
@usableFromInline
struct PanelEstimator<Value: Point> {
  @usableFromInline let rule: GaussKronrodRule
  @usableFromInline var evaluations = 0
  @usableFromInline var notFinite: Double?
  @usableFromInline var samples: [Value] = []

  @inlinable
  init(rule: GaussKronrodRule) {
    self.rule = rule
    samples.reserveCapacity(rule.count)
  }

  /// Forgets the integral before.
  @inlinable
  mutating func restart() {
    evaluations = 0
    notFinite = nil
  }

  /// The Kronrod value on [left, right]; its difference from the Gauss value is rescaled as in QUADPACK:
  /// the 3/2 power makes the estimate fall as fast as the Kronrod rule's own error does.
  @inlinable
  mutating func estimate(
    _ left: Double, _ right: Double, _ integrand: (Double) -> Value
  ) -> Panel<Value> {
    let half = (right - left) / 2
    let center = left + half
    samples.removeAll(keepingCapacity: true)
    for i in 0..<rule.count {
      let s = center + half * rule.node(i).position
      let y = integrand(s)
      if notFinite == nil, !y.largestMagnitude.isFinite { notFinite = s }
      samples.append(y)
    }
    evaluations += rule.count

    var kronrod = Value.Scalar(half * rule.node(0).kronrod) * samples[0]
    var difference = kronrod
    var magnitude = half * rule.node(0).kronrod * samples[0].largestMagnitude
    for i in 1..<rule.count {
      let node = rule.node(i)
      kronrod = kronrod + Value.Scalar(half * node.kronrod) * samples[i]
      difference = difference + Value.Scalar(half * (node.kronrod - node.gauss)) * samples[i]
      magnitude += half * node.kronrod * samples[i].largestMagnitude
    }
    let mean = Value.Scalar(1 / (2 * half)) * kronrod
    var variation = 0.0
    for i in 0..<rule.count {
      variation += half * rule.node(i).kronrod * (samples[i] - mean).largestMagnitude
    }
    var error = difference.largestMagnitude
    if variation > 0, error > 0 {
      let ratio = 200 * error / variation
      error = variation * min(1, ratio * ratio.squareRoot())
    }
    let rounding = 50 * 0x1p-53 * magnitude
    return Panel(
      left: left, right: right, value: kronrod, error: max(error, rounding),
      isRoundingLimited: error <= rounding)
  }
}
