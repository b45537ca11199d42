/// The same work done by several, in turns.
///
/// A machine that slows down in the middle slows all of them down: what is compared are the
/// measurements of the same round, and the ratio is taken round by round.
struct Contest {
  let title: String
  let rounds: Int
  /// What the samples' `check` is.
  let check: String
  private var contestants: [(name: String, measure: () throws(MeasuringError) -> Sample)] = []
  private var absent: [(name: String, reason: String)] = []

  init(_ title: String, rounds: Int, check: String = "") {
    self.title = title
    self.rounds = rounds
    self.check = check
  }

  /// The first that enters is ours: the others are compared with it.
  mutating func enter(_ name: String, _ measure: @escaping () throws(MeasuringError) -> Sample) {
    contestants.append((name, measure))
  }

  mutating func leaveOut(_ name: String, because reason: String) { absent.append((name, reason)) }

  /// Runs all rounds and prints the table.
  func run() throws(MeasuringError) {
    var samples = contestants.map { _ in [Sample]() }
    for _ in 0..<rounds {
      for index in contestants.indices { samples[index].append(try contestants[index].measure()) }
    }
    print("\n\(title)")
    print(row("", "median", "min", "max", "processor", "memory", "times ours", "processor times ours"))
    for (contestant, own) in zip(contestants, samples) {
      let seconds = Spread(own.map(\.seconds))
      let peak = own.map(\.peakBytes).max() ?? 0
      let isOurs = contestant.name == contestants[0].name
      print(
        row(
          contestant.name, duration(seconds.median), duration(seconds.least), duration(seconds.greatest),
          duration(Spread(own.map(\.processorSeconds)).median), "\((peak + 500_000) / 1_000_000) MB",
          isOurs ? "" : ratio(own, samples[0], \.seconds),
          isOurs ? "" : ratio(own, samples[0], \.processorSeconds)))
    }
    let checks = zip(contestants, samples).compactMap { contestant, samples in
      samples.last?.check.map { "\(contestant.name) \(significant($0))" }
    }
    if !checks.isEmpty { print("  \(check): \(checks.joined(separator: ", "))") }
    for (name, reason) in absent { print("  \(name): left out, \(reason)") }
  }

  /// Round by round: the median, and the extremes.
  private func ratio(_ theirs: [Sample], _ ours: [Sample], _ value: KeyPath<Sample, Double>) -> String {
    let pairs = Spread(zip(theirs, ours).map { $0[keyPath: value] / $1[keyPath: value] })
    return "\(decimal(pairs.median, 2)) (\(decimal(pairs.least, 2)) ... \(decimal(pairs.greatest, 2)))"
  }

  private func row(_ name: String, _ numbers: String...) -> String {
    let widths = [11, 11, 11, 12, 10, 28, 28]
    return "  " + rightPadded(name, to: 26) + zip(numbers, widths).map { leftPadded($0, to: $1) }.joined()
  }
}
