import ArgumentParser
import Foundation

/// From Markdown to the page, timed from outside as a process.
struct RunnerBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runner", abstract: "Run notebooks, beside nbconvert and R Markdown.",
    discussion: "Forgets all compiled cells and set formulas, as 'notebook clean' does.")

  @OptionGroup var options: BenchmarkOptions

  @Option(help: "The runner's program, instead of the one that 'swift run notebook' builds.")
  var runner: String?

  func run() throws {
    let runner = try Runner(named: runner)
    try withTemporaryFolder { folder throws(MeasuringError) in
      // Builds the kernel if need be, which is not measured.
      let five = try FiveCells(folder: folder, runner: runner)
      _ = try runner.run("five.md", in: folder)
      try five.cold(rounds: options.runs)
      try five.cached(rounds: options.runs)
      try five.edited(rounds: options.runs)
      try ManyCells.run(rounds: options.runs, runner: runner, folder: folder)
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

/// A folder that is gone when `body` is done.
func withTemporaryFolder(_ body: (URL) throws(MeasuringError) -> Void) throws(MeasuringError) {
  let folder = FileManager.default.temporaryDirectory.appending(path: "flowbook-\(UUID().uuidString)")
  do { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) } catch {
    throw MeasuringError("\(folder.path) cannot be made: \(error.localizedDescription)")
  }
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder)
}
