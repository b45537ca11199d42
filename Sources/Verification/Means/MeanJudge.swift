import Diffusion

/// Decides an identity of which a side is a mean over draws.
///
/// It looks at the data at n = 2^12 draws a point and after each doubling, at most 14 times, and stops as
/// soon as enough is resolved. A difference beyond 4.5 standard errors is a suspicion; it refutes if the
/// same entry at the same point differs with the same sign, by as much, on two fresh streams of as many
/// draws. For 500 checks x 14 looks x 1024 comparisons the chance of a false alarm is then about
/// 500 x 14 x 1024 x 2 (3.4e-6)^3 = 6e-10, and ten times heavier tails at each stage make it 6e-7.
struct MeanJudge {
  private(set) var table: ComparisonTable
  private var means: [PairedMeans] = []
  private let claim: IdentityClaim
  let delta: Double
  private let session: VerificationSession
  private var spent = 0

  private var thresholds: Thresholds { session.thresholds }

  init(_ equation: Equation, claim: IdentityClaim, _ heading: Heading, session: VerificationSession) throws {
    self.claim = claim
    self.session = session
    delta =
      claim.resolving
      ?? (equation.nature == .simulation ? session.thresholds.simulated : session.thresholds.statistical)
    table = ComparisonTable(equation, session.thresholds)
    let seed = session.seed(for: heading)
    for (i, point) in equation.points.enumerated() {
      let l = try equation.evaluate(.left, at: point)
      let r = try equation.evaluate(.right, at: point)
      guard let shape = l.shape, shape == r.shape, i == 0 || shape == table.shape else {
        throw Obstacle(
          "the sides differ in shape at \(equation.describe(point)): \(shapeName(l.shape)) on the left, "
            + "\(shapeName(r.shape)) on the right")
      }
      table.shape = shape
      let place = "at \(equation.describe(point))"
      var paired = PairedMeans(
        try DrawnSide(l, hand: .left, place: place), try DrawnSide(r, hand: .right, place: place),
        stream: RandomStream(seed: seed, path: UInt64(i)))
      if i == 0, !(try paired.repeats()) {
        throw Obstacle(
          "a mean comes out differently when it is drawn again with the same random numbers: it draws from another "
            + "source or keeps state")
      }
      if i == 0, try paired.ignoresItsDraws() { throw Obstacle(BatchStream.sentenceOfIgnoring) }
      try paired.measureRounding()
      means.append(paired)
    }
  }

  mutating func judge(_ check: inout Check) throws {
    var n = thresholds.firstLook
    for look in 1...thresholds.looks {
      guard try grow(unsettled, to: n) else { break }
      compare()
      if let confirmed = try confirmedSuspects() {
        return try refute(&check, confirmed)
      }
      if table.weakPart(unresolved: unsettled) == nil, table.resolution().value <= delta { break }
      if look < thresholds.looks { n *= 2 }
    }
    let resolution = table.resolution()
    note(&check, resolution)
    conclude(&check, resolution)
  }

  /// The comparisons for an inequality left <= right: it grows until every point is settled one way or the
  /// other, and a violation is kept only if it persists on fresh streams.
  mutating func inequality() throws -> ComparisonTable {
    var n = thresholds.firstLook
    var open = Set(means.indices)
    for _ in 1...thresholds.looks {
      guard try grow(open, to: n) else { break }
      compare()
      if try confirmedSuspects(where: { $0.difference > 0 }) != nil { return table }
      open = Set(
        table.comparisons.filter { c in
          !c.isOrdered(delta, thresholds) || !means[c.point].isNormal(c.component)
        }.map(\.point))
      if open.isEmpty { break }
      n *= 2
    }
    for i in table.comparisons.indices {
      let c = table.comparisons[i]
      // A standard error means nothing for what is not normal.
      if !means[c.point].isNormal(c.component) { table.comparisons[i].truncation = .infinity }
      // What did not persist is a fluctuation, and counts as within its errors.
      if c.difference > 0, c.isRefuted(thresholds) { table.comparisons[i].truncation += c.difference }
    }
    return table
  }

