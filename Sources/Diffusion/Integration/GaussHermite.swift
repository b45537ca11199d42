import RealModule

/// Gauss-Hermite quadrature for expectations under the standard normal: E[f(Z)] = sum_i w_i f(z_i), exact
/// for polynomials of degree below 2 `count`.
///
/// The nodes are the zeros of the probabilists' Hermite polynomial He_n, found as eigenvalues of its Jacobi
/// matrix and polished by Newton's method; the weights are the Christoffel numbers 1 / sum_k p_k(z_i)^2 of
/// the orthonormal polynomials, accurate also where tiny. O(n^3) once.
/// Source: G. Golub, J. Welsch, "Calculation of Gauss quadrature rules", Math. Comp. 23 (1969).
public struct GaussHermite: Sendable {
  /// z_i, ascending.
  public let nodes: [Double]

  /// w_i > 0, which sum to one.
  public let weights: [Double]

  /// The rule of `count` nodes, 1...128.
  public init(count: Int) {
    precondition((1...128).contains(count), "Gauss-Hermite rules have 1 to 128 nodes, not \(count)")
    let jacobi = Matrix<Double>(rows: count, columns: count) { i, j in
      abs(i - j) == 1 ? Double(max(i, j)).squareRoot() : 0
    }
    var nodes = jacobi.symmetricEigen().values
    for i in nodes.indices {
      for _ in 0..<3 {
        let p = GaussHermite.orthonormal(count, at: nodes[i])
        // p_n' = sqrt(n) p_(n-1).
        nodes[i] -= p[count] / (Double(count).squareRoot() * p[count - 1])
      }
    }
    // The rule is symmetric; make it so to the last bit.
    for i in 0..<count / 2 {
      let z = (nodes[count - 1 - i] - nodes[i]) / 2
      nodes[i] = -z
      nodes[count - 1 - i] = z
    }
    if count % 2 == 1 { nodes[count / 2] = 0 }
    self.nodes = nodes
    weights = nodes.map { z in
      let p = GaussHermite.orthonormal(count, at: z)
      return 1 / Vector(Array(p.dropLast())).squaredNorm
    }
  }

  /// E[f(Z)], Z standard normal.
  @inlinable
  public func expectation<Value: Point>(_ f: (Double) -> Value) -> Value {
    var sum = Value.Scalar(weights[0]) * (f(nodes[0]))
    for i in 1..<max(nodes.count, 1) { sum = sum + Value.Scalar(weights[i]) * (f(nodes[i])) }
    return sum
  }

  /// p_0 ... p_n at x, with sqrt(k + 1) p_(k+1) = x p_k - sqrt(k) p_(k-1).
  private static func orthonormal(_ n: Int, at x: Double) -> [Double] {
    var p = [1.0, x]
    for k in 1..<max(n, 1) {
      p.append((x * p[k] - Double(k).squareRoot() * p[k - 1]) / Double(k + 1).squareRoot())
    }
    return Array(p.prefix(n + 1))
  }
}
