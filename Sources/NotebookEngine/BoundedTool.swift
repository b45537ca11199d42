import CProcess
public import Foundation
import Glibc

/// A program that is given so much time and no more, and of which nothing stays behind.
public enum BoundedTool {
  public enum Ending: Hashable, Sendable {
    /// The exit status, or 128 + the signal that ended it.
    case ended(status: Int32)
    case outOfTime
    case interrupted
  }

  /// Runs a program; what it says on its outputs comes back as text.
  ///
  /// - Parameter isInterrupted: asked ten times a second; the program is killed when it says so.
  /// - Throws: when the program cannot be started.
  public static func run(
    _ program: URL, _ arguments: [String], environment: [String: String], seconds: Double,
    isInterrupted: () -> Bool = { false }
  ) throws(EngineError) -> (ending: Ending, output: String) {
    var pipe: [Int32] = [-1, -1]
    guard cp_pipe(&pipe) else { throw .system("open a pipe") }
    defer { close(pipe[0]) }
    _ = fcntl(pipe[0], F_SETFL, O_NONBLOCK)
    let child = ChildProcess.spawn(
      program.path, arguments, environment: environment.merging([ChildProcess.mark: "tool"]) { $1 },
      output: pipe[1], leadsGroup: true, diesWithParent: true)
    close(pipe[1])
    guard child > 0 else { throw .system("start \(program.path)") }
    let process = cp_open_process(child)
    defer { close(process) }

    var output: [UInt8] = []
    var ending: Ending?
    let deadline = ContinuousClock.now + .seconds(seconds)
    while ending == nil {
      var waits = [
        pollfd(fd: process, events: Int16(POLLIN), revents: 0),
        pollfd(fd: pipe[0], events: Int16(POLLIN), revents: 0),
      ]
      _ = poll(&waits, 2, 100)
      let isOpen = drain(pipe[0], into: &output)
      if waits[0].revents != 0 { break }
      // A closed pipe is readable for ever.
      if !isOpen { usleep(20_000) }
      if isInterrupted() {
        ending = .interrupted
      } else if ContinuousClock.now > deadline {
        ending = .outOfTime
      }
    }
    // Its helpers are in its group, or orphans with its mark.
    kill(-child, SIGKILL)
    let status = ChildProcess.wait(for: child)
    ChildProcess.sweepOrphans()
    _ = drain(pipe[0], into: &output)
    return (ending ?? .ended(status: status), String(decoding: output, as: UTF8.self))
  }

  /// Whether more may come.
  private static func drain(_ descriptor: Int32, into output: inout [UInt8]) -> Bool {
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count > 0 {
        output += chunk.prefix(count)
      } else if count == 0 {
        return false
      } else if errno != EINTR {
        return errno == EAGAIN
      }
    }
  }
}
