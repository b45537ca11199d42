"""Moments, losses, gradient estimators and stochastic integrals as means."""

import mpmath as mp
import numpy as np

from drawn import *
from world import *

claim(
    "second-moment-drawn",
    [T],
    "timesBeta double root",
    lambda t, _: expect(t, lambda z, e, x: x * x),
    lambda t, _: a(t) ** 2 * dm(2),
    lambda t, _: b(t) ** 2,
)
claim(
    "characteristic-drawn",
    [T],
    "double negate timesPi",
    lambda t, _: expect(t, lambda z, e, x: np.cos(x / 2)),
    *[lambda t, _, k=k: W[k] * mp.exp(-var(k, t) / 8) * mp.cos(half * a(t) * M[k]) for k in (0, 1)]
)
claim(
    "exponential-drawn",
    [T],
    "square inverse double",
    lambda t, _: expect(t, lambda z, e, x: np.exp(x / 2)),
    *[lambda t, _, k=k: W[k] * mp.exp(var(k, t) / 8 + half * a(t) * M[k]) for k in (0, 1)]
)
claim(
    "covariance-with-data",
    [T],
    "double perAlpha negate",
    lambda t, _: expect(t, lambda z, e, x: x * z),
    lambda t, _: a(t) * dm(2),
)
claim(
    "covariance-with-noise",
    [T],
    "double negate square",
    lambda t, _: expect(t, lambda z, e, x: x * e),
    lambda t, _: b(t),
)
claim(
    "residual",
    [T],
    "timesBeta root double",
    lambda t, _: expect(t, lambda z, e, x: (x - ld(a(t)) * z) ** 2),
    lambda t, _: b(t) ** 2,
)
claim(
    "fourth-moment-drawn",
    [T],
    "root double dropSecond",
    lambda t, _: expect(t, lambda z, e, x: x**4),
    lambda t, _: a(t) ** 4 * dm(4),
    lambda t, _: 6 * a(t) ** 2 * dm(2) * b(t) ** 2 + 3 * b(t) ** 4,
)
claim(
    "stein-tanh-drawn",
    [T],
    "negate double halve",
    lambda t, _: expect(t, lambda z, e, x: np.tanh(x) * nscore(t, x)),
    lambda t, _: avg(t, lambda x: mp.tanh(x) ** 2 - 1),
)
claim(
    "fisher-drawn",
    [T],
    "negate double inverse",
    lambda t, _: expect(t, lambda z, e, x: nscore(t, x) ** 2),
    lambda t, _: -avg(t, lambda x: sc1(x, t)),
)
claim(
    "denoising-loss",
    [T],
    "double negate timesBeta",
    lambda t, _: expect(t, lambda z, e, x: (z - (x + ld(b(t) ** 2) * nscore(t, x)) / ld(a(t))) ** 2),
    lambda t, _: avg(t, lambda x: fastvar(x, t)),
)
claim(
    "denoising-score-matching",
    [T],
    "negate double dropSecond",
    lambda t, _: expect(t, lambda z, e, x: (e / ld(b(t)) - x) ** 2),
    lambda t, _: avg(t, lambda x: (x + sc(x, t)) ** 2),
    lambda t, _: 1 / b(t) ** 2 - avg(t, lambda x: sc(x, t) ** 2),
)
claim(
    "implicit-score-matching",
    [T],
    "negate double halve",
    lambda t, _: expect(t, lambda z, e, x: np.tanh(x) ** 2 - 2 * (1 - np.tanh(x) ** 2)),
    lambda t, _: avg(t, lambda x: (mp.tanh(x) + sc(x, t)) ** 2),
    lambda t, _: -avg(t, lambda x: sc(x, t) ** 2),
)


def fastfield(x, t):
    return al1(t) / a(t) * x + b(t) * (b(t) * al1(t) / a(t) - be1(t)) * sc(x, t)


