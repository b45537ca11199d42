import CDescriptors
import CProcess
import Foundation
import Glibc
import NotebookEvents

/// A live kernel, seen from the runner: its process, its control socket and what it prints.
///
/// Used from one thread, except for ``kill()``.
final class KernelProcess {
  let process: pid_t
  private let control: Int32
  private let output: Int32
  /// Readable when the process has ended.
  private let end: Int32
  private var received: [UInt8] = []
  private var passed: Int32 = -1
  private var hasEnded = false

  /// What ``wait(until:interruptedBy:)`` comes back with.
  enum Happening {
    case printed
    case frame(Frame, descriptor: Int32)
    case processEnded
    case deadline
    case interrupted
  }

  /// Starts a kernel in the notebook's folder.
  init(
    _ executable: URL, directory: URL, addressSpace: UInt64
  ) throws(EngineError) {
    var ends: [Int32] = [-1, -1]
    var pipe: [Int32] = [-1, -1]
    guard cp_socket_pair(&ends), cp_pipe(&pipe) else { throw .system("open a channel to the kernel") }
    // A high number, so that a cell that closes 3, 4, ... by mistake does not reach it.
    let high = fcntl(ends[1], F_DUPFD_CLOEXEC, 700)
    Glibc.close(ends[1])
    process = ChildProcess.spawn(
      executable.path, ["\(high)"], environment: KernelProcess.environment, directory: directory.path,
      output: pipe[1], kept: high, addressSpace: addressSpace, stack: 64 << 20, leadsGroup: true,
      diesWithParent: true)
    Glibc.close(high)
    Glibc.close(pipe[1])
    control = ends[0]
    output = pipe[0]
    guard process > 0 else {
      let error = EngineError.system("start the kernel \(executable.path)")
      Glibc.close(control)
      Glibc.close(output)
      throw error
    }
    end = cp_open_process(process)
  }

  /// Wakes a snapshot; it goes on as the kernel.
  init?(waking snapshot: Snapshot) {
    var pipe: [Int32] = [-1, -1]
    guard cp_pipe(&pipe) else { return nil }
    process = snapshot.process
    control = snapshot.control
    output = pipe[0]
    end = cp_open_process(process)
    let bytes = Frame.command(.wake).bytes
    let isSent = cd_send(control, bytes, bytes.count, pipe[1])
    Glibc.close(pipe[1])
    guard isSent, end >= 0 else { return nil }
  }

  deinit {
    Glibc.close(control)
    Glibc.close(output)
    if end >= 0 { Glibc.close(end) }
  }

  /// The environment of cells: nothing in it differs between two runs.
  private static var environment: [String: String] {
    var environment = ProcessInfo.processInfo.environment
    environment["OPENBLAS_NUM_THREADS"] = "1"
    environment["SWIFT_DETERMINISTIC_HASHING"] = "1"
    environment["SWIFT_BACKTRACE"] = "enable=no"
    environment["TZ"] = "UTC"
    environment[ChildProcess.mark] = "1"
    environment["LC_ALL"] = "C.UTF-8"
    return environment
  }

  func send(_ command: Command) -> Bool {
    let bytes = Frame.command(command).bytes
    return cd_send(control, bytes, bytes.count, -1)
  }

  /// Tells the kernel that its event, and all that was printed before it, has been read.
  func acknowledge() { _ = cd_send(control, [1], 1, -1) }

  /// Waits for the next thing that happens. What was printed before a frame is reported before it.
  func wait(until deadline: ContinuousClock.Instant?, interruptedBy interrupt: Int32) -> Happening {
    while true {
      if let frame = takeFrame() { return frame }
      var polled = [
        pollfd(fd: interrupt, events: Int16(POLLIN), revents: 0),
        pollfd(fd: output, events: Int16(POLLIN), revents: 0),
        pollfd(fd: control, events: Int16(POLLIN), revents: 0),
        pollfd(fd: end, events: Int16(POLLIN), revents: 0),
      ]
      let count = poll(&polled, nfds_t(polled.count), milliseconds(until: deadline))
      if count < 0 { continue }
      if count == 0 { return .deadline }
      if polled[0].revents != 0 { return .interrupted }
      if polled[1].revents & Int16(POLLIN) != 0 { return .printed }
      if polled[2].revents & Int16(POLLIN) != 0 {
        if receive() { continue }
      }
      if polled[3].revents != 0 { return .processEnded }
      if let deadline, deadline <= .now { return .deadline }
      // A closed output or control says nothing: only the end of the process does. Both stay ready
      // for ever, so wait on the others.
      if polled[1].revents != 0 || polled[2].revents != 0 {
        var rest = [polled[0], polled[3]]
        _ = poll(&rest, 2, 20)
      }
    }
  }

  /// All that has been printed and not read yet.
  func drain(_ body: (ArraySlice<UInt8>) -> Void) {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(output, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      body(chunk.prefix(count))
    }
  }

  /// One piece of what has been printed, so that a flood does not starve the rest.
  func readSome(_ body: (ArraySlice<UInt8>) -> Void) {
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    let count = read(output, &chunk, chunk.count)
    if count > 0 { body(chunk.prefix(count)) }
  }

  /// Asks a running cell to say where it is, and to end.
  func stop() { Glibc.kill(process, SIGUSR2) }

  /// Ends the kernel and whatever it has started in its process group.
  ///
  /// - Returns: its exit status, or 128 + the signal that ended it.
  @discardableResult
  func kill() -> Int32 {
    guard !hasEnded else { return 0 }
    hasEnded = true
    Glibc.kill(-process, SIGKILL)
    Glibc.kill(process, SIGKILL)
    return ChildProcess.wait(for: process)
  }

  private func milliseconds(until deadline: ContinuousClock.Instant?) -> Int32 {
    guard let deadline else { return -1 }
    let left = (deadline - .now) / .milliseconds(1)
    return Int32(min(max(left.rounded(.up), 0), 1e6))
  }

  /// False when nothing more will come.
  private func receive() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    var descriptor: Int32 = -1
    let count = cd_receive(control, &chunk, chunk.count, &descriptor)
    guard count > 0 else { return false }
    if descriptor >= 0 { passed = descriptor }
    received += chunk.prefix(count)
    return true
  }

  private func takeFrame() -> Happening? {
    guard received.count >= 4 else { return nil }
    let count = (0..<4).reduce(0) { $0 | Int(received[$1]) << (8 * $1) }
    guard count <= Frame.largestCount else { return .processEnded }
    guard received.count >= 4 + count else { return nil }
    let content = Array(received[4..<4 + count])
    received.removeFirst(4 + count)
    guard let frame = try? Frame(content: content) else { return .processEnded }
    defer { passed = -1 }
    return .frame(frame, descriptor: passed)
  }
}
