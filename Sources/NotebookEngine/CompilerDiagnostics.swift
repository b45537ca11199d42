import Foundation
import NotebookModel

/// Reads what the compiler prints, in its LLVM style, and finds the places in the notebook.
enum CompilerDiagnostics {
  static func parse(_ output: String, unit: Unit, path: String) -> [Diagnostic] {
    var found: [Diagnostic] = []
    for line in output.split(separator: "\n") {
      guard let match = line.wholeMatch(of: /(.+?):(\d+):(\d+): (error|warning|note): (.*)/),
        let severity = Diagnostic.Severity(rawValue: String(match.4)), let number = Int(match.2),
        let column = Int(match.3)
      else { continue }
      // The compiler's names of its groups of warnings, `[#no-usage]`, are no help to a reader.
      let message = String(match.5.replacing(#/ \[#[\w-]+\]$/#, with: ""))
      if message.contains("will never be executed") || message.contains("@retroactive")
        || message.contains("this will not behave correctly if the owners of")
      {
        continue
      }
      let isInCell = match.1 == unit.fileName
      // Of the library's places only the errors matter, and they are the cell's.
      if !isInCell, severity != .error { continue }
      let position = isInCell ? unit.position(line: number, column: column) : unit.cell?.start
      let diagnostic = Diagnostic(
        severity, file: path, at: position, Demangler.withoutModules(message))
      if !found.contains(diagnostic) { found.append(diagnostic) }
    }
    return found
  }
}