  /// Points that cannot yet be called resolved; at first, all.
  private var unsettled: Set<Int> {
    if table.comparisons.isEmpty { return Set(means.indices) }
    return table.unresolved(delta).union(
      means.indices.filter { point in (0..<table.components).contains { !means[point].isNormal($0) } })
  }

  /// Draws at the points that are not yet settled: up to `n` there, or to what each seems to need. Returns
  /// false where the budget does not allow it.
  private mutating func grow(_ points: Set<Int>, to n: Int) throws -> Bool {
    let isFirst = table.comparisons.isEmpty
    var grown: [(point: Int, means: PairedMeans, target: Int)] = []
    for point in points.sorted() {
      if !isFirst, isBiased(point) {
        grown.append((point, means[point].refined(), means[point].count))
      } else {
        grown.append((point, means[point], min(n, isFirst ? n : needed(point))))
      }
    }
    let cost = grown.reduce(0) { $0 + $1.means.cost * max(0, $1.target - $1.means.count) }
    guard spent + cost <= session.budget else {
      guard isFirst else { return false }
      throw Obstacle(
        "the budget of \(count(session.budget)) evaluations does not cover the first \(count(n)) at each of "
          + "\(count(means.count, "point"))")
    }
    spent += cost
    for (point, paired, target) in grown {
      means[point] = paired
      try means[point].grow(to: target)
    }
    return true
  }

  /// Draws at which the standard error will be small enough and the mean normal, with a tenth to spare.
  private func needed(_ point: Int) -> Int {
    let ratio =
      table.comparisons(at: point).map { c in
        let room = delta * c.scale - c.difference.magnitude - c.truncation
        return room > 0 ? thresholds.deviations * c.standardError / room : .infinity
      }.max() ?? .infinity
    let wanted = 1.1 * max(ratio * ratio * Double(means[point].count), means[point].countToBeNormal)
    return wanted < 1e12 ? max(Int(wanted), means[point].count * 5 / 4) : .max
  }

  /// Whether a simulation's bias hides more than its draws do: then its steps are doubled.
  private func isBiased(_ point: Int) -> Bool {
    means[point].hasSteps
      && table.comparisons(at: point).contains { c in
        c.truncation > thresholds.deviations * c.standardError && c.truncation > delta * c.scale / 3
      }
  }

  private mutating func compare() {
    table.comparisons = means.indices.flatMap { point in
      (0..<means[point].components).map {
        means[point].comparison(
          $0, point: point, truncationFactor: thresholds.truncation, accuracy: claim.accuracy)
      }
    }
    table.setScales(floor: thresholds.statisticalFloor)
  }

  /// The comparisons that exceed their errors, each repeated on fresh streams; nil if none persists.
  private mutating func confirmedSuspects(
    where isSuspect: (Comparison) -> Bool = { _ in true }
  ) throws -> [Comparison]? {
    let suspects = table.refuted.filter { isSuspect($0) && means[$0.point].isNormal($0.component) }
      .sorted { $0.standardErrors > $1.standardErrors }
    // The clearest few decide; more would only cost draws.
    for suspect in suspects.prefix(4) {
      var persists = true
      for stream in 1...max(1, thresholds.confirmations) where persists && thresholds.confirmations > 0 {
        var fresh = means[suspect.point].onFreshDraws(path: UInt64(stream) << 32 | UInt64(suspect.point))
        try fresh.grow(to: means[suspect.point].count)
        spent += fresh.cost * fresh.count
        let repeated = fresh.comparison(
          suspect.component, point: suspect.point, truncationFactor: thresholds.truncation,
          accuracy: claim.accuracy)
        persists =
          repeated.isRefuted(thresholds) && (repeated.difference < 0) == (suspect.difference < 0)
          && fresh.isNormal(suspect.component)
      }
      if persists { return suspects }
    }
    return nil
  }

