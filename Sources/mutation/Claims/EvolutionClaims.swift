import Diffusion
import Verification

/// Evolution equations of densities and scores, and averages over p_t.
func evolutionClaims(_ w: World) -> [Claim] {
  let t = ("t", w.margin...(1 - w.margin))
  let axes = [t, ("x", -2.5...2.5)]
  let a = { (t: Double) in w.alpha(t) }
  let b = { (t: Double) in w.beta(t) }
  let s = { (x: Double, t: Double) in w.score(x, t) }
  let s1 = { (x: Double, t: Double) in w.score1(x, t) }
  let u = { (x: Double, t: Double) in w.field(x, t) }
  let u1 = { (x: Double, t: Double) in derivative(at: x) { w.field($0, t) } }
  let u2 = { (x: Double, t: Double) in secondDerivative(at: x) { w.field($0, t) } }
  let rate = { (x: Double, t: Double) in derivative(at: t) { log(w.density(Dual(x), $0)) } }
  func average(_ t: Double, _ f: (Double) -> Double) -> Estimate {
    integral(over: -10...10, relativeTolerance: 1e-10) { x in w.density(x, t) * f(x) }
  }
  /// The mixture smoothed by noise of variance tau.
  func smoothed<T: RealNumber>(_ x: T, _ tau: T) -> T {
    (0..<2).reduce(T(0)) { sum, k in
      sum + T(w.weights[k]) * normal(x, T(w.means[k]), sqrt(T(w.deviations[k] * w.deviations[k]) + tau))
    }
  }
  let tauAxis = ("tau", 0.1...1.5)
  return claims {
    Claim.planeEstimates("convolution", axes, "double inverse root normaliser", hasSchedule: true) { t, x in
      integral(over: -9...9, peaks: [x / a(t)], relativeTolerance: 1e-9) { z in
        w.dataDensity(z) * normal(x, a(t) * z, b(t))
      }
    } equals: {
      [{ t, x in w.component(0, x, t) }, { t, x in w.component(1, x, t) }]
    }
    Claim.plane("log-density-slope", axes, "negate double reflectSpace reflectTime") { t, x in
      derivative(at: x) { log(w.density($0, Dual(t))) }
    } equals: {
      [
        { t, x in w.responsibility(0, x, t) * w.slope(0, x, t) },
        { t, x in w.responsibility(1, x, t) * w.slope(1, x, t) },
      ]
    }
    Claim.plane("score-slope", axes, "negate halve reflectTime reflectSpace") { t, x in
      s1(x, t)
    } equals: {
      [
        { t, x in
          (0..<2).reduce(0) { sum, k in
            let slope = w.slope(k, x, t)
            return sum + w.responsibility(k, x, t) * (slope * slope - 1 / w.variance(k, t))
          }
        }, { t, x in -s(x, t) * s(x, t) },
      ]
    }
    Claim.plane("density-curvature", axes, "negate double reflectTime") { t, x in
      secondDerivative(at: x) { w.density($0, Dual(Dual(t))) } / w.density(x, t)
    } equals: {
      [{ t, x in s1(x, t) }, { t, x in s(x, t) * s(x, t) }]
    }
    Claim.plane("continuity", axes, "negate double late reflectTime") { t, x in
      rate(x, t)
    } equals: {
      [
        { t, x in -u1(x, t) }, { t, x in -u(x, t) * s(x, t) },
      ]
    }
    Claim.plane("fokker-planck", axes, "negate timesPi late") { t, x in
      rate(x, t)
    } equals: {
      [
        { t, x in -(u1(x, t) + 0.32 * s1(x, t)) - (u(x, t) + 0.32 * s(x, t)) * s(x, t) },
        { t, x in 0.32 * (s1(x, t) + s(x, t) * s(x, t)) },
      ]
    }
    Claim.plane("backward-fokker-planck", axes, "negate halve reflectSpace") { t, x in
      rate(x, t)
    } equals: {
      [
        { t, x in -(u1(x, t) - 0.32 * s1(x, t)) - (u(x, t) - 0.32 * s(x, t)) * s(x, t) },
        { t, x in -0.32 * (s1(x, t) + s(x, t) * s(x, t)) },
      ]
    }
    Claim.plane("transport-of-score", axes, "negate double reflectTime") { t, x in
      derivative(at: t) { w.score(Dual(x), $0) }
    } equals: {
      [{ t, x in -u2(x, t) - u1(x, t) * s(x, t) }, { t, x in -u(x, t) * s1(x, t) }]
    }
    Claim.plane("density-along-flow", axes, "negate timesPi late") { t, x in
      rate(x, t) + u(x, t) * s(x, t)
    } equals: {
      [{ t, x in -u1(x, t) }]
    }
    Claim.plane("velocity-is-field", axes, "negate double reflectSpace", hasSchedule: true) { t, x in
      w.velocity(x, t)
    } equals: {
      [{ t, x in u(x, t) }]
    }
    Claim.plane("heat-equation", [tauAxis, ("x", -2.5...2.5)], "double negate reflectSpace") { tau, x in
      derivative(at: tau) { log(smoothed(Dual(x), $0)) }
    } equals: {
      [
        { tau, x in
          0.5 * derivative(at: x) { y in derivative(at: y) { log(smoothed($0, Dual(Dual(tau)))) } }
        },
        { tau, x in
          let score = derivative(at: x) { log(smoothed($0, Dual(tau))) }
          return 0.5 * score * score
        },
      ]
    }
    Claim.planeEstimates("de-bruijn", [tauAxis], "double root inverse") { tau, _ in
      integral(over: -18...18, relativeTolerance: 1e-9) { x in
        let curvature = secondDerivative(at: x) { smoothed($0, Dual(Dual(tau))) }
        return -0.5 * curvature * log(smoothed(x, tau))
      }
    } equals: {
      [
        { tau, _ in
          let h = 1.0 / 16
          return (-288...288).reduce(0) { sum, i in
            let x = Double(i) * h
            let score = derivative(at: x) { log(smoothed($0, Dual(tau))) }
            return sum + 0.5 * h * smoothed(x, tau) * score * score
          }
        }
      ]
    }
    Claim.planeEstimates("fisher-information", [t], "negate double root") { t, _ in
      average(t) { x in s(x, t) * s(x, t) }
    } equals: {
      [{ t, _ in -w.average(t) { x in s1(x, t) } }]
    }
    Claim.planeEstimates("stein-x", [t], "negate double timesPi", isConstant: true) { t, _ in
      average(t) { x in x * s(x, t) }
    } equals: {
      [{ _, _ in -1 }]
    }
    Claim.planeEstimates("stein-tanh", [t], "negate halve shift") { t, _ in
      average(t) { x in tanh(x) * s(x, t) }
    } equals: {
      [{ t, _ in w.average(t) { x in tanh(x) * tanh(x) - 1 } }]
    }
    Claim.planeEstimates("stein-cube", [t], "negate double inverse", hasSchedule: true) { t, _ in
      average(t) { x in x * x * x * s(x, t) }
    } equals: {
      [{ t, _ in -3 * a(t) * a(t) * w.dataMoment(2) }, { t, _ in -3 * b(t) * b(t) }]
    }
    Claim.planeEstimates("second-moment", [t], "negate root timesBeta", hasSchedule: true) { t, _ in
      average(t) { x in x * x }
    } equals: {
      [{ t, _ in a(t) * a(t) * w.dataMoment(2) }, { t, _ in b(t) * b(t) }]
    }
    Claim.planeEstimates("fourth-moment", [t], "root double dropSecond", hasSchedule: true) { t, _ in
      average(t) { x in x * x * x * x }
    } equals: {
      [
        { t, _ in a(t) * a(t) * a(t) * a(t) * w.dataMoment(4) },
        { t, _ in 6 * a(t) * a(t) * w.dataMoment(2) * b(t) * b(t) + 3 * b(t) * b(t) * b(t) * b(t) },
      ]
    }
    Claim.planeEstimates("minimal-error", [t], "negate inverse timesPi") { t, _ in
      average(t) { x in w.posteriorVariance(x, t) }
    } equals: {
      [
        { _, _ in w.dataMoment(2) },
        { t, _ in
          -w.average(t) { x in
            let m = w.moment(1, x, t)
            return m * m
          }
        },
      ]
    }
    Claim.planeEstimates("characteristic-function", [t, ("k", 0.2...2)], "negate double reflectTime") {
      t, k in
      average(t) { x in cos(k * x) }
    } equals: {
      [
        { t, k in w.weights[0] * exp(-k * k * w.variance(0, t) / 2) * cos(k * a(t) * w.means[0]) },
        { t, k in w.weights[1] * exp(-k * k * w.variance(1, t) / 2) * cos(k * a(t) * w.means[1]) },
      ]
    }
    Claim.planeEstimates("moment-generating-function", [t, ("k", -1...1)], "square inverse reflectSpace") {
      t, k in
      average(t) { x in exp(k * x) }
    } equals: {
      [
        { t, k in w.weights[0] * exp(k * k * w.variance(0, t) / 2 + k * a(t) * w.means[0]) },
        { t, k in w.weights[1] * exp(k * k * w.variance(1, t) / 2 + k * a(t) * w.means[1]) },
      ]
    }
  }
}
