import ArgumentParser
import NotebookEngine

struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Run notebooks and write their pages.")

  @OptionGroup var options: RunOptions

  @Option(name: .shortAndLong, help: "The page to write, or the folder for it.", completion: .file())
  var output: String?

  @Flag(help: "Show times and memory of cells on the page, which then differs from run to run.")
  var timings = false

  func run() throws {
    try Batch(options: options, destination: .page(output), showsTimings: timings).run()
  }
}

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run notebooks, check their equations, and write no page.")

  @OptionGroup var options: RunOptions

  func run() throws { try Batch(options: options, destination: .none, showsTimings: false).run() }
}
