/// A notebook's bytes as lines of UTF-8.
struct SourceText {
  /// With `\n` at the end of each line, without a byte-order mark.
  let bytes: [UInt8]
  /// The bytes of each line, without its end.
  let lines: [Range<Int>]

  /// - Throws: where the bytes are not UTF-8 text.
  init(_ raw: some Sequence<UInt8>, path: String) throws(NotebookErrors) {
    var bytes: [UInt8] = []
    var previous: UInt8 = 0
    for byte in raw {
      // Both CR LF and a lone CR end a line, as in CommonMark.
      if byte == 10, previous == 13 {
        previous = byte
        continue
      }
      bytes.append(byte == 13 ? 10 : byte)
      previous = byte
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    if let offset = Self.firstInvalid(bytes) {
      let before = bytes[..<offset]
      let column = before.reversed().prefix { $0 != 10 }.count + 1
      let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
      throw NotebookErrors([
        Diagnostic(
          file: path, at: Position(line: before.count { $0 == 10 } + 1, column: column),
          isUTF16
            ? "this is UTF-16, not UTF-8"
            : bytes[offset] == 0
              ? "a NUL byte: this is not text" : "the byte 0x\(hexadecimal(bytes[offset])) is not UTF-8 text",
          hint: "save the file as UTF-8")
      ])
    }
    self.bytes = bytes
    var lines: [Range<Int>] = []
    var start = 0
    for (offset, byte) in bytes.enumerated() where byte == 10 {
      lines.append(start..<offset)
      start = offset + 1
    }
    if start < bytes.count { lines.append(start..<bytes.count) }
    self.lines = lines
  }

  /// The notebook position of an offset in ``bytes``.
  func position(at offset: Int) -> Position {
    var low = 0
    var high = lines.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if lines[middle].lowerBound <= offset { low = middle } else { high = middle }
    }
    return Position(line: low + 1, column: offset - (lines.isEmpty ? 0 : lines[low].lowerBound) + 1)
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The text of a line; out of range it is empty.
  func line(_ number: Int) -> String { lines.indices.contains(number) ? text(lines[number]) : "" }

  /// The offset of the first byte that does not belong to UTF-8 text; NUL counts as one.
  private static func firstInvalid(_ bytes: [UInt8]) -> Int? {
    var offset = 0
    while offset < bytes.count {
      let lead = bytes[offset]
      let (length, smallest): (Int, UInt32)
      switch lead {
      case 0x01...0x7F:
        offset += 1
        continue
      case 0xC2...0xDF: (length, smallest) = (2, 0x80)
      case 0xE0...0xEF: (length, smallest) = (3, 0x800)
      case 0xF0...0xF4: (length, smallest) = (4, 0x10000)
      default: return offset
      }
      guard offset + length <= bytes.count else { return offset }
      var scalar = UInt32(lead) & (0xFF >> UInt32(length + 1))
      for byte in bytes[offset + 1..<offset + length] {
        guard byte & 0xC0 == 0x80 else { return offset }
        scalar = scalar << 6 | UInt32(byte & 0x3F)
      }
      // Overlong forms, surrogates and what lies beyond Unicode.
      guard scalar >= smallest, Unicode.Scalar(scalar) != nil else { return offset }
      offset += length
    }
    return nil
  }
}

private func hexadecimal(_ byte: UInt8) -> String {
  let digits = String(byte, radix: 16, uppercase: true)
  return digits.count == 1 ? "0" + digits : digits
}
