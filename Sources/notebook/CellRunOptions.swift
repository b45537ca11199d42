import ArgumentParser
import NotebookEngine
import NotebookModel

/// What every command that runs cells can give them.
struct CellRunOptions: ParsableArguments {
  @Option(
    name: [.customShort("P"), .customLong("parameter")],
    help: ArgumentHelp("A parameter's value.", valueName: "name=value"))
  var parameters: [String] = []

  @Option(help: "Seeds the cells' random numbers, instead of the front matter's seed.")
  var seed: UInt64?

  @Option(help: "Fresh random draws for all checks.")
  var reseed: UInt64?

  @Option(help: "Seconds that a cell may take.")
  var timeout: Double = 300

  @Option(help: "Memory that the cells may take: 512M, 8G.")
  var memory: MemorySize = MemorySize(bytes: 8 << 30)

  func validate() throws {
    guard timeout > 0, timeout.isFinite else {
      throw ValidationError("--timeout wants a number of seconds above 0.")
    }
    guard memory.bytes >= 256 << 20 else { throw ValidationError("--memory must be 256M at least.") }
  }

  /// For a session with this notebook.
  func sessionOptions(for notebook: Notebook) -> Session.Options {
    var options = Session.Options()
    options.limits = Limits(timeout: timeout, memory: memory.bytes)
    options.seed = seed ?? notebook.frontMatter.seed
    options.reseed = reseed
    return options
  }
}
