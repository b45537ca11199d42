import Glibc

/// How far two runs may differ and still be the same.
public enum Tolerance: Hashable, Sendable {
  /// Not at all: two runs on one machine.
  case exact
  /// In values with a stated error, `1.77 ± 0.02`, within it: the same versions at another time.
  case statedErrors
  /// Also where other versions round otherwise: in the last place that is printed, in the words of evidence.
  case otherVersions
}

/// A text as words and numbers, so that two texts can be compared by what their numbers say.
struct NumberedText {
  struct Number: Hashable {
    var value: Double
    /// One unit in the last place that is written; 0 for a whole number, which is exact.
    var unit: Double
    /// What stands behind `±`.
    var error: Double?
    /// As it is written, with its error.
    var text: String
  }

  /// What stands between the numbers: one piece more than there are numbers.
  private(set) var words: [String] = []
  private(set) var numbers: [Number] = []

  init(_ text: String) {
    var reader = NumberReader(bytes: Array(text.utf8))
    var start = 0
    while reader.offset < reader.bytes.count {
      let place = reader.offset
      guard var number = reader.number() else {
        reader.offset += 1
        continue
      }
      let end = reader.offset
      reader.skip(" ")
      if reader.skip("±") {
        reader.skip(" ")
        if let error = reader.number(isFirst: true) {
          number.error = error.value
        } else {
          reader.offset = end
        }
      } else {
        reader.offset = end
      }
      words.append(String(decoding: reader.bytes[start..<place], as: UTF8.self))
      number.text = String(decoding: reader.bytes[place..<reader.offset], as: UTF8.self)
      numbers.append(number)
      start = reader.offset
    }
    words.append(String(decoding: reader.bytes[start...], as: UTF8.self))
  }

  /// Whether the text says the same as that of another run.
  func agrees(with other: NumberedText, _ tolerance: Tolerance) -> Bool {
    words == other.words && zip(numbers, other.numbers).allSatisfy { $0.agrees(with: $1, tolerance) }
  }
}

extension NumberedText.Number {
  /// Standard errors by which two values may differ: two honest ones do once in two million. Where a stated error
  /// is a bound, this is too generous by as much.
  static let deviations = 5.0
  /// Rounding of sums in another order, relative: 2^-40.
  static let rounding = 0x1p-40
  /// An error that another run states may be so many times larger or smaller: errors have one digit, and those
  /// of rounding depend on the last bits.
  static let errorRatio = 10.0

  func agrees(with other: Self, _ tolerance: Tolerance) -> Bool {
    if text == other.text { return true }
    if tolerance == .exact { return false }
    if let error, let otherError = other.error {
      let isSameClaim =
        error <= NumberedText.Number.errorRatio * otherError
        && otherError <= NumberedText.Number.errorRatio * error
      // What the other run owns up to beyond twice the page's error does not excuse the page.
      let allowed = NumberedText.Number.deviations * hypot(error, min(otherError, 2 * error))
      return isSameClaim && abs(value - other.value) <= allowed + max(unit, other.unit)
    }
    guard tolerance == .otherVersions, error == nil, other.error == nil, unit > 0, other.unit > 0 else {
      return false
    }
    let size = max(abs(value), abs(other.value))
    // A little more than a unit: the difference of two decimals is rounded itself.
    return abs(value - other.value)
      <= max(1.000001 * max(unit, other.unit), NumberedText.Number.rounding * size)
  }
}

/// Reads numbers as programs write them: `-12`, `0.25`, `1e-9`.
private struct NumberReader {
  let bytes: [UInt8]
  var offset = 0

  private func isDigit(_ place: Int) -> Bool { place < bytes.count && 48...57 ~= bytes[place] }

  /// The number that begins here; the digits of a name (`x1`) are none.
  ///
  /// - Parameter isFirst: that no name stands before it.
  mutating func number(isFirst: Bool = false) -> NumberedText.Number? {
    func isPart(_ byte: UInt8) -> Bool {
      48...57 ~= byte || 65...90 ~= byte || 97...122 ~= byte || byte == UInt8(ascii: "_") || byte > 127
    }
    let isFirst = isFirst || offset == 0 || !isPart(bytes[offset - 1])
    var place = offset
    if place < bytes.count, bytes[place] == UInt8(ascii: "-") || bytes[place] == UInt8(ascii: "+") {
      place += 1
    }
    guard isFirst, isDigit(place) else { return nil }
    while isDigit(place) { place += 1 }
    var decimals = 0
    var isWhole = true
    if place < bytes.count, bytes[place] == UInt8(ascii: "."), isDigit(place + 1) {
      isWhole = false
      place += 1
      while isDigit(place) {
        place += 1
        decimals += 1
      }
    }
    var exponent = 0
    if place < bytes.count, bytes[place] == UInt8(ascii: "e") || bytes[place] == UInt8(ascii: "E") {
      var end = place + 1
      if end < bytes.count, bytes[end] == UInt8(ascii: "-") || bytes[end] == UInt8(ascii: "+") { end += 1 }
      if isDigit(end) {
        isWhole = false
        let start = place + 1
        while isDigit(end) { end += 1 }
        exponent = Int(String(decoding: bytes[start..<end], as: UTF8.self)) ?? 0
        place = end
      }
    }
    let text = String(decoding: bytes[offset..<place], as: UTF8.self)
    guard let value = Double(text) else { return nil }
    offset = place
    return NumberedText.Number(
      value: value, unit: isWhole ? 0 : pow(10, Double(exponent - decimals)), error: nil, text: text)
  }

  @discardableResult mutating func skip(_ text: String) -> Bool {
    guard bytes[offset...].starts(with: text.utf8) else { return false }
    offset += text.utf8.count
    return true
  }
}
