import Glibc

/// Memory for the rows of layers, aligned to cache lines and zero at first.
final class LayerMemory<Scalar: NetworkReal> {
  let base: UnsafeMutablePointer<Scalar>
  let count: Int

  init(_ count: Int) {
    self.count = count
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: max(count, 1) * MemoryLayout<Scalar>.stride, alignment: 64)
    base = raw.bindMemory(to: Scalar.self, capacity: max(count, 1))
    memset(base, 0, count * MemoryLayout<Scalar>.stride)
  }

  deinit { base.deallocate() }

  /// `count` elements from `start` on, for reading.
  func read(_ start: Int, _ count: Int) -> UnsafeBufferPointer<Scalar> {
    UnsafeBufferPointer(start: base + start, count: count)
  }

  /// `count` elements from `start` on, for writing.
  func write(_ start: Int, _ count: Int) -> UnsafeMutableBufferPointer<Scalar> {
    UnsafeMutableBufferPointer(start: base + start, count: count)
  }

  /// Sets the first `count` elements to 0.
  func clear(_ count: Int) { memset(base, 0, count * MemoryLayout<Scalar>.stride) }
}
