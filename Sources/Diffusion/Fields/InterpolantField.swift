import RealModule

/// A field of an interpolant between mixtures: a multiple of its velocity and one of its score, both in closed form.
///
/// Over batches the pairs of components are prepared once a time, O(J K d^3), and a point costs O(J K d^2).
public struct InterpolantField<I: Interpolant>: Field {
  public let path: InterpolantPath<I>
  @usableFromInline let kind: Kind

  @usableFromInline
  enum Kind: Sendable {
    case velocity
    case score
    case drift(any DiffusionCoefficient)
  }

  @usableFromInline
  init(path: InterpolantPath<I>, kind: Kind) {
    self.path = path
    self.kind = kind
  }

  @inlinable
  func factors<T: RealNumber>(at t: T) -> (velocity: T, score: T) {
    switch kind {
    case .velocity: return (1, 0)
    case .score: return (0, 1)
    case .drift(let diffusion):
      let sigma = diffusion(at: t)
      return (1, sigma * sigma / 2)
    }
  }

  @inlinable
  public func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
    switch kind {
    case .velocity: return path.field(x, at: t)
    case .score: return path.score(x, at: t)
    case .drift: return path.field(x, at: t) + factors(at: t).score * path.score(x, at: t)
    }
  }

  public func floatEvaluator(count: Int, dimension: Int) -> BatchFunction<Float> { evaluator(dimension) }
  public func doubleEvaluator(count: Int, dimension: Int) -> BatchFunction<Double> { evaluator(dimension) }

  private func evaluator<T: MachineReal>(_ dimension: Int) -> BatchFunction<T> {
    precondition(
      dimension == path.dimension,
      "a field of dimension \(path.dimension) at points of dimension \(dimension)")
    let table = PairTable<T>(path)
    return BatchFunction { x, t, out in
      out.requireShape(of: x)
      let time = t.realPart
      table.prepare(path.interpolant, time, factors(at: time))
      out.withMutableElements { out in x.withElements { table.evaluate($0, into: out) } }
    }
  }
}

extension InterpolantPath {
  /// u_t(x) = E[dx_t/dt | x_t = x] as a field to simulate with.
  public var velocity: InterpolantField<I> { InterpolantField(path: self, kind: .velocity) }

  /// nabla log p_t as a field.
  public var scoreField: InterpolantField<I> { InterpolantField(path: self, kind: .score) }

  /// dX = u_t(X) dt, whose flow carries the source to the target along p_t.
  public var flow: ODE<InterpolantField<I>> { ODE(velocity) }

  /// dX = (u_t + sigma_t^2 / 2 nabla log p_t)(X) dt + sigma_t dW, which has the same laws p_t for any sigma_t >= 0.
  ///
  /// Where u_t is singular, as gamma' makes it at the ends of laws without a density, so is the drift.
  /// Source: M. Albergo, N. Boffi, E. Vanden-Eijnden, "Stochastic interpolants: a unifying framework for flows and
  /// diffusions", 2023, section 2, with epsilon = sigma^2 / 2.
  public func diffusion<Sigma: DiffusionCoefficient>(_ sigma: Sigma) -> SDE<InterpolantField<I>, Sigma> {
    SDE(drift: InterpolantField(path: self, kind: .drift(sigma)), diffusion: sigma)
  }
}

/// At one time, each pair of components as an affine field and a quadratic exponent: what is the same for all points
/// is found once, in double precision and in memory of its own.
private final class PairTable<Scalar: MachineReal> {
  private let dimension: Int
  private let pairs: [Ends]
  private var covariance: [Double]
  private var growth: [Double]
  private var inverse: [Double]

  /// For each pair: log w, then m, then C^-1, then the field's offset, then its slope.
  private var coefficients: [Scalar]
  private let width: Int

  /// x - m, then C^-1 (x - m), then the sum over pairs.
  private var scratch: [Scalar]

  private struct Ends {
    let logWeight: Double
    let source: Gaussian
    let target: Gaussian
  }

