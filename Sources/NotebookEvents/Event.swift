/// What the kernel tells the runner while it runs a cell.
///
/// Printed text does not travel here: it goes through the kernel's standard output, and an event
/// marks its place between two stretches of it (see ``Frame``).
public enum Event: Hashable, Sendable, Codable {
  /// The kernel has loaded the cell with this index and is about to enter it.
  case cellStarted(index: Int)
  /// The value of a cell's last expression, or of `show(_:)`, in words.
  case value(String)
  /// The value of the inline expression with this position among those of its cell.
  case inlineValue(position: Int, text: String)
  case figure(Figure)
  case table(Table)
  case check(Check)
  case progress(Progress)
  /// Something that the reader should know and that did not stop the cell.
  case warning(String)
  /// The cell ran to its end. Nothing else says that it did.
  case cellEnded(seconds: Double, peakBytes: Int)
  /// The cell stopped before its end.
  case failure(Failure)
}