  /// A diagnosis needs a constant factor to a hundredth: as many draws as that takes, but no more than a few
  /// times as many as a verification would have taken.
  private mutating func growForDiagnosis() throws {
    let most = means.indices.map { point in
      8 * max(thresholds.firstLook, draws(resolving: delta, at: point))
    }
    for _ in 0..<3 {
      let samples = Samples(table, at: { _ in true })
      guard let (c, error) = samples.coefficient(of: \.right), c != 0 else { return }
      let ratio = error / (0.9 * samples.precision * c.magnitude)
      guard ratio > 1, ratio.isFinite else { return }
      let factor = min(ratio * ratio * 1.1, 64)
      let targets = zip(means, most).map { max($0.count, min(Int(Double($0.count) * factor), $1)) }
      let cost = zip(means, targets).reduce(0) { $0 + $1.0.cost * ($1.1 - $1.0.count) }
      guard cost > 0, spent + cost <= session.budget else { return }
      for point in means.indices { try means[point].grow(to: targets[point]) }
      spent += cost
      compare()
    }
  }

  /// Draws after which 4.5 standard errors are as small as that, relative to the sides.
  private func draws(resolving delta: Double, at point: Int) -> Int {
    let ratio =
      table.comparisons(at: point).map { thresholds.deviations * $0.standardError / (delta * $0.scale) }.max()
      ?? 0
    let wanted = ratio * ratio * Double(means[point].count)
    return wanted < 1e12 ? Int(wanted) : means[point].count
  }

  private mutating func refute(_ check: inout Check, _ confirmed: [Comparison]) throws {
    try growForDiagnosis()
    note(&check, table.resolution())
    check.verdict = .refuted
    let refuted = table.refuted
    check.sentence =
      table.sentenceOfRefutation(refuted.isEmpty ? confirmed : refuted)
      + "; the same on \(thresholds.confirmations) fresh streams of draws"
    check.diagnosis = Diagnosis(table).sentence
  }

  private func conclude(_ check: inout Check, _ resolution: Resolution) {
    let unresolved = unsettled
    check.verdict = .inconclusive
    if let weak = table.weakPart(unresolved: unresolved) {
      check.sentence = sentence(ofWeak: weak, unresolved)
    } else if resolution.value > delta {
      check.sentence =
        "no difference was seen, but in \(resolution.stratum) \(count(spent)) evaluations cannot see a relative difference "
        + "of \(number(delta, digits: 1))"
    } else if table.points.count > 1, !claim.isConstant,
      table.shuffledControl() < ComparisonTable.controlShare
    {
      check.sentence = ComparisonTable.sentenceOfControl
    } else if isExact {
      check.sentence =
        "the sides agree to the last bit in every draw: the same computation twice? (If exact agreement is "
        + "expected, say exact: true)"
    } else {
      check.verdict = .verified
      check.sentence = table.sentenceOfVerification(resolution: resolution.value, unresolved: unresolved)
    }
  }

  /// Why too little is resolved.
  private func sentence(ofWeak weak: String, _ unresolved: Set<Int>) -> String {
    let zero = Set(means.indices.filter { means[$0].drawsZeros })
    if zero.count * 4 > unresolved.count {
      return
        "a side draws nothing but zeros \(table.whereabouts.name(zero)), \(count(spent)) evaluations in all: its "
        + "mean may hang on an event that is too rare to be met"
    }
    let heavy = Set(
      means.indices.filter { point in (0..<table.components).contains { means[point].isHeavy($0) } })
    if heavy.count * 4 > unresolved.count {
      return
        "the draws have so heavy a tail \(table.whereabouts.name(heavy)) that their mean has no usable standard error"
    }
    let place = unresolved.isEmpty ? "in \(weak)" : table.whereabouts.name(unresolved)
    return
      "no difference was seen, but \(place) \(count(spent)) evaluations cannot see a relative difference of "
      + "\(number(delta, digits: 1))"
  }

  /// Whether two means never differed in any draw.
  private var isExact: Bool {
    !claim.isExact && table.comparisons.allSatisfy { $0.difference == 0 && $0.standardError == 0 }
  }

  private func note(_ check: inout Check, _ resolution: Resolution) {
    table.note(&check, resolution: resolution, isConstant: claim.isConstant, digits: 6)
    let counts = means.map(\.count)
    if let low = counts.min(), let high = counts.max() {
      check.note("draws at a point", low == high ? count(low) : "\(count(low)) to \(count(high))")
    }
    check.note("seed", String(session.seed))
    if let worst = table.worst { check.note("standard error there", number(worst.standardError)) }
  }
}
