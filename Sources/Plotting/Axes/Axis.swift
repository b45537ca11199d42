/// What a figure says about an axis.
struct AxisSettings: Hashable, Sendable {
  var label = ""
  var range: ClosedRange<Double>?
  var scale = Scale.linear
  var ticks: [Double]?
  var tickLabels: [String]?
  var isReversed = false
}

/// An axis whose range is known.
struct Axis: Hashable, Sendable {
  var settings: AxisSettings
  var low: Double
  var high: Double
  var scale: Scale { settings.scale }

  /// From 0 at the low end to 1 at the high end.
  @inline(__always)
  func share(_ value: Double) -> Double {
    let (start, end) = (scale.forward(low), scale.forward(high))
    let share = (scale.forward(value) - start) / (end - start)
    return settings.isReversed ? 1 - share : share
  }

  /// The values that are shown.
  func contains(_ value: Double) -> Bool { value >= low && value <= high }
}

extension Axis {
  /// The axis for what the marks need: `data` with a margin where no edge is tight, or the range asked for.
  init(_ settings: AxisSettings, data: Interval?, tightLow: Bool, tightHigh: Bool, margin: Double) {
    self.settings = settings
    if let range = settings.range, range.lowerBound < range.upperBound {
      low = range.lowerBound
      high = range.upperBound
      return
    }
    var interval = data ?? (settings.scale == .log ? Interval(1, 10) : Interval(0, 1))
    if let range = settings.range { interval = Interval(range.lowerBound, range.upperBound) }
    // The length of an axis must be a number, too.
    interval = Interval(max(interval.low, -8e307), min(interval.high, 8e307))
    let (start, end) = (settings.scale.forward(interval.low), settings.scale.forward(interval.high))
    // A constant still gets an axis around it.
    let isFlat = end - start <= abs(end) * 1e-14 || end - start < 1e-290
    if isFlat {
      let reach = settings.scale == .log ? 0.5 : end == 0 ? 1 : max(abs(end) * 0.1, 1e-280)
      low = settings.scale.backward(start - reach)
      high = settings.scale.backward(end + reach)
      return
    }
    low = tightLow ? interval.low : settings.scale.backward(start - (end - start) * margin)
    high = tightHigh ? interval.high : settings.scale.backward(end + (end - start) * margin)
    if !low.isFinite { low = interval.low }
    if !high.isFinite { high = interval.high }
  }
}
