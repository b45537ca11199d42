/// The same work done by several, in turns.
///
/// A machine that slows down in the middle slows all of them down: what is compared are the
/// measurements of the same round, and the ratio is taken round by round.
struct Contest {
  let title: String
  let rounds: Int
  private var contestants: [(name: String, measure: () throws(MeasuringError) -> Sample)] = []
  private var absent: [(name: String, reason: String)] = []

  init(_ title: String, rounds: Int) {
    self.title = title
    self.rounds = rounds
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
    print(row("", "median", "min", "max", "memory", "times ours"))
    for (index, contestant) in contestants.enumerated() {
      let seconds = Spread(samples[index].map(\.seconds))
      let peak = samples[index].map(\.peakBytes).max() ?? 0
      var ratio = ""
      if index > 0 {
        let pairs = Spread(zip(samples[index], samples[0]).map { $0.seconds / $1.seconds })
        ratio =
          "\(decimal(pairs.median, 2)) (\(decimal(pairs.least, 2)) ... \(decimal(pairs.greatest, 2)))"
      }
      print(
        row(
          contestant.name, duration(seconds.median), duration(seconds.least), duration(seconds.greatest),
          "\((peak + 500_000) / 1_000_000) MB", ratio))
    }
    for (name, reason) in absent { print("  \(name): left out, \(reason)") }
  }

  private func row(
    _ name: String, _ median: String, _ least: String, _ greatest: String, _ memory: String, _ ratio: String
  ) -> String {
    let columns = [median, least, greatest, memory].map { leftPadded($0, to: 11) }.joined()
    return "  " + rightPadded(name, to: 36) + columns + (ratio.isEmpty ? "" : "   " + ratio)
  }
}
