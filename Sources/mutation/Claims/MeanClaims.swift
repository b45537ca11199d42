import Diffusion
import Verification

/// Moments, losses, gradient estimators, stochastic integrals and samplers, as means over draws.
func meanClaims(_ w: World) -> [Claim] {
  let t = ("t", w.margin...(1 - w.margin))
  let m = ("m", 0.4...1.4)
  let tau = ("tau", 0.3...1.5)
  let a = { (t: Double) in w.alpha(t) }
  let b = { (t: Double) in w.beta(t) }
  let e = w.entries
  let distribution = { (x: Double) in 0.5 * (1 + erf(x / 2.0.squareRoot())) }
  let d = w.dimension
  let vector = (0..<d).map { e[$0] + 1 }
  /// The Ornstein-Uhlenbeck transition over a time.
  func move(_ x: Double, _ h: Double, _ draws: inout Draws) -> Double {
    x * exp(-h) + sqrt(1 - exp(-2 * h)) * draws.normal()
  }
  return claims {
    Claim.mean("second-moment-drawn", t, "timesBeta double root", isConstant: true, hasSchedule: true) {
      t, draws in
      let x = w.draw(t, &draws).x
      return x * x
    } equals: {
      [{ t in a(t) * a(t) * w.dataMoment(2) }, { t in b(t) * b(t) }]
    }
    Claim.mean("characteristic-drawn", t, "double negate timesPi", isConstant: true) { t, draws in
      cos(0.5 * w.draw(t, &draws).x)
    } equals: {
      [
        { t in w.weights[0] * exp(-w.variance(0, t) / 8) * cos(0.5 * a(t) * w.means[0]) },
        { t in w.weights[1] * exp(-w.variance(1, t) / 8) * cos(0.5 * a(t) * w.means[1]) },
      ]
    }
    Claim.mean("exponential-drawn", t, "square inverse double", isConstant: true) { t, draws in
      exp(0.5 * w.draw(t, &draws).x)
    } equals: {
      [
        { t in w.weights[0] * exp(w.variance(0, t) / 8 + 0.5 * a(t) * w.means[0]) },
        { t in w.weights[1] * exp(w.variance(1, t) / 8 + 0.5 * a(t) * w.means[1]) },
      ]
    }
    Claim.mean("covariance-with-data", t, "double perAlpha negate", hasSchedule: true) { t, draws in
      let draw = w.draw(t, &draws)
      return draw.x * draw.z
    } equals: {
      [{ t in a(t) * w.dataMoment(2) }]
    }
    Claim.mean("covariance-with-noise", t, "double negate square", hasSchedule: true) { t, draws in
      let draw = w.draw(t, &draws)
      return draw.x * draw.e
    } equals: {
      [{ t in b(t) }]
    }
    Claim.mean("residual", t, "timesBeta root double", hasSchedule: true) { t, draws in
      let draw = w.draw(t, &draws)
      let r = draw.x - a(t) * draw.z
      return r * r
    } equals: {
      [{ t in b(t) * b(t) }]
    }
    Claim.mean("fourth-moment-drawn", t, "root double dropSecond", isConstant: true) { t, draws in
      let x = w.draw(t, &draws).x
      return x * x * x * x
    } equals: {
      [
        { t in a(t) * a(t) * a(t) * a(t) * w.dataMoment(4) },
        { t in 6 * a(t) * a(t) * w.dataMoment(2) * b(t) * b(t) + 3 * b(t) * b(t) * b(t) * b(t) },
      ]
    }
    Claim.mean("stein-tanh-drawn", t, "negate double halve", isConstant: true) { t, draws in
      let x = w.draw(t, &draws).x
      return tanh(x) * w.score(x, t)
    } equals: {
      [{ t in w.average(t) { x in tanh(x) * tanh(x) - 1 } }]
    }
    Claim.mean("fisher-drawn", t, "negate double inverse", isConstant: true) { t, draws in
      let x = w.draw(t, &draws).x
      let s = w.score(x, t)
      return s * s
    } equals: {
      [{ t in -w.average(t) { x in w.score1(x, t) } }]
    }
    Claim.mean("denoising-loss", t, "double negate timesBeta", hasSchedule: true) { t, draws in
      let (z, _, x) = w.draw(t, &draws)
      let error = z - (x + b(t) * b(t) * w.score(x, t)) / a(t)
      return error * error
    } equals: {
      [{ t in w.average(t) { x in w.posteriorVariance(x, t) } }]
    }
    Claim.mean("denoising-score-matching", t, "negate double dropSecond") { t, draws in
      // Of the model s(x) = -x: E|s + e/beta|^2 = E|s - score|^2 + 1/beta^2 - E|score|^2.
      let (_, e, x) = w.draw(t, &draws)
      let error = e / b(t) - x
      return error * error
    } equals: {
      [
        { t in
          w.average(t) { x in
            let d = -x - w.score(x, t)
            return d * d
          }
        },
        { t in 1 / (b(t) * b(t)) - w.average(t) { x in w.score(x, t) * w.score(x, t) } },
      ]
    }
    Claim.mean("implicit-score-matching", t, "negate double halve", isConstant: true) { t, draws in
      // E[s^2 + 2 s'] of the model s(x) = -tanh x equals E|s - score|^2 - E|score|^2.
      let x = w.draw(t, &draws).x
      return tanh(x) * tanh(x) - 2 * (1 - tanh(x) * tanh(x))
    } equals: {
      [
        { t in
          w.average(t) { x in
            let d = -tanh(x) - w.score(x, t)
            return d * d
          }
        }, { t in -w.average(t) { x in w.score(x, t) * w.score(x, t) } },
      ]
    }
    Claim.mean("conditional-flow-matching", t, "negate double negateSecond", isConstant: true) { t, draws in
      // Of the model u(x) = 1: E|1 - u(x|z)|^2.
      let (z, e, _) = w.draw(t, &draws)
      let error = 1 - w.alpha1(t) * z - w.beta1(t) * e
      return error * error
    } equals: {
      [
        { t in
          w.average(t) { x in
            let d = 1 - w.field(x, t)
            return d * d
          }
        },
        { t in
          w.alpha1(t) * w.alpha1(t) * w.dataMoment(2) + w.beta1(t) * w.beta1(t)
            - w.average(t) { x in w.field(x, t) * w.field(x, t) }
        },
      ]
    }
    Claim.mean("reinforce-square", m, "negate double square") { m, draws in
      let z = draws.normal()
      let x = m + 0.8 * z
      return x * x * z / 0.8
    } equals: {
      [{ m in 2 * m }]
    }
    Claim.mean("reinforce-cosine", m, "negate double timesPi") { m, draws in
      let z = draws.normal()
      return cos(m + 0.8 * z) * z / 0.8
    } equals: {
      [{ m in -sin(m) * exp(-0.32) }]
    }
    Claim.mean("reparameterised-exponential", m, "square inverse double") { m, draws in
      exp(m + 0.8 * draws.normal())
    } equals: {
      [{ m in exp(m + 0.32) }]
    }
    Claim.mean("rectified", m, "negate double square") { m, draws in
      max(m + draws.normal(), 0)
    } equals: {
      [
        { m in normal(m, 0, 1) }, { m in m * distribution(m) },
      ]
    }
    Claim.mean("probability", m, "double square root") { m, draws in
      m + draws.normal() > 0 ? 1 : 0
    } equals: {
      [
        { m in distribution(m) }
      ]
    }
    Claim.mean("ito-isometry", tau, "double root inverse") { tau, draws in
      let h = tau / 8
      var sum = 0.0
      for (k, dw) in draws.increments(8, duration: tau).enumerated() { sum += (1 + Double(k) * h) * dw }
      return sum * sum
    } equals: {
      [
        { tau in (0..<8).reduce(0) { $0 + (1 + Double($1) * tau / 8) * (1 + Double($1) * tau / 8) * tau / 8 }
        }
      ]
    }
    Claim.mean("brownian-covariance", tau, "double root negate") { tau, draws in
      let path = draws.increments(2, duration: tau)
      return path[0] * (path[0] + path[1])
    } equals: {
      [{ tau in tau / 2 }]
    }
    Claim.mean("geometric-brownian", tau, "square inverse double") { tau, draws in
      exp(draws.increments(4, duration: tau).reduce(0, +))
    } equals: {
      [{ tau in exp(tau / 2) }]
    }
    Claim.mean("girsanov-weight", tau, "double halve timesPi", isConstant: true) { tau, draws in
      exp(0.6 * draws.increments(4, duration: tau).reduce(0, +) - 0.18 * tau)
    } equals: {
      [{ _ in 1 }]
    }
    Claim.mean("girsanov-drift", tau, "negate double root") { tau, draws in
      let end = draws.increments(4, duration: tau).reduce(0, +)
      return end * exp(0.6 * end - 0.18 * tau)
    } equals: {
      [{ tau in 0.6 * tau }]
    }
    Claim.mean("bridge-drawn", ("t", 0.15...0.8), "double root inverse") { t, draws in
      let before = t.squareRoot() * draws.normal()
      let end = before + (1 - t).squareRoot() * draws.normal()
      let x = before - t * end
      return x * x
    } equals: {
      [{ t in t * (1 - t) }]
    }
    Claim.mean("ou-second-moment", tau, "double root negateSecond") { tau, draws in
      let x = move(move(1.5, tau / 2, &draws), tau / 2, &draws)
      return x * x
    } equals: {
      [{ _ in 1 }, { tau in 1.25 * exp(-2 * tau) }]
    }
    Claim.mean("ou-autocovariance", tau, "double square inverse") { tau, draws in
      let x = draws.normal()
      return x * move(x, tau, &draws)
    } equals: {
      [{ tau in exp(-tau) }]
    }
    Claim.mean("quadratic-variation", tau, "double root inverse") { tau, draws in
      draws.increments(8, duration: tau).reduce(0) { $0 + $1 * $1 }
    } equals: {
      [{ tau in tau }]
    }
    Claim.mean("hutchinson", tau, "negate double halve") { tau, draws in
      let v = (0..<d).map { _ in draws.normal() }
      let along = (0..<d).reduce(0) { $0 + vector[$1] * v[$1] }
      return tau * v.reduce(0) { $0 + $1 * $1 } + along * along
    } equals: {
      [{ tau in tau * Double(d) }, { _ in vector.reduce(0) { $0 + $1 * $1 } }]
    }
    Claim.mean("rademacher-trace", tau, "negate double timesPi") { tau, draws in
      let v = (0..<d).map { _ in draws.uniform() < 0.5 ? -1.0 : 1 }
      let along = (0..<d).reduce(0) { $0 + vector[$1] * v[$1] }
      return tau * along * along
    } equals: {
      [{ tau in tau * vector.reduce(0) { $0 + $1 * $1 } }]
    }
    Claim.mean("importance-sampling", m, "double square negate") { m, draws in
      let x = 1.3 * draws.normal() + m / 2
      return x * x * normal(x, m, 1) / normal(x, m / 2, 1.3)
    } equals: {
      [{ m in m * m + 1 }]
    }
    Claim.mean("divergence-estimator", m, "double root negate") { m, draws in
      let x = m + draws.normal()
      return m * x - m * m / 2
    } equals: {
      [{ m in m * m / 2 }]
    }
    Claim.mean("squared-ratio-estimator", m, "double negate inverse") { m, draws in
      let x = draws.normal()
      let ratio = exp(0.5 * m * x - m * m / 8)
      return ratio * ratio
    } equals: {
      [{ m in exp(m * m / 4) }]
    }
    Claim.mean("masking", ("t", 0.15...0.8), "double square root") { t, draws in
      draws.uniform() < t * t ? 0 : 1
    } equals: {
      [{ t in 1 - t * t }]
    }
    Claim.mean("mixture-path", ("t", 0.15...0.8), "double negate negateFirst") { t, draws in
      // Of states 0, 1, 2: the uniform one before, the target (0.2, 0.3, 0.5) after the jump.
      let isTarget = draws.uniform() < t * t
      let weights = isTarget ? [0.2, 0.3, 0.5] : [1.0, 1, 1]
      return Double(draws.categorical(weights))
    } equals: {
      [{ _ in 1 }, { t in 0.3 * t * t }]
    }
  }
}
