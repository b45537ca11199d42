import Foundation
import Glibc

/// A program that is run to its end and timed from outside.
///
/// Foundation's `Process` tells neither the memory nor, without a run loop's delay, the end.
struct ChildProcess {
  var program: String
  var arguments: [String]
  /// The folder it runs in; nil: this process's.
  var folder: URL?
  /// Variables beside those of this process.
  var variables: [String: String]

  init(
    _ program: String, _ arguments: [String], in folder: URL? = nil, with variables: [String: String] = [:]
  ) {
    self.program = program
    self.arguments = arguments
    self.folder = folder
    self.variables = variables
  }

  struct Outcome {
    var seconds: Double
    var usage: Usage
    var status: Int32
    /// What it wrote, errors included.
    var output: String
    /// When the first line came that `run` was told to watch for.
    var secondsToMark: Double?

    var sample: Sample {
      Sample(seconds: seconds, processorSeconds: usage.processorSeconds, peakBytes: usage.peakBytes)
    }
  }

  /// - Parameters:
  ///   - mark: notes when a line of output first satisfies this.
  /// - Throws: if the program cannot be started or ends with another status than 0.
  @discardableResult
  func run(watchingFor mark: (Substring) -> Bool = { _ in false }) throws(MeasuringError) -> Outcome {
    let start = ContinuousClock.now
    var running = try RunningProcess(self, mergesErrors: true)
    var output = ""
    var secondsToMark: Double?
    while let line = running.readLine() {
      if secondsToMark == nil, mark(line[...]) { secondsToMark = (ContinuousClock.now - start) / .seconds(1) }
      output += line + "\n"
    }
    let (status, usage) = running.wait()
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    guard status == 0 else {
      throw MeasuringError(
        "'\(([program] + arguments).joined(separator: " "))' ended with status \(status): \(output.suffix(2000))"
      )
    }
    return Outcome(
      seconds: seconds, usage: usage, status: status, output: output, secondsToMark: secondsToMark)
  }

  /// Where a program is, as the shell would find it.
  static func find(_ name: String) -> String? {
    if name.contains("/") { return access(name, X_OK) == 0 ? name : nil }
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }
}
