#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The words at an axis's ticks, and what all of them have in common.
struct TickLabels: Equatable, Sendable {
  var labels: [String]
  /// A common factor or offset, written once at the axis's end: `×10⁻⁵`, `+1.2345×10⁶`.
  var common: String

  /// Labels for evenly spaced ticks: as few digits as tell them apart, with a common power of ten where numbers are
  /// huge or tiny, and a common offset where they differ only in late digits.
  init(linear ticks: [Double]) {
    let largest = ticks.map(abs).max() ?? 0
    guard ticks.count > 1, largest > 0 else {
      labels = ticks.map { Self.plain($0) }
      common = ""
      return
    }
    let step = abs(ticks[1] - ticks[0])
    let magnitude = floor(log10(largest))
    // More than five digits to tell ticks apart: the digits that all share become an offset.
    if magnitude - floor(log10(step) + 1e-9) > 4 {
      let unit = pow(10, floor(log10(step) + 1e-9) + 2)
      let base = floor(ticks[0] / unit) * unit
      let rest = TickLabels(linear: ticks.map { $0 - base })
      labels = rest.labels
      let sign = base < 0 ? "−" : "+"
      common =
        rest.common + "$\(sign)\(Self.scientific(abs(base), digits: Int(magnitude - log10(unit)) + 1))$"
      return
    }
    let exponent = magnitude >= 5 || magnitude <= -4 ? Int(magnitude) : 0
    let scale = pow(10, Double(exponent))
    let decimals = Self.decimals(ticks.map { $0 / scale }, step: step / scale)
    labels = ticks.map { Self.fixed($0 / scale, decimals) }
    common = exponent == 0 ? "" : "$\\times 10^{\(exponent)}$"
  }

  /// Labels for an axis's ticks. Less than a decade is ticked evenly, and labelled so.
  init(_ ticks: [Double], _ scale: Scale) {
    if scale == .log, !Self.isEven(ticks) { self.init(logarithmic: ticks) } else { self.init(linear: ticks) }
  }

  private static func isEven(_ ticks: [Double]) -> Bool {
    guard ticks.count > 2 else { return false }
    let step = ticks[1] - ticks[0]
    return zip(ticks, ticks.dropFirst()).allSatisfy { abs($1 - $0 - step) < 1e-6 * abs(step) }
  }

  /// Labels for powers of ten and simple multiples of them.
  init(logarithmic ticks: [Double]) {
    common = ""
    let isModest = ticks.allSatisfy { $0 >= 0.999e-2 && $0 < 1e4 }
    labels = ticks.map { value in
      if isModest { return Self.plain(value) }
      let power = (log10(value) + 1e-9).rounded(.down)
      let factor = value / pow(10, power)
      if abs(factor - 1) < 1e-6 { return "$10^{\(Int(power))}$" }
      return "$\(Self.plain(factor)) \\cdot 10^{\(Int(power))}$"
    }
  }

  /// How many decimals tell multiples of the step apart.
  private static func decimals(_ ticks: [Double], step: Double) -> Int {
    for decimals in 0..<12 {
      let unit = pow(10, Double(decimals))
      if ticks.allSatisfy({ abs(($0 * unit).rounded() - $0 * unit) < 1e-4 * max(step * unit, 1e-3) }) {
        return decimals
      }
    }
    return 12
  }

  /// A number with so many decimals and a true minus sign.
  static func fixed(_ value: Double, _ decimals: Int) -> String {
    let text = format("%.\(decimals)f", value)
    let isZero = text.allSatisfy { "-0.".contains($0) }
    if isZero { return text.replacing("-", with: "") }
    return text.replacing("-", with: "−")
  }

  /// As many digits as the number has, at most six.
  static func plain(_ value: Double) -> String { format("%.6g", value).replacing("-", with: "−") }

  private static func scientific(_ value: Double, digits: Int) -> String {
    let exponent = Int(floor(log10(value)))
    if exponent < 5 && exponent > -4 { return format("%.\(max(digits, 1) + 2)g", value) }
    return format("%.\(max(digits, 1) + 1)g", value / pow(10, Double(exponent))) + " \\times 10^{\(exponent)}"
  }
}

/// One number through C's formatting.
func format(_ pattern: String, _ value: Double) -> String {
  withVaList([value]) { arguments in
    var buffer = [CChar](repeating: 0, count: 400)
    let count = vsnprintf(&buffer, buffer.count, pattern, arguments)
    return String(
      decoding: buffer[..<min(Int(count), buffer.count - 1)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

extension String {
  fileprivate func replacing(_ character: Character, with other: String) -> String {
    var result = ""
    for each in self { if each == character { result += other } else { result.append(each) } }
    return result
  }
}
