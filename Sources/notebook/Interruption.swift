import Glibc
import NotebookEngine

/// Ctrl-C and a request to end: the run stops where it is, and its page is written.
enum Interruption {
  // Written by a signal handler, which can reach nothing but globals.
  nonisolated(unsafe) private static var raised: sig_atomic_t = 0
  nonisolated(unsafe) private static var descriptor: Int32 = -1
  nonisolated(unsafe) private static var bell: Int32 = -1

  static var isRaised: Bool { raised != 0 }

  static func install() {
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number) { _ in Interruption.raise() }
    }
    signal(SIGPIPE, SIG_IGN)
    // A parent may have blocked them, and a blocked signal stops nothing.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, number) }
    sigprocmask(SIG_UNBLOCK, &signals, nil)
  }

  private static func raise() {
    raised = 1
    if bell >= 0 { Session.interrupt(bell) }
    if descriptor >= 0 { Session.interrupt(descriptor) }
  }

  /// Sleeps until a signal comes.
  static func wait() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    bell = ends[1]
    var byte: UInt8 = 0
    while !isRaised, read(ends[0], &byte, 1) < 0, errno == EINTR {}
  }

  /// Lets a signal reach this session.
  static func watch(_ session: Session?) {
    descriptor = session?.interruptDescriptor ?? -1
    if isRaised, descriptor >= 0 { Session.interrupt(descriptor) }
  }
}
