// What is said of an index that is out of bounds. Not inlined where it is checked: the words of every subscript in a cell would
// take the compiler longer than the cell itself.

@inlinable
func requireCoordinate(_ index: Int, of count: Int) {
  if index < 0 || index >= count { refuseCoordinate(index, of: count) }
}

@usableFromInline
func refuseCoordinate(_ index: Int, of count: Int) -> Never {
  preconditionFailure("coordinate \(index) of a point of \(count)")
}

@usableFromInline
func refuseElement(_ row: Int, _ column: Int, ofBatch count: Int, _ dimension: Int) -> Never {
  preconditionFailure(
    "coordinate \(column) of point \(row) in a batch of \(count) points of dimension \(dimension)")
}

@usableFromInline
func refuseEntry(_ row: Int, _ column: Int, ofMatrix rows: Int, _ columns: Int) -> Never {
  preconditionFailure("entry (\(row), \(column)) of a \(rows) x \(columns) matrix")
}
