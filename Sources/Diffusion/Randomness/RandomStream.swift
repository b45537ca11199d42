/// A stream of random numbers named by (seed, path, step).
///
/// Each pair of `path` (a particle, a training run, a check: any independent line of draws) and `step`
/// (the time step within it) under one seed is a stream of its own, 2^34 words long. Which numbers a piece
/// of work draws depends on its names alone: not on threads, nor on what was drawn elsewhere.
///
/// As a `RandomNumberGenerator` a stream is read from its beginning. The bulk draws (`normals`, `uniforms`,
/// and those of `Batch`) are indexed: element i is always the same number, whatever range is asked for.
/// Both read the same words, so use one stream for one purpose; `step(_:)` and `path(_:)` give others.
public struct RandomStream: RandomNumberGenerator, Hashable, Sendable {
  public let seed: UInt64
  public let path: UInt64
  public let step: UInt32

  @usableFromInline var block: UInt32 = 0
  @usableFromInline var words = SIMD4<UInt32>()
  @usableFromInline var position = 4

  /// The stream of this name, at its beginning.
  @inlinable
  public init(seed: UInt64, path: UInt64 = 0, step: UInt32 = 0) {
    self.seed = seed
    self.path = path
    self.step = step
  }

  /// The beginning of the stream of another path under the same seed, at step 0.
  @inlinable public func path(_ path: UInt64) -> RandomStream { RandomStream(seed: seed, path: path) }

  /// The beginning of the stream of another step of the same path.
  @inlinable
  public func step(_ step: UInt32) -> RandomStream { RandomStream(seed: seed, path: path, step: step) }

  @inlinable
  public mutating func next() -> UInt64 {
    if position == 4 {
      words = Philox.block(
        counter: SIMD4(block, step, UInt32(truncatingIfNeeded: path), UInt32(path >> 32)),
        key: SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(seed >> 32)))
      precondition(block < .max, "a random stream of 2^34 words is used up; take another step or path")
      block += 1
      position = 0
    }
    defer { position += 2 }
    return UInt64(words[position + 1]) << 32 | UInt64(words[position])
  }
}
