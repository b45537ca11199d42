import Foundation
import Glibc
import Testing

/// The real program, run in a folder of its own.
struct Program {
  struct Outcome: Sendable {
    var status: Int32
    var output: String
    var errors: String
    /// The page, where one was written.
    var page: String?
    /// Processes of the run that are still there after it.
    var leftovers: [Int32]
  }

  /// Beside the bundle of these tests.
  static let executable: URL = {
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") }
    let folder = bundle.map { URL(filePath: $0).deletingLastPathComponent() }
    return (folder ?? Bundle.main.bundleURL).appending(path: "notebook")
  }()

  let folder: URL
  /// Every process of the run inherits it, so that those left behind can be found.
  private let mark = UUID().uuidString

  init() throws {
    folder = URL(filePath: NSTemporaryDirectory()).appending(path: "flowbook-\(mark)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// Removes the folder.
  func clean() { try? FileManager.default.removeItem(at: folder) }

  /// What a run writes to its standard output, as it comes.
  var output: URL { file(".stdout") }

  func write(_ text: String, to name: String) throws { try Data(text.utf8).write(to: file(name)) }
  func write(_ bytes: [UInt8], to name: String) throws { try Data(bytes).write(to: file(name)) }
  func file(_ name: String) -> URL { folder.appending(path: name) }

  /// - Parameter meanwhile: called with the process once it has started.
  func run(
    _ arguments: [String], environment: [String: String] = [:], page: String = "output/x.html",
    meanwhile: (Process) throws -> Void = { _ in }
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = Program.executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      .merging(["FLOWBOOK_TEST_MARK": mark]) { $1 }
    process.standardInput = FileHandle.nullDevice
    // Files, not pipes: a process left behind must not keep the test waiting.
    let errors = file(".stderr-\(UUID().uuidString)")
    for url in [output, errors] { try Data().write(to: url) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    try meanwhile(process)
    process.waitUntilExit()
    let status =
      process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    return Outcome(
      status: status, output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8),
      page: try? String(contentsOf: file(page), encoding: .utf8), leftovers: leftovers())
  }

  /// Runs `x.md` with this text.
  func run(notebook text: String, _ arguments: String...) throws -> Outcome {
    try write(text, to: "x.md")
    return try run(["x.md"] + arguments)
  }

  private func leftovers() -> [Int32] {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return entries.compactMap { entry in
      guard let process = Int32(entry), process != getpid(),
        let environment = try? Data(contentsOf: URL(filePath: "/proc/\(entry)/environ"))
      else { return nil }
      return environment.range(of: Data("FLOWBOOK_TEST_MARK=\(mark)".utf8)) == nil ? nil : process
    }
  }
}

/// A program in its folder for the time of a test.
func withProgram(_ body: (Program) throws -> Void) throws {
  let program = try Program()
  defer { program.clean() }
  try body(program)
}
