import ArgumentParser
import Foundation
import NotebookEngine

/// What `run` and `check` have in common.
struct RunOptions: ParsableArguments {
  @Argument(help: "Notebooks (.md), or folders of them.", completion: .file(extensions: ["md"]))
  var files: [String]

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

  @Flag(help: "Go on after a cell that failed, with the state before it.")
  var keepGoing = false

  @Flag(help: "Fail if a displayed equation has neither a verdict nor a declared status.")
  var strict = false

  @Flag(help: "Say nothing but what is wrong.")
  var quiet = false

  @Flag(help: "Write what happens as lines of JSON to standard output.")
  var json = false

  @Option(help: ArgumentHelp("Write the verdicts as JUnit XML.", valueName: "file"), completion: .file())
  var junit: String?

  func validate() throws {
    guard !files.isEmpty else { throw ValidationError("Name a notebook, or several.") }
    guard timeout > 0, timeout.isFinite else {
      throw ValidationError("--timeout wants a number of seconds above 0.")
    }
    guard memory.bytes >= 256 << 20 else { throw ValidationError("--memory must be 256M at least.") }
  }
}

/// `512M`, `8G`, `8GB`, `1000000000`.
struct MemorySize: ExpressibleByArgument {
  var bytes: UInt64

  init(bytes: UInt64) { self.bytes = bytes }

  init?(argument: String) {
    let units: [Character: UInt64] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40]
    var text = argument.uppercased()
    if text.hasSuffix("IB") { text.removeLast(2) } else if text.hasSuffix("B") { text.removeLast() }
    let factor = text.last.flatMap { units[$0] }
    if factor != nil { text.removeLast() }
    guard let number = Double(text), number > 0, number.isFinite else { return nil }
    bytes = UInt64(exactly: (number * Double(factor ?? 1)).rounded()) ?? UInt64.max
  }

  var defaultValueDescription: String { "\(bytes >> 30)G" }
}
