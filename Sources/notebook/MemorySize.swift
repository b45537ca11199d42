import ArgumentParser

/// `512M`, `8G`, `8GB`, `1000000000`.
struct MemorySize: ExpressibleByArgument {
  var bytes: UInt64

  init(bytes: UInt64) { self.bytes = bytes }

  init?(argument: String) {
    let units: [Character: UInt64] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40]
    var text = argument.uppercased()
    if text.hasSuffix("IB") { text.removeLast(2) } else if text.hasSuffix("B") { text.removeLast() }
    let factor = text.last.flatMap { units[$0] }
    if factor != nil { text.removeLast() }
    guard let number = Double(text), number > 0, number.isFinite else { return nil }
    bytes = UInt64(exactly: (number * Double(factor ?? 1)).rounded()) ?? UInt64.max
  }

  var defaultValueDescription: String { "\(bytes >> 30)G" }
}
