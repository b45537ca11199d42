/// f(|a_i - b_j|^2) for all pairs, row after row.
func pairwise(_ a: SampleSet, _ b: SampleSet, _ f: (Double) -> Double) -> [Double] {
  a.requireDimension(of: b)
  var result: [Double] = []
  result.reserveCapacity(a.count * b.count)
  for i in 0..<a.count { a.forEachDistance(i, b) { result.append(f($0)) } }
  return result
}

/// The mean of f(|a_i - b_j|^2) over all pairs, in parallel over the rows; the same for any number of threads.
func pairMean(_ a: SampleSet, _ b: SampleSet, _ f: @Sendable (Double) -> Double) -> Double {
  a.requireDimension(of: b)
  let sums = UnsafeMutableBufferPointer<Double>.allocate(capacity: a.count)
  defer { sums.deallocate() }
  // Each row is written by one worker alone.
  nonisolated(unsafe) let rows = sums
  inParallel(a.count, grain: 64) { _, part in
    for i in part {
      var sum = 0.0
      a.forEachDistance(i, b) { sum += f($0) }
      rows[i] = sum
    }
  }
  return sums.reduce(0, +) / (Double(a.count) * Double(b.count))
}

extension SampleSet {
  /// Calls `body` with |x_i - b_j|^2 for all j.
  @inline(__always)
  fileprivate func forEachDistance(_ i: Int, _ b: SampleSet, _ body: (Double) -> Void) {
    let d = dimension
    elements.withUnsafeBufferPointer { x in
      b.elements.withUnsafeBufferPointer { y in
        for j in 0..<b.count {
          var sum = 0.0
          for k in 0..<d {
            let difference = x[i * d + k] - y[j * d + k]
            sum += difference * difference
          }
          body(sum)
        }
      }
    }
  }
}
