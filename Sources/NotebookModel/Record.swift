public import NotebookEvents

/// What running a notebook produced: one record a cell, in order.
public struct RunRecord: Sendable {
  public var cells: [CellRecord]
  /// The seed that the run used.
  public var seed: UInt64
  public var parameters: [Parameter]
  /// Wall-clock seconds of the whole run; shown only where timings are asked for.
  public var seconds: Double

  public init(cells: [CellRecord] = [], seed: UInt64 = 0, parameters: [Parameter] = [], seconds: Double = 0) {
    self.cells = cells
    self.seed = seed
    self.parameters = parameters
    self.seconds = seconds
  }
}

public struct CellRecord: Sendable {
  public enum State: Hashable, Sendable {
    /// Not reached: a cell before it failed, the run was interrupted, or `eval: false`.
    case notRun
    /// An exercise that waits for the cell that solves it.
    case open
    case ended
    /// A cell with `error: true` failed as it should.
    case failedAsExpected(Event.Failure)
    case failed(Event.Failure)
  }

  public var state: State
  public var outputs: [Output]
  /// The compiler's errors and warnings, at their places in the notebook.
  public var diagnostics: [Diagnostic]
  public var compileSeconds: Double
  public var seconds: Double
  public var peakBytes: Int
  /// Of an exercise: the cell that declares what it asks for.
  public var solver: Int?

  public init(
    state: State = .notRun, outputs: [Output] = [], diagnostics: [Diagnostic] = [],
    compileSeconds: Double = 0, seconds: Double = 0, peakBytes: Int = 0
  ) {
    self.state = state
    self.outputs = outputs
    self.diagnostics = diagnostics
    self.compileSeconds = compileSeconds
    self.seconds = seconds
    self.peakBytes = peakBytes
  }

  public var failure: Event.Failure? {
    if case .failed(let failure) = state { failure } else { nil }
  }
}

/// What a cell put out, in the order in which it did.
public enum Output: Hashable, Sendable {
  /// Printed text. Of very long text only head and tail are kept; `omittedBytes` lay between them,
  /// after the first `head.utf8.count` bytes.
  case text(head: String, omittedBytes: Int, tail: String)
  case value(String)
  case inlineValue(position: Int, text: String)
  case figure(Event.Figure)
  case table(Event.Table)
  case check(Event.Check)
  case warning(String)
}
