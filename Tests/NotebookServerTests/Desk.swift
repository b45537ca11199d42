import Foundation
import Glibc

/// A folder of notebooks that is served, and the hand that writes in it.
///
/// The server is the real program, a process of its own: in this one, tests that wait for something hold the
/// few threads that a server's tasks would need.
final class Desk {
  let folder: URL
  let port: UInt16
  /// Between the port and the page, as in every address.
  let token: String
  private let process: Process
  private let log: Log

  /// Beside the bundle of these tests.
  private static let executable: URL = {
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") }
    let folder = bundle.map { URL(filePath: $0).deletingLastPathComponent() }
    return (folder ?? Bundle.main.bundleURL).appending(path: "notebook")
  }()

  struct DidNotStart: Error {
    var status: Int32
    var errors: String
  }

  static func newFolder() throws -> URL {
    let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "flowbook-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// - Parameters:
  ///   - folder: holds the notebooks, and the server's cache under a hidden name.
  ///   - port: 0: a free one.
  init(folder: URL, port: UInt16 = 0) throws {
    self.folder = folder
    // What is compiled is shared with other tests, the token is this folder's own.
    let shared = Desk.executable.deletingLastPathComponent().appending(path: "../../notebook-tests")
    let cache = folder.appending(path: ".cache")
    try FileManager.default.createDirectory(at: cache, withIntermediateDirectories: true)
    for name in ["cells", "report"] {
      let target = shared.appending(path: name)
      try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
      symlink(target.path, cache.appending(path: name).path)
    }
    process = Process()
    process.executableURL = Desk.executable
    process.arguments = ["serve", folder.path, "--port", "\(port)"]
    process.environment = ProcessInfo.processInfo.environment.merging(["FLOWBOOK_CACHE": cache.path]) { $1 }
    process.standardInput = FileHandle.nullDevice
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    log = Log(errors.fileHandleForReading)
    var address = ""
    while !address.hasSuffix("\n"), let bytes = try output.fileHandleForReading.read(upToCount: 1) {
      address += String(decoding: bytes, as: UTF8.self)
    }
    let parts = address.split(separator: "/")
    guard parts.count >= 3, let port = parts[1].split(separator: ":").last.flatMap({ UInt16($0) }) else {
      process.waitUntilExit()
      throw DidNotStart(status: process.terminationStatus, errors: log.text)
    }
    self.port = port
    token = String(parts[2])
  }

  /// Ends the server as Ctrl-C does.
  ///
  /// - Returns: its exit status.
  @discardableResult
  func stop() -> Int32 {
    kill(process.processIdentifier, SIGINT)
    process.waitUntilExit()
    return process.terminationStatus
  }

  var client: Client { Client(port: port) }
  func path(_ name: String) -> String { "/\(token)/\(name)" }

  func tab(_ name: String = "a.html") throws -> Tab {
    guard let tab = try client.follow(path(name)) else { throw Client.Failure.noAnswer }
    return tab
  }

  /// How many cells each run has executed, when this many have ended.
  func executed(runs count: Int) -> [Int] { log.runs(count) }

  /// Saves as most editors do: beside the file, then renamed over it.
  func save(_ text: String, to name: String = "a") throws {
    let draft = folder.appending(path: ".\(name).draft")
    try Data(text.utf8).write(to: draft)
    guard rename(draft.path, folder.appending(path: "\(name).md").path) == 0 else {
      throw Client.Failure.noAnswer
    }
  }
}

/// What the server says on its standard error.
private final class Log: @unchecked Sendable {
  private let condition = NSCondition()
  private var lines: [String] = []
  private var rest = ""

  init(_ handle: FileHandle) {
    Thread { [self] in
      // What is there, however little; `read(upToCount:)` would wait for all of the count.
      while case let bytes = handle.availableData, !bytes.isEmpty {
        condition.withLock {
          let parts = (rest + String(decoding: bytes, as: UTF8.self)).components(separatedBy: "\n")
          lines += parts.dropLast()
          rest = parts.last ?? ""
          condition.broadcast()
        }
      }
    }.start()
  }

  var text: String { condition.withLock { lines.joined(separator: "\n") } }

  /// "a.md: 2 cells ran; 0.21 s; ..."
  func runs(_ count: Int) -> [Int] {
    condition.withLock {
      while true {
        let found = lines.compactMap { $0.firstMatch(of: /: (\d+) cells? ran;/).flatMap { Int($0.1) } }
        if found.count >= count || !condition.wait(until: Date(timeIntervalSinceNow: 60)) { return found }
      }
    }
  }
}

/// A desk for the time of a test.
///
/// - Parameter texts: the notebooks, by their names.
func withDesk(_ texts: [String: String], _ body: (Desk) throws -> Void) throws {
  let folder = try Desk.newFolder()
  defer { try? FileManager.default.removeItem(at: folder) }
  for (name, text) in texts { try Data(text.utf8).write(to: folder.appending(path: "\(name).md")) }
  let desk = try Desk(folder: folder)
  defer { desk.stop() }
  try body(desk)
}

func cell(_ code: String) -> String { "```swift\n\(code)\n```\n\n" }
