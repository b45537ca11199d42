/// The value of a notebook's parameter; the runner calls this in a cell of its own for each one that
/// the front matter declares.
public func notebookParameter<Value: LosslessStringConvertible>(_ name: String, _: Value.Type) -> Value {
  guard let text = CellReport.current?.parameter(named: name), let value = Value(text) else {
    preconditionFailure("the notebook has no parameter '\(name)' of type \(Value.self)")
  }
  return value
}
