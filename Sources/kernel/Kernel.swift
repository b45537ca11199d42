import CKernel
import Glibc
import NotebookCells
import NotebookEvents

/// Runs cells, sleeps as a snapshot, and wakes up.
final class Kernel {
  private var control: Control
  private let parameters = ParameterValues()
  /// Copies of standard output and error, for a cell that closes its own.
  private let savedOutput = fcntl(1, F_DUPFD_CLOEXEC, 900)

  init(control: Control) { self.control = control }

  func serve() {
    installReport()
    while let (command, descriptor) = control.receive() {
      switch command {
      case .run(let run): enter(run)
      case .snapshot: _ = takeSnapshot()
      case .wake: wake(printingTo: descriptor)
      case .quit: _exit(0)
      }
    }
    _exit(0)
  }

  private func installReport() {
    CellReport.current = CellReport(
      send: { [control] in control.send($0) }, parameter: { [parameters] in parameters.values[$0] })
  }

  // MARK: Cells

  private func enter(_ run: Command.Run) {
    parameters.values = Dictionary(run.parameters.map { ($0.name, $0.value) }) { $1 }
    restoreOutput()
    ck_seed_random(run.randomSeed)
    guard let library = dlopen(run.library, RTLD_NOW | RTLD_GLOBAL),
      let symbol = dlsym(library, run.entry)
    else {
      let reason = dlerror().map { String(cString: $0) } ?? "unknown error"
      return control.send(
        .failure(
          .init(
            kind: .compile, message: "the cell's library cannot be loaded: \(reason)",
            hint: "a library that the cell imports may be missing")))
    }
    typealias Entry = @convention(c) (Int32, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Int32
    let entry = unsafeBitCast(symbol, to: Entry.self)
    PeakMemory.reset()
    control.send(.cellStarted(index: run.index))
    let start = seconds()
    ck_cell_begins(control.socket)
    CellReport.current?.withVerification(reseed: run.reseed) { _ = entry(0, nil) }
    guard ck_is_kernel() else { _exit(0) }
    ck_cell_ends()
    let duration = seconds() - start
    if !outputIsOpen { control.send(.warning("the cell closed its standard output; it is open again")) }
    control.send(.cellEnded(seconds: duration, peakBytes: PeakMemory.read()))
  }

  private var outputIsOpen: Bool { fcntl(1, F_GETFD) >= 0 }

  private func restoreOutput() {
    for descriptor: Int32 in [1, 2] where fcntl(descriptor, F_GETFD) < 0 {
      dup2(savedOutput, descriptor)
    }
  }

  // MARK: Snapshots

  /// The parent runs on, since threads do not survive a fork; the child sleeps.
  ///
  /// - Returns: whether this is the child.
  private func takeSnapshot() -> Bool {
    ck_flush()
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0
    else {
      control.send(.snapshotTaken(processIdentifier: -1, isWhole: false))
      return false
    }
    let child = ck_fork()
    if child == 0 {
      setpgid(0, 0)
      close(ends[0])
      close(control.socket)
      control = Control(ends[1])
      ck_become_kernel()
      installReport()
      return true
    }
    // Here too, so that a kill of this group cannot reach a child that has not come that far.
    setpgid(child, child)
    close(ends[1])
    control.send(
      .snapshotTaken(processIdentifier: child, isWhole: !ck_dispatch_has_run()), passing: ends[0])
    close(ends[0])
    return false
  }

  /// Goes on as the kernel, with a new pipe for its output, and leaves a sleeping copy behind.
  private func wake(printingTo output: Int32) {
    defer { close(output) }
    if takeSnapshot() { return }
    // The kernel that it was forked from is gone, and the runner its parent; or that kernel goes on, and
    // this is a copy beside it.
    ck_end_with_parent()
    dup2(output, 1)
    dup2(output, 2)
    dup2(output, savedOutput)
    _ = fcntl(savedOutput, F_SETFD, FD_CLOEXEC)
  }
}

/// The parameters of the run, read by the cells that declare them.
final class ParameterValues: @unchecked Sendable {
  var values: [String: String] = [:]
}

func seconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
