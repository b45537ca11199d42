import ArgumentParser
import NotebookEngine

/// What cells may take.
struct LimitOptions: ParsableArguments {
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

  var limits: Limits { Limits(timeout: timeout, memory: memory.bytes) }
}
