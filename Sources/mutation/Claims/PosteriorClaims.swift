import Diffusion
import Verification

/// Conditional expectations given x_t: Tweedie's formula and its relatives (Efron, Tweedie's formula and
/// selection bias, J. Am. Stat. Assoc. 106, 2011), as functions of time and place.
func posteriorClaims(_ w: World) -> [Claim] {
  let t = ("t", w.margin...(1 - w.margin))
  let axes = [t, ("x", -2.5...2.5)]
  let a = { (t: Double) in w.alpha(t) }
  let b = { (t: Double) in w.beta(t) }
  let s = { (x: Double, t: Double) in w.score(x, t) }
  /// E[f(z) | x_t = x] by quadrature.
  func integrated(_ x: Double, _ t: Double, _ f: (Double) -> Double) -> Estimate {
    integral(over: -9...9, peaks: [x / a(t)], relativeTolerance: 1e-9) { z in
      w.dataDensity(z) * normal(x, a(t) * z, b(t)) * f(z)
    }
  }
  return claims {
    Claim.plane("tweedie", axes, "negate double timesBeta negateFirst dropSecond", hasSchedule: true) {
      t, x in
      w.moment(1, x, t)
    } equals: {
      [{ t, x in x / a(t) }, { t, x in b(t) * b(t) * s(x, t) / a(t) }]
    }
    Claim.planeEstimates("tweedie-quadrature", axes, "negate perAlpha doubleSecond late", hasSchedule: true) {
      t, x in
      integrated(x, t) { $0 } / w.density(x, t)
    } equals: {
      [{ t, x in x / a(t) }, { t, x in b(t) * b(t) * s(x, t) / a(t) }]
    }
    Claim.plane("noise", axes, "negate timesBeta perAlpha reflectTime", hasSchedule: true) { t, x in
      w.noise(x, t)
    } equals: {
      [{ t, x in -b(t) * s(x, t) }]
    }
    Claim.planeEstimates("score-of-conditional", axes, "negate timesVariance reflectSpace", hasSchedule: true)
    { t, x in
      integrated(x, t) { z in (a(t) * z - x) / (b(t) * b(t)) } / w.density(x, t)
    } equals: {
      [{ t, x in s(x, t) }]
    }
    Claim.plane("velocity", axes, "negate negateSecond dropFirst timesBeta", hasSchedule: true) { t, x in
      w.velocity(x, t)
    } equals: {
      [
        { t, x in w.alpha1(t) / a(t) * x },
        { t, x in b(t) * (b(t) * w.alpha1(t) / a(t) - w.beta1(t)) * s(x, t) },
      ]
    }
    Claim.plane("v-prediction", axes, "negate halve negateFirst reflectSpace", hasSchedule: true) { t, x in
      a(t) * w.noise(x, t) - b(t) * w.moment(1, x, t)
    } equals: {
      [
        { t, x in -b(t) / a(t) * x },
        { t, x in -(a(t) * b(t) + b(t) * b(t) * b(t) / a(t)) * s(x, t) },
      ]
    }
    Claim.plane("posterior-variance", axes, "root inverse perAlpha negateSecond", hasSchedule: true) { t, x in
      w.posteriorVariance(x, t)
    } equals: {
      [
        { t, _ in b(t) * b(t) / (a(t) * a(t)) },
        { t, x in b(t) * b(t) * b(t) * b(t) * w.score1(x, t) / (a(t) * a(t)) },
      ]
    }
    Claim.plane("posterior-second-moment", axes, "negate square timesVariance", hasSchedule: true) { t, x in
      w.moment(2, x, t)
    } equals: {
      [
        { t, x in
          let m = (x + b(t) * b(t) * s(x, t)) / a(t)
          return m * m
        },
        { t, x in (b(t) * b(t) + b(t) * b(t) * b(t) * b(t) * w.score1(x, t)) / (a(t) * a(t)) },
      ]
    }
    Claim.plane("noise-second-moment", axes, "root double shift dropFirst", hasSchedule: true) { t, x in
      (x * x - 2 * a(t) * x * w.moment(1, x, t) + a(t) * a(t) * w.moment(2, x, t)) / (b(t) * b(t))
    } equals: {
      [{ _, _ in 1 }, { t, x in b(t) * b(t) * (w.score1(x, t) + s(x, t) * s(x, t)) }]
    }
    Claim.plane("residual-second-moment", axes, "timesBeta halve inverse", hasSchedule: true) { t, x in
      x * x - 2 * a(t) * x * w.moment(1, x, t) + a(t) * a(t) * w.moment(2, x, t)
    } equals: {
      [
        { t, _ in b(t) * b(t) },
        { t, x in b(t) * b(t) * b(t) * b(t) * (w.score1(x, t) + s(x, t) * s(x, t)) },
      ]
    }
    Claim.plane("mean-slope", axes, "root timesPi perAlpha reflectTime", hasSchedule: true) { t, x in
      derivative(at: x) { w.moment(1, $0, Dual(t)) }
    } equals: {
      [{ t, x in a(t) / (b(t) * b(t)) * w.posteriorVariance(x, t) }]
    }
    Claim.plane("noise-slope", axes, "negate timesBeta late", hasSchedule: true) { t, x in
      derivative(at: x) { w.noise($0, Dual(t)) }
    } equals: {
      [{ t, x in -b(t) * w.score1(x, t) }]
    }
    Claim.plane("third-cumulant", axes, "negate double timesBeta", hasSchedule: true) { t, x in
      let m = w.moment(1, x, t)
      return w.moment(3, x, t) - 3 * m * w.moment(2, x, t) + 2 * m * m * m
    } equals: {
      [{ t, x in b(t) * b(t) / a(t) * derivative(at: x) { w.posteriorVariance($0, Dual(t)) } }]
    }
    Claim.plane("posterior-density", axes, "double square perAlpha normaliser", hasSchedule: true) { t, x in
      (0..<2).reduce(0) { sum, k in
        let (m, v) = w.posterior(k, x, t)
        return sum + w.responsibility(k, x, t) * normal(0.3, m, v.squareRoot())
      }
    } equals: {
      [{ t, x in w.dataDensity(0.3) * normal(x, a(t) * 0.3, b(t)) / w.density(x, t) }]
    }
    Claim.plane("conditional-score", axes, "negate timesBeta timesVariance", hasSchedule: true) { t, x in
      derivative(at: x) { x in
        let (m, s) = (constant(a(t) * 0.7), constant(b(t)))
        return log(normal(x, m, s))
      }
    } equals: {
      [{ t, x in -x / (b(t) * b(t)) }, { t, _ in a(t) * 0.7 / (b(t) * b(t)) }]
    }
    Claim.plane("conditional-velocity", axes, "negate negateSecond doubleSecond", hasSchedule: true) { t, x in
      w.alpha1(t) * 0.7 + w.beta1(t) * (x - a(t) * 0.7) / b(t)
    } equals: {
      [{ t, x in w.beta1(t) / b(t) * x }, { t, _ in (w.alpha1(t) - a(t) * w.beta1(t) / b(t)) * 0.7 }]
    }
    Claim.plane("conditional-velocity-score", axes, "negate double negateFirst", hasSchedule: true) { t, x in
      w.alpha1(t) * 0.7 + w.beta1(t) * (x - a(t) * 0.7) / b(t)
    } equals: {
      [
        { t, x in w.alpha1(t) / a(t) * x },
        { t, x in -(w.alpha1(t) / a(t) - w.beta1(t) / b(t)) * (x - a(t) * 0.7) },
      ]
    }
    Claim.plane("guidance", axes, "negate double reflectSpace") { t, x in
      w.slope(0, x, t)
    } equals: {
      [
        { t, x in s(x, t) }, { t, x in derivative(at: x) { log(w.responsibility(0, $0, Dual(t))) } },
      ]
    }
    Claim.plane("classifier-free-guidance", axes, "negate halve reflectTime") { t, x in
      derivative(at: x) { -2 * log(w.density($0, Dual(t))) + 3 * log(w.component(0, $0, Dual(t))) }
    } equals: {
      [{ t, x in -2 * s(x, t) }, { t, x in 3 * w.slope(0, x, t) }]
    }
    Claim.plane("softmax-slope", axes, "negate double reflectSpace") { t, x in
      derivative(at: x) { w.responsibility(0, $0, Dual(t)) }
    } equals: {
      [
        { t, x in
          w.responsibility(0, x, t) * w.responsibility(1, x, t) * (w.slope(0, x, t) - w.slope(1, x, t))
        }
      ]
    }
    Claim.plane("log-odds-slope", axes, "negate timesPi reflectTime") { t, x in
      derivative(at: x) { log(w.responsibility(0, $0, Dual(t)) / w.responsibility(1, $0, Dual(t))) }
    } equals: {
      [{ t, x in w.slope(0, x, t) }, { t, x in -w.slope(1, x, t) }]
    }
  }
}
