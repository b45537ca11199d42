import Glibc

/// What keeps a notebook from being run at all: the toolchain, the build of the kernel, the machine.
public struct EngineError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Code: Hashable, Sendable {
    case toolchainMissing, toolchainVersion, kernelBuild, system
  }
  public var code: Code
  /// What happened.
  public var message: String
  /// What to do.
  public var hint: String

  public init(_ code: Code, _ message: String, hint: String = "") {
    self.code = code
    self.message = message
    self.hint = hint
  }

  public var description: String { hint.isEmpty ? message : "\(message); \(hint)" }

  /// The failure of a system call, worded from `errno`.
  static func system(_ doing: String) -> EngineError {
    EngineError(.system, "cannot \(doing): \(String(cString: strerror(errno)))")
  }
}
