/// Brownian motion on an interval, the same path at whatever resolution it is looked at: for convergence
/// studies, in which a coarse and a fine simulation must be driven by the same noise.
///
/// W is built by bisection (Levy's construction): the middle of an interval is normal given its ends, with a
/// variance of a quarter of its length. After `depth` bisections one more normal fills the interval that is left, as a
/// Brownian bridge: so any time may be asked for, and only of times nearer to each other than 2^-`depth` of the whole
/// is the joint law not exact. Dyadic fractions take fewer normals. An increment costs O(`depth`) normals a particle and
/// coordinate.
///
/// Source: I. Karatzas, S. Shreve, *Brownian Motion and Stochastic Calculus*, section 2.3.
public struct BrownianPath: BrownianSource {
  public let stream: RandomStream
  public let domain: ClosedRange<Double>

  /// The number of bisections.
  public let depth = 24

  /// Each particle's path is a function of the stream and the particle's number.
  public init(stream: RandomStream, over domain: ClosedRange<Double> = 0...1) {
    precondition(
      domain.upperBound > domain.lowerBound && (domain.upperBound - domain.lowerBound).isFinite,
      "Brownian motion needs an interval, not \(domain)")
    self.stream = stream
    self.domain = domain
  }

  public func fillIncrements<T: MachineReal>(
    _ out: inout Batch<T>, step: Int, from: Double, to: Double, firstRow: Int
  ) {
    let (start, end, first) = (place(of: from), place(of: to), firstRow * out.dimension)
    out.withMutableElements { out in
      withUnsafeTemporaryAllocation(of: T.self, capacity: chunk) { values in
        forEachChunk(out) { part, offset in
          let values = UnsafeMutableBufferPointer(rebasing: values[..<part.count])
          fill(part, at: end, first: first + offset)
          fill(values, at: start, first: first + offset)
          T.addScaled(-1, UnsafeBufferPointer(values), to: part)
        }
      }
    }
  }

  /// W(t) of `count` particles from number `firstRow` on; W is 0 at the interval's beginning.
  public func value<T: MachineReal>(
    _ type: T.Type = T.self, at t: Double, count: Int, dimension: Int, firstRow: Int = 0
  ) -> Batch<T> {
    let place = place(of: t)
    var batch = Batch<T>(count: count, dimension: dimension)
    batch.withMutableElements { elements in
      forEachChunk(elements) { part, offset in fill(part, at: place, first: firstRow * dimension + offset) }
    }
    return batch
  }

  /// Where a time is among the finest intervals: at the beginning of one, or inside.
  private struct Place {
    let interval: Int

    /// How far into the interval, from 0 to below 1.
    let fraction: Double
  }

  private func place(of t: Double) -> Place {
    precondition(domain.contains(t), "Brownian motion over \(domain) has no value at t = \(t)")
    let exact = (t - domain.lowerBound) / (domain.upperBound - domain.lowerBound) * Double(1 << depth)
    // Times that should be dyadic are so up to rounding, some 1e-8 of an interval.
    let nearest = exact.rounded()
    if abs(exact - nearest) < 1e-6 { return Place(interval: Int(nearest), fraction: 0) }
    let start = exact.rounded(.down)
    return Place(interval: Int(start), fraction: exact - start)
  }

  /// Coordinates are worked on in parts so small that what they need fits the stack.
  private var chunk: Int { 32 }

  private func forEachChunk<T>(
    _ all: UnsafeMutableBufferPointer<T>, _ body: (UnsafeMutableBufferPointer<T>, _ offset: Int) -> Void
  ) {
    for offset in stride(from: 0, to: all.count, by: chunk) {
      body(UnsafeMutableBufferPointer(rebasing: all[offset..<min(offset + chunk, all.count)]), offset)
    }
  }

  /// W at `place` of the coordinates from number `first` on: the interval that has it at one end is found by bisection,
  /// or the finest that has it inside.
  private func fill<T: MachineReal>(_ out: UnsafeMutableBufferPointer<T>, at place: Place, first: Int) {
    let length = domain.upperBound - domain.lowerBound
    let (target, isInside) = (place.interval, place.fraction > 0)
    withUnsafeTemporaryAllocation(of: T.self, capacity: 3 * chunk) { scratch in
      func part(_ number: Int) -> UnsafeMutableBufferPointer<T> {
        UnsafeMutableBufferPointer(rebasing: scratch[number * chunk..<number * chunk + out.count])
      }
      let (lower, upper, normals) = (part(0), part(1), part(2))
      lower.initialize(repeating: 0)
      upper.initialize(repeating: 0)
      draw(0, into: normals, first)
      T.addScaled(T(length.squareRoot()), UnsafeBufferPointer(normals), to: upper)
      var (low, high) = (0, 1 << depth)
      var (level, position) = (0, 0)
      while isInside ? high - low > 1 : target != low && target != high {
        let middle = (low + high) / 2
        let spread = T((length * Double(high - low) / Double(1 << depth)).squareRoot() / 2)
        draw(UInt32((1 << level) + position), into: normals, first)
        let isLower = target < middle
        let end = isLower ? upper : lower
        for i in out.indices { end[i] = (lower[i] + upper[i]) * 0.5 + spread * normals[i] }
        if isLower { high = middle } else { low = middle }
        position = 2 * position + (isLower ? 0 : 1)
        level += 1
      }
      guard isInside else {
        _ = out.update(fromContentsOf: target == low ? lower : upper)
        return
      }
      draw(UInt32((1 << depth) + target), into: normals, first)
      let share = T(place.fraction)
      let spread = T((place.fraction * (1 - place.fraction) * length / Double(1 << depth)).squareRoot())
      for i in out.indices { out[i] = (1 - share) * lower[i] + share * upper[i] + spread * normals[i] }
    }
  }

  /// The normals of one node of the bisection, or of one of the finest intervals.
  private func draw<T: MachineReal>(_ node: UInt32, into normals: UnsafeMutableBufferPointer<T>, _ first: Int)
  {
    T.fillNormals(from: stream.step(stream.step &+ node), start: first, normals)
  }
}
