import ArgumentParser
import NotebookEngine

struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Run notebooks and write their pages.")

  @OptionGroup var options: RunOptions

  @OptionGroup(title: "What is written") var output: OutputOptions

  func validate() throws {
    if options.twice, output.timings {
      throw ValidationError("--timings shows times, which differ from run to run: leave it or --twice out.")
    }
  }

  func run() throws { try Batch(options: options, output: output).run() }
}

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run notebooks, check their equations, and write no page.")

  @OptionGroup var options: RunOptions

  func run() throws { try Batch(options: options, output: nil).run() }
}
