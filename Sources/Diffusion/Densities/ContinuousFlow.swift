/// How the divergence div u = tr J along a flow is found, J the Jacobian of the field.
public enum DivergenceEstimator: Sendable {
  /// By d derivatives along the coordinates: d evaluations of the field on dual numbers.
  case exact

  /// By Hutchinson's estimator: the average of v . J v over `probes` random sign vectors v, the same ones along
  /// each trajectory, as in FFJORD. Unbiased; its variance for one probe is the sum of the squares of the off-diagonal
  /// entries of J + J^T, over 2. One evaluation of the field on dual numbers for each probe.
  ///
  /// Source: M. Hutchinson, "A stochastic estimator of the trace of the influence matrix for Laplacian smoothing
  /// splines", Commun. Statist. Simul. Comput. 18 (1989).
  case hutchinson(probes: Int, stream: RandomStream)
}

/// What `logLikelihood` found.
public struct LikelihoodEstimate: Sendable {
  /// log p(x) for each point. With Hutchinson's estimator unbiased, up to the solver's error.
  public let logDensities: [Double]

  /// Where the flow comes from: the points' preimages under the base law.
  public let origins: Batch<Double>

  /// Standard errors of the log-densities from the spread between probes, or nil where the divergence is exact
  /// or there is one probe.
  public let standardErrors: [Double]?

  /// How the integration went; where it did not complete, the values are those reached.
  public let outcome: SimulationOutcome

  @usableFromInline
  init(
    logDensities: [Double], origins: Batch<Double>, standardErrors: [Double]?, outcome: SimulationOutcome
  ) {
    self.logDensities = logDensities
    self.origins = origins
    self.standardErrors = standardErrors
    self.outcome = outcome
  }
}

extension ODE where Drift: Field {
  /// The log-likelihood of points under the continuous normalizing flow that carries `base` from one time to
  /// another,
  ///
  ///     log p_end(x) = log p_base(x_start) - int_start^end div u_t(x_t) dt,
  ///
  /// integrated backwards from x together with the divergence (the instantaneous change of variables). The
  /// solver's tolerance bounds the error of both in each step. `points` has a row for each x; `steps` is the number of
  /// equal intervals of the time grid, which an adaptive solver divides as it needs and others step over.
  /// Source: R. T. Q. Chen, Y. Rubanova, J. Bettencourt, D. Duvenaud, "Neural ordinary differential equations", NeurIPS
  /// 2018, theorem 1; W. Grathwohl et al., "FFJORD: free-form continuous dynamics for scalable reversible generative
  /// models", ICLR 2019, for the estimator.
  @inlinable
  public func logLikelihood(
    of points: Batch<Double>, base: some Density, from start: Double = 0, to end: Double = 1,
    divergence: DivergenceEstimator = .exact,
    by solver: some Solver = DormandPrince(tolerance: Tolerance(absolute: 1e-9, relative: 1e-9)),
    steps: Int = 1
  ) -> LikelihoodEstimate {
    let augmented = DivergenceAlong(field: drift, layout: divergence.layout(points.dimension))
    return followDivergence(
      augmented, augmented.layout, points, base: base, from: start, to: end, divergence, by: solver,
      steps: steps)
  }
}

/// Integrates points, and the divergence along their paths, backwards.
@usableFromInline
func followDivergence(
  _ augmented: some BatchField, _ layout: DivergenceLayout, _ points: Batch<Double>, base: some Density,
  from start: Double, to end: Double, _ divergence: DivergenceEstimator, by solver: some Solver, steps: Int
) -> LikelihoodEstimate {
  let d = points.dimension
  precondition(base.dimension == d, "points of dimension \(d) under a base of \(base.dimension)")
  var state = Batch<Double>(count: points.count, dimension: layout.width)
  let signs = divergence.signs(count: points.count, dimension: d)
  for row in 0..<points.count {
    for i in 0..<d { state[row, i] = points[row, i] }
    for (k, sign) in signs[row].enumerated() { state[row, layout.probeOffset + k] = sign }
  }
  let run = simulate(
    ODE(augmented), from: state, by: solver, times: .uniform(from: end, to: start, steps: steps))
  var origins = Batch<Double>(count: points.count, dimension: d)
  var (values, errors): ([Double], [Double]) = ([], [])
  for row in 0..<points.count {
    for i in 0..<d { origins[row, i] = run.final[row, i] }
    // Backwards in time the integrals come out with the opposite sign.
    let integrals = (0..<layout.integrals).map { run.final[row, d + $0] }
    let n = Double(integrals.count)
    let mean = integrals.reduce(0, +) / n
    values.append(base.logDensity(origins[row]) + mean)
    let squares = integrals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    errors.append((squares / (n * max(n - 1, 1))).squareRoot())
  }
  return LikelihoodEstimate(
    logDensities: values, origins: origins, standardErrors: layout.integrals > 1 ? errors : nil,
    outcome: run.outcome)
}

extension DivergenceEstimator {
  @usableFromInline func layout(_ dimension: Int) -> DivergenceLayout {
    guard case .hutchinson(let probes, _) = self else {
      return DivergenceLayout(dimension: dimension, probes: 0)
    }
    precondition(probes > 0, "Hutchinson's estimator needs a probe")
    return DivergenceLayout(dimension: dimension, probes: probes)
  }

  /// The probes of each point, one after another.
  func signs(count: Int, dimension: Int) -> [[Double]] {
    guard case .hutchinson(let probes, let stream) = self else { return Array(repeating: [], count: count) }
    let uniforms = stream.uniforms(Double.self, 0..<count * probes * dimension)
    let width = probes * dimension
    return (0..<count).map { row in uniforms[row * width..<(row + 1) * width].map { $0 < 0.5 ? -1 : 1 } }
  }
}

/// Where in an augmented state the point, the integrals of the divergence and the probes are.
@usableFromInline
struct DivergenceLayout: Sendable {
  @usableFromInline let dimension: Int
  @usableFromInline let probes: Int

  @usableFromInline
  init(dimension: Int, probes: Int) {
    self.dimension = dimension
    self.probes = probes
  }

  @inlinable var integrals: Int { max(probes, 1) }
  @inlinable var probeOffset: Int { dimension + integrals }
  @inlinable var width: Int { probeOffset + probes * dimension }
}
