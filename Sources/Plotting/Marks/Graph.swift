#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Samples of a function that are denser where its graph bends.
struct Graph {
  private(set) var x: [Double] = []
  private(set) var y: [Double] = []

  /// `samples` even points, then halvings where the middle is off the chord by more than a thousandth of the graph's
  /// height, three levels deep. A positive range of over two decades is sampled in its logarithm as well.
  init(of f: (Double) throws -> Double, over range: ClosedRange<Double>, samples: Int) rethrows {
    precondition(samples >= 2, "a graph needs two samples")
    let (low, high) = (range.lowerBound, range.upperBound)
    var points = (0..<samples).map { low + (high - low) * (Double($0) / Double(samples - 1)) }
    if low > 0, high / low > 100 {
      points += (0..<samples).map { low * pow(high / low, Double($0) / Double(samples - 1)) }
      points.sort()
    }
    let values = try points.map(f)
    let height = Interval(values).map { $0.high - $0.low } ?? 0
    let tolerance = height / 1000
    for index in points.indices {
      if index > 0 {
        let bend = Swift.max(
          Self.bend(values, index - 1), index < points.count - 1 ? Self.bend(values, index) : 0)
        if bend > tolerance {
          try refine(
            f, points[index - 1], points[index], values[index - 1], values[index], tolerance, depth: 3)
        }
      }
      x.append(points[index])
      y.append(values[index])
    }
  }

  /// How far a value is off the chord of its neighbours.
  private static func bend(_ values: [Double], _ index: Int) -> Double {
    guard index > 0, index < values.count - 1 else { return 0 }
    let off = abs(values[index] - (values[index - 1] + values[index + 1]) / 2)
    return off.isFinite ? off : 0
  }

  private mutating func refine(
    _ f: (Double) throws -> Double, _ a: Double, _ b: Double, _ fa: Double, _ fb: Double, _ tolerance: Double,
    depth: Int
  ) rethrows {
    let middle = (a + b) / 2
    guard depth > 0, middle > a, middle < b else { return }
    let value = try f(middle)
    let off = abs(value - (fa + fb) / 2)
    if off > tolerance { try refine(f, a, middle, fa, value, tolerance, depth: depth - 1) }
    x.append(middle)
    y.append(value)
    if off > tolerance { try refine(f, middle, b, value, fb, tolerance, depth: depth - 1) }
  }
}
