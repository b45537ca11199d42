import CVectorMath

/// The density of a linear process started from a mixture, in the process's own time s >= `start`: that of
/// F z + o + sqrt(V) eps with z ~ `initial`, and F, o, V the factor, offset and variance from `start` to s.
public struct ProcessPath<L: LinearProcess>: DensityPath {
  public let process: L
  public let initial: GaussianMixture
  public let start: Double

  /// The process from the law `initial` at time `start`.
  public init(_ process: L, from initial: some MixtureRepresentable, at start: Double = 0) {
    self.process = process
    self.initial = initial.mixture
    self.start = start
  }

  @inlinable
  public func logDensity<P: Point>(_ x: P, at s: P.Scalar) -> P.Scalar {
    requireTime(s.realPart)
    let start = P.Scalar(start)
    return initial.logDensity(
      x - process.offset(x.count, from: start, to: s), alpha: process.factor(from: start, to: s),
      variance: process.variance(from: start, to: s))
  }

  /// nabla log p_s(x).
  @inlinable
  public func score<P: Point>(_ x: P, at s: P.Scalar) -> P {
    requireTime(s.realPart)
    let start = P.Scalar(start)
    return initial.combination(
      x - process.offset(x.count, from: start, to: s), alpha: process.factor(from: start, to: s),
      variance: process.variance(from: start, to: s), mean: 0, score: 1)
  }

  /// nabla log p_s as a field, what the reversal and the probability flow of the process ask for.
  public var scoreField: ProcessScore<L> { ProcessScore(path: self) }

  @inlinable
  func requireTime(_ s: Double) {
    precondition(s >= start, "a process that starts at \(start) has no law at \(s)")
  }

  /// The law at time s.
  public func law(at s: Double) -> GaussianMixture { process.law(from: initial, at: start, to: s) }
}

/// The score of a linear process started from a mixture, as a field to simulate with.
public struct ProcessScore<L: LinearProcess>: Field {
  public let path: ProcessPath<L>

  @inlinable
  public func callAsFunction<P: Point>(_ x: P, at s: P.Scalar) -> P { path.score(x, at: s) }

  public func floatEvaluator(count: Int, dimension: Int) -> BatchFunction<Float> {
    evaluator(count, dimension)
  }

  public func doubleEvaluator(count: Int, dimension: Int) -> BatchFunction<Double> {
    evaluator(count, dimension)
  }

  /// Without its offset the law is that of F z + sqrt(V) eps, for which there is a vector loop; F and V are computed in
  /// double precision.
  private func evaluator<T: MachineReal>(_ count: Int, _ dimension: Int) -> BatchFunction<T> {
    let (process, start, mixture) = (path.process, path.start, path.initial)
    precondition(
      dimension == mixture.dimension,
      "a score of dimension \(mixture.dimension) at points of dimension \(dimension)")
    let table = MixtureTable<T>(mixture)
    var scratch = [T](repeating: 0, count: mixture_scratch(table.components, dimension))
    var centered = Batch<T>(count: count, dimension: dimension)
    let leastSpread = mixture.components.flatMap(\.variances).min()!
    return BatchFunction { x, s, out in
      out.requireShape(of: x)
      let s = s.realPart
      path.requireTime(s)
      let factor = process.factor(from: start, to: s)
      let variance = process.variance(from: start, to: s)
      precondition(
        factor * factor * leastSpread + variance > 0, "at s = \(s) the law is a point mass: there is no score"
      )
      centered.copy(x)
      process.addOffset(-1, from: start, to: s, to: &centered)
      out.withMutableElements { out in
        centered.withElements { x in
          scratch.withUnsafeMutableBufferPointer { scratch in
            T.posterior(
              of: table, x, alpha: T(factor), variance: T(variance), a: 0, b: 1, into: out, scratch: scratch)
          }
        }
      }
    }
  }
}
