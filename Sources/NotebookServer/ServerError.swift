/// Why the server cannot start or go on: what happened, and what to do.
public struct ServerError: Error, CustomStringConvertible, Sendable {
  public enum Kind: Sendable {
    case portInUse
    case system
  }
  public var kind: Kind
  public var message: String
  public var hint: String

  init(_ message: String, hint: String = "", kind: Kind = .system) {
    self.kind = kind
    self.message = message
    self.hint = hint
  }

  public var description: String { hint.isEmpty ? message : "\(message); \(hint)" }
}
