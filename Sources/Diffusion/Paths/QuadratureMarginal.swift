public import RealModule

/// The marginal path of any conditional path over data with a density on the line, by quadrature:
///
///     p_t(x) = int p_t(x | z) p_data(z) dz,   E[f(z) | x_t = x] = int f(z) p_t(x | z) p_data(z) dz / p_t(x).
///
/// For data without a closed form under noise (uniform, Laplace, an energy model), and for paths mu_t(z), sigma_t(z)
/// that are not of the form alpha z + beta eps. Where there are closed forms, `GaussianPath.marginal(over:)` is exact
/// and a thousand times faster: here a value costs some thousand evaluations of both densities, to ten digits.
///
///     let marginal = QuadratureMarginal(GaussianPath(schedule: .linear), over: Laplace(mean: 1, scale: 0.5),
///                                       in: -20...20, breakpoints: [1])
///
/// The digits are those of smooth densities within `range`: a peak much narrower than 10^-5 of it can go unseen.
/// Asks for sigma_t(z) > 0: at t = 1 there is nothing to integrate. In more dimensions there is no such quadrature:
/// noise a mixture, or take the `DataMarginal` of samples, instead.
public struct QuadratureMarginal<Path: ConditionalPath, Data: Density>: DensityPath {
  public let path: Path
  public let data: Data

  /// Where the data are: what lies outside is left out.
  public let range: ClosedRange<Double>

  /// Kinks and jumps of the data's density within the range.
  public let breakpoints: [Double]

  /// `range` holds the data's mass, up to what may be left out; `breakpoints` are kinks of its density.
  public init(_ path: Path, over data: Data, in range: ClosedRange<Double>, breakpoints: [Double] = []) {
    precondition(data.dimension == 1, "a marginal by quadrature needs dimension 1, not \(data.dimension)")
    precondition(
      range.lowerBound < range.upperBound && (range.upperBound - range.lowerBound).isFinite,
      "a marginal by quadrature needs a finite range of data, not \(range)")
    self.path = path
    self.data = data
    self.range = range
    self.breakpoints = breakpoints
  }

  public var dimension: Int { 1 }

  /// log p_t(x).
  @inlinable
  public func logDensity<P: Point>(_ x: P, at t: P.Scalar) -> P.Scalar {
    var memory = QuadratureMemory<P.Scalar>()
    let (top, sum) = moments(x, t, &memory) { weight, _ in weight }
    return P.Scalar(top) + P.Scalar.log(sum)
  }

  /// p_t(x).
  @inlinable
  public func density<P: Point>(_ x: P, at t: P.Scalar) -> P.Scalar { P.Scalar.exp(logDensity(x, at: t)) }

  /// E[f(z) | x_t = x].
  @inlinable
  public func expectation<P: Point>(
    given x: P, at t: P.Scalar, of f: (P.Scalar) -> P.Scalar
  ) -> P.Scalar {
    var memory = QuadratureMemory<Pair<P.Scalar>>()
    return expectation(given: x, at: t, &memory, of: f)
  }

  @inlinable
  func expectation<P: Point>(
    given x: P, at t: P.Scalar, _ memory: inout QuadratureMemory<Pair<P.Scalar>>,
    of f: (P.Scalar) -> P.Scalar
  ) -> P.Scalar {
    let sums = moments(x, t, &memory) { weight, z in Pair(weight, weight * f(z)) }.sum
    precondition(sums.first != 0, "at t = \(t) no data leads to \(x): there is nothing to average")
    return sums.second / sums.first
  }

  /// nabla log p_t(x) = E[nabla log p_t(x | z) | x].
  @inlinable
  public func score<P: Point>(_ x: P, at t: P.Scalar) -> P {
    average(x, t) { z in path.score(x, given: z, at: t) }
  }

  /// u_t(x) = E[u_t(x | z) | x], the marginal vector field.
  @inlinable
  public func field<P: Point>(_ x: P, at t: P.Scalar) -> P {
    average(x, t) { z in path.field(x, given: z, at: t) }
  }

  /// E[z | x_t = x].
  @inlinable
  public func denoiser<P: Point>(_ x: P, at t: P.Scalar) -> P { average(x, t) { $0 } }

  /// p(z | x_t = x) = p_t(x | z) p_data(z) / p_t(x).
  @inlinable
  public func posterior<P: Point>(_ z: P, given x: P, at t: P.Scalar) -> P.Scalar {
    P.Scalar.exp(path.logDensity(x, given: z, at: t) + data.logDensity(z) - logDensity(x, at: t))
  }

  @inlinable
  func average<P: Point>(_ x: P, _ t: P.Scalar, _ f: (P) -> P) -> P {
    let mean = expectation(given: x, at: t) { z in f(P(count: 1) { _ in z })[0] }
    return P(count: 1) { _ in mean }
  }

