/// The evaluations of both sides at all points, with their rounding measured by trials.
struct Evaluations {
  private(set) var table: ComparisonTable
  /// Whether the sides agreed to the last bit in every trial.
  private(set) var isBitIdentical = true
  /// Number of rounding trials run at each point.
  private var trials: [Int]
  /// Relative accuracy that the author grants the sides.
  private let accuracy: Double

  /// The interval that each coordinate spans.
  private let ranges: [ClosedRange<Double>]

  private var equation: Equation { table.equation }
  private var thresholds: Thresholds { table.thresholds }

  /// Evaluates both sides everywhere, and under the first rounding trials.
  init(_ equation: Equation, accuracy: Double, thresholds: Thresholds) throws {
    table = ComparisonTable(equation, thresholds)
    self.accuracy = accuracy
    ranges = equation.coordinates.indices.map { axis in
      let values = equation.points.map { $0[axis] }
      return (values.min() ?? 0)...(values.max() ?? 0)
    }
    trials = Array(repeating: 0, count: equation.points.count)
    for (i, point) in equation.points.enumerated() {
      let (left, right, shape) = try equation.values(at: point)
      if i == 0 { table.shape = shape }
      guard shape == table.shape else {
        throw Obstacle(
          "the sides are \(shapeName(table.shape)) at \(equation.describe(equation.points[0])) but "
            + "\(shapeName(shape)) at \(equation.describe(point))")
      }
      for (component, (l, r)) in zip(left, right).enumerated() {
        if l.value.bitPattern != r.value.bitPattern { isBitIdentical = false }
        table.comparisons.append(comparison(point: i, component: component, l, r))
      }
    }
    try requireRepeatability()
    table.setScales(floor: thresholds.floor)
    try measureRoundingWhereItMatters()
    for i in equation.points.indices where !isSettled(i) { try measureRounding(at: i) }
  }

  /// The first trials: at every point, or where truncation may dominate at every fourth of those points at
  /// which the sides agree within it.
  ///
  /// There, what was found is evidence on rounding already: the difference of two computations that round
  /// differently is a sample of it. Should the trials show rounding near the truncation at any point, all are
  /// measured.
  private mutating func measureRoundingWhereItMatters() throws {
    let covered = equation.points.indices.filter { isCovered($0) }
    let postponed = Set(covered.enumerated().filter { $0.offset % 4 != 0 }.map(\.element))
    for i in equation.points.indices where !postponed.contains(i) {
      try measureRounding(at: i, upTo: RoundingTrial.everywhere)
    }
    if covered.allSatisfy({ postponed.contains($0) || isDominated($0) }) { return }
    for i in postponed.sorted() { try measureRounding(at: i, upTo: RoundingTrial.everywhere) }
  }

  /// Whether the sides agree at a point within their truncation, and that is far below what must be seen.
  private func isCovered(_ point: Int) -> Bool {
    table.comparisons(at: point).allSatisfy { c in
      c.truncation > 0 && c.difference.magnitude <= c.truncation
        && c.truncation <= 1e-2 * thresholds.deterministic * c.scale
    }
  }

  /// Whether further trials at a point would not change what is said of it.
  private func isDominated(_ point: Int) -> Bool {
    table.comparisons(at: point).allSatisfy { $0.isRoundingNegligible(thresholds) }
  }

  /// The resolution in the worst stratum. Where it hangs on one point, the rounding is measured there first,
  /// in full unless truncation dominates, since a verdict on a deviation would do so too.
  mutating func measureResolution() throws -> Resolution {
    var measured = self
    var table = self.table
    let resolution = try table.resolution { table, point in
      try measured.measureRounding(at: point, upTo: RoundingTrial.everywhere)
      if !measured.isDominated(point) { try measured.measureRounding(at: point) }
      table = measured.table
    }
    self = measured
    return resolution
  }

  private func comparison(point: Int, component: Int, _ l: Estimate, _ r: Estimate) -> Comparison {
    var c = Comparison(
      point: point, component: component, left: l.value, right: r.value,
      truncation: thresholds.truncation * (l.truncation + r.truncation),
      standardError: l.standardError + r.standardError)
    c.truncation += accuracy * c.size
    return c
  }

  /// Comparisons at a point that is not among those tried, with their rounding measured as far as it decides.
  func fresh(at point: [Double]) throws -> [Comparison] {
    let (left, right, shape) = try equation.values(at: point)
    guard shape == table.shape else { throw Obstacle("the shape changes at \(equation.describe(point))") }
    var found = zip(left, right).enumerated().map { comparison(point: -1, component: $0, $1.0, $1.1) }
    for (n, trial) in RoundingTrial.all.enumerated() {
      // Settled either way: rounding only brings the sides nearer to agreement.
      if found.allSatisfy({ !$0.isRefuted(thresholds) }) { break }
      if n >= RoundingTrial.everywhere, found.contains(where: { isFarApart($0) }) { break }
      let moved = try movement(of: found[...], at: point, in: trial)
      for i in found.indices { found[i].rounding = max(found[i].rounding, moved.by[i]) }
    }
    for i in found.indices { found[i].scale = found[i].size }
    return found
  }

