/// The times at which a solver steps, and which of them are kept. Increasing or decreasing.
public struct TimeGrid: Hashable, Sendable {
  /// Strictly monotone, at least two.
  public let times: [Double]

  /// The given times, strictly monotone.
  public init(_ times: [Double]) {
    precondition(times.count > 1, "a simulation needs at least one step: two times, not \(times)")
    precondition(times.allSatisfy(\.isFinite), "the times of a simulation must be finite: \(times)")
    let forward = times[1] > times[0]
    precondition(
      zip(times, times.dropFirst()).allSatisfy { forward ? $0 < $1 : $0 > $1 },
      "the times of a simulation must increase, or decrease, strictly: \(times.count) from \(times[0]) to \(times.last!)"
    )
    self.times = times
  }

  /// `steps` equal steps from one time to another; `to` may be the earlier.
  public static func uniform(from: Double = 0, to: Double = 1, steps: Int) -> TimeGrid {
    precondition(steps > 0, "a simulation needs at least one step, not \(steps)")
    let width = to - from
    return TimeGrid((0...steps).map { $0 == steps ? to : from + width * Double($0) / Double(steps) })
  }

  /// The number of intervals, one less than that of the times.
  public var steps: Int { times.count - 1 }
}

/// Which states a simulation keeps.
public enum Saving: Hashable, Sendable {
  /// The last one.
  case end

  /// Those at every `n`-th time of the grid, and the last.
  case every(Int)

  /// The numbers of the times to keep, for a grid of `steps` steps.
  func indices(steps: Int) -> [Int] {
    switch self {
    case .end: return [steps]
    case .every(let n):
      precondition(n > 0, "states cannot be kept every \(n) steps")
      let kept = Array(stride(from: 0, through: steps, by: n))
      return kept.last == steps ? kept : kept + [steps]
    }
  }
}
