import Diffusion
import Verification

/// Conditional expectations as means: E[y phi(x_t)] = E[E[y | x_t] phi(x_t)] for what networks are trained on
/// (data, noise, velocity, score, v, squared noise; here plus 2, so that no side passes through zero) and
/// bounded positive test functions phi.
func conditionalMeanClaims(_ w: World) -> [Claim] {
  let t = ("t", w.margin...(1 - w.margin))
  let tests: [(String, (Double) -> Double)] = [
    ("bump", { exp(-$0 * $0 / 2) }), ("logistic", { 1 / (1 + exp(-$0)) }), ("lorentz", { 1 / (1 + $0 * $0) }),
    ("wave", { 1 + cos($0) / 2 }), ("step", { 1 + tanh($0) / 2 }),
  ]
  let targets: [(String, (Double, Double, Double) -> Double, (Double, Double) -> Double)] = [
    ("data", { _, z, _ in z }, { t, x in (x + w.beta(t) * w.beta(t) * w.score(x, t)) / w.alpha(t) }),
    ("noise", { _, _, e in e }, { t, x in -w.beta(t) * w.score(x, t) }),
    ("velocity", { t, z, e in w.alpha1(t) * z + w.beta1(t) * e }, { t, x in w.field(x, t) }),
    ("score", { t, _, e in -e / w.beta(t) }, { t, x in w.score(x, t) }),
    (
      "v", { t, z, e in w.alpha(t) * e - w.beta(t) * z },
      { t, x in
        -w.beta(t) / w.alpha(t) * x
          - (w.alpha(t) * w.beta(t) + w.beta(t) * w.beta(t) * w.beta(t) / w.alpha(t)) * w.score(x, t)
      }
    ),
    (
      "squared-noise", { _, _, e in e * e },
      { t, x in
        let s = w.score(x, t)
        return 1 + w.beta(t) * w.beta(t) * (w.score1(x, t) + s * s)
      }
    ),
  ]
  let forms = [
    "negate double timesPi", "negate halve double", "double negate square", "timesPi negate halve",
  ]
  return targets.enumerated().flatMap { i, target in
    tests.enumerated().map { j, test in
      Claim.mean("\(target.0)-\(test.0)", t, forms[(i + j) % forms.count], isConstant: true) { t, draws in
        let (z, e, x) = w.draw(t, &draws)
        return (2 + target.1(t, z, e)) * test.1(x)
      } equals: {
        [{ t in w.average(t) { x in (2 + target.2(t, x)) * test.1(x) } }]
      }
    }
  }
}
