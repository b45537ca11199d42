import CProcess
import Foundation
import Glibc

/// Child processes, and the orphans that cells leave behind.
enum ChildProcess {
  private static let own = Locked<Set<pid_t>>([])
  /// In the environment of kernels, and so of whatever cells start.
  static let mark = "FLOWBOOK_KERNEL"

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
  ///
  /// A snapshot whose kernel has ended is another process's child where this one does not take in orphans;
  /// its status is 0 then, but its end is waited for all the same: until then, the kernel's own snapshots
  /// would take it for the parent with which they are to end.
  static func wait(for child: pid_t) -> Int32 {
    var status: Int32 = 0
    var ended = waitpid(child, &status, 0)
    while ended < 0, errno == EINTR { ended = waitpid(child, &status, 0) }
    if ended < 0 { waitForEnd(ofAnothersChild: child) }
    own.withLock { _ = $0.remove(child) }
    return cp_exited(status) ? cp_exit_status(status) : 128 + cp_signal(status)
  }

  private static func waitForEnd(ofAnothersChild process: pid_t) {
    let end = cp_open_process(process)
    guard end >= 0 else { return }
    defer { close(end) }
    var polled = pollfd(fd: end, events: Int16(POLLIN), revents: 0)
    while poll(&polled, 1, -1) < 0, errno == EINTR {}
  }

  /// Makes a process count as ours although another one started it: a snapshot.
  static func adopt(_ process: pid_t) { own.withLock { _ = $0.insert(process) } }

  /// Kills the processes that cells left behind and that this process has inherited, those in a session
  /// of their own too.
  static func sweepOrphans() {
    own.withLock { own in
      for _ in 0..<100 {
        let orphans = children().filter { !own.contains($0) && isOfAKernel($0) }
        if orphans.isEmpty { return }
        for orphan in orphans {
          kill(orphan, SIGKILL)
          waitpid(orphan, nil, 0)
        }
      }
    }
  }

  /// Told by the mark in its environment, or by an environment that has been wiped; other children
  /// are the business of whoever uses the engine.
  private static func isOfAKernel(_ process: pid_t) -> Bool {
    guard let environment = try? Data(contentsOf: URL(filePath: "/proc/\(process)/environ")) else {
      return false
    }
    return environment.isEmpty || environment.range(of: Data("\(mark)=".utf8)) != nil
  }

  private static func children() -> [pid_t] {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return entries.compactMap { entry in
      guard let process = pid_t(entry),
        let status = try? String(contentsOfFile: "/proc/\(entry)/stat", encoding: .utf8),
        let end = status.lastIndex(of: ")")
      else { return nil }
      // After the name in parentheses: state, parent, ... A dead one is left for whoever waits for it.
      let fields = status[status.index(after: end)...].split(separator: " ")
      return fields.count > 1 && fields[0] != "Z" && pid_t(fields[1]) == getpid() ? process : nil
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
