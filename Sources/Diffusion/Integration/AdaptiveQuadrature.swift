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
  precondition(panels > 0, "an integral needs at least one panel")
  let map = RangeMap(domain)
  let edges = partition(map, peaks: peaks, breakpoints: breakpoints, panels: panels)
  func integrand(_ s: Double) -> Value {
    let (x, slope) = map.point(s)
    let y = f(x)
    return slope == 1 ? y : Value.Scalar(slope) * y
  }
  var estimator = PanelEstimator<Value>(rule: rule)
  var parts: [Panel<Value>] = []
  for (left, right) in zip(edges, edges.dropFirst()) {
    parts.append(estimator.estimate(left, right, integrand))
  }
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
        estimator.estimate(panel.left, middle, integrand), estimator.estimate(middle, panel.right, integrand)
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

@inlinable
func sums<Value: Point>(of parts: [Panel<Value>]) -> (value: Value, error: Double) {
  var (value, error) = (parts[0].value, parts[0].error)
  for part in parts.dropFirst() {
    value = value + part.value
    error += part.error
  }
  return (value, error)
}

/// The edges of the first panels, in the coordinate of `map`.
@usableFromInline
func partition(_ map: RangeMap, peaks: [Double], breakpoints: [Double], panels: Int) -> [Double] {
  let ends = map.ends
  let width = ends.upperBound - ends.lowerBound
  guard width > 0 else { return [ends.lowerBound] }
  var edges = (0...panels).map { ends.lowerBound + width * Double($0) / Double(panels) }
  edges[panels] = ends.upperBound
  for x in breakpoints where map.contains(x) { edges.append(map.coordinate(x)) }
  for x in peaks where map.contains(x) {
    let s = map.coordinate(x)
    edges.append(s)
    var distance = width / Double(panels)
    for _ in 0..<7 {
      distance /= 5
      edges.append(s - distance)
      edges.append(s + distance)
    }
  }
  let gap = width * 1e-12
  var result: [Double] = []
  for edge in edges.sorted() where ends.contains(edge) {
    if let last = result.last, edge - last <= gap { continue }
    result.append(edge)
  }
  result[result.count - 1] = ends.upperBound
  return result
}
