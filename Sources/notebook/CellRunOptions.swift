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

  @OptionGroup var limits: LimitOptions

  /// For a session with this notebook.
  func sessionOptions(for notebook: Notebook) -> Session.Options {
    var options = Session.Options()
    options.limits = limits.limits
    options.seed = seed ?? notebook.frontMatter.seed
    options.reseed = reseed
    return options
  }
}
