public import RealModule

/// Points on J curves in the plane, blurred: x = c_j(u) + deviation eps, with j uniform on the curves, u ~ U(0, 1) and
/// eps ~ N(0, I).
///
/// The density is p(x) = (1/J) sum_j int_0^1 N(x; c_j(u), deviation^2 I) du, by quadrature to about nine
/// digits: exact enough for an oracle, slow (tens of microseconds) for a hot loop.
public struct NoisyCurves: Distribution {
  /// c(u) for u in [0, 1], smooth; where it runs fast its points are rare.
  public typealias Curve = @Sendable (_ u: Double) -> Pair<Double>

  /// c_j.
  public let curves: [Curve]

  /// The standard deviation of the blur, in each coordinate.
  public let deviation: Double
  public let mean: Vector<Double>
  public let covariance: Matrix<Double>

  /// Curves in the plane, finite for 0 <= u <= 1 and equally likely; deviation > 0.
  public init(_ curves: [Curve], deviation: Double) {
    precondition(
      !curves.isEmpty && deviation > 0 && deviation.isFinite,
      "noisy curves need a curve and a positive, finite deviation: \(curves.count) curves, \(deviation)")
    self.curves = curves
    self.deviation = deviation
    let share = 1 / Double(curves.count)
    let center = curves.reduce(Pair(0.0, 0)) { $0 + share * integrate(over: 0...1, $1).value }
    mean = Vector(center.coordinates)
    covariance = Matrix(rows: 2, columns: 2) { i, j in
      let spread = curves.reduce(0.0) { sum, curve in
        sum + share
          * integrate(over: 0...1) { u in (curve(u)[i] - center[i]) * (curve(u)[j] - center[j]) }.value
      }
      return spread + (i == j ? deviation * deviation : 0)
    }
    precondition(
      mean.largestMagnitude.isFinite && covariance.isSymmetric,
      "the curves must be finite for 0 <= u <= 1: their mean is \(mean)")
  }

  public var dimension: Int { 2 }

  @inlinable
  public func logDensity<P: Point>(_ x: P) -> P.Scalar {
    typealias T = P.Scalar
    requireDimension(x)
    let variance = T(deviation * deviation)
    let share = 1 / T(curves.count)
    var sum: T = 0
    // Exponents are taken relative to the nearest point of the curves, so that far away nothing underflows.
    let nearest = curves.map { nearestPlace(on: $0, to: x) }
    let least = nearest.map(\.squaredDistance).min()!
    for (curve, place) in zip(curves, nearest) {
      let part = integrate(over: 0...1, peaks: [place.u], panels: 8) { u in
        let c = curve(u)
        let (dx, dy) = (x[0] - T(c[0]), x[1] - T(c[1]))
        return T.exp((T(least) - dx * dx - dy * dy) / (2 * variance))
      }
      sum += share * part.value
    }
    return T.log(sum) - T(least) / (2 * variance) - T(logTwoPi) - T.log(variance)
  }

  /// The nearest of 129 points of a curve.
  @inlinable
  func nearestPlace<P: Point>(on curve: Curve, to x: P) -> (u: Double, squaredDistance: Double) {
    var best = (u: 0.0, squaredDistance: Double.infinity)
    for k in 0...128 {
      let u = Double(k) / 128
      let c = curve(u)
      let (dx, dy) = (x[0].realPart - c[0], x[1].realPart - c[1])
      if dx * dx + dy * dy < best.squaredDistance { best = (u, dx * dx + dy * dy) }
    }
    return best
  }

  @inlinable
  public func sample<P: Point, G: RandomNumberGenerator>(using generator: inout G) -> P {
    let c = curves[Int.random(in: 0..<curves.count, using: &generator)](generator.uniform())
    return P(count: 2) { P.Scalar(c[$0] + deviation * generator.normal()) }
  }
}
