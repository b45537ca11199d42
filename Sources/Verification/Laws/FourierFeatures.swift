import Diffusion
import Glibc

/// Random Fourier features: cos(w . x) and sin(w . x) for 8 random directions at three bandwidths.
///
/// Two laws agree exactly if E[exp(i w . x)] agrees for every w. Frequencies are normal, in units of the
/// sample's own spread, at 1/2, 1 and 2 of it; the doubled angles need no further sines and cosines.
/// Compare Chwialkowski, Ramdas, Sejdinovic, Gretton, Fast two-sample testing with analytic
/// representations of probability measures, NeurIPS 2015.
struct FourierFeatures {
  static let directions = 8
  static let count = 48
  /// Frequencies of the narrowest bandwidth.
  let frequencies: [[Double]]
  private let centre: [Double]

  init(centre: [Double], spread: [Double], stream: RandomStream) {
    var stream = stream
    self.centre = centre
    frequencies = (0..<Self.directions).map { _ in spread.map { 0.5 * stream.normal() / $0 } }
  }

  /// All frequencies, three for each direction, and the angle that the centre takes off each.
  var all: [(frequency: [Double], shift: Double)] {
    frequencies.flatMap { w in
      [1.0, 2, 4].map { factor in
        let scaled = w.map { $0 * factor }
        return (scaled, zip(scaled, centre).reduce(0) { $0 + $1.0 * $1.1 })
      }
    }
  }

  /// Writes the 48 features of a point: (cos, sin) for each frequency, in the order of `all`.
  func write(_ x: Vector<Double>, into features: inout [Double]) {
    var slot = 0
    for w in frequencies {
      var angle = 0.0
      for j in 0..<w.count { angle += w[j] * (x[j] - centre[j]) }
      var c = cos(angle)
      var s = sin(angle)
      for _ in 0..<3 {
        features[slot] = c
        features[slot + 1] = s
        slot += 2
        (c, s) = (c * c - s * s, 2 * c * s)
      }
    }
  }
}
