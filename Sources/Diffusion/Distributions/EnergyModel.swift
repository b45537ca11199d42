import RealModule

/// An energy f on R^d, written for any point and number type.
public protocol Energy: Sendable {
  /// The dimension d.
  var dimension: Int { get }

  /// f(x), smooth where its score is wanted.
  func callAsFunction<P: Point>(_ x: P) -> P.Scalar
}

/// The density p(x) = exp(-f(x)) / Z of an energy f.
///
/// The score, -nabla f by dual numbers, needs no normaliser, which is why models are trained on it. Z = int exp(-f) is
/// found by quadrature over a box, in one and two dimensions; whatever mass lies outside the box is missing from it.
/// Source: Y. LeCun et al., "A tutorial on energy-based learning", in *Predicting Structured Data*, MIT Press 2006.
public struct EnergyModel<E: Energy>: Density {
  public let energy: E

  /// log Z.
  public let logNormalizer: Double

  /// An energy whose log Z is known, or 0 where only scores and differences are wanted.
  public init(_ energy: E, logNormalizer: Double = 0) {
    precondition(
      energy.dimension > 0 && logNormalizer.isFinite,
      "an energy in dimension \(energy.dimension) with log Z = \(logNormalizer)")
    self.energy = energy
    self.logNormalizer = logNormalizer
  }

  /// On the line, with Z by quadrature; the range may be infinite.
  public init(_ energy: E, over domain: ClosedRange<Double>, peaks: [Double] = []) {
    precondition(energy.dimension == 1, "an interval for an energy of dimension \(energy.dimension)")
    let z = integrate(over: domain, peaks: peaks) { x in Double.exp(-energy(x)) }
    precondition(
      z.isConverged && z.value > 0 && z.value.isFinite,
      "exp(-f) could not be integrated over \(domain): \(z.outcome), Z = \(z.value)")
    self.init(energy, logNormalizer: Double.log(z.value))
  }

  /// In the plane, with Z by quadrature over a box.
  public init(_ energy: E, over x: ClosedRange<Double>, _ y: ClosedRange<Double>) {
    precondition(energy.dimension == 2, "a rectangle for an energy of dimension \(energy.dimension)")
    var trouble: IntegrationOutcome?
    let z = integrate(over: x) { x -> Double in
      let line = integrate(over: y) { y in Double.exp(-energy(Vector([x, y]))) }
      if !line.isConverged, line.outcome != .roundoff { trouble = line.outcome }
      return line.value
    }
    precondition(
      z.isConverged && z.value > 0 && z.value.isFinite && trouble == nil,
      "exp(-f) could not be integrated: \(trouble ?? z.outcome), Z = \(z.value)")
    self.init(energy, logNormalizer: Double.log(z.value))
  }

  public var dimension: Int { energy.dimension }

  @inlinable
  public func logDensity<P: Point>(_ x: P) -> P.Scalar {
    requireDimension(x)
    return -energy(x) - P.Scalar(logNormalizer)
  }
}
