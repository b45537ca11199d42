public import NotebookEvents
public import NotebookModel

/// What happens during a run, told as it happens; from several threads, one at a time.
public enum RunEvent: Sendable {
  /// The toolchain or the kernel is being made ready.
  case preparing(String)
  case planned(cells: Int)
  case compiling(cell: Int)
  case started(cell: Int)
  case progress(cell: Int, Event.Progress)
  case output(cell: Int, Output)
  case ended(cell: Int, CellRecord)
}
