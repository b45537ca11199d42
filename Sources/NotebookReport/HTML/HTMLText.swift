/// Text as HTML shows it: `&`, `<`, `>` and quotes escaped. Safe in content and in quoted attributes.
func escaped(_ text: some StringProtocol) -> String {
  guard text.utf8.contains(where: isSpecial) else { return String(text) }
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.utf8.count + 64)
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
    case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
    case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
    case UInt8(ascii: "\""): bytes.append(contentsOf: "&quot;".utf8)
    default: bytes.append(byte)
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}

/// A text of several lines as one.
func oneLine(_ text: String) -> String {
  text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
}

private func isSpecial(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "&") || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
    || byte == UInt8(ascii: "\"")
}

/// What a program printed, as HTML: escaped, and what has no glyph or would change the text around it
/// (control characters, directional overrides, noncharacters) shown by a name.
func escapedOutput(_ text: String) -> String {
  // Only ASCII without control characters: nothing to name.
  if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F || $0 == 0x0A || $0 == 0x09 }) { return escaped(text) }
  var result = ""
  var plain = ""
  var scalars = text.unicodeScalars[...]
  while let scalar = scalars.popFirst() {
    // A line end of another system is a line end.
    if scalar == "\r", scalars.first == "\n" { continue }
    guard let name = visibleName(scalar) else {
      plain.unicodeScalars.append(scalar)
      continue
    }
    result += escaped(plain) + "<span class=\"control\">\(name)</span>"
    plain = ""
  }
  return result + escaped(plain)
}

/// The same as plain text, for exports.
func visibleText(_ text: String) -> String {
  String(
    String.UnicodeScalarView(
      text.replacing("\r\n", with: "\n").unicodeScalars.flatMap { scalar in
        visibleName(scalar).map { Array($0.unicodeScalars) } ?? [scalar]
      }))
}

/// A visible name for a character that has no glyph of its own; nil for one that has.
private func visibleName(_ scalar: Unicode.Scalar) -> String? {
  switch scalar.value {
  case 0x09, 0x0A: nil
  case 0x0D: "\\r"
  case 0x00: "\\0"
  case 0x00...0x1F, 0x7F, 0x80...0x9F, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFDD0...0xFDEF,
    0xFEFF:
    escape(scalar)
  default: scalar.value & 0xFFFE == 0xFFFE ? escape(scalar) : nil
  }
}

/// As Swift writes it: `\u{1B}`.
private func escape(_ scalar: Unicode.Scalar) -> String {
  "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
}
