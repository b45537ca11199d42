import Diffusion
import Verification

/// Laws of samplers.
func lawClaims(_ w: World) -> [Claim] {
  let t = ("t", w.margin...(1 - w.margin))
  let tau = ("tau", 0.3...1.5)
  let m = ("m", 0.4...1.4)
  let a = { (t: Double) in w.alpha(t) }
  let b = { (t: Double) in w.beta(t) }
  return claims {
    Claim.law("marginal", t, "double stretch displace reflectTime", over: -14...14) { t, draws in
      w.draw(t, &draws).x
    } density: { t, x in
      w.density(x, t)
    }
    Claim.law("ou-transition", tau, "negate double displace", over: -12...12) { tau, draws in
      1.5 * exp(-tau) + sqrt(1 - exp(-2 * tau)) * draws.normal()
    } density: { tau, x in
      normal(x, 1.5 * exp(-tau), sqrt(1 - exp(-2 * tau)))
    }
    Claim.law("box-muller", m, "negate stretch displace", over: -10...12) { m, draws in
      m + sqrt(-2 * log(draws.uniform())) * cos(2 * .pi * draws.uniform())
    } density: { m, x in
      normal(x, m, 1)
    }
    Claim.law("inverse-distribution", m, "negate double displace", over: 0...60) { m, draws in
      -log(draws.uniform()) / m
    } density: { m, x in
      x < 0 ? 0 : m * exp(-m * x)
    }
    Claim.law("sum-of-squares", m, "negate halve displace", over: 0...160) { m, draws in
      (0..<6).reduce(0) { sum, _ in
        let z = draws.normal()
        return sum + m * z * z
      }
    } density: { m, x in
      let y = x / m
      return y <= 0 ? 0 : y * y * exp(-y / 2) / (16 * m)
    }
    Claim.law("gumbel", m, "negate double displace", over: -6...40) { m, draws in
      m - log(-log(draws.uniform()))
    } density: { m, x in
      exp(-(x - m) - exp(-(x - m)))
    }
    Claim.law("flow-of-normals", t, "negate stretch double", over: -12...12) { t, draws in
      a(t) * 1.1 + b(t) * draws.normal()
    } density: { t, x in
      normal(x, a(t) * 1.1, b(t))
    }
    Claim.laws("ddpm-step", ("s", 0.5...0.9), "double stretch displace") { s, draws in
      // x_r drawn, then z from its posterior, then x_s from the bridge between them.
      let r = 0.3
      let x = w.draw(r, &draws).x
      let k = draws.uniform() < w.responsibility(0, x, r) ? 0 : 1
      let (mean, variance) = w.posterior(k, x, r)
      let z = mean + variance.squareRoot() * draws.normal()
      let g = a(r) / a(s)
      let step = b(r) * b(r) - g * g * b(s) * b(s)
      let centre = g * b(s) * b(s) / (b(r) * b(r)) * x + a(s) * step / (b(r) * b(r)) * z
      return centre + b(s) * (step / (b(r) * b(r))).squareRoot() * draws.normal()
    } equals: { s, draws in
      w.draw(s, &draws).x
    }
    Claim.laws("posterior-draw", t, "double stretch displace") { t, draws in
      let x = w.draw(t, &draws).x
      let k = draws.uniform() < w.responsibility(0, x, t) ? 0 : 1
      let (mean, variance) = w.posterior(k, x, t)
      return mean + variance.squareRoot() * draws.normal() + 0.7 * x
    } equals: { t, draws in
      let draw = w.draw(t, &draws)
      return draw.z + 0.7 * draw.x
    }
    Claim.laws("semigroup-of-ou", tau, "negate double displace") { tau, draws in
      var x = 1.5
      for _ in 0..<3 { x = x * exp(-tau / 3) + sqrt(1 - exp(-2 * tau / 3)) * draws.normal() }
      return x
    } equals: { tau, draws in
      1.5 * exp(-tau) + sqrt(1 - exp(-2 * tau)) * draws.normal()
    }
    Claim.laws("bridge-midpoint", tau, "stretch double displace") { tau, draws in
      let path = draws.increments(2, duration: tau)
      return path[0]
    } equals: { tau, draws in
      let end = tau.squareRoot() * draws.normal()
      return end / 2 + tau.squareRoot() / 2 * draws.normal()
    }
    Claim.laws("log-normal", m, "negate halve displace") { m, draws in
      exp(m / 2 + 0.3 * draws.normal()) * exp(0.4 * draws.normal())
    } equals: { m, draws in
      exp(m / 2 + 0.5 * draws.normal())
    }
  }
}
