import CDuktape

/// A JavaScript engine of its own. Not for several threads at once.
final class JavaScript {
  struct Failure: Error {
    var message: String
  }

  private let engine: OpaquePointer

  /// - Throws: when memory ran out.
  init() throws(Failure) {
    guard let engine = flowbook_javascript_new() else { throw Failure(message: "no memory for JavaScript") }
    self.engine = engine
  }

  deinit { flowbook_javascript_free(engine) }

  func run(_ script: [UInt8]) throws(Failure) {
    let isWell = script.withUnsafeBytes { bytes in
      flowbook_javascript_run(engine, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    if !isWell { throw Failure(message: result) }
  }

  /// Calls a global function that takes and returns a text.
  func call(_ function: String, _ argument: String) throws(Failure) -> String {
    let bytes = surrogatePairs(argument)
    let isWell = bytes.withUnsafeBytes { bytes in
      flowbook_javascript_call(
        engine, function, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    if !isWell { throw Failure(message: result) }
    return result
  }

  private var result: String {
    var length = 0
    guard let text = flowbook_javascript_result(engine, &length) else { return "" }
    return text.withMemoryRebound(to: UInt8.self, capacity: length) {
      joined(UnsafeBufferPointer(start: $0, count: length))
    }
  }
}

/// UTF-8 in which characters beyond U+FFFF are pairs of three-byte surrogates (CESU-8), as Duktape has them.
private func surrogatePairs(_ text: String) -> [UInt8] {
  if text.utf8.allSatisfy({ $0 < 0xF0 }) { return Array(text.utf8) }
  var bytes: [UInt8] = []
  for scalar in text.unicodeScalars {
    if scalar.value < 0x10000 {
      bytes.append(contentsOf: UTF8.encode(scalar)!)
    } else {
      for unit in UTF16.encode(scalar)! {
        bytes += [0xE0 | UInt8(unit >> 12), 0x80 | UInt8(unit >> 6 & 0x3F), 0x80 | UInt8(unit & 0x3F)]
      }
    }
  }
  return bytes
}

/// The inverse of ``surrogatePairs(_:)``; a lone surrogate becomes U+FFFD.
private func joined(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
  // 0xED, then 0xA0 or more, leads a surrogate; other text needs no change.
  let hasSurrogates = zip(bytes, bytes.dropFirst()).contains { $0 == 0xED && $1 >= 0xA0 }
  if !hasSurrogates { return String(decoding: bytes, as: UTF8.self) }
  var units: [UInt16] = []
  var index = 0
  while index < bytes.count {
    let lead = UInt16(bytes[index])
    let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : 3
    guard index + length <= bytes.count else { break }
    switch length {
    case 1: units.append(lead)
    case 2: units.append((lead & 0x1F) << 6 | UInt16(bytes[index + 1] & 0x3F))
    default:
      units.append(
        (lead & 0x0F) << 12 | UInt16(bytes[index + 1] & 0x3F) << 6 | UInt16(bytes[index + 2] & 0x3F))
    }
    index += length
  }
  return String(decoding: units, as: UTF16.self)
}
