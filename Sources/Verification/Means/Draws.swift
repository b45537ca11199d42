public import Diffusion

/// The random numbers that a check hands to a summand.
public struct Draws: RandomNumberGenerator {
  @usableFromInline var stream: RandomStream
  /// All ones for the mirrored draws of an antithetic pair, else zero.
  @usableFromInline let mask: UInt64
  /// Steps of the finest simulation that shares these draws; 0 outside simulations.
  private let finest: Int

  init(_ stream: RandomStream, isMirrored: Bool = false, finest: Int = 0) {
    self.stream = stream
    mask = isMirrored ? .max : 0
    self.finest = finest
  }

  @inlinable public mutating func next() -> UInt64 { stream.next() ^ mask }

  /// The increments of a Brownian motion over `steps` equal steps of a duration: independent normals of
  /// variance duration / steps.
  ///
  /// Simulations of the same draw with different numbers of steps see the same Brownian path, so that the
  /// difference of their outcomes is their bias and little noise.
  public mutating func increments(_ steps: Int, duration: Double = 1) -> [Double] {
    precondition(steps > 0 && duration >= 0, "A Brownian motion needs a step and a duration.")
    let parts = finest > 0 && finest % steps == 0 ? finest / steps : 1
    let deviation = (duration / Double(steps * parts)).squareRoot()
    return (0..<steps).map { _ in
      var sum = 0.0
      for _ in 0..<parts { sum += normal() }
      return deviation * sum
    }
  }
}
