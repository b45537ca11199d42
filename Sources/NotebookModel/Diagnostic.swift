/// A place in a notebook; lines and columns count from 1, columns in UTF-8 bytes as compilers do.
public struct Position: Hashable, Sendable, Codable, Comparable {
  public var line: Int
  public var column: Int
  public init(line: Int, column: Int = 1) {
    self.line = line
    self.column = column
  }
  public static func < (a: Position, b: Position) -> Bool { (a.line, a.column) < (b.line, b.column) }
}

/// Something wrong, or doubtful, at a place in a notebook: what happened, where, what to do.
public struct Diagnostic: Error, Hashable, Sendable, Codable, CustomStringConvertible {
  public enum Severity: String, Hashable, Sendable, Codable { case error, warning, note }

  public var severity: Severity
  /// The notebook's path as the user gave it.
  public var file: String
  /// Nil where the whole file is meant.
  public var position: Position?
  /// What happened, without a full stop.
  public var message: String
  /// What to do; empty where the message says it all.
  public var hint: String

  public init(
    _ severity: Severity = .error, file: String, at position: Position? = nil, _ message: String,
    hint: String = ""
  ) {
    self.severity = severity
    self.file = file
    self.position = position
    self.message = message
    self.hint = hint
  }

  /// `Notebooks/x.md:48:37: error: what happened; what to do`
  public var description: String {
    let place = position.map { "\(file):\($0.line):\($0.column)" } ?? file
    return "\(place): \(severity.rawValue): \(message)" + (hint.isEmpty ? "" : "; \(hint)")
  }
}

/// Everything that is wrong with a notebook's text, found before anything runs.
public struct NotebookErrors: Error, Sendable {
  public var diagnostics: [Diagnostic]
  public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
}
