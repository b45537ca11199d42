import Foundation

/// Texts kept on disk under keys of any length. Safe with several runs at once: a file appears whole or
/// not at all, and each names its own key, so that two keys with one hash do no harm.
struct DiskCache: Sendable {
  var folder: String

  /// The text for a key; nil where it is not kept, or cannot be read.
  func text(for key: String) -> String? {
    guard let data = FileManager.default.contents(atPath: path(for: key)) else { return nil }
    let header = Array(key.utf8) + [0]
    guard data.starts(with: header) else { return nil }
    return String(decoding: data[(data.startIndex + header.count)...], as: UTF8.self)
  }

  /// Keeps a text. A cache that cannot be written is only slower: failures are passed over.
  func keep(_ text: String, for key: String) {
    let manager = FileManager.default
    try? manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
    // Atomic: written beside its place and renamed.
    try? Data(Array(key.utf8) + [0] + Array(text.utf8)).write(
      to: URL(fileURLWithPath: path(for: key)), options: .atomic)
  }

  private func path(for key: String) -> String {
    let hash = String(fnv1a(key.utf8), radix: 16)
    return "\(folder)/\(String(repeating: "0", count: 16 - hash.count))\(hash)"
  }
}

/// The 64-bit FNV-1a hash (Fowler, Noll, Vo): the same in every run, as Swift's own is not.
func fnv1a(_ bytes: some Sequence<UInt8>) -> UInt64 {
  bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}
