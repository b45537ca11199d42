import Glibc

/// A number as it stands in a sentence: at most `digits` significant digits, `2e-09` as `2e-9`.
func number(_ value: Double, digits: Int = 3) -> String {
  if value.isNaN { return "NaN" }
  if value.isInfinite { return value > 0 ? "infinity" : "minus infinity" }
  var buffer = [CChar](repeating: 0, count: 40)
  let written = withVaList([Int32(digits), value]) { vsnprintf(&buffer, buffer.count, "%.*g", $0) }
  let text = String(decoding: buffer.prefix(Int(written)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  guard let e = text.firstIndex(of: "e") else { return text }
  return "\(text[..<e])e\(Int(text[text.index(after: e)...]) ?? 0)"
}

/// A count with separators: 12,288.
func count(_ n: Int) -> String {
  let digits = String(n.magnitude)
  var text = ""
  for (i, digit) in digits.enumerated() {
    if i > 0, (digits.count - i) % 3 == 0 { text += "," }
    text.append(digit)
  }
  return n < 0 ? "-" + text : text
}

/// `1 point`, `12 points`.
func count(_ n: Int, _ noun: String) -> String { "\(count(n)) \(noun)\(n == 1 ? "" : "s")" }

/// `a`, `a and b`, `a, b and c`.
func listed(_ items: [String], _ conjunction: String = "and") -> String {
  switch items.count {
  case 0: ""
  case 1: items[0]
  default: items.dropLast().joined(separator: ", ") + " \(conjunction) " + items[items.count - 1]
  }
}
