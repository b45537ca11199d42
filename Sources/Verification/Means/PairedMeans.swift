import Diffusion

/// The running means of both sides and of their difference at one point, on one stream of draws.
///
/// Draw k of both sides uses the same random numbers, so that what they share cancels in the difference.
struct PairedMeans {
  private let left: DrawnSide
  private let right: DrawnSide
  /// Stream of (seed, path); each draw is a step of it.
  private let stream: RandomStream
  private(set) var count = 0
  private(set) var differences: [Moments]
  private(set) var lefts: [Moments]
  private(set) var rights: [Moments]
  /// Coarse minus fine simulations of the difference.
  private(set) var biases: [Moments]
  private(set) var tails: [Tail]
  /// How far rounding moves left and right together.
  private var rounding: [Double]
  /// Refinement of simulations: each level doubles the number of steps.
  private(set) var level = 0

  init(_ left: DrawnSide, _ right: DrawnSide, stream: RandomStream) {
    self.left = left
    self.right = right
    self.stream = stream
    let moments = Array(repeating: Moments(), count: left.components)
    differences = moments
    lefts = moments
    rights = moments
    biases = moments
    tails = Array(repeating: Tail(), count: left.components)
    rounding = Array(repeating: 0, count: left.components)
  }

  var components: Int { left.components }
  private var isBatch: Bool { left.isBatch || right.isBatch }
  var hasSteps: Bool { left.steps != nil || right.steps != nil }

  /// Evaluations of summands for one draw.
  var cost: Int {
    [left, right].reduce(0) { sum, side in
      sum + (side.steps.map { 3 * $0 << level } ?? (side.isMean ? 1 : 0))
    }
  }

  /// Draws until there are `n` of them, or as many more as fill a batch.
  mutating func grow(to n: Int) throws {
    let chunk = isBatch ? BatchStream.rows : 256
    var l = Array(repeating: 0.0, count: chunk * components)
    var r = l
    var coarseL = hasSteps ? l : []
    var coarseR = coarseL
    while count < n {
      let range = count..<(isBatch ? count + chunk : min(count + chunk, n))
      try left.draw(range, of: stream, steps: steps(left, finer: 1), finest: steps(left, finer: 1), into: &l)
      try right.draw(
        range, of: stream, steps: steps(right, finer: 1), finest: steps(right, finer: 1), into: &r)
      for slot in 0..<range.count {
        for i in 0..<components {
          let at = slot * components + i
          lefts[i].add(l[at])
          rights[i].add(r[at])
          differences[i].add(l[at] - r[at])
          tails[i].add(l[at] - r[at])
        }
      }
      if hasSteps {
        try left.draw(
          range, of: stream, steps: steps(left, finer: 0), finest: steps(left, finer: 1), into: &coarseL)
        try right.draw(
          range, of: stream, steps: steps(right, finer: 0), finest: steps(right, finer: 1), into: &coarseR)
        for slot in 0..<range.count {
          for i in 0..<components {
            let at = slot * components + i
            biases[i].add((coarseL[at] - coarseR[at]) - (l[at] - r[at]))
          }
        }
      }
      count = range.upperBound
    }
  }

  /// Measures how far rounding moves the means, on the first draws: the largest change in a trial.
  ///
  /// Beside a standard error it counts for nothing, but draws may happen not to vary.
  mutating func measureRounding() throws {
    let few = 0..<(isBatch ? 256 : 32)
    func means() throws -> [(left: Double, right: Double)] {
      var l = Array(repeating: 0.0, count: few.count * components)
      var r = l
      try left.draw(few, of: stream, steps: steps(left, finer: 1), finest: steps(left, finer: 1), into: &l)
      try right.draw(few, of: stream, steps: steps(right, finer: 1), finest: steps(right, finer: 1), into: &r)
      return (0..<components).map { i in
        let slots = stride(from: i, to: l.count, by: components)
        return (
          slots.reduce(0) { $0 + l[$1] } / Double(few.count),
          slots.reduce(0) { $0 + r[$1] } / Double(few.count)
        )
      }
    }
    let plain = try means()
    for trial in RoundingTrial.all.prefix(RoundingTrial.everywhere) {
      for (i, (before, after)) in zip(plain, try trial.run(means)).enumerated() {
        let moved = (before.left - after.left).magnitude + (before.right - after.right).magnitude
        rounding[i] = max(rounding[i], moved.isNaN ? 0 : moved)
      }
    }
  }

