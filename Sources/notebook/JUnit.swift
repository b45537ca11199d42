import NotebookEvents
import NotebookModel

/// Verdicts in the form that continuous integration reads: a notebook is a suite, an equation a case.
enum JUnit {
  static func xml(_ results: [BatchResult]) -> String {
    let suites = results.map(suite).joined(separator: "\n")
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n\(suites)\n</testsuites>\n"
  }

  private static func suite(_ result: BatchResult) -> String {
    let entries = result.coverage?.entries ?? []
    var cases = entries.map { entry -> String in
      let name = entry.equation.name.isEmpty ? "line \(entry.equation.position.line)" : entry.equation.name
      let head = "    <testcase classname=\"\(escape(result.path))\" name=\"\(escape(name))\""
      let reason = entry.checks.map(\.check.sentence).joined(separator: "; ")
      switch entry.standing {
      case .verified, .refutedAsExpected: return head + "/>"
      case .refuted: return head + "><failure message=\"\(escape(reason))\"/></testcase>"
      case .declared, .missing, .inconclusive:
        return head + "><skipped message=\"\(escape("\(entry.standing.word) \(reason)"))\"/></testcase>"
      }
    }
    let errors = result.diagnostics.filter { $0.severity == .error && result.status != .refuted }
    if result.status > .refuted {
      let text = errors.map(\.description).joined(separator: "\n")
      cases.append(
        "    <testcase classname=\"\(escape(result.path))\" name=\"run\"><error message=\"\(escape(result.word))\">\(escape(text))</error></testcase>"
      )
    }
    let failures = entries.count { $0.standing == .refuted }
    let failed = result.status > .refuted ? 1 : 0
    return """
        <testsuite name="\(escape(result.path))" tests="\(cases.count)" failures="\(failures)" errors="\(failed)" time="\(result.seconds)">
      \(cases.joined(separator: "\n"))
        </testsuite>
      """
  }

  private static func escape(_ text: String) -> String {
    String(
      text.unicodeScalars.map { scalar -> String in
        switch scalar {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        case "\"": "&quot;"
        case "\n": "&#10;"
        case _ where scalar.value < 32: "\u{fffd}"
        default: String(scalar)
        }
      }.joined())
  }
}
