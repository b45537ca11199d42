import CVectorMath

/// Runs a vector loop over all of `x`.
func apply<T>(
  _ loop: (UnsafeMutablePointer<T>?, UnsafePointer<T>?, Int) -> Void,
  _ x: UnsafeBufferPointer<T>, _ out: UnsafeMutableBufferPointer<T>
) {
  precondition(x.count == out.count, "\(x.count) arguments for \(out.count) results")
  loop(out.baseAddress, x.baseAddress, x.count)
}

extension RandomStream {
  typealias BlockLoop<T> = (UnsafeMutablePointer<T>?, Int, UInt32, philox_stream) -> Void

  /// Elements are made in blocks; a range that begins or ends within one takes its part of it.
  func fill<T: RealNumber>(
    _ out: UnsafeMutableBufferPointer<T>, start: Int, blockSize: Int, _ loop: BlockLoop<T>
  ) {
    guard let base = out.baseAddress, !out.isEmpty else { return }
    let end = start + out.count
    precondition(start >= 0 && end / blockSize < Int(UInt32.max), "element \(end) is beyond the stream's end")
    let key = philox_stream(
      step: step, path: (UInt32(truncatingIfNeeded: path), UInt32(path >> 32)),
      seed: (UInt32(truncatingIfNeeded: seed), UInt32(seed >> 32)))
    let firstWhole = min((start + blockSize - 1) / blockSize * blockSize, end)
    let lastWhole = max(end / blockSize * blockSize, firstWhole)
    if lastWhole > firstWhole {
      let blocks = (lastWhole - firstWhole) / blockSize
      loop(base + (firstWhole - start), blocks, UInt32(firstWhole / blockSize), key)
    }
    withUnsafeTemporaryAllocation(of: T.self, capacity: blockSize) { block in
      for edge in [start..<firstWhole, lastWhole..<end] where !edge.isEmpty {
        let number = edge.lowerBound / blockSize
        loop(block.baseAddress, 1, UInt32(number), key)
        for element in edge { base[element - start] = block[element - number * blockSize] }
      }
    }
  }
}
