import Foundation
import NotebookModel

/// What a cell prints between two events: the beginning and the end of it are kept, and the bytes
/// between them are counted.
struct OutputBuffer {
  /// A page with a megabyte of text is no page any more.
  static let headCount = 48 << 10
  static let tailCount = 16 << 10

  private var head: [UInt8] = []
  private var tail: [UInt8] = []
  private var omitted = 0

  var isEmpty: Bool { head.isEmpty }

  mutating func append(_ bytes: ArraySlice<UInt8>) {
    let room = OutputBuffer.headCount - head.count
    head += bytes.prefix(room)
    guard bytes.count > room else { return }
    tail += bytes.dropFirst(room)
    // Cut seldom, so that a gigabyte costs no more than its reading.
    if tail.count > 16 * OutputBuffer.tailCount { trim() }
  }

  private mutating func trim() {
    let excess = tail.count - OutputBuffer.tailCount
    guard excess > 0 else { return }
    omitted += excess
    tail.removeFirst(excess)
  }

  /// The text so far, and an empty buffer after it.
  ///
  /// Bytes that are no UTF-8 are written as U+FFFD.
  mutating func take(_ rewrite: (String) -> String) -> Output? {
    guard !isEmpty else { return nil }
    trim()
    defer { self = OutputBuffer() }
    if omitted == 0 {
      return .text(head: rewrite(String(decoding: head + tail, as: UTF8.self)), omittedBytes: 0, tail: "")
    }
    return .text(
      head: rewrite(String(decoding: head, as: UTF8.self)), omittedBytes: omitted,
      tail: rewrite(String(decoding: tail, as: UTF8.self)))
  }
}
