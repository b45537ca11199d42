import Glibc

/// Looks for a refuting point with simple coordinates: `t = 0.5, x = 1` tells a reader more than the
/// worst point does.
struct SmallestCounterexample {
  private let evaluations: Evaluations

  init(_ evaluations: Evaluations) { self.evaluations = evaluations }

  /// The counterexample with its two values, in words; nil where no rounded point refutes. At most a
  /// dozen evaluations a coordinate.
  func search(from index: Int) throws -> String? {
    let equation = evaluations.table.equation
    guard !equation.coordinates.isEmpty else { return nil }
    var point = equation.points[index]
    var found: Comparison?
    for axis in point.indices {
      for candidate in candidates(for: point[axis]) {
        var simpler = point
        simpler[axis] = candidate
        guard equation.contains(simpler), let c = try refuting(at: simpler) else { continue }
        point = simpler
        found = c
        break
      }
    }
    return found.map { c in
      "\(equation.describe(point))\(entryName(c.component, shape: evaluations.table.shape)): "
        + "left \(number(c.left, digits: 6)), right \(number(c.right, digits: 6))"
    }
  }

  private func refuting(at point: [Double]) throws -> Comparison? {
    try evaluations.fresh(at: point).first { $0.isFinite && $0.isRefuted(evaluations.table.thresholds) }
  }

  private func candidates(for value: Double) -> [Double] {
    func rounded(_ digits: Int) -> Double {
      guard value != 0 else { return 0 }
      let unit = pow(10, (log10(value.magnitude)).rounded(.down) - Double(digits - 1))
      return (value / unit).rounded() * unit
    }
    return [0, 1, 0.5, -1, 2, 0.25, 0.75, rounded(1), rounded(2)]
  }
}
