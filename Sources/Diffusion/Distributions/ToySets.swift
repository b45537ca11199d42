import RealModule

// The plane's usual toy data. Sizes and noises differ from paper to paper; whose the defaults are is told at each.

extension GaussianMixture {
  /// Eight Gaussians of equal weight around a circle, the first on the positive x-axis.
  ///
  /// FFJORD's toy data have radius 4 and deviation 0.5, both divided by 1.414.
  public static func eightGaussians(radius: Double = 4, deviation: Double = 0.3) -> GaussianMixture {
    let means = (0..<8).map { k -> Vector<Double> in
      let angle = Double.pi / 4 * Double(k)
      return [radius * .cos(angle), radius * .sin(angle)]
    }
    return GaussianMixture(
      weights: [Double](repeating: 1.0 / 8, count: 8), means: means,
      deviations: [Double](repeating: deviation, count: 8))
  }
}

extension NoisyCurves {
  /// Two half circles, (cos a, sin a) and (1 - cos a, 1/2 - sin a) for a in [0, pi], as scikit-learn's
  /// `make_moons` has them.
  public static func twoMoons(deviation: Double = 0.1) -> NoisyCurves {
    NoisyCurves(
      [
        { u in Pair(.cos(.pi * u), .sin(.pi * u)) },
        { u in Pair(1 - .cos(.pi * u), 0.5 - .sin(.pi * u)) },
      ], deviation: deviation)
  }

  /// The planar Swiss roll a (cos a, sin a) / 5 for a in [3 pi/2, 9 pi/2]: the x-z section of scikit-learn's
  /// `make_swiss_roll`, divided by 5 as in FFJORD's toy data (W. Grathwohl et al., 2019).
  public static func swissRoll(deviation: Double = 0.2) -> NoisyCurves {
    NoisyCurves(
      [
        { u in
          let a = 1.5 * Double.pi * (1 + 2 * u)
          return Pair(a * .cos(a) / 5, a * .sin(a) / 5)
        }
      ], deviation: deviation)
  }

  /// Concentric circles of the given radii, equally likely, so the inner ones are the denser.
  ///
  /// FFJORD's toy data have radii 0.75, 1.5, 2.25 and 3, and the same deviation.
  public static func rings(radii: [Double] = [1, 2, 3, 4], deviation: Double = 0.08) -> NoisyCurves {
    precondition(radii.allSatisfy { $0 > 0 }, "radii must be positive: \(radii)")
    return NoisyCurves(
      radii.map { radius in { u in Pair(radius * .cos(2 * .pi * u), radius * .sin(2 * .pi * u)) } },
      deviation: deviation)
  }
}

/// The checkerboard of FFJORD's toy data (W. Grathwohl et al., 2019): uniform on the 8 of 16 squares of side 2 in
/// [-4, 4]^2 whose column and row, counted from the lower left, have an even sum. Density 1/32 there; the score is 0 on
/// them and, as the log-density is -infinity, not a number beside them.
public struct Checkerboard: Distribution {
  /// The board has no parameters.
  public init() {}

  public var dimension: Int { 2 }
  public var mean: Vector<Double> { [0, 0] }

  /// Var x = 16/3; E[x y] = 1, for the squares on the board pair columns with rows of the same parity.
  public var covariance: Matrix<Double> { Matrix([[16.0 / 3, 1], [1, 16.0 / 3]]) }

  @inlinable
  public func logDensity<P: Point>(_ x: P) -> P.Scalar {
    requireDimension(x)
    let (a, b) = (x[0].realPart, x[1].realPart)
    if a.isNaN || b.isNaN { return .nan }
    guard abs(a) <= 4, abs(b) <= 4 else { return -.infinity }
    let squares = Int(((a + 4) / 2).rounded(.down)) + Int(((b + 4) / 2).rounded(.down))
    return squares % 2 == 0 ? P.Scalar(-3.4657359027997265) : -.infinity
  }

  @inlinable
  public func score<P: Point>(_ x: P) -> P {
    let inside = logDensity(x).isFinite
    return P(count: 2) { _ in inside ? 0 : .nan }
  }

  @inlinable
  public func sample<P: Point, G: RandomNumberGenerator>(using generator: inout G) -> P {
    let x = 8 * generator.uniform() - 4
    let column = Int(((x + 4) / 2).rounded(.down))
    let row = column % 2 + (generator.uniform() < 0.5 ? 0 : 2)
    let y = 2 * (Double(row) + generator.uniform()) - 4
    return P(count: 2) { P.Scalar($0 == 0 ? x : y) }
  }
}

/// The pinwheel of M. Johnson et al., "Composing graphical models with neural networks for structured representations
/// and fast inference", NIPS 2016, with the parameters of FFJORD's toy data: blades are Gaussians at (1, 0) with
/// deviations `radial` and `tangential`, turned by 2 pi k / `blades` + `rate` exp(first coordinate), and doubled. It has
/// no density in closed form.
public struct Pinwheel: Law {
  /// The number of blades.
  public let blades: Int

  /// The deviation along a blade, before doubling.
  public let radial: Double

  /// The deviation across a blade, before doubling.
  public let tangential: Double

  /// How fast blades turn as they go outwards.
  public let rate: Double

  /// At least three blades, of positive widths.
  public init(blades: Int = 5, radial: Double = 0.3, tangential: Double = 0.1, rate: Double = 0.25) {
    precondition(
      blades > 2 && radial > 0 && tangential > 0 && (radial * tangential).isFinite && rate.isFinite,
      """
      a pinwheel needs three blades, positive, finite widths and a finite rate: \(blades) blades, widths \(radial) and \
      \(tangential), rate \(rate)
      """)
    self.blades = blades
    self.radial = radial
    self.tangential = tangential
    self.rate = rate
  }

  public var dimension: Int { 2 }
  public var mean: Vector<Double> { [0, 0] }

  /// Isotropic, for there are at least three blades: E|x|^2 / 2 = 2 (1 + radial^2 + tangential^2).
  public var covariance: Matrix<Double> {
    2 * (1 + radial * radial + tangential * tangential) * Matrix.identity(2)
  }

  public func sample<P: Point, G: RandomNumberGenerator>(using generator: inout G) -> P {
    let a = 1 + radial * generator.normal()
    let b = tangential * generator.normal()
    let blade = Double(Int.random(in: 0..<blades, using: &generator))
    let angle = 2 * Double.pi * blade / Double(blades) + rate * Double.exp(a)
    let (c, s) = (Double.cos(angle), Double.sin(angle))
    return P(count: 2) { P.Scalar(2 * ($0 == 0 ? c * a - s * b : s * a + c * b)) }
  }
}
