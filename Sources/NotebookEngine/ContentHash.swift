import Foundation

/// FNV-1a over 128 bits: tells contents of the user's own cache apart, and is not meant to withstand
/// anyone who wants two of them to agree.
///
/// Source: Fowler, Noll, Vo and Eastlake, draft-eastlake-fnv, offset basis and prime for 128 bits.
struct ContentHash {
  private var state: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
  private static let prime: UInt128 = 0x0000_0000_0100_0000_0000_0000_0000_013b

  /// Adds a text and a mark of its end, so that "ab", "c" differs from "a", "bc".
  mutating func add(_ text: String) {
    for byte in text.utf8 { add(byte) }
    add(0xff)
  }

  /// - Parameter ending: whether a mark of the end is added too.
  mutating func add(_ data: Data, ending: Bool = true) {
    data.withUnsafeBytes { bytes in
      for byte in bytes { add(byte) }
    }
    if ending { add(0xff) }
  }

  private mutating func add(_ byte: UInt8) { state = (state ^ UInt128(byte)) &* ContentHash.prime }

  var hexadecimal: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 32 - digits.count) + digits
  }

  static func of(_ texts: String...) -> String {
    var hash = ContentHash()
    for text in texts { hash.add(text) }
    return hash.hexadecimal
  }
}
