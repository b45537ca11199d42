import Foundation
import Glibc

/// A sleeping copy of the kernel: the state before one cell.
final class Snapshot {
  let process: pid_t
  let control: Int32
  private var isAwake = false

  init(process: pid_t, control: Int32) {
    self.process = process
    self.control = control
    ChildProcess.adopt(process)
  }

  func wake() -> KernelProcess? {
    guard !isAwake else { return nil }
    isAwake = true
    return KernelProcess(waking: self)
  }

  func discard() {
    guard !isAwake else { return }
    isAwake = true
    close(control)
    kill(process, SIGKILL)
    _ = ChildProcess.wait(for: process)
  }

  deinit { discard() }
}

/// How many snapshots there are, and what they cost.
public struct SnapshotUse: Hashable, Sendable {
  public var count: Int
  public var bytes: Int

  public init(count: Int, bytes: Int) {
    self.count = count
    self.bytes = bytes
  }

  /// The anonymous memory of snapshots and kernel together, each page counted once, less what the kernel
  /// holds anyway. Pages that only snapshots share belong to none of them alone, so that a sum of private
  /// memory would miss them. Reading takes some 10 ms a gigabyte and process.
  init(of snapshots: [Snapshot], beside kernel: pid_t?) {
    count = snapshots.count
    guard !snapshots.isEmpty else {
      bytes = 0
      return
    }
    let shares = snapshots.reduce(0) { $0 + MemoryUse(of: $1.process).share }
    let kernel = kernel.map { MemoryUse(of: $0) }
    bytes = max(0, shares + (kernel?.share ?? 0) - (kernel?.resident ?? 0))
  }
}

/// A process's anonymous memory.
private struct MemoryUse {
  /// Each page divided by the number of processes that have it.
  var share = 0
  var resident = 0

  init(of process: pid_t) {
    let text = (try? String(contentsOfFile: "/proc/\(process)/smaps_rollup", encoding: .utf8)) ?? ""
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count > 1, let kilobytes = Int(words[1]) else { continue }
      if words[0] == "Pss_Anon:" { share = kilobytes * 1024 }
      if words[0] == "Anonymous:" { resident = kilobytes * 1024 }
    }
  }
}
