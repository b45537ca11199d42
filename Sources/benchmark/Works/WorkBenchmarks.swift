import ArgumentParser

struct SimulationBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulation", abstract: "Simulate particles, beside JAX, PyTorch and NumPy.")
  @OptionGroup var options: BenchmarkOptions
  func run() throws { try measure([.simulation], options) }
}

struct TrainingBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "training", abstract: "Train a network by flow matching, beside JAX and PyTorch.")
  @OptionGroup var options: BenchmarkOptions
  func run() throws { try measure([.training], options) }
}

struct NormalsBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "normals", abstract: "Draw normals, beside PyTorch, JAX and NumPy.")
  @OptionGroup var options: BenchmarkOptions
  func run() throws { try measure([.normals], options) }
}

struct PlottingBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plotting", abstract: "Draw three figures, beside matplotlib.")
  @OptionGroup var options: BenchmarkOptions
  func run() throws { try measure([.scatter, .heatmap, .animation], options) }
}

/// Everything, one after the other.
struct AllBenchmarks: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "all", abstract: "Measure everything.")
  @OptionGroup var options: BenchmarkOptions
  @Option(help: "The runner's program, instead of the one that 'swift run notebook' builds.")
  var runner: String?

  func run() throws {
    var command = RunnerBenchmark()
    (command.options, command.runner) = (options, runner)
    try command.run()
    try measure(Work.all, options)
  }
}

private func measure(_ works: [Work], _ options: BenchmarkOptions) throws {
  try measured { folder throws(MeasuringError) in
    try Work.writeScripts(to: folder)
    for work in works { try work.contest(rounds: options.runs, in: folder) }
  }
}
