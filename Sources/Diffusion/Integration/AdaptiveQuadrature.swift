import RealModule

/// integral of f over `domain`, which may be infinite at either end, by adaptive Gauss-Kronrod quadrature.
///
/// The range is divided into `panels` equal parts, and at `breakpoints`; then the part with the largest
/// error is halved until the sum of errors meets `tolerance` or `budget` evaluations are spent. Name what
/// an equal division could miss: a kink or jump is a breakpoint, and towards each of `peaks` the division
/// is graded, so that a peak 10^-5 of the range wide is found. A peak that is narrower still, or not named,
/// can go unseen, and then the reported error is too small.
///
/// The integrand may return any `Point`, also of dual numbers: then derivatives are integrated along, and
/// their error counts too. An infinite range is mapped by x = s / (1 - s^2), or x = a +- s / (1 - s).
///
/// Source: R. Piessens et al., *QUADPACK*, Springer 1983 (routine QAG and its error estimate).
@inlinable
public func integrate<Value: Point>(
  over domain: ClosedRange<Double>,
  peaks: [Double] = [],
  breakpoints: [Double] = [],
  panels: Int = 16,
  rule: GaussKronrodRule = .points21,
  tolerance: Tolerance = Tolerance(),
  budget: Int = 200_000,
  _ f: (Double) -> Value
) -> Integral<Value> {
  var integrator = AdaptiveIntegrator<Value>(rule: rule)
  return integrator.integrate(
    over: domain, peaks: peaks, breakpoints: breakpoints, panels: panels, tolerance: tolerance,
    budget: budget, f)
}

/// Adaptive quadrature with memory that one integral after another uses again.
@usableFromInline
struct AdaptiveIntegrator<Value: Point> {
  @usableFromInline var estimator: PanelEstimator<Value>
  @usableFromInline var edges: [Double] = []
  @usableFromInline var parts: [Panel<Value>] = []

  @inlinable
  init(rule: GaussKronrodRule = .points21) { estimator = PanelEstimator(rule: rule) }

  @inlinable
  mutating func integrate(
    over domain: ClosedRange<Double>, peaks: [Double], breakpoints: [Double], panels: Int = 16,
    tolerance: Tolerance = Tolerance(), budget: Int = 200_000, _ f: (Double) -> Value
  ) -> Integral<Value> {
    precondition(panels > 0, "an integral needs at least one panel")
    let map = RangeMap(domain)
    partition(map, peaks: peaks, breakpoints: breakpoints, panels: panels)
    func integrand(_ s: Double) -> Value {
      let (x, slope) = map.point(s)
      let y = f(x)
      return slope == 1 ? y : Value.Scalar(slope) * y
    }
    estimator.restart()
    parts.removeAll(keepingCapacity: true)
    for i in 1..<max(edges.count, 1) { parts.append(estimator.estimate(edges[i - 1], edges[i], integrand)) }
    guard !parts.isEmpty else {
      let zero = 0 * (f(map.point(edges[0]).x))
      return Integral(value: zero, error: 0, evaluations: 1, outcome: .converged)
    }

    var (total, error) = sums(of: parts)
    var outcome: IntegrationOutcome?
    while outcome == nil {
      let worst = parts.indices.max { parts[$0].error < parts[$1].error }!
      let panel = parts[worst]
      let middle = panel.left + (panel.right - panel.left) / 2
      let resolution = 100 * max(abs(panel.left), abs(panel.right)).ulp
      if let place = estimator.notFinite {
        outcome = .notFinite(at: map.point(place).x)
      } else if tolerance.accepts(error, for: total.largestMagnitude) {
        outcome = .converged
      } else if panel.isRoundingLimited || middle - panel.left <= resolution {
        outcome = .roundoff
      } else if estimator.evaluations >= budget {
        outcome = .exhausted
      } else {
        let (left, right) = (
          estimator.estimate(panel.left, middle, integrand),
          estimator.estimate(middle, panel.right, integrand)
        )
        parts[worst] = left
        parts.append(right)
        total = total - panel.value + left.value + right.value
        error += left.error + right.error - panel.error
      }
    }
    // The running sums carry the rounding of what was subtracted again.
    (total, error) = sums(of: parts)
    if case .notFinite = outcome { error = .infinity }
    return Integral(value: total, error: error, evaluations: estimator.evaluations, outcome: outcome!)
  }

  /// The edges of the first panels, in the coordinate of `map`.
  @usableFromInline
  mutating func partition(_ map: RangeMap, peaks: [Double], breakpoints: [Double], panels: Int) {
    let ends = map.ends
    let width = ends.upperBound - ends.lowerBound
    edges.removeAll(keepingCapacity: true)
    edges.append(ends.lowerBound)
    guard width > 0 else { return }
    for i in 1..<panels { insert(ends.lowerBound + width * Double(i) / Double(panels), ends) }
    insert(ends.upperBound, ends)
    for x in breakpoints where map.contains(x) { insert(map.coordinate(x), ends) }
    for x in peaks where map.contains(x) {
      let s = map.coordinate(x)
      insert(s, ends)
      var distance = width / Double(panels)
      for _ in 0..<7 {
        distance /= 5
        insert(s - distance, ends)
        insert(s + distance, ends)
      }
    }
    let gap = width * 1e-12
    var kept = 1
    for i in 1..<edges.count where edges[i] - edges[kept - 1] > gap {
      edges[kept] = edges[i]
      kept += 1
    }
    edges.removeSubrange(kept...)
    edges[kept - 1] = ends.upperBound
  }

  /// Puts an edge within the ends into its place.
  private mutating func insert(_ edge: Double, _ ends: ClosedRange<Double>) {
    guard ends.contains(edge) else { return }
    edges.append(edge)
    var i = edges.count - 1
    while i > 0, edges[i - 1] > edge {
      edges[i] = edges[i - 1]
      i -= 1
    }
    edges[i] = edge
  }
}

@inlinable
func sums<Value: Point>(of parts: [Panel<Value>]) -> (value: Value, error: Double) {
  var (value, error) = (parts[0].value, parts[0].error)
  for part in parts.dropFirst() {
    value = value + part.value
    error += part.error
  }
  return (value, error)
}
