import CDescriptors
import CKernel
import Glibc
import NotebookEvents

/// The kernel's end of the control socket.
final class Control: @unchecked Sendable {
  let socket: Int32
  private var received: [UInt8] = []
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

  init(_ socket: Int32) {
    self.socket = socket
    pthread_mutex_init(lock, nil)
  }

  deinit {
    pthread_mutex_destroy(lock)
    lock.deallocate()
  }

  /// Sends an event and waits for the runner to have read all that was printed before it.
  func send(_ event: Event) {
    // A child that a cell forked has this socket too; only the kernel may speak.
    guard ck_is_kernel() else { return }
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    ck_flush()
    send(.event(event))
    var acknowledgement: UInt8 = 0
    var descriptor: Int32 = -1
    guard cd_receive(socket, &acknowledgement, 1, &descriptor) == 1 else { _exit(0) }
  }

  func send(_ frame: Frame, passing descriptor: Int32 = -1) {
    let bytes = frame.bytes
    guard cd_send(socket, bytes, bytes.count, descriptor) else { _exit(0) }
  }

  /// The next command, and a descriptor that came with it; nil when the runner is gone.
  func receive() -> (Command, descriptor: Int32)? {
    var descriptor: Int32 = -1
    var expected = 4
    while received.count < expected {
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      var passed: Int32 = -1
      let count = cd_receive(
        socket, &chunk, expected == 4 ? 4 - received.count : expected - received.count, &passed)
      guard count > 0 else { return nil }
      if passed >= 0 { descriptor = passed }
      received += chunk.prefix(count)
      if received.count == 4, expected == 4 {
        expected = 4 + received.enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
      }
    }
    defer { received.removeAll() }
    guard case .command(let command)? = try? Frame(content: Array(received.dropFirst(4))) else { return nil }
    return (command, descriptor)
  }
}
