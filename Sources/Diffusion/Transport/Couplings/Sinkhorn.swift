import RealModule

/// The entropic plan between two weighted sets of points: the minimiser of
///
///     sum_ij P_ij c_ij + epsilon sum_ij P_ij (log P_ij / (a_i b_j) - 1)
///
/// over the matrices P with row sums a and column sums b. P_ij = a_i b_j exp((f_i + g_j - c_ij) / epsilon).
public struct EntropicPlan: Sendable {
  /// P, row after row.
  public let plan: [Double]

  /// How many points the first set has.
  public let rows: Int

  /// How many points the second set has.
  public let columns: Int

  /// sum_ij P_ij c_ij.
  public let cost: Double

  /// sum_i |sum_j P_ij - a_i|: how far the row sums are from what they should be; the column sums are exact.
  public let residual: Double

  /// How often both sides were scaled.
  public let iterations: Int

  /// Whether the residual is within the tolerance asked for.
  public let isConverged: Bool

  /// P_ij.
  public subscript(row: Int, column: Int) -> Double { plan[row * columns + column] }
}

/// Sinkhorn's algorithm in the logarithmic domain, safe for small epsilon: alternating scalings until the row
/// sums are right to `tolerance`, or `budget` iterations are used up, which the result then says.
///
/// O(rows columns) an iteration; the number of iterations grows like 1 / epsilon.
/// Source: M. Cuturi, "Sinkhorn distances: lightspeed computation of optimal transport", NIPS 2013; this form as
/// in G. Peyre, M. Cuturi, *Computational Optimal Transport*, 2019, section 4.4.
public func sinkhorn(
  cost: [Double], rowWeights a: [Double], columnWeights b: [Double], epsilon: Double,
  tolerance: Double = 1e-6, budget: Int = 10_000
) -> EntropicPlan {
  let (n, m) = (a.count, b.count)
  precondition(cost.count == n * m && n > 0 && m > 0, "\(cost.count) costs for \(n) x \(m) points")
  precondition(cost.allSatisfy(\.isFinite), "costs must be finite")
  let largest = cost.reduce(0) { max($0, abs($1)) }
  precondition(
    epsilon > 0 && (largest / epsilon).isFinite && tolerance > 0 && budget > 0,
    "epsilon = \(epsilon), tolerance \(tolerance), budget \(budget), for costs up to \(largest)")
  precondition(
    (a + b).allSatisfy { $0 > 0 } && abs(a.reduce(0, +) - b.reduce(0, +)) < 1e-9 * a.reduce(0, +),
    "both sides must have positive weights with one sum")
  var scaling = SinkhornScaling(rowWeights: a, columnWeights: b)
  cost.withUnsafeBufferPointer { scaling.run($0, epsilon: epsilon, tolerance: tolerance, budget: budget) }
  return EntropicPlan(
    plan: scaling.plan, rows: n, columns: m, cost: zip(scaling.plan, cost).reduce(0) { $0 + $1.0 * $1.1 },
    residual: scaling.residual, iterations: scaling.iterations, isConverged: scaling.residual <= tolerance)
}

/// The iteration, with its memory: it may run again for other costs between the same weights.
struct SinkhornScaling {
  /// P, row after row, as last found.
  private(set) var plan: [Double]
  private(set) var residual = Double.infinity
  private(set) var iterations = 0

  private let rowWeights: [Double]
  private let logRows: [Double]
  private let logColumns: [Double]

  /// -c / epsilon, and its transpose.
  private var scaled: [Double]
  private var transposed: [Double]

  /// Potentials divided by epsilon, with the logarithms of the weights.
  private var f: [Double]
  private var g: [Double]
  private var scratch: [Double]

  init(rowWeights: [Double], columnWeights: [Double]) {
    let (n, m) = (rowWeights.count, columnWeights.count)
    self.rowWeights = rowWeights
    logRows = rowWeights.map { Double.log($0) }
    logColumns = columnWeights.map { Double.log($0) }
    plan = [Double](repeating: 0, count: n * m)
    (scaled, transposed) = (plan, plan)
    f = logRows
    g = logColumns
    scratch = [Double](repeating: 0, count: max(n, m))
  }

  mutating func run(
    _ cost: UnsafeBufferPointer<Double>, epsilon: Double, tolerance: Double, budget: Int
  ) {
    let (n, m) = (f.count, g.count)
    for i in 0..<n {
      f[i] = 0
      for j in 0..<m {
        let entry = -cost[i * m + j] / epsilon
        scaled[i * m + j] = entry
        transposed[j * n + i] = entry
      }
    }
    for j in 0..<m { g[j] = logColumns[j] }
    (residual, iterations) = (.infinity, 0)

    while iterations < budget, residual > tolerance {
      iterations += 1
      residual = 0
      for i in 0..<n {
        let sum = logSumExp(scaled, row: i, plus: g, &scratch)
        if iterations > 1 { residual += abs(Double.exp(f[i] + sum) - rowWeights[i]) }
        f[i] = logRows[i] - sum
      }
      if iterations == 1 { residual = .infinity }
      for j in 0..<m { g[j] = logColumns[j] - logSumExp(transposed, row: j, plus: f, &scratch) }
    }

    residual = 0
    for i in 0..<n {
      var sum = 0.0
      for j in 0..<m {
        let share = Double.exp(f[i] + scaled[i * m + j] + g[j])
        plan[i * m + j] = share
        sum += share
      }
      residual += abs(sum - rowWeights[i])
    }
  }
}

/// log sum_j exp(matrix[row, j] + offsets[j]), relative to the largest term.
private func logSumExp(
  _ matrix: [Double], row: Int, plus offsets: [Double], _ scratch: inout [Double]
) -> Double {
  let count = offsets.count
  return matrix.withUnsafeBufferPointer { matrix in
    offsets.withUnsafeBufferPointer { offsets in
      scratch.withUnsafeMutableBufferPointer { all in
        let terms = UnsafeMutableBufferPointer(rebasing: all[..<count])
        var largest = -Double.infinity
        for j in 0..<count {
          terms[j] = matrix[row * count + j] + offsets[j]
          largest = max(largest, terms[j])
        }
        for j in 0..<count { terms[j] -= largest }
        Double.vectorExp(UnsafeBufferPointer(terms), into: terms)
        return largest + Double.log(terms.reduce(0, +))
      }
    }
  }
}
