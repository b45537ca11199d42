import ArgumentParser
import Foundation

/// From Markdown to the page, timed from outside as a process.
struct RunnerBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runner", abstract: "Run notebooks, beside nbconvert and R Markdown.",
    discussion: "Build the runner first: swift build --product notebook.")

  @OptionGroup var options: BenchmarkOptions

  @Option(help: "The runner's program, instead of the one that 'swift run notebook' builds.")
  var runner: String?

  func run() throws {
    try measured { folder throws(MeasuringError) in
      let runner = try Runner(named: runner, folder: folder)
      let five = try FiveCells(folder: folder, runner: runner)
      // Builds the kernel if need be, which is not measured.
      try runner.run("five.md")
      try five.cold(rounds: options.runs)
      try five.cached(rounds: options.runs)
      try five.edited(rounds: options.runs)
      try ManyCells.sections.measure(rounds: options.runs, runner: runner, folder: folder)
      try ManyCells.chain.measure(rounds: options.runs, runner: runner, folder: folder)
      try write(PackageResources.handout_md, to: folder.appending(path: "handout.md"))
      try runner.run("handout.md")
      print("\nA handout with ten figures: \((try runner.pageSize("output/handout.html") + 500) / 1000) kB")
      try start(runner)
    }
  }

  /// What the time before the runner's first line is: its own, and what `swift run` adds.
  private func start(_ runner: Runner) throws(MeasuringError) {
    var contest = Contest("The start alone: notebook --version", rounds: options.runs)
    contest.enter("the program") { () throws(MeasuringError) in
      try ChildProcess(runner.program, ["--version"]).run().sample
    }
    for (name, arguments) in [("swift run", ["run"]), ("swift run --skip-build", ["run", "--skip-build"])] {
      contest.enter(name) { () throws(MeasuringError) in
        try ChildProcess("swift", arguments + ["notebook", "--version"], in: Package.root).run().sample
      }
    }
    try contest.run()
  }
}
