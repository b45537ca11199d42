public import RealModule

/// How the times of a minibatch are drawn.
public struct TimeSampling: Hashable, Sendable {
  @usableFromInline enum Law: Hashable, Sendable {
    case uniform
    case stratified
    case logitNormal(mean: Double, deviation: Double)
  }

  @usableFromInline let law: Law

  /// Times are drawn on (0, 1) and mapped to this range, which lies within [0, 1].
  public let range: ClosedRange<Double>

  @usableFromInline
  init(_ law: Law, _ range: ClosedRange<Double>) {
    precondition(
      range.lowerBound < range.upperBound && range.lowerBound >= 0 && range.upperBound <= 1,
      "times cannot be drawn from \(range): give a range within 0...1, of positive length")
    self.law = law
    self.range = range
  }

  /// Independent and uniform.
  public static func uniform(_ range: ClosedRange<Double> = 0...1) -> TimeSampling {
    TimeSampling(.uniform, range)
  }

  /// t_i = (u + i / n) mod 1 with one uniform u: each time is uniform, and together they cover the range
  /// evenly, which lowers the variance of the loss.
  ///
  /// Source: D. Kingma, T. Salimans, B. Poole, J. Ho, "Variational diffusion models", NeurIPS 2021,
  /// appendix I.1.
  public static func stratified(_ range: ClosedRange<Double> = 0...1) -> TimeSampling {
    TimeSampling(.stratified, range)
  }

  /// t = 1 / (1 + exp(-(mean + deviation eps))), more often in the middle.
  ///
  /// Source: P. Esser et al., "Scaling rectified flow transformers for high-resolution image synthesis",
  /// ICML 2024, section 3.1.
  public static func logitNormal(mean: Double = 0, deviation: Double = 1) -> TimeSampling {
    precondition(
      mean.isFinite && deviation > 0 && deviation.isFinite,
      "logit-normal times need a finite mean and a positive, finite deviation, not \(mean) and \(deviation)")
    return TimeSampling(.logitNormal(mean: mean, deviation: deviation), 0...1)
  }

  /// Fills `times` with draws from the beginning of the stream.
  @inlinable
  public func fill<T: MachineReal>(_ times: inout [T], from stream: RandomStream) {
    let (low, width) = (T(range.lowerBound), T(range.upperBound - range.lowerBound))
    var generator = stream
    switch law {
    case .uniform:
      times.withUnsafeMutableBufferPointer { T.fillUniforms(from: stream, start: 0, $0) }
    case .stratified:
      let shift = generator.uniform()
      for i in times.indices {
        let u = shift + Double(i) / Double(times.count)
        times[i] = min(T(u < 1 ? u : u - 1), 1 - T.ulpOfOne / 2)
      }
    case .logitNormal(let mean, let deviation):
      for i in times.indices {
        let u = 1 / (1 + Double.exp(-(mean + deviation * generator.normal())))
        times[i] = min(T(u), 1 - T.ulpOfOne / 2)
      }
    }
    // Rounding may reach an end, where targets may be infinite.
    let (first, last) = (low.nextUp, T(range.upperBound).nextDown)
    for i in times.indices { times[i] = min(max(low + width * times[i], first), last) }
  }
}
