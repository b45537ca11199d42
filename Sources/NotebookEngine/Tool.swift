import CProcess
import Foundation
import Glibc

/// A program that is run to its end, its output read: the compiler, the linker.
enum Tool {
  struct Result: Sendable {
    /// The exit status, or 128 + the signal that ended it.
    var status: Int32
    var output: String
  }

  /// - Parameter onStart: gets the process, so that another thread can kill it.
  static func run(
    _ program: URL, _ arguments: [String], directory: URL? = nil,
    environment: [String: String] = ProcessInfo.processInfo.environment,
    onStart: (pid_t) -> Void = { _ in }, onOutput: (ArraySlice<UInt8>) -> Void = { _ in }
  ) throws(EngineError) -> Result {
    var pipe: [Int32] = [-1, -1]
    guard cp_pipe(&pipe) else { throw .system("open a pipe") }
    defer { close(pipe[0]) }
    _ = fcntl(pipe[0], F_SETFL, 0)
    let child = ChildProcess.spawn(
      program.path, arguments, environment: environment, directory: directory?.path, output: pipe[1])
    close(pipe[1])
    guard child > 0 else { throw .system("start \(program.path)") }
    onStart(child)
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(pipe[0], &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      output += chunk.prefix(count)
      onOutput(chunk.prefix(count))
    }
    return Result(status: ChildProcess.wait(for: child), output: String(decoding: output, as: UTF8.self))
  }
}