  /// Whether further trials at a point could not change what is said of it: rounding is far below
  /// the difference that was found, or else below the resolution that is asked for.
  private func isSettled(_ point: Int) -> Bool {
    table.comparisons(at: point).allSatisfy { c in
      if isFarApart(c) { return true }
      return c.isConsistent(thresholds)
        && c.difference.magnitude + 16 * c.consistent(thresholds) <= thresholds.deterministic * c.scale
    }
  }

  /// Whether the sides differ by so much more than their errors that no trial would change that.
  private func isFarApart(_ c: Comparison) -> Bool {
    c.difference.magnitude > 1000 * c.refuting(thresholds)
  }

  /// Runs the trials up to that number at one point.
  mutating func measureRounding(at point: Int, upTo last: Int = RoundingTrial.all.count) throws {
    let range = table.range(of: point)
    while trials[point] < last {
      let trial = RoundingTrial.all[trials[point]]
      let moved = try movement(of: table.comparisons[range], at: equation.points[point], in: trial)
      for (i, by) in zip(range, moved.by) {
        table.comparisons[i].rounding = max(table.comparisons[i].rounding, by)
      }
      isBitIdentical = isBitIdentical && moved.isBitIdentical
      trials[point] += 1
    }
  }

  /// Takes back refutations that are rounding, from the clearest on, until one persists.
  ///
  /// There the trials are run in full, and the difference of the sides is looked at close by: an error of an equation is
  /// smooth, and rounding is not. (Where two large terms are rounded to the same side, changed rounding modes move both
  /// alike, and their difference not at all.) What is rounding at one point is so for smaller differences in the same
  /// part of the domain.
  mutating func confirmRefutation(where isSuspect: (Comparison) -> Bool = { _ in true }) throws {
    var noise = [Set<Int>: Double]()
    for c in table.refuted.filter(isSuspect).sorted(by: { table.isMilder($1, $0) }) {
      let part = table.strata.indices(of: c.point)
      try measureRounding(at: c.point)
      let found = try roughness(at: c.point)
      let moved = zip(table.comparisons(at: c.point), found).map { c, by in
        var c = c
        c.rounding = max(c.rounding, by, noise[part, default: 0] * c.scale)
        return c
      }
      if moved.contains(where: { $0.isRefuted(thresholds) && isSuspect($0) }) { return }
      table.comparisons.replaceSubrange(table.range(of: c.point), with: moved)
      let relative = moved.filter { $0.scale > 0 }.map { $0.rounding / $0.scale }.max() ?? 0
      noise[part] = max(noise[part, default: 0], relative)
    }
  }

  /// How far the difference of the sides moves, entry by entry, at points close by.
  private func roughness(at point: Int) throws -> [Double] {
    var moved = table.comparisons(at: point).map { _ in 0.0 }
    let neighbours = Neighbourhood(of: equation.points[point], within: ranges).points
    for near in neighbours.filter(equation.contains) {
      let (left, right, shape) = try equation.values(at: near)
      guard shape == table.shape else { break }
      for (i, c) in table.comparisons(at: point).enumerated() {
        let by = (left[i].value - right[i].value - c.difference).magnitude
        if by.isFinite { moved[i] = max(moved[i], by) }
      }
    }
    return moved
  }

  /// How far one trial moves the sides of the comparisons at a point, and whether the sides agree to
  /// the last bit in it.
  private func movement(
    of comparisons: ArraySlice<Comparison>, at point: [Double], in trial: RoundingTrial
  ) throws -> (by: [Double], isBitIdentical: Bool) {
    let moved = trial.moved(point, within: ranges)
    let (left, right, shape) = try trial.run { try equation.values(at: moved) }
    guard shape == table.shape else { throw Obstacle("the shape changes at \(equation.describe(point))") }
    var isBitIdentical = true
    let by = zip(comparisons, zip(left, right)).map { c, sides in
      if sides.0.value.bitPattern != sides.1.value.bitPattern { isBitIdentical = false }
      let moved = (sides.0.value - c.left).magnitude + (sides.1.value - c.right).magnitude
      return moved.isNaN ? .infinity : moved
    }
    return (by, isBitIdentical)
  }

  /// A side that gives two values at one point draws random numbers or remembers something; then
  /// nothing about it can be said.
  private func requireRepeatability() throws {
    let step = max(1, equation.points.count / 4)
    for i in stride(from: 0, to: equation.points.count, by: step) {
      let (left, right, _) = try equation.values(at: equation.points[i])
      for (c, (l, r)) in zip(table.comparisons(at: i), zip(left, right)) {
        for (hand, before, after) in [(Hand.left, c.left, l.value), (.right, c.right, r.value)]
        where before.bitPattern != after.bitPattern && !(before.isNaN && after.isNaN) {
          throw Obstacle(
            "the \(hand.rawValue) side gives two values at \(equation.describe(equation.points[i])), first "
              + "\(number(before, digits: 17)), then \(number(after, digits: 17)): it draws random numbers or "
              + "keeps state. Write it as a mean over draws, mean { draws in ... }")
        }
      }
    }
  }
}
