import Glibc
import Testing

/// A call that must stop the process, and words that it must stop with.
struct Refusal: Sendable {
  let words: String
  let call: @Sendable () -> Void

  init(_ words: String, _ call: @escaping @Sendable () -> Void) {
    self.words = words
    self.call = call
  }
}

extension [Refusal] {
  /// Makes each call in a process of its own and tells on standard error of those that were not refused with their words.
  ///
  /// The processes are forked from this one, which is much faster than an exit test each, but safe only where nothing
  /// else runs: within an exit test.
  func report() {
    var limit = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
    for refusal in self {
      guard let complaint = refusal.complaint() else { continue }
      let line = "'\(refusal.words)': \(complaint)\n"
      _ = write(STDERR_FILENO, line, line.utf8.count)
    }
  }
}

extension Refusal {
  /// What is wrong with how the call ends, nil where it is refused with the words.
  fileprivate func complaint() -> String? {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return "there is no pipe" }
    let child = fork()
    if child == 0 {
      dup2(ends[1], STDERR_FILENO)
      close(ends[0])
      close(ends[1])
      // A call that hangs is ended.
      alarm(20)
      call()
      _exit(0)
    }
    close(ends[1])
    var said: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case let count = read(ends[0], &buffer, buffer.count), count > 0 { said += buffer[..<count] }
    close(ends[0])
    var status: Int32 = 0
    waitpid(child, &status, 0)
    if status == 0 { return "it was not refused" }
    if status & 0x7F == SIGALRM { return "it did not end" }
    let text = String(decoding: said, as: UTF8.self)
    // The file that speaks is the library's: traps of the standard library tell a reader nothing.
    return text.hasPrefix("Diffusion/") && text.contains(words) ? nil : "it said: \(text)"
  }
}

/// Expects that an exit test that reported on refusals had nothing to tell.
func expectNoComplaint(of result: ExitTest.Result?, sourceLocation: SourceLocation = #_sourceLocation) {
  let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  #expect(said.isEmpty, "\(said)", sourceLocation: sourceLocation)
}
