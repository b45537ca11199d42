public import RealModule

/// The marginal path of any conditional path over a data set z_1, ..., z_n, in any dimension and in closed form:
///
///     p_t(x) = 1/n sum_i p_t(x | z_i),   E[f(z) | x_t = x] = sum_i r_i f(z_i),   r_i = p_t(x | z_i) / (n p_t(x)).
///
/// For paths mu_t(z), sigma_t(z) that are not of the form alpha z + beta eps; for those that are,
/// `GaussianPath.marginal(over:)` takes an `Empirical` law too, and is faster.
///
///     let marginal = DataMarginal(bent, over: Empirical(points))
///     let samples = simulate(ODE(marginal.velocity), from: noise, by: .heun, times: .uniform(to: 0.99, steps: 50)).final
///
/// Asks for sigma_t(z) > 0. O(n d) a point, for each quantity.
/// Source: Y. Lipman et al., "Flow matching for generative modeling", ICLR 2023, section 3.1, for a finite sum.
public struct DataMarginal<Path: ConditionalPath>: DensityPath {
  public let path: Path

  /// z_1, ..., z_n.
  public let data: Empirical

  /// The path of z drawn from the points of `data` with equal probability.
  public init(_ path: Path, over data: Empirical) {
    self.path = path
    self.data = data
  }

  public var dimension: Int { data.dimension }

  /// log p_t(x).
  @inlinable
  public func logDensity<P: Point>(_ x: P, at t: P.Scalar) -> P.Scalar {
    average(x, t) { $0 }.logDensity
  }

  /// p_t(x).
  @inlinable
  public func density<P: Point>(_ x: P, at t: P.Scalar) -> P.Scalar { P.Scalar.exp(logDensity(x, at: t)) }

  /// nabla log p_t(x) = E[nabla log p_t(x | z) | x].
  @inlinable
  public func score<P: Point>(_ x: P, at t: P.Scalar) -> P {
    average(x, t) { path.score(x, given: $0, at: t) }.mean
  }

  /// u_t(x) = E[u_t(x | z) | x], the marginal vector field.
  @inlinable
  public func field<P: Point>(_ x: P, at t: P.Scalar) -> P {
    average(x, t) { path.field(x, given: $0, at: t) }.mean
  }

  /// E[z | x_t = x] = sum_i r_i z_i.
  @inlinable
  public func denoiser<P: Point>(_ x: P, at t: P.Scalar) -> P { average(x, t) { $0 }.mean }

  /// r_i, the probabilities of the data points given x_t = x.
  @inlinable
  public func responsibilities<P: Point>(given x: P, at t: P.Scalar) -> [P.Scalar] {
    typealias T = P.Scalar
    let terms = (0..<data.points.count).map { path.logDensity(x, given: point($0) as P, at: t) }
    let largest = terms.max()!
    // Where all are -infinity, infinitely far out, the points are alike.
    let heights: [T] = terms.map { largest == -.infinity ? 1 : T.exp($0 - largest) }
    let sum = heights.reduce(0, +)
    return heights.map { $0 / sum }
  }

  /// A draw of x_t.
  @inlinable
  public func sample<P: Point, G: RandomNumberGenerator>(at t: P.Scalar, using generator: inout G) -> P {
    path.sample(given: data.sample(using: &generator), at: t, using: &generator)
  }

  /// log p_t(x) and E[f(z) | x_t = x] for a point-valued f, added up relative to the largest term so far.
  @inlinable
  func average<P: Point>(_ x: P, _ t: P.Scalar, _ f: (P) -> P) -> (logDensity: P.Scalar, mean: P) {
    typealias T = P.Scalar
    precondition(x.count == dimension, "a point of dimension \(x.count) where \(dimension) is expected")
    var (largest, total): (T, T) = (0, 0)
    var sum = x
    for i in 0..<data.points.count {
      let z: P = point(i)
      let term = path.logDensity(x, given: z, at: t)
      if i == 0 {
        (largest, total, sum) = (term, 1, f(z))
      } else if term > largest {
        let shrunk = T.exp(largest - term)
        (largest, total, sum) = (term, total * shrunk + 1, shrunk * sum + f(z))
      } else {
        // Where all are -infinity, infinitely far out, the points are alike.
        let weight = largest == -.infinity ? 1 : T.exp(term - largest)
        if weight.realPart != 0 { (total, sum) = (total + weight, sum + weight * f(z)) }
      }
    }
    return (largest + T.log(total) - T(Double.log(Double(data.points.count))), (1 / total) * sum)
  }

  @inlinable
  func point<P: Point>(_ i: Int) -> P { P(count: dimension) { P.Scalar(data.points[i, $0]) } }
}

/// The marginal field of such a path, as a field to simulate with.
public struct DataField<Path: ConditionalPath>: Field {
  public let marginal: DataMarginal<Path>

  @inlinable
  public func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P { marginal.field(x, at: t) }
}

extension DataMarginal {
  /// u_t as a field to simulate with: n conditional fields a particle and step.
  public var velocity: DataField<Path> { DataField(marginal: self) }
}
