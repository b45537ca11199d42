import Glibc

/// The limit of a function, by extrapolation, with its error.
///
///     verify("eq-score-at-one", over: Domain(x: -3...3)) { x in
///       limit(at: 1, from: 0.5) { t in marginal.score(x, at: t) }
///     } equals: { x in data.score(x) }
///
/// The function is evaluated at distances that halve from |start - point| downwards, and Wynn's epsilon
/// algorithm (MTAC 10, 1956) extrapolates: it accelerates errors that shrink geometrically, as those of powers
/// of the distance do, whatever the exponents. The truncation follows from the last two
/// changes of the extrapolation that settles best. A limit at infinity: `at: .infinity, from: 1`, where distances double.
/// Convergence slower than any power (1 / log) leaves a large error, and so no verdict.
public func limit(
  at point: Double, from start: Double, terms: Int = 22, _ function: (Double) throws -> Double
) rethrows -> Estimate {
  precondition(start.isFinite && start != point, "A limit starts away from its point.")
  var epsilon = WynnEpsilon()
  for k in 0..<max(terms, 6) {
    let distance = pow(2, -Double(k))
    let t = point.isInfinite ? start / distance : point + (start - point) * distance
    let value = try function(t)
    guard value.isFinite else { break }
    epsilon.add(value)
  }
  return epsilon.estimate
}

/// The value of a computation as its number of steps grows, from twice as many steps as given, with its error,
/// for a method of the given order (Richardson).
///
///     stepHalved(from: 64, order: 4) { steps in solve(steps: steps) }
///
/// The error follows from the last two changes, the earlier one scaled down by the order: somewhere in a domain
/// the last change alone passes through zero, and would claim an exactness that is not there. Computed with half,
/// once and twice the number of steps; with once, twice and four times, where it is odd.
public func stepHalved(from steps: Int, order: Double, _ value: (Int) throws -> Double) rethrows -> Estimate {
  precondition(steps > 0 && order > 0, "A number of steps and an order are positive.")
  let first = steps % 2 == 0 ? steps / 2 : steps
  let coarse = try value(first)
  let middle = try value(2 * first)
  let fine = try value(4 * first)
  let ratio = pow(2, order)
  let change = max((middle - fine).magnitude, (coarse - middle).magnitude / ratio)
  return Estimate(fine, truncation: change / (ratio - 1))
}

/// f'(x) by central differences with Richardson extrapolation, with its error: for functions that
/// automatic differentiation cannot enter.
///
/// Ridders' tableau (Adv. Eng. Softw. 4, 1982) with steps h, h/1.4, ...; it keeps the entry whose neighbours
/// agree best. Rounding limits it to about ten digits.
public func finiteDifference(
  at x: Double, step: Double = 0.1, _ function: (Double) throws -> Double
) rethrows -> Estimate {
  precondition(step > 0, "A difference needs a positive step.")
  let ratio = 1.4
  var h = step
  var previous: [Double] = []
  var best = Estimate(.nan, truncation: .infinity)
  for _ in 0..<10 {
    var row = [(try function(x + h) - function(x - h)) / (2 * h)]
    var factor = ratio * ratio
    for old in previous {
      row.append((row[row.count - 1] * factor - old) / (factor - 1))
      let i = row.count - 1
      let error = max((row[i] - row[i - 1]).magnitude, (row[i] - old).magnitude)
      if error < best.truncation { best = Estimate(row[i], truncation: error) }
      factor *= ratio * ratio
    }
    previous = row
    h /= ratio
  }
  return best
}

/// Wynn's epsilon algorithm on a sequence.
private struct WynnEpsilon {
  /// The last antidiagonal of the table: epsilon_0, epsilon_1, ...
  private var diagonal: [Double] = []
  /// The latest even-column entries of each order, for comparing.
  private var candidates: [Double] = []
  /// Their changes at the last term.
  private var changes: [Double] = []
  private var best = Estimate(.nan, truncation: .infinity)

  mutating func add(_ value: Double) {
    var next = [value]
    for (k, old) in diagonal.enumerated() {
      let difference = next[k] - old
      // Equal neighbours: the sequence has converged to rounding.
      guard difference != 0 else {
        keep(next[k % 2 == 0 ? k : k - 1], error: 0)
        break
      }
      next.append((k > 0 ? diagonal[k - 1] : 0) + 1 / difference)
    }
    let even = stride(from: 0, to: next.count, by: 2).map { next[$0] }
    // What is left after an extrapolation is the sum of the changes still to come. They are taken for a
    // geometric series, whose ratio is that of the last two changes: near 1 where convergence is slow.
    var latest: [Double] = []
    for (k, entry) in even.enumerated() where k < candidates.count {
      let change = (entry - candidates[k]).magnitude
      latest.append(change)
      guard k < changes.count, changes[k] > 0 else { continue }
      keep(entry, error: change / (1 - min(change / changes[k], 0.98)))
    }
    changes = latest
    candidates = even
    diagonal = next
  }

  private mutating func keep(_ value: Double, error: Double) {
    let padded = error + 4 * value.ulp
    if value.isFinite, padded < best.truncation { best = Estimate(value, truncation: padded) }
  }

  var estimate: Estimate { best }
}
