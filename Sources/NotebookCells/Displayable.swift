public import NotebookEvents

/// Something that the page shows in a form of its own instead of in words.
public protocol Displayable {
  /// What the page gets; none where the value has reached the page already.
  func events() throws -> [Event]
}

/// Shows a value on the page: a figure or a table as such, anything else in words.
///
/// The value of a cell's last expression is shown without being asked for, unless it is `Void` or the
/// expression ends in a semicolon.
public func show<Value>(_ value: Value) {
  guard Value.self != Void.self, let report = CellReport.current else { return }
  guard let displayable = value as? any Displayable else {
    return report.send(.value(describe(value)))
  }
  do {
    for event in try displayable.events() { report.send(event) }
  } catch {
    fatalError("cannot show this: \(error)")
  }
}

/// The value of an inline expression, which goes into the sentence around it.
public func showInline<Value>(_ position: Int, _ value: Value) {
  CellReport.current?.send(.inlineValue(position: position, text: describe(value)))
}

/// A value in the words that a reader expects: numbers with six digits, text as it is.
func describe<Value>(_ value: Value) -> String {
  switch value {
  case let number as Double: formatted(number)
  case let number as Float: formatted(Double(number))
  case let optional as any OptionalValue: optional.wrapped.map { describe($0) } ?? "nil"
  default: String(describing: value)
  }
}

private protocol OptionalValue { var wrapped: Any? { get } }
extension Optional: OptionalValue { fileprivate var wrapped: Any? { map { $0 as Any } } }