  /// The same draws, not yet made, with twice as many steps a simulation.
  func refined() -> PairedMeans {
    var finer = PairedMeans(left, right, stream: stream)
    finer.level = level + 1
    finer.rounding = rounding
    return finer
  }

  /// The same recipe on other draws.
  func onFreshDraws(path: UInt64) -> PairedMeans {
    var fresh = PairedMeans(left, right, stream: stream.path(path))
    fresh.level = level
    fresh.rounding = rounding
    return fresh
  }

  /// The comparison of entry i, with the errors that are known by now.
  func comparison(_ i: Int, point: Int, truncationFactor: Double, accuracy: Double) -> Comparison {
    let bias = hasSteps ? 2 * biases[i].mean.magnitude : 0
    let biasError = hasSteps ? 2 * biases[i].standardError : 0
    var c = Comparison(
      point: point, component: i, left: lefts[i].mean, right: lefts[i].mean - differences[i].mean,
      truncation: truncationFactor * (left.truncation[i] + right.truncation[i]) + bias,
      rounding: rounding[i], standardError: differences[i].standardError + biasError)
    if differences[i].deviation == 0, c.difference != 0 { c.standardError += unseen(i, beside: c.size) }
    c.truncation += accuracy * c.size
    return c
  }

  /// What stands for a standard error where all n draws are equal: an event that none of them met.
  ///
  /// With a probability of 12.6 / n it stays unseen as often as a normal number exceeds 4.5 standard errors, 3.4e-6,
  /// and it shifts the mean by as much of its size; that is taken to be the draws'. Draws that are all zero say nothing of
  /// it: it may be the weight of a rare event, and counts as 10,000 times the other side, or 1.
  private func unseen(_ i: Int, beside size: Double) -> Double {
    let isZero = left.isMean && lefts[i].mean == 0 || right.isMean && rights[i].mean == 0
    return 2.8 / Double(count) * (isZero ? 1e4 * max(size, 1) : size)
  }

  /// Whether a mean's draws were zero without exception, beside another side that is not.
  var drawsZeros: Bool {
    (0..<components).contains { i in
      differences[i].deviation == 0 && differences[i].mean != 0
        && (left.isMean && lefts[i].mean == 0 || right.isMean && rights[i].mean == 0)
    }
  }

  /// Whether the number of draws is enough for the normal approximation of entry i: n >= 1000 times the
  /// squared skewness, and a tail light enough for a variance.
  func isNormal(_ i: Int) -> Bool {
    // What is left where draws cancel to the last digits is rounding, of no law.
    if differences[i].standardError <= 1e-12 * lefts[i].mean.magnitude { return true }
    return Double(count) >= normalCount(i) && !isHeavy(i)
  }

  private func normalCount(_ i: Int) -> Double { 1000 * differences[i].skewness * differences[i].skewness }

  /// How many draws, as far as one can tell by now, make every entry normal.
  var countToBeNormal: Double {
    (0..<components).filter { !isNormal($0) }.map { normalCount($0) }.max() ?? 0
  }

  /// Whether the tail index exceeds 0.3 by more than its own sampling error.
  func isHeavy(_ i: Int) -> Bool { tails[i].index > 0.3 + 2.5 * Tail.standardError }

  /// Whether a batch's first draws are the same on another stream, though they vary.
  func ignoresItsDraws() throws -> Bool {
    let few = 0..<16
    return try [left, right].filter(\.isBatch).contains { side in
      let lines = try [stream, stream.path(stream.path ^ 1 << 60)].map { line in
        var values = Array(repeating: 0.0, count: few.count * components)
        try side.draw(few, of: line, into: &values)
        return values
      }
      return BatchStream.isIgnored(lines[0], lines[1])
    }
  }

  /// Whether a first stretch of draws, drawn again, comes out the same.
  func repeats() throws -> Bool {
    var first = PairedMeans(left, right, stream: stream)
    var second = first
    try first.grow(to: 64)
    try second.grow(to: 64)
    return (0..<components).allSatisfy { i in
      first.lefts[i].mean.bitPattern == second.lefts[i].mean.bitPattern
        && first.rights[i].mean.bitPattern == second.rights[i].mean.bitPattern
    }
  }

  private func steps(_ side: DrawnSide, finer: Int) -> Int { (side.steps ?? 0) << (level + finer) }
}
