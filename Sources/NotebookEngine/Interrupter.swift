import CProcess
import Glibc

/// A pipe that wakes the thread that waits for a kernel.
final class Interrupter: Sendable {
  let descriptor: Int32
  let reader: Int32

  init() throws(EngineError) {
    var ends: [Int32] = [-1, -1]
    guard cp_pipe(&ends) else { throw .system("open a pipe") }
    reader = ends[0]
    descriptor = ends[1]
  }

  deinit {
    Glibc.close(reader)
    Glibc.close(descriptor)
  }

  /// Safe in a signal handler.
  static func raise(_ descriptor: Int32) {
    var byte: UInt8 = 1
    _ = write(descriptor, &byte, 1)
  }

  func reset() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(reader, &bytes, bytes.count) > 0 {}
  }

  var isRaised: Bool {
    var polled = pollfd(fd: reader, events: Int16(POLLIN), revents: 0)
    return poll(&polled, 1, 0) > 0
  }
}
