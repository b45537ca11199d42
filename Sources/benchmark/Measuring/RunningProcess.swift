import CProcess
import Foundation
import Glibc

/// A program whose standard input and output we hold.
struct RunningProcess: ~Copyable {
  private let process: pid_t
  private let input: Int32
  private let output: Int32
  private var buffer: [UInt8] = []

  /// - Parameter mergesErrors: whether errors are output too, or go where ours go.
  init(_ child: ChildProcess, mergesErrors: Bool = false) throws(MeasuringError) {
    guard let path = ChildProcess.find(child.program) else {
      throw MeasuringError("there is no program '\(child.program)'")
    }
    let (toChild, fromChild) = (try Pipe(), try Pipe())
    var arguments = ([path] + child.arguments).map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    let inherited = ProcessInfo.processInfo.environment
    let variables = inherited.merging(child.variables) { $1 }.map { "\($0)=\($1)" }
    var environment = variables.map { strdup($0) } + [nil]
    defer { for variable in environment { free(variable) } }
    let folder = child.folder.flatMap { strdup($0.path) }
    defer { free(folder) }
    var options = cp_options()
    options.path = UnsafePointer(arguments[0])
    options.directory = UnsafePointer(folder)
    (options.input, options.output) = (toChild.exit, fromChild.entry)
    options.error = mergesErrors ? fromChild.entry : STDERR_FILENO
    options.kept = -1
    options.dies_with_parent = true
    let started = arguments.withUnsafeMutableBufferPointer { arguments in
      environment.withUnsafeMutableBufferPointer { environment in
        options.arguments = UnsafePointer(arguments.baseAddress)
        options.environment = UnsafePointer(environment.baseAddress)
        return cp_spawn(&options)
      }
    }
    let failure = errno
    close(toChild.exit)
    close(fromChild.entry)
    guard started >= 0 else {
      close(toChild.entry)
      close(fromChild.exit)
      throw MeasuringError("'\(path)' cannot be started: \(String(cString: strerror(failure)))")
    }
    process = started
    input = toChild.entry
    output = fromChild.exit
  }

  /// Whether it still listens.
  func writeLine(_ line: String) -> Bool {
    let bytes = Array((line + "\n").utf8)
    return write(input, bytes, bytes.count) == bytes.count
  }

  /// The next line without its end; nil at the end of the output.
  mutating func readLine() -> String? {
    while true {
      if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
        defer { buffer.removeSubrange(...end) }
        return String(decoding: buffer[..<end], as: UTF8.self)
      }
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(output, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        guard !buffer.isEmpty else { return nil }
        defer { buffer = [] }
        return String(decoding: buffer, as: UTF8.self)
      }
      buffer += chunk[..<count]
    }
  }

  /// As Ctrl-C does.
  func interrupt() { kill(process, SIGINT) }

  /// Closes its input and waits for its end.
  ///
  /// - Returns: The status (128 + the number of a signal that ended it), and what it took.
  consuming func wait() -> (status: Int32, usage: Usage) {
    close(input)
    var status: Int32 = 0
    var usage = rusage()
    while wait4(process, &status, 0, &usage) < 0, errno == EINTR {}
    close(output)
    return (cp_exited(status) ? cp_exit_status(status) : 128 + cp_signal(status), Usage(usage))
  }
}

/// Both ends close when another program is started.
private struct Pipe {
  let exit: Int32
  let entry: Int32

  init() throws(MeasuringError) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw MeasuringError("no pipe: \(String(cString: strerror(errno)))") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (exit, entry) = (ends[0], ends[1])
  }
}
