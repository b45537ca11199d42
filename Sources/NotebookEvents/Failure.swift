extension Event {
  /// Why a cell stopped before its end.
  public struct Failure: Hashable, Sendable, Codable {
    public enum Kind: UInt8, Hashable, Sendable, Codable {
      /// The cell does not compile, or asks for what a cell cannot do.
      case compile
      /// A trap: a failed precondition, an index out of range, a nil unwrapped, an overflow.
      case trap
      /// An error that was thrown and not caught.
      case thrown
      case stackOverflow
      case outOfMemory
      /// The cell ended the process.
      case exited
      /// The cell was killed by a signal that it did not raise by a trap.
      case signal
      case timeout
      /// Ctrl-C, or the stop button.
      case interrupted
      /// A cell marked `error: true` that ran to its end.
      case didNotFail
    }

    public struct StackFrame: Hashable, Sendable, Codable {
      public var function: String
      /// The notebook's or a library's file; empty where unknown.
      public var file: String
      public var line: Int
      public init(function: String, file: String = "", line: Int = 0) {
        self.function = function
        self.file = file
        self.line = line
      }
    }

    public var kind: Kind
    /// What happened, in a sentence without its place.
    public var message: String
    /// What to do about it; empty where nothing helps.
    public var hint: String
    /// Where, in the cell's own lines and columns (from 1; 0: unknown).
    public var line: Int
    public var column: Int
    public var backtrace: [StackFrame]

    public init(
      kind: Kind, message: String, hint: String = "", line: Int = 0, column: Int = 0,
      backtrace: [StackFrame] = []
    ) {
      self.kind = kind
      self.message = message
      self.hint = hint
      self.line = line
      self.column = column
      self.backtrace = backtrace
    }
  }
}
