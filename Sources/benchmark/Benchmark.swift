import ArgumentParser

/// Measures our work and the peers' on the same work, in one run and in turns.
@main struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark",
    abstract: "Measures Flowbook beside its peers, on the same work, in turns.",
    discussion: """
      Run it in release: swift run -c release benchmark. A peer that is not installed is left out, and \
      that is said. Ratios are taken round by round, since a busy machine slows both of a pair.
      """,
    subcommands: [
      RunnerBenchmark.self, PreviewBenchmark.self, SimulationBenchmark.self, TrainingBenchmark.self,
      NormalsBenchmark.self,
      PlottingBenchmark.self, AllBenchmarks.self, WorkCommand.self,
    ])
}

/// What all benchmarks have in common.
struct BenchmarkOptions: ParsableArguments {
  @Option(help: "How many rounds; each measures every contestant once.")
  var runs = 5

  func validate() throws {
    guard runs >= 1 else { throw ValidationError("--runs must be 1 at least.") }
  }
}
