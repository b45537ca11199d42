public import NotebookEvents

/// Where a cell's events go: the page that is being made.
///
/// The kernel makes the one report of its process before it enters the first cell.
public final class CellReport: Sendable {
  /// The report of the running kernel; nil outside of one.
  ///
  /// A process-wide variable and not a task-local one, because `show` must also work in a thread that
  /// a cell started by itself.
  nonisolated(unsafe) public static var current: CellReport?

  private let sink: @Sendable (Event) -> Void
  private let values: @Sendable (String) -> String?

  /// - Parameters:
  ///   - send: delivers an event; returns when the runner has it. May be called from any thread.
  ///   - parameter: the value, in words, of the notebook's parameter with this name.
  public init(
    send: @escaping @Sendable (Event) -> Void, parameter: @escaping @Sendable (String) -> String?
  ) {
    sink = send
    values = parameter
  }

  public func send(_ event: Event) { sink(event) }

  public func parameter(named name: String) -> String? { values(name) }
}