  /// int f(w, z) dz with w = p_t(x | z) p_data(z) exp(-top), top being near the largest exponent.
  @inlinable
  func moments<P: Point, Value: Point>(
    _ x: P, _ t: P.Scalar, _ memory: inout QuadratureMemory<Value>,
    _ f: (_ weight: P.Scalar, _ z: P.Scalar) -> Value
  ) -> (top: Double, sum: Value) where Value.Scalar == P.Scalar {
    typealias T = P.Scalar
    precondition(x.count == 1, "a point of dimension \(x.count) on the line")
    let t = unitTime(t)
    let top = findPeaks(x[0].realPart, t.realPart, &memory.peaks)
    let total = memory.integrator.integrate(over: range, peaks: memory.peaks, breakpoints: breakpoints) {
      z -> Value in
      let point = P(count: 1) { _ in T(z) }
      let exponent = path.logDensity(x, given: point, at: t) + data.logDensity(point) - T(top)
      return f(exponent.realPart == -.infinity ? 0 : T.exp(exponent), T(z))
    }
    // A particle that has left the numbers gets a value that has too: that is for the simulation to say.
    if case .notFinite(let z) = total.outcome, x[0].realPart.isFinite {
      preconditionFailure("at x = \(x[0]), t = \(t) the density of data and noise is not finite at z = \(z)")
    }
    return (top, total.value)
  }

  /// Finds the places of the data from which x comes without noise, mu_t(z) = x, or the nearest; returns the largest
  /// exponent there and on a grid.
  @inlinable
  func findPeaks(_ x: Double, _ t: Double, _ places: inout [Double]) -> Double {
    let cells = 128
    let width = range.upperBound - range.lowerBound
    func miss(_ z: Double) -> Double { path.mean(z, at: t) - x }
    var top = -Double.infinity
    func look(at z: Double) {
      let exponent = path.logDensity(x, given: z, at: t) + data.logDensity(z)
      if exponent.isFinite { top = max(top, exponent) }
    }
    places.removeAll(keepingCapacity: true)
    var left = range.lowerBound
    var offset = miss(left)
    look(at: left)
    var (nearest, distance) = (left, abs(offset))
    for i in 1...cells {
      let right = range.lowerBound + width * Double(i) / Double(cells)
      let next = miss(right)
      look(at: right)
      if abs(next) < distance { (nearest, distance) = (right, abs(next)) }
      if (offset < 0) != (next < 0) {
        var (a, b) = (left, right)
        for _ in 0..<50 {
          let middle = (a + b) / 2
          if (miss(middle) < 0) == (offset < 0) { a = middle } else { b = middle }
        }
        places.append((a + b) / 2)
      }
      (left, offset) = (right, next)
    }
    if places.isEmpty { places.append(nearest) }
    for place in places { look(at: place) }
    return top.isFinite ? top : 0
  }
}

/// What one integral over the data after another uses again.
@usableFromInline
struct QuadratureMemory<Value: Point> {
  @usableFromInline var peaks: [Double] = []
  @usableFromInline var integrator = AdaptiveIntegrator<Value>()
  @inlinable init() {}
}

extension QuadratureMarginal where Data: Law {
  /// A draw of x_t.
  @inlinable
  public func sample<P: Point, G: RandomNumberGenerator>(at t: P.Scalar, using generator: inout G) -> P {
    path.sample(given: data.sample(using: &generator), at: t, using: &generator)
  }
}

/// The marginal field of such a path, as a field to simulate with.
public struct QuadratureField<Path: ConditionalPath, Data: Density>: Field {
  public let marginal: QuadratureMarginal<Path, Data>

  @inlinable
  public func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P { marginal.field(x, at: t) }

  @inlinable
  public func floatEvaluator(count: Int, dimension: Int) -> BatchFunction<Float> { evaluator(dimension) }

  @inlinable
  public func doubleEvaluator(count: Int, dimension: Int) -> BatchFunction<Double> { evaluator(dimension) }

  /// In double precision: single precision does not reach the tolerance. All particles use the same memory.
  @inlinable
  func evaluator<T: MachineReal>(_ dimension: Int) -> BatchFunction<T> {
    precondition(dimension == 1, "a marginal by quadrature at points of dimension \(dimension)")
    var memory = QuadratureMemory<Pair<Double>>()
    return BatchFunction { [marginal] x, t, out in
      let t = t.realPart
      for row in 0..<x.count {
        let x = x[row, 0].realPart
        out[row, 0] = T(
          marginal.expectation(given: x, at: t, &memory) { z in marginal.path.field(x, given: z, at: t) })
      }
    }
  }
}

extension QuadratureMarginal {
  /// u_t as a field to simulate with: thousands of evaluations a particle and step.
  public var velocity: QuadratureField<Path, Data> { QuadratureField(marginal: self) }
}