claim(
    "conditional-flow-matching",
    [T],
    "negate double negateSecond",
    lambda t, _: expect(t, lambda z, e, x: (1 - ld(al1(t)) * z - ld(be1(t)) * e) ** 2),
    lambda t, _: avg(t, lambda x: (1 - fastfield(x, t)) ** 2),
    lambda t, _: al1(t) ** 2 * dm(2) + be1(t) ** 2 - avg(t, lambda x: fastfield(x, t) ** 2),
)
claim(
    "reinforce-square",
    [MM],
    "negate double square",
    lambda m, _: normal_mean(lambda n: (m + e8 * n) ** 2 * n / e8),
    lambda m, _: 2 * m,
)
claim(
    "reinforce-cosine",
    [MM],
    "negate double timesPi",
    lambda m, _: normal_mean(lambda n: mp.cos(m + e8 * n) * n / e8),
    lambda m, _: -mp.sin(m) * mp.exp(-h),
)
claim(
    "reparameterised-exponential",
    [MM],
    "square inverse double",
    lambda m, _: normal_mean(lambda n: mp.exp(m + e8 * n)),
    lambda m, _: mp.exp(m + h),
)
claim(
    "rectified",
    [MM],
    "negate double square",
    lambda m, _: quad(lambda x: x * gauss(x, m, 1), 0, 14),
    lambda m, _: std(m),
    lambda m, _: m * Phi(m),
)
claim(
    "probability",
    [MM],
    "double square root",
    lambda m, _: quad(lambda x: gauss(x, m, 1), 0, 14),
    lambda m, _: Phi(m),
)
claim(
    "ito-isometry",
    [TT],
    "double root inverse",
    lambda u, _: sum((1 + k * u / 8) ** 2 * normal_mean(lambda n: n * n * u / 8) for k in range(8)),
    lambda u, _: sum((1 + k * u / 8) ** 2 * u / 8 for k in range(8)),
)
claim(
    "brownian-covariance",
    [TT],
    "double root negate",
    lambda u, _: normal_mean(lambda n: n * n * u / 2),
    lambda u, _: u / 2,
)
claim(
    "geometric-brownian",
    [TT],
    "square inverse double",
    lambda u, _: normal_mean(lambda n: mp.exp(mp.sqrt(u) * n)),
    lambda u, _: mp.exp(u / 2),
)
q6 = mp.mpf("0.6")
claim(
    "girsanov-weight",
    [TT],
    "double halve timesPi",
    lambda u, _: normal_mean(lambda n: mp.exp(q6 * mp.sqrt(u) * n - q6**2 / 2 * u)),
    lambda u, _: mp.mpf(1),
)
claim(
    "girsanov-drift",
    [TT],
    "negate double root",
    lambda u, _: normal_mean(lambda n: mp.sqrt(u) * n * mp.exp(q6 * mp.sqrt(u) * n - q6**2 / 2 * u)),
    lambda u, _: q6 * u,
)
claim(
    "bridge-drawn",
    [("t", 0.15, 0.8)],
    "double root inverse",
    lambda t, _: normal_mean(lambda n: n * n) * (t * (1 - t) ** 2 + t**2 * (1 - t)),
    lambda t, _: t * (1 - t),
)
claim(
    "ou-second-moment",
    [TT],
    "double root negateSecond",
    lambda u, _: normal_mean(lambda n: (mp.mpf("1.5") * mp.exp(-u) + mp.sqrt(1 - mp.exp(-2 * u)) * n) ** 2),
    lambda u, _: mp.mpf(1),
    lambda u, _: mp.mpf("1.25") * mp.exp(-2 * u),
)
claim(
    "ou-autocovariance",
    [TT],
    "double square inverse",
    lambda u, _: normal_mean(lambda n: n * n * mp.exp(-u)),
    lambda u, _: mp.exp(-u),
)
claim(
    "quadratic-variation",
    [TT],
    "double root inverse",
    lambda u, _: 8 * normal_mean(lambda n: n * n * u / 8),
    lambda u, _: u,
)
VEC = [E[0] + 1, E[1] + 1]
claim(
    "hutchinson",
    [TT],
    "negate double halve",
    lambda u, _: sum(normal_mean(lambda n: n * n * (u + v * v)) for v in VEC),
    lambda u, _: 2 * u,
    lambda u, _: sum(v * v for v in VEC),
)
claim(
    "rademacher-trace",
    [TT],
    "negate double timesPi",
    lambda u, _: u * sum((VEC[0] * i + VEC[1] * j) ** 2 for i in (-1, 1) for j in (-1, 1)) / 4,
    lambda u, _: u * sum(v * v for v in VEC),
)
claim(
    "importance-sampling",
    [MM],
    "double square negate",
    lambda m, _: quad(lambda x: x * x * gauss(x, m, 1)),
    lambda m, _: m * m + 1,
)
claim(
    "divergence-estimator",
    [MM],
    "double root negate",
    lambda m, _: normal_mean(lambda n: m * (m + n) - m * m / 2),
    lambda m, _: m * m / 2,
)
claim(
    "squared-ratio-estimator",
    [MM],
    "double negate inverse",
    lambda m, _: normal_mean(lambda n: mp.exp(m * n - m * m / 4)),
    lambda m, _: mp.exp(m * m / 4),
)
claim(
    "masking",
    [("t", 0.15, 0.8)],
    "double square root",
    lambda t, _: mp.quad(lambda u: 1, [t * t, 1]),
    lambda t, _: 1 - t * t,
)
claim(
    "mixture-path",
    [("t", 0.15, 0.8)],
    "double negate negateFirst",
    lambda t, _: sum(i * (t * t * q + (1 - t * t) / 3) for i, q in enumerate([mp.mpf("0.2"), r3, half])),
    lambda t, _: mp.mpf(1),
    lambda t, _: r3 * t * t,
)
