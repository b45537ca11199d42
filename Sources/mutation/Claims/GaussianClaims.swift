import Diffusion
import Verification

/// Integrals of normal densities: divergences, distances and moments of N(m, s^2), many against N(0, 1).
func gaussianClaims(_ w: World) -> [Claim] {
  let axes = [("m", 0.2...1.5), ("s", 0.6...1.3)]
  let deviation = ("s", 0.5...1.6)
  func under(_ m: Double, _ s: Double, _ f: (Double) -> Double) -> Estimate {
    integral(over: -14...14, peaks: [m], relativeTolerance: 1e-9) { x in normal(x, m, s) * f(x) }
  }
  let root = { (x: Double) in x.squareRoot() }
  let distribution = { (x: Double) in 0.5 * (1 + erf(x / 2.0.squareRoot())) }
  let standard = { (x: Double) in normal(x, 0, 1) }
  return claims {
    Claim.planeEstimates("kl", axes, "negate double shift exchange") { m, s in
      under(m, s) { x in log(normal(x, m, s) / standard(x)) }
    } equals: {
      [{ m, s in (s * s + m * m - 1) / 2 }, { _, s in -log(s) }]
    }
    Claim.planeEstimates("reverse-kl", axes, "negate halve exchange") { m, s in
      under(0, 1) { x in log(standard(x) / normal(x, m, s)) }
    } equals: {
      [{ _, s in log(s) - 0.5 }, { m, s in (1 + m * m) / (2 * s * s) }]
    }
    Claim.planeEstimates("cross-entropy", axes, "negate double inverse") { m, s in
      under(m, s) { x in -log(standard(x)) }
    } equals: {
      [{ _, _ in 0.5 * log(2 * .pi) }, { m, s in (s * s + m * m) / 2 }]
    }
    Claim.planeEstimates("entropy", [deviation], "negate double shift") { s, _ in
      under(0, s) { x in -log(normal(x, 0, s)) }
    } equals: {
      [{ _, _ in 0.5 * log(2 * .pi) + 0.5 }, { s, _ in log(s) }]
    }
    Claim.planeEstimates("affinity", axes, "square inverse double") { m, s in
      integral(over: -14...14, relativeTolerance: 1e-9) { x in root(normal(x, m, s) * standard(x)) }
    } equals: {
      [{ m, s in root(2 * s / (1 + s * s)) * exp(-m * m / (4 * (1 + s * s))) }]
    }
    Claim.planeEstimates("chi-squared", axes, "root inverse timesPi") { m, s in
      integral(over: -30...30, peaks: [2 * m / (2 - s * s)], relativeTolerance: 1e-9) { x in
        let q = normal(x, m, s)
        return q * exp(log(q) + x * x / 2) * root(2 * .pi)
      }
    } equals: {
      [{ m, s in exp(m * m / (2 - s * s)) / (s * root(2 - s * s)) }]
    }
    Claim.planeEstimates("overlap", axes, "square root double exchange") { m, s in
      under(m, s) { x in standard(x) }
    } equals: {
      [{ m, s in normal(m, 0, root(1 + s * s)) }]
    }
    Claim.planeEstimates("wasserstein", axes, "root negate dropSecond") { m, s in
      under(0, 1) { z in (m + s * z - z) * (m + s * z - z) }
    } equals: {
      [{ m, _ in m * m }, { _, s in (s - 1) * (s - 1) }]
    }
    Claim.planeEstimates("fisher-divergence", axes, "double negate inverse") { m, s in
      under(m, s) { x in
        let d = -(x - m) / (s * s) + x
        return d * d
      }
    } equals: {
      [{ m, s in m * m + s * s }, { _, s in 1 / (s * s) - 2 }]
    }
    Claim.planeEstimates("folded-mean", axes, "halve square inverse") { m, s in
      integral(over: 0...14, relativeTolerance: 1e-9) { x in x * (normal(x, m, s) + normal(-x, m, s)) }
    } equals: {
      [
        { m, s in s * root(2 / .pi) * exp(-m * m / (2 * s * s)) }, { m, s in m * erf(m / (s * root(2))) },
      ]
    }
    Claim.planeEstimates("exponential-mean", axes, "square inverse exchange") { m, s in
      under(m, s) { x in exp(x) }
    } equals: {
      [{ m, s in exp(m + s * s / 2) }]
    }
    Claim.planeEstimates("cosine-mean", axes, "negate double exchange") { m, s in
      under(m, s) { x in cos(x) }
    } equals: {
      [{ m, s in cos(m) * exp(-s * s / 2) }]
    }
    Claim.planeEstimates("fourth-gaussian-moment", axes, "root double dropFirst") { m, s in
      under(m, s) { x in x * x * x * x }
    } equals: {
      [{ m, s in m * m * m * m + 6 * m * m * s * s }, { _, s in 3 * s * s * s * s }]
    }
    Claim.planeEstimates("probit-mean", axes, "square inverse shift") { m, s in
      under(m, s) { x in distribution(x) }
    } equals: {
      [{ m, s in distribution(m / root(1 + s * s)) }]
    }
    Claim.planeEstimates("rectified-mean", axes, "double square negateFirst") { m, s in
      integral(over: 0...14, relativeTolerance: 1e-9) { x in x * normal(x, m, s) }
    } equals: {
      [{ m, s in s * standard(m / s) }, { m, s in m * distribution(m / s) }]
    }
    Claim.planeEstimates("integration-by-parts", axes, "negate double root") { m, s in
      under(m, s) { x in (x - m) * tanh(x) }
    } equals: {
      [
        { m, s in
          let h = 1.0 / 64
          return (-900...900).reduce(0) { sum, i in
            let x = Double(i) * h
            return sum + h * normal(x, m, s) * s * s * (1 - tanh(x) * tanh(x))
          }
        }
      ]
    }
    Claim.plane("product-of-normals", axes, "double square exchange") { m, s in
      normal(0.4, m, s) * normal(0.4, 0, 1)
    } equals: {
      [
        { m, s in
          let v = s * s / (1 + s * s)
          return normal(m, 0, root(1 + s * s)) * normal(0.4, m / (1 + s * s), root(v))
        }
      ]
    }
    Claim.planeEstimates("chapman-kolmogorov", axes, "square inverse timesPi") { m, s in
      integral(over: -14...14, peaks: [0.5 * m], relativeTolerance: 1e-9) { y in
        normal(y, 0.5 * m, s) * normal(0.8, 0.7 * y, 0.6)
      }
    } equals: {
      [{ m, s in normal(0.8, 0.35 * m, root(0.49 * s * s + 0.36)) }]
    }
    Claim.plane("log-normaliser-slope", axes, "negate double exchange") { m, s in
      derivative(at: m) { m in log(exp(constant(s) * m) + exp(-constant(s) * m)) }
    } equals: {
      [{ m, s in s * tanh(s * m) }]
    }
    Claim.plane("gaussian-score-in-deviation", axes, "negate halve shift") { m, s in
      derivative(at: s) { log(normal(Dual(0.4), Dual(m), $0)) }
    } equals: {
      [{ m, s in (0.4 - m) * (0.4 - m) / (s * s * s) }, { _, s in -1 / s }]
    }
  }
}
