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

/// Child processes, all started here so that a sweep can tell them from orphans that cells left.
enum ChildProcess {
  private static let own = Locked<Set<pid_t>>([])

  static func spawn(
    _ path: String, _ arguments: [String], environment: [String: String], directory: String? = nil,
    output: Int32, kept: Int32 = -1, addressSpace: UInt64 = 0, stack: UInt64 = 0, leadsGroup: Bool = false,
    diesWithParent: Bool = false
  ) -> pid_t {
    // Held over the fork, so that a sweep never sees a child that is not yet known.
    own.withLock { own in
      withCStrings([path] + arguments) { arguments in
        withCStrings(environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }) { environment in
          path.withCString { path in
            withOptionalCString(directory) { directory in
              var options = cp_options(
                path: path, arguments: arguments, environment: environment, directory: directory, input: -1,
                output: output, error: output, kept: kept, address_space: addressSpace, stack: stack,
                leads_group: leadsGroup, dies_with_parent: diesWithParent)
              let child = cp_spawn(&options)
              if child > 0 { own.insert(child) }
              return child
            }
          }
        }
      }
    }
  }

  /// Waits for a child's end: its exit status, or 128 + its signal.
  static func wait(for child: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else { break }
    }
    own.withLock { _ = $0.remove(child) }
    return cp_exited(status) ? cp_exit_status(status) : 128 + cp_signal(status)
  }

  /// Makes a process count as ours although another one started it: a snapshot.
  static func adopt(_ process: pid_t) { own.withLock { _ = $0.insert(process) } }

  /// Kills the processes that cells left behind and that this process has inherited.
  static func sweepOrphans() {
    own.withLock { own in
      for _ in 0..<100 {
        let orphans = children().filter { !own.contains($0) }
        if orphans.isEmpty { return }
        for orphan in orphans {
          kill(orphan, SIGKILL)
          waitpid(orphan, nil, 0)
        }
      }
    }
  }

  private static func children() -> [pid_t] {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return entries.compactMap { entry in
      guard let process = pid_t(entry),
        let status = try? String(contentsOfFile: "/proc/\(entry)/stat", encoding: .utf8),
        let end = status.lastIndex(of: ")")
      else { return nil }
      // After the name in parentheses: state, parent, ...
      let fields = status[status.index(after: end)...].split(separator: " ")
      return fields.count > 1 && pid_t(fields[1]) == getpid() ? process : nil
    }
  }

  private static func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> Result {
    let copies = strings.map { strdup($0) } + [nil]
    defer { copies.forEach { free($0) } }
    return copies.withUnsafeBufferPointer { body($0.baseAddress!) }
  }

  private static func withOptionalCString<Result>(
    _ string: String?, _ body: (UnsafePointer<CChar>?) -> Result
  ) -> Result {
    if let string { string.withCString(body) } else { body(nil) }
  }
}