  init(_ path: InterpolantPath<some Interpolant>) {
    let d = path.dimension
    dimension = d
    pairs = path.source.components.indices.flatMap { j in
      path.target.components.indices.map { k in
        Ends(
          logWeight: path.source.logWeights[j] + path.target.logWeights[k],
          source: path.source.components[j], target: path.target.components[k])
      }
    }
    covariance = [Double](repeating: 0, count: d * d)
    growth = covariance
    inverse = covariance
    width = 1 + 2 * d + 2 * d * d
    coefficients = [Scalar](repeating: 0, count: width * pairs.count)
    scratch = [Scalar](repeating: 0, count: 3 * d)
  }

  func prepare(_ interpolant: some Interpolant, _ t: Double, _ factors: (velocity: Double, score: Double)) {
    let (d, now) = (dimension, Dual(unitTime(t), 1))
    let (a, b, v) = (interpolant.source(now), interpolant.target(now), interpolant.latentVariance(now))
    for number in 0..<pairs.count {
      let (source, target) = (pairs[number].source, pairs[number].target)
      for i in 0..<d {
        for j in 0..<d {
          let spread =
            a * a * Dual(source.covariance[i, j]) + b * b * Dual(target.covariance[i, j])
            + (i == j ? v : Dual(0))
          covariance[i * d + j] = spread.value
          growth[i * d + j] = spread.derivative
        }
      }
      guard let logDeterminant = invert(&covariance, into: &inverse, dimension: d) else {
        preconditionFailure(
          "at t = \(t) the interpolant is a point mass in some direction: it has no density")
      }
      let place = number * width
      coefficients[place] = Scalar(pairs[number].logWeight - logDeterminant / 2)
      for i in 0..<d {
        let mean = a * Dual(source.mean[i]) + b * Dual(target.mean[i])
        coefficients[place + 1 + i] = Scalar(mean.value)
        coefficients[place + 1 + d + d * d + i] = Scalar(factors.velocity * mean.derivative)
        for j in 0..<d {
          // The velocity's slope is C' C^-1 / 2, the score's -C^-1.
          var pull = 0.0
          for l in 0..<d { pull += growth[i * d + l] * inverse[l * d + j] }
          let slope = factors.velocity * pull / 2 - factors.score * inverse[i * d + j]
          coefficients[place + 1 + d + i * d + j] = Scalar(inverse[i * d + j])
          coefficients[place + 1 + 2 * d + d * d + i * d + j] = Scalar(slope)
        }
      }
    }
  }

  /// Averages over pairs, relative to the largest weight so far.
  func evaluate(_ x: UnsafeBufferPointer<Scalar>, into out: UnsafeMutableBufferPointer<Scalar>) {
    let d = dimension
    coefficients.withUnsafeBufferPointer { table in
      scratch.withUnsafeMutableBufferPointer { scratch in
        for row in stride(from: 0, to: x.count, by: d) {
          var (largest, total): (Scalar, Scalar) = (-.infinity, 0)
          for i in 0..<d { scratch[2 * d + i] = 0 }
          for place in stride(from: 0, to: table.count, by: width) {
            for i in 0..<d { scratch[i] = x[row + i] - table[place + 1 + i] }
            var exponent: Scalar = 0
            for i in 0..<d {
              var field = table[place + 1 + d + d * d + i]
              for j in 0..<d {
                exponent += scratch[i] * table[place + 1 + d + i * d + j] * scratch[j]
                field += table[place + 1 + 2 * d + d * d + i * d + j] * scratch[j]
              }
              scratch[d + i] = field
            }
            let term = table[place] - exponent / 2
            // Before the first pair the largest is -infinity, and the sums are 0.
            let shrunk: Scalar = term > largest ? (total == 0 ? 0 : Scalar.exp(largest - term)) : 1
            largest = max(largest, term)
            let weight = Scalar.exp(term - largest)
            total = total * shrunk + weight
            for i in 0..<d {
              scratch[2 * d + i] = scratch[2 * d + i] * shrunk + weight * scratch[d + i]
            }
          }
          for i in 0..<d { out[row + i] = scratch[2 * d + i] / total }
        }
      }
    }
  }
}
