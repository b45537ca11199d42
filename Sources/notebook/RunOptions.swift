import ArgumentParser

/// What `run` and `check` have in common.
struct RunOptions: ParsableArguments {
  @Argument(help: "Notebooks (.md), or folders of them.", completion: .file(extensions: ["md"]))
  var files: [String]

  @OptionGroup(title: "What cells get") var cells: CellRunOptions

  @Flag(help: "Go on after a cell that failed, with the state before it.")
  var keepGoing = false

  @Flag(help: "Fail if a displayed equation has neither a verdict nor a declared status.")
  var strict = false

  @Flag(help: "Run each notebook twice, the second time with nothing kept, and fail if the pages differ.")
  var twice = false

  @Flag(help: "Say nothing but what is wrong.")
  var quiet = false

  @Flag(help: "Write what happens as lines of JSON to standard output.")
  var json = false

  @Option(help: ArgumentHelp("Write the verdicts as JUnit XML.", valueName: "file"), completion: .file())
  var junit: String?

  func validate() throws {
    guard !files.isEmpty else { throw ValidationError("Name a notebook, or several.") }
  }
}
