import Foundation

/// The `python3` of the search path, and what it has.
enum Python {
  static let program = "python3"

  /// The version of the first of these modules; nil unless all of them are installed.
  ///
  /// They are looked up, not loaded, which takes some of them seconds.
  static func version(of modules: [String]) throws(MeasuringError) -> String? {
    guard ChildProcess.find(program) != nil else { return nil }
    let script = """
      import importlib.metadata, importlib.util, sys
      if all(importlib.util.find_spec(name) for name in sys.argv[1:]):
          print(importlib.metadata.version(sys.argv[1]))
      """
    let output = try ChildProcess(program, ["-c", script] + modules).run().output
    return output.isEmpty ? nil : output.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
