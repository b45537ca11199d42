/// The law of a known point, delta_z. It has no density; under noise it has one.
public struct Dirac: Law, MixtureRepresentable {
  /// z.
  public let place: Vector<Double>

  /// A finite point.
  public init(at place: Vector<Double>) {
    precondition(place.count > 0 && place.largestMagnitude.isFinite, "a point mass at \(place)")
    self.place = place
  }

  /// On the line.
  public init(at place: Double) { self.init(at: Vector([place])) }

  public var dimension: Int { place.count }
  public var mean: Vector<Double> { place }
  public var covariance: Matrix<Double> { 0 * Matrix.identity(dimension) }

  @inlinable
  public func sample<P: Point, G: RandomNumberGenerator>(using generator: inout G) -> P {
    P(count: dimension) { P.Scalar(place[$0]) }
  }

  public var mixture: GaussianMixture {
    GaussianMixture(weights: [1], components: [Gaussian(mean: place, deviation: 0)])
  }
}

/// A data set as a law: each of its points with the same probability.
///
/// Under noise it is a mixture with one component a point, so the marginal path of a data set, the target
/// that training sees, has closed forms too; they cost O(points d).
public struct Empirical: Law, MixtureRepresentable {
  /// The data, a row for each point.
  public let points: Batch<Double>

  /// At least one point, all finite.
  public init(_ points: Batch<Double>) {
    precondition(points.count > 0 && points.isFinite, "a data set must have points, all finite")
    self.points = points
  }

  public var dimension: Int { points.dimension }
  public var mean: Vector<Double> { points.mean }

  /// With divisor n: the covariance of the law, not an estimate of another's.
  public var covariance: Matrix<Double> {
    guard points.count > 1 else { return 0 * Matrix.identity(dimension) }
    return Double(points.count - 1) / Double(points.count) * points.covariance
  }

  @inlinable
  public func sample<P: Point, G: RandomNumberGenerator>(using generator: inout G) -> P {
    let row = Int.random(in: 0..<points.count, using: &generator)
    return P(count: dimension) { P.Scalar(points[row, $0]) }
  }

  public var mixture: GaussianMixture {
    GaussianMixture(
      weights: [Double](repeating: 1 / Double(points.count), count: points.count),
      components: points.points.map { Gaussian(mean: $0, deviation: 0) })
  }
}
