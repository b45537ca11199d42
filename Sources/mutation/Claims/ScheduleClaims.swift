import Diffusion
import Verification

/// Noise schedules, their rates, and the algebra of samplers: DDPM (Ho, Jain, Abbeel 2020), DDIM (Song, Meng,
/// Ermon 2021), EDM (Karras et al. 2022), DPM-Solver (Lu et al. 2022).
func scheduleClaims(_ w: World) -> [Claim] {
  let t = ("t", w.margin...(1 - w.margin))
  let tau = ("tau", 0.1...1.2)
  let pair = [("s", 0.55...0.9), ("t", 0.12...0.45)]
  let a = { (t: Double) in w.alpha(t) }
  let b = { (t: Double) in w.beta(t) }
  let root = { (x: Double) in x.squareRoot() }
  /// Variance preserving, in noise time tau: rate 0.3 + 1.2 tau.
  let rate = { (tau: Double) in 0.3 + 1.2 * tau }
  func signal<T: RealNumber>(_ tau: T) -> T { exp(-(T(0.3) * tau + T(0.6) * tau * tau) / 2) }
  func snr<T: RealNumber>(_ t: T) -> T {
    let (a, b) = (w.alpha(t), w.beta(t))
    return a * a / (b * b)
  }
  return claims {
    Claim.plane("rate-of-signal", [tau], "negate halve square") { tau, _ in
      -2 * derivative(at: tau) { log(signal($0)) }
    } equals: {
      [{ _, _ in 0.3 }, { tau, _ in 1.2 * tau }]
    }
    Claim.planeEstimates("signal-of-rate", [tau], "square inverse double") { tau, _ in
      integral(over: 0...tau) { rate($0) }.map({ exp(-$0 / 2) }, derivative: { exp(-$0 / 2) / 2 })
    } equals: {
      [{ tau, _ in signal(tau) }]
    }
    Claim.plane("variance-equation", [tau], "negate double square") { tau, _ in
      derivative(at: tau) { 1 - signal($0) * signal($0) }
    } equals: {
      [{ tau, _ in rate(tau) * signal(tau) * signal(tau) }]
    }
    Claim.plane("sub-variance-preserving", [tau], "negate halve inverse") { tau, _ in
      derivative(at: tau) { tau in
        let v = 1 - signal(tau) * signal(tau)
        return v * v
      }
    } equals: {
      [
        { tau, _ in
          let q = signal(tau) * signal(tau)
          return 2 * rate(tau) * q * (1 - q)
        }
      ]
    }
    Claim.plane("variance-exploding", [tau], "root double inverse") { tau, _ in
      derivative(at: tau) { tau in pow(Dual(0.02) * pow(Dual(100), tau), Dual(2)) }
    } equals: {
      [{ tau, _ in 2 * log(100) * 0.0004 * pow(100, 2 * tau) }]
    }
    Claim.plane("log-snr-slope", [t], "negate halve dropFirst") { t, _ in
      derivative(at: t) { log(snr($0)) }
    } equals: {
      [{ t, _ in 2 * w.alpha1(t) / a(t) }, { t, _ in -2 * w.beta1(t) / b(t) }]
    }
    Claim.plane("snr-slope", [t], "root double inverse", hasSchedule: true) { t, _ in
      derivative(at: t) { snr($0) }
    } equals: {
      [{ t, _ in 2 * a(t) / (b(t) * b(t) * b(t)) * (w.alpha1(t) * b(t) - a(t) * w.beta1(t)) }]
    }
    Claim.plane("diffusion-coefficient", [t], "negate timesBeta double", hasSchedule: true) { t, _ in
      -b(t) * b(t) * derivative(at: t) { log(snr($0)) }
    } equals: {
      [{ t, _ in 2 * b(t) * w.beta1(t) }, { t, _ in -2 * b(t) * b(t) * w.alpha1(t) / a(t) }]
    }
    Claim.plane("signal-of-log-snr", [("l", -3...3)], "square inverse reflectTime") { l, _ in
      let ratio = exp(l)
      return root(ratio / (1 + ratio))
    } equals: {
      [{ l, _ in root(1 / (1 + exp(-l))) }]
    }
    Claim.plane("edm-skip", [("sigma", 0.2...3), ("d", 0.3...1.2)], "root inverse exchange") { sigma, d in
      1 - sigma * sigma / (sigma * sigma + d * d)
    } equals: {
      [{ sigma, d in d * d / (sigma * sigma + d * d) }]
    }
    Claim.plane("edm-output", [("sigma", 0.2...3), ("d", 0.3...1.2)], "square inverse timesPi") { sigma, d in
      let skip = d * d / (sigma * sigma + d * d)
      return root((1 - skip) * (1 - skip) * d * d + skip * skip * sigma * sigma)
    } equals: {
      [{ sigma, d in sigma * d / root(sigma * sigma + d * d) }]
    }
    Claim.plane("edm-weight", [("sigma", 0.2...3), ("d", 0.3...1.2)], "root double inverse") { sigma, d in
      let out = sigma * d / root(sigma * sigma + d * d)
      return 1 / (out * out)
    } equals: {
      [{ sigma, _ in 1 / (sigma * sigma) }, { _, d in 1 / (d * d) }]
    }
    Claim.plane("karras-steps", [("u", 0.05...0.95)], "negate halve timesPi") { u, _ in
      derivative(at: u) { u in pow(Dual(2.2) + u * Dual(0.5 - 2.2), Dual(7)) }
    } equals: {
      [{ u, _ in 7 * (0.5 - 2.2) * pow(2.2 - 1.7 * u, 6) }]
    }
    Claim.plane("cosine-log-slope", [t], "negate double reflectTime") { t, _ in
      derivative(at: t) { t in
        let c = cos(Dual(Double.pi / 2) * (t + Dual(0.008)) / Dual(1.008))
        return log(c * c)
      }
    } equals: {
      [{ t, _ in -Double.pi / 1.008 * tan(Double.pi / 2 * (t + 0.008) / 1.008) }]
    }
    Claim.plane("time-change", [("r", 0.3...0.95), ("x", -2...2)], "negate double reflectSpace") { r, x in
      derivative(at: r) { r in w.alpha(r * r) * Dual(0.7) + w.beta(r * r) * Dual(x) }
    } equals: {
      [{ r, x in 2 * r * (w.alpha1(r * r) * 0.7 + w.beta1(r * r) * x) }]
    }
    Claim.plane("ddpm-mean", [("s", 0.55...0.9), ("x", -2...2)], "negate double negateSecond") { s, x in
      // Of x_s ~ N(a_s z, b_s^2) and x_r | x_s ~ N(g x_s, b_r^2 - g^2 b_s^2), r = 0.4, z = 0.7.
      let g = a(0.4) / a(s)
      let step = b(0.4) * b(0.4) - g * g * b(s) * b(s)
      let precision = 1 / (b(s) * b(s)) + g * g / step
      return (a(s) * 0.7 / (b(s) * b(s)) + g * x / step) / precision
    } equals: {
      [
        { s, x in a(0.4) / a(s) * b(s) * b(s) / (b(0.4) * b(0.4)) * x },
        { s, _ in
          let g = a(0.4) / a(s)
          return a(s) * (b(0.4) * b(0.4) - g * g * b(s) * b(s)) / (b(0.4) * b(0.4)) * 0.7
        },
      ]
    }
    Claim.plane("ddpm-variance", pair, "root inverse double exchange") { s, t in
      let g = a(t) / a(s)
      let step = b(t) * b(t) - g * g * b(s) * b(s)
      return 1 / (1 / (b(s) * b(s)) + g * g / step)
    } equals: {
      [
        { s, t in
          let g = a(t) / a(s)
          return b(s) * b(s) * (1 - g * g * b(s) * b(s) / (b(t) * b(t)))
        }
      ]
    }
    Claim.plane("ddpm-weight", pair, "negate halve negateSecond") { s, t in
      let g = a(t) / a(s)
      let step = b(t) * b(t) - g * g * b(s) * b(s)
      let slope = a(s) * step / (b(t) * b(t))
      return slope * slope / (2 * b(s) * b(s) * step / (b(t) * b(t)))
    } equals: {
      [{ s, _ in snr(s) / 2 }, { _, t in -snr(t) / 2 }]
    }
    Claim.plane("ddim-step", [("s", 0.55...0.9), ("x", -2...2)], "negate double dropFirst") { s, x in
      a(s) * w.moment(1, x, 0.4) + b(s) * w.noise(x, 0.4)
    } equals: {
      [{ s, x in a(s) / a(0.4) * x }, { s, x in (b(s) - a(s) * b(0.4) / a(0.4)) * w.noise(x, 0.4) }]
    }
    Claim.plane("exponential-integrator", [("s", 0.55...0.9), ("x", -2...2)], "negate double negateSecond") {
      s, x in
      a(s) * w.moment(1, x, 0.4) + b(s) * w.noise(x, 0.4)
    } equals: {
      [
        { s, x in b(s) / b(0.4) * x },
        { s, x in
          let h = (log(snr(s)) - log(snr(0.4))) / 2
          return a(s) * (1 - exp(-h)) * w.moment(1, x, 0.4)
        },
      ]
    }
  }
}
