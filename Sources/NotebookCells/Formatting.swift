import Glibc

/// A number with at most `digits` significant digits, as `%g` writes it; `2e-09` becomes `2e-9`.
public func formatted(_ number: Double, digits: Int = 6) -> String {
  guard number.isFinite else { return number.isNaN ? "NaN" : number < 0 ? "-∞" : "∞" }
  var buffer = [CChar](repeating: 0, count: 64)
  _ = withVaList([Int32(digits), number]) { vsnprintf(&buffer, buffer.count, "%.*g", $0) }
  let text = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  guard let e = text.firstIndex(of: "e") else { return text }
  let exponent = Int(text[text.index(after: e)...]) ?? 0
  return "\(text[..<e])e\(exponent)"
}
