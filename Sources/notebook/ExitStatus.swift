import ArgumentParser

/// How a run ended, from good to bad; of several, the worst counts.
enum ExitStatus: Int32, Comparable {
  case success = 0
  case refuted = 1
  case cellFailed = 2
  case usage = 64
  case unreadable = 65
  case unavailable = 69
  case cannotWrite = 73
  case interrupted = 130

  static func < (a: ExitStatus, b: ExitStatus) -> Bool { a.rawValue < b.rawValue }

  var code: ExitCode { ExitCode(rawValue) }
}
