/// Maps a finite coordinate s onto a range x that may be infinite.
@usableFromInline
enum RangeMap: Sendable {
  case finite(ClosedRange<Double>)
  /// x = s / (1 - s^2), s in [-1, 1].
  case line
  /// x = from + s / (1 - s), s in [0, 1].
  case above(Double)
  /// x = to - s / (1 - s), with s in [0, 1].
  case below(Double)

  @usableFromInline
  init(_ domain: ClosedRange<Double>) {
    precondition(
      domain.lowerBound < .infinity && domain.upperBound > -.infinity,
      "there is nothing to integrate over \(domain)")
    switch (domain.lowerBound.isFinite, domain.upperBound.isFinite) {
    case (true, true):
      precondition(
        (domain.upperBound - domain.lowerBound).isFinite,
        "the range \(domain) is too wide: give infinite ends")
      self = .finite(domain)
    case (true, false): self = .above(domain.lowerBound)
    case (false, true): self = .below(domain.upperBound)
    case (false, false): self = .line
    }
  }

  @usableFromInline
  var ends: ClosedRange<Double> {
    switch self {
    case .finite(let domain): domain
    case .line: -1...1
    case .above, .below: 0...1
    }
  }

  /// x, and |dx/ds|.
  @inlinable
  func point(_ s: Double) -> (x: Double, slope: Double) {
    switch self {
    case .finite: return (s, 1)
    case .line:
      let d = (1 - s) * (1 + s)
      return (s / d, (1 + s * s) / (d * d))
    case .above(let from): return (from + s / (1 - s), 1 / ((1 - s) * (1 - s)))
    case .below(let to): return (to - s / (1 - s), 1 / ((1 - s) * (1 - s)))
    }
  }

  @usableFromInline
  func contains(_ x: Double) -> Bool {
    switch self {
    case .finite(let domain): domain.contains(x)
    case .line: x.isFinite
    case .above(let from): x >= from && x.isFinite
    case .below(let to): x <= to && x.isFinite
    }
  }

  /// The s of x.
  @usableFromInline
  func coordinate(_ x: Double) -> Double {
    switch self {
    case .finite: x
    case .line: 2 * x / (1 + (1 + 4 * x * x).squareRoot())
    case .above(let from): (x - from) / (1 + x - from)
    case .below(let to): (to - x) / (1 + to - x)
    }
  }
}
