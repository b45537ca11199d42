import RealModule

/// How time enters a network: functions of t appended to the point.
///
/// The features are t itself, if included, and sin(w t), cos(w t) for each frequency w.
public struct TimeFeatures: Hashable, Sendable {
  /// Whether t itself is a feature.
  public let includesTime: Bool

  /// Angular frequencies, in radians per unit of time.
  public let frequencies: [Double]

  /// Finite frequencies; t itself is the first feature if it is included.
  public init(includesTime: Bool, frequencies: [Double]) {
    precondition(frequencies.allSatisfy(\.isFinite), "frequencies must be finite: \(frequencies)")
    self.includesTime = includesTime
    self.frequencies = frequencies
  }

  /// No time: the network is a function of the point alone.
  public static let none = TimeFeatures(includesTime: false, frequencies: [])

  /// Time itself.
  public static let time = TimeFeatures(includesTime: true, frequencies: [])

  /// Sines and cosines of `count` frequencies in geometric progression from `slowest` to `fastest`, in radians per unit
  /// of time.
  ///
  /// Source: A. Vaswani et al., "Attention is all you need", NeurIPS 2017, section 3.5, there for positions.
  public static func sinusoidal(_ count: Int, slowest: Double = 1, fastest: Double = 1000) -> TimeFeatures {
    precondition(count > 0 && slowest > 0 && fastest >= slowest, "\(count) frequencies from \(slowest) on")
    let ratio = fastest / slowest
    return TimeFeatures(
      includesTime: false,
      frequencies: (0..<count).map {
        slowest * Double.pow(ratio, count == 1 ? 0 : Double($0) / Double(count - 1))
      })
  }

  /// Sines and cosines of `count` random frequencies, 2 pi N(0, scale^2).
  ///
  /// Source: M. Tancik et al., "Fourier features let networks learn high frequency functions in low
  /// dimensional domains", NeurIPS 2020; for scores Y. Song et al., "Score-based generative modeling through stochastic
  /// differential equations", ICLR 2021, appendix H.2, with scale 16.
  public static func fourier(_ count: Int, scale: Double = 1, stream: RandomStream) -> TimeFeatures {
    precondition(count > 0 && scale > 0, "\(count) frequencies of scale \(scale)")
    return TimeFeatures(
      includesTime: false,
      frequencies: stream.normals(Double.self, 0..<count).map { 2 * Double.pi * scale * $0 })
  }

  /// The number of features.
  public var count: Int { (includesTime ? 1 : 0) + 2 * frequencies.count }

  /// Calls `body` with the number, value and rate of change of each feature at t.
  func forEach<T: RealNumber>(at t: T, _ body: (_ index: Int, _ value: T, _ rate: T) -> Void) {
    var index = 0
    if includesTime {
      body(index, t, 1)
      index += 1
    }
    for frequency in frequencies {
      let omega = T(frequency)
      let (sine, cosine) = (T.sin(omega * t), T.cos(omega * t))
      body(index, sine, omega * cosine)
      body(index + 1, cosine, -omega * sine)
      index += 2
    }
  }

  /// Writes the features of each time, and below them, for each tangent, their rates times its own.
  func fill<T: RealNumber>(
    at times: UnsafeBufferPointer<T>, rates: UnsafeBufferPointer<T>, into out: UnsafeMutablePointer<T>,
    stride: Int
  ) {
    for row in times.indices {
      forEach(at: times[row]) { index, value, rate in
        out[row * stride + index] = value
        for k in rates.indices { out[((1 + k) * times.count + row) * stride + index] = rates[k] * rate }
      }
    }
  }
}
