/// The lines of a paragraph joined by `\n`, without what stands before them (`>`, indentation), and the
/// way back from there to the text that they were taken from.
struct FlatText {
  let bytes: [UInt8]
  /// Where each line begins: here, in its host text, and in the notebook.
  private let lines: [(start: Int, host: Int, position: Position)]

  init(_ source: SourceText, lines ranges: [Range<Int>]) {
    var bytes: [UInt8] = []
    var lines: [(Int, Int, Position)] = []
    for range in ranges {
      if !lines.isEmpty { bytes.append(10) }
      lines.append((bytes.count, range.lowerBound, source.position(at: range.lowerBound)))
      bytes.append(contentsOf: source.bytes[range])
    }
    self.bytes = bytes
    self.lines = lines
  }

  /// One line that is its own host.
  init(_ text: String, at position: Position) {
    bytes = Array(text.utf8)
    lines = [(0, 0, position)]
  }

  private func line(at offset: Int) -> (start: Int, host: Int, position: Position) {
    lines.last { $0.start <= offset } ?? lines[0]
  }

  func hostOffset(_ offset: Int) -> Int {
    let line = line(at: offset)
    return line.host + offset - line.start
  }

  /// The host's bytes from the first to the last byte of a range, all between them included.
  func hostRange(_ range: Range<Int>) -> Range<Int> {
    if range.isEmpty { return hostOffset(range.lowerBound)..<hostOffset(range.lowerBound) }
    return hostOffset(range.lowerBound)..<hostOffset(range.upperBound - 1) + 1
  }

  func position(_ offset: Int) -> Position {
    let line = line(at: offset)
    return Position(line: line.position.line, column: line.position.column + offset - line.start)
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// A formula, with the places of its lines.
  func tex(_ range: Range<Int>, isDisplay: Bool) -> TeX {
    let starts = [range.lowerBound] + bytes[range].indices.filter { bytes[$0] == 10 }.map { $0 + 1 }
    return TeX(text(range), isDisplay: isDisplay, origins: starts.map(position))
  }
}
