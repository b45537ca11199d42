import Diffusion
import Verification

/// Linear processes, bridges, Markov chains and matrices.
func processClaims(_ w: World) -> [Claim] {
  let tau = ("tau", 0.2...1.6)
  let unit = ("t", 0.12...0.88)
  let root = { (x: Double) in x.squareRoot() }
  let e = w.entries
  let one = Matrix<Double>.identity(2)
  /// Covariances, positive definite by construction.
  let sigma = Matrix([[0.5 + e[0] * e[0], e[0] * e[1]], [e[0] * e[1], 0.4 + e[1] * e[1]]])
  let noise = Matrix([[0.3 + e[2] * e[2], e[2] * e[3]], [e[2] * e[3], 0.6 + e[3] * e[3]]])
  let generator = Matrix([[-0.5, e[4]], [-1.5 * e[4], -0.8]])
  func times(_ A: Matrix<Double>, _ B: Matrix<Double>) -> Matrix<Double> {
    Matrix(rows: 2, columns: 2) { i, j in A[i, 0] * B[0, j] + A[i, 1] * B[1, j] }
  }
  func plus(_ A: Matrix<Double>, _ B: Matrix<Double>, _ c: Double = 1) -> Matrix<Double> {
    Matrix(rows: 2, columns: 2) { i, j in A[i, j] + c * B[i, j] }
  }
  func scaled(_ c: Double, _ A: Matrix<Double>) -> Matrix<Double> {
    Matrix(rows: 2, columns: 2) { c * A[$0, $1] }
  }
  func inverse(_ A: Matrix<Double>) -> Matrix<Double> {
    let d = A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0]
    return Matrix([[A[1, 1] / d, -A[0, 1] / d], [-A[1, 0] / d, A[0, 0] / d]])
  }
  /// exp(tau A) by its series after scaling; generic for its derivative.
  func exponential<T: RealNumber>(_ tau: T) -> [[T]] {
    let h = tau / 64
    var term: [[T]] = [[1, 0], [0, 1]]
    var sum = term
    for n in 1...14 {
      term = (0..<2).map { i in
        (0..<2).map { j in
          h / T(Double(n)) * (term[i][0] * T(generator[0, j]) + term[i][1] * T(generator[1, j]))
        }
      }
      sum = (0..<2).map { i in (0..<2).map { sum[i][$0] + term[i][$0] } }
    }
    for _ in 0..<6 {
      sum = (0..<2).map { i in (0..<2).map { j in sum[i][0] * sum[0][j] + sum[i][1] * sum[1][j] } }
    }
    return sum
  }
  let flow = { (tau: Double) in Matrix(exponential(tau)) }
  let moving = { (tau: Double) in plus(plus(one, generator, 0.3 * tau), sigma, 0.2 * tau * tau) }
  let movingSlope = { (tau: Double) in plus(scaled(0.3, generator), sigma, 0.4 * tau) }
  func determinant<T: RealNumber>(_ tau: T) -> T {
    func entry(_ i: Int, _ j: Int) -> T {
      T(i == j ? 1 : 0) + T(0.3 * generator[i, j]) * tau + T(0.2 * sigma[i, j]) * tau * tau
    }
    return entry(0, 0) * entry(1, 1) - entry(0, 1) * entry(1, 0)
  }
  let a = { (t: Double) in w.alpha(t) }
  let b = { (t: Double) in w.beta(t) }
  return claims {
    Claim.planeEstimates("ou-variance", [tau], "root double inverse") { tau, _ in
      integral(over: 0...tau) { r in 0.7 * exp(-2 * (tau - r)) }
    } equals: {
      [{ tau, _ in 0.35 * (1 - exp(-2 * tau)) }]
    }
    Claim.planeEstimates("ou-mean", [tau, ("x", -2...2)], "negate dropFirst negateSecond") { tau, x in
      x * exp(-tau) + integral(over: 0...tau) { r in exp(-(tau - r)) * 0.6 }
    } equals: {
      [{ tau, x in exp(-tau) * (x - 0.6) }, { _, _ in 0.6 }]
    }
    Claim.planeEstimates("ou-covariance", [("s", 0.2...0.9), ("r", 1...1.8)], "square inverse exchange") {
      s, r in
      integral(over: 0...s) { q in exp(-(s - q)) * exp(-(r - q)) }
    } equals: {
      [{ s, r in exp(-r) * (exp(s) - exp(-s)) / 2 }]
    }
    Claim.plane("bridge-variance", [unit], "root double inverse") { t, _ in
      t - t * t / 1
    } equals: {
      [{ t, _ in t * (1 - t) }]
    }
    Claim.plane("bridge-drift", [unit, ("x", -2...2)], "negate double reflectTime") { t, x in
      derivative(at: x) { log(normal(Dual(0.8), $0, sqrt(constant(1 - t)))) }
    } equals: {
      [{ t, _ in 0.8 / (1 - t) }, { t, x in -x / (1 - t) }]
    }
    Claim.plane("backward-heat", [unit, ("x", -2...2)], "negate double reflectTime") { t, x in
      derivative(at: t) { t in normal(Dual(0.8), Dual(x), sqrt(1 - t)) }
    } equals: {
      [
        { t, x in
          -0.5 * secondDerivative(at: x) { normal(Dual(Dual(0.8)), $0, sqrt(Dual(constant(1 - t), 0))) }
        }
      ]
    }
    Claim.plane("masked-forward", [unit], "negate double timesPi") { t, _ in
      derivative(at: t) { t in 1 - t * t }
    } equals: {
      [{ t, _ in -(2 * t / (1 - t * t)) * (1 - t * t) }]
    }
    Claim.plane("two-state-chain", [tau], "negate halve dropFirst") { tau, _ in
      derivative(at: tau) { tau in Dual(0.4) + Dual(0.6) * exp(-Dual(1.5) * tau) }
    } equals: {
      [
        { tau, _ in -0.9 * (0.4 + 0.6 * exp(-1.5 * tau)) }, { tau, _ in 0.6 * (0.6 - 0.6 * exp(-1.5 * tau)) },
      ]
    }
    Claim.plane("flow-map", [("t", w.margin...(1 - w.margin)), ("x", -2...2)], "negate double negateSecond") {
      t, x in
      w.alpha1(t) * 0.7 + w.beta1(t) * x
    } equals: {
      [
        { t, x in w.beta1(t) / b(t) * (a(t) * 0.7 + b(t) * x) },
        { t, _ in (w.alpha1(t) - a(t) * w.beta1(t) / b(t)) * 0.7 },
      ]
    }
    Claim.plane("displacement-energy", [("m", 0.3...2), ("s", 0.3...0.8)], "root double dropSecond") { m, s in
      // Mean square speed of the straight lines z -> m + s z, over 8 Gauss-Hermite nodes.
      zip(
        [0.381186990207322, 1.157193712446780, 1.981656756695843, 2.930637420257244],
        [0.6611470125582413, 0.2078023258148919, 0.01707798300741348, 0.0001996040722113676]
      ).reduce(0) { sum, node in
        let z = node.0 * 2.0.squareRoot()
        let up = m + (s - 1) * z
        let down = m - (s - 1) * z
        return sum + node.1 / Double.pi.squareRoot() * (up * up + down * down)
      }
    } equals: {
      [{ m, _ in m * m }, { _, s in (1 - s) * (1 - s) }]
    }
    Claim.plane("log-determinant", [tau], "negate double inverse") { tau, _ in
      derivative(at: tau) { log(determinant($0)) }
    } equals: {
      [{ tau, _ in times(inverse(moving(tau)), movingSlope(tau)).trace }]
    }
    Claim.matrices("exponential-equation", tau, "negate transpose double") { tau in
      Matrix((0..<2).map { i in (0..<2).map { j in derivative(at: tau) { exponential($0)[i][j] } } })
    } equals: {
      [{ tau in times(generator, flow(tau)) }]
    }
    Claim.matrices("semigroup", tau, "transpose negate timesPi") { tau in
      times(flow(0.4 * tau), flow(0.6 * tau))
    } equals: {
      [{ tau in flow(tau) }]
    }
    Claim.matrices("inverse-flow", tau, "transpose double negate") { tau in
      inverse(flow(tau))
    } equals: {
      [
        { tau in Matrix(exponential(-tau)) }
      ]
    }
    Claim.matrices("inverse-slope", tau, "negate transpose halve") { tau in
      let d = moving(tau)
      // Derivative of the adjugate over the determinant.
      let h = movingSlope(tau)
      let det = determinant(tau)
      let det1 = derivative(at: tau) { determinant($0) }
      let adjugate = Matrix([[d[1, 1], -d[0, 1]], [-d[1, 0], d[0, 0]]])
      let adjugate1 = Matrix([[h[1, 1], -h[0, 1]], [-h[1, 0], h[0, 0]]])
      return plus(scaled(1 / det, adjugate1), adjugate, -det1 / (det * det))
    } equals: {
      [
        { tau in scaled(-1, times(times(inverse(moving(tau)), movingSlope(tau)), inverse(moving(tau)))) }
      ]
    }
    Claim.matrices("kalman-gain", ("t", w.margin...(1 - w.margin)), "transpose negate double") { t in
      scaled(a(t), times(sigma, inverse(plus(noise, sigma, a(t) * a(t)))))
    } equals: {
      [
        { t in
          scaled(a(t), times(inverse(plus(inverse(sigma), inverse(noise), a(t) * a(t))), inverse(noise)))
        }
      ]
    }
    Claim.matrices("posterior-covariance", ("t", w.margin...(1 - w.margin)), "negate double negateSecond") {
      t in
      inverse(plus(inverse(sigma), inverse(noise), a(t) * a(t)))
    } equals: {
      [
        { _ in sigma },
        { t in
          scaled(-a(t) * a(t), times(times(sigma, inverse(plus(noise, sigma, a(t) * a(t)))), sigma))
        },
      ]
    }
    Claim.matrices("lyapunov", tau, "negate double dropSecond") { tau in
      // P = e^A P0 e^A' solves P' = A P + P A'.
      func p(_ i: Int, _ j: Int) -> Double {
        derivative(at: tau) { tau in
          let f = exponential(tau)
          var sum: Dual<Double> = 0
          for k in 0..<2 { for l in 0..<2 { sum += f[i][k] * Dual(sigma[k, l]) * f[j][l] } }
          return sum
        }
      }
      return Matrix([[p(0, 0), p(0, 1)], [p(1, 0), p(1, 1)]])
    } equals: {
      [
        { tau in times(generator, times(times(flow(tau), sigma), flow(tau).transposed)) },
        { tau in times(times(times(flow(tau), sigma), flow(tau).transposed), generator.transposed) },
      ]
    }
    Claim.plane("divergence-of-linear-field", [tau], "negate double inverse") { tau, _ in
      let f = flow(tau)
      return log(f[0, 0] * f[1, 1] - f[0, 1] * f[1, 0])
    } equals: {
      [{ tau, _ in tau * generator.trace }]
    }
    Claim.plane("quadratic-form", [("x", -2...2), ("y", -2...2)], "double timesPi halve") { x, y in
      let s = inverse(sigma)
      return x * x * s[0, 0] + 2 * x * y * s[0, 1] + y * y * s[1, 1]
    } equals: {
      [
        { x, y in
          // By Cholesky: |L^-1 (x, y)|^2.
          let l = root(sigma[0, 0])
          let k = sigma[1, 0] / l
          let d = root(sigma[1, 1] - k * k)
          let u = x / l
          let v = (y - k * u) / d
          return u * u + v * v
        }
      ]
    }
  }
}
