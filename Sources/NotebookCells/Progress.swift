import NotebookEvents

/// Tells how far a long cell has come; the terminal and the live page show it.
///
/// - Parameters:
///   - fraction: between 0 and 1; nil where the end is not known.
///   - message: what is being done, or how well it goes: "loss 0.132".
public func progress(_ fraction: Double?, _ message: String = "") {
  CellReport.current?.send(.progress(.init(fraction: fraction ?? .nan, message: message)))
}

/// Loops over a collection and tells how far the loop has come, about a hundred times.
public func progress<Elements: Collection>(
  over elements: Elements, _ message: String = "", _ body: (Elements.Element) throws -> Void
) rethrows {
  let count = elements.count
  let step = max(count / 100, 1)
  for (index, element) in elements.enumerated() {
    if index % step == 0 { progress(Double(index) / Double(count), message) }
    try body(element)
  }
  progress(1, message)
}
