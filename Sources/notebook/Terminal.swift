import Foundation
import Glibc

/// Standard output and error, told apart from files and pipes.
enum Terminal {
  static var isInteractive: Bool {
    isatty(2) != 0 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  }

  /// Writes a line to standard error, over a line of progress that may stand there.
  static func complain(_ text: String) { write(clearing + text + "\n", to: 2) }

  static func say(_ text: String) { write(text + "\n", to: 1) }

  /// Replaces the last line on the terminal.
  static func progress(_ text: String) { write(clearing + text, to: 2) }

  static func clear() { write(clearing, to: 2) }

  private static var clearing: String { isInteractive ? "\r\u{1b}[2K" : "" }

  private static func write(_ text: String, to descriptor: Int32) { write(Data(text.utf8), to: descriptor) }

  /// A reader that went away (`notebook ... | head`) is no reason to stop: the page counts.
  static func write(_ data: Data, to descriptor: Int32) {
    var bytes = Array(data)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }

  static func width() -> Int {
    var size = winsize()
    return ioctl(2, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }
}

/// "0.34 s", "2 min 5 s".
func duration(_ seconds: Double) -> String {
  if seconds < 60 { return String(format: seconds < 10 ? "%.2f s" : "%.1f s", seconds) }
  return "\(Int(seconds) / 60) min \(Int(seconds) % 60) s"
}

/// "1 cell", "7 cells".
func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
