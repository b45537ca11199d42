import Foundation

/// What is there of Python.
enum Python {
  static let program = "python3"

  /// Whether all of these modules can be imported.
  static func has(_ modules: String...) -> Bool {
    let imports = modules.map { "import \($0)" }.joined(separator: "; ")
    return (try? ChildProcess(program, ["-c", "\(Python.quietly)\(imports)"]).run()) != nil
  }

  /// A missing module is told by the status alone.
  private static let quietly = "import os; os.dup2(os.open(os.devnull, os.O_WRONLY), 2); "
}

/// What is there of R.
enum R {
  static let program = "Rscript"

  static var hasMarkdown: Bool {
    guard ChildProcess.find(program) != nil else { return false }
    let script =
      "quit(status = !(requireNamespace('rmarkdown', quietly = TRUE) && rmarkdown::pandoc_available()))"
    return (try? ChildProcess(program, ["-e", script]).run()) != nil
  }
}

extension ChildProcess.Outcome {
  var sample: Sample { Sample(seconds: seconds, peakBytes: peakBytes) }
}
