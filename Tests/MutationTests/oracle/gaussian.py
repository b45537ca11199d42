"""Integrals of normal densities."""

import mpmath as mp

from world import *

MS = [("m", 0.2, 1.5), ("s", 0.6, 1.3)]
claim(
    "kl",
    MS,
    "negate double shift exchange",
    lambda m, d: under(m, d, lambda x: mp.log(gauss(x, m, d) / std(x))),
    lambda m, d: (d * d + m * m - 1) / 2,
    lambda m, d: -mp.log(d),
)
claim(
    "reverse-kl",
    MS,
    "negate halve exchange",
    lambda m, d: under(0, 1, lambda x: mp.log(std(x) / gauss(x, m, d))),
    lambda m, d: mp.log(d) - mp.mpf(1) / 2,
    lambda m, d: (1 + m * m) / (2 * d * d),
)
claim(
    "cross-entropy",
    MS,
    "negate double inverse",
    lambda m, d: under(m, d, lambda x: -mp.log(std(x))),
    lambda m, d: mp.log(2 * mp.pi) / 2,
    lambda m, d: (d * d + m * m) / 2,
)
claim(
    "entropy",
    [("s", 0.5, 1.6)],
    "negate double shift",
    lambda d, _: under(0, d, lambda x: -mp.log(gauss(x, 0, d))),
    lambda d, _: mp.log(2 * mp.pi) / 2 + mp.mpf(1) / 2,
    lambda d, _: mp.log(d),
)
claim(
    "affinity",
    MS,
    "square inverse double",
    lambda m, d: quad(lambda x: mp.sqrt(gauss(x, m, d) * std(x))),
    lambda m, d: mp.sqrt(2 * d / (1 + d * d)) * mp.exp(-m * m / (4 * (1 + d * d))),
)
claim(
    "chi-squared",
    MS,
    "root inverse timesPi",
    lambda m, d: quad(lambda x: gauss(x, m, d) ** 2 / std(x), -40, 60),
    lambda m, d: mp.exp(m * m / (2 - d * d)) / (d * mp.sqrt(2 - d * d)),
)
claim(
    "overlap",
    MS,
    "square root double exchange",
    lambda m, d: under(m, d, std),
    lambda m, d: gauss(m, 0, mp.sqrt(1 + d * d)),
)
claim(
    "wasserstein",
    MS,
    "root negate dropSecond",
    lambda m, d: under(0, 1, lambda z: (m + d * z - z) ** 2),
    lambda m, d: m * m,
    lambda m, d: (d - 1) ** 2,
)
claim(
    "fisher-divergence",
    MS,
    "double negate inverse",
    lambda m, d: under(m, d, lambda x: (-(x - m) / d**2 + x) ** 2),
    lambda m, d: m * m + d * d,
    lambda m, d: 1 / d**2 - 2,
)
claim(
    "folded-mean",
    MS,
    "halve square inverse",
    lambda m, d: under(m, d, abs),
    lambda m, d: d * mp.sqrt(2 / mp.pi) * mp.exp(-m * m / (2 * d * d)),
    lambda m, d: m * mp.erf(m / (d * mp.sqrt(2))),
)
claim(
    "exponential-mean",
    MS,
    "square inverse exchange",
    lambda m, d: under(m, d, mp.exp),
    lambda m, d: mp.exp(m + d * d / 2),
)
claim(
    "cosine-mean",
    MS,
    "negate double exchange",
    lambda m, d: under(m, d, mp.cos),
    lambda m, d: mp.cos(m) * mp.exp(-d * d / 2),
)
claim(
    "fourth-gaussian-moment",
    MS,
    "root double dropFirst",
    lambda m, d: under(m, d, lambda x: x**4),
    lambda m, d: m**4 + 6 * m * m * d * d,
    lambda m, d: 3 * d**4,
)
claim(
    "probit-mean",
    MS,
    "square inverse shift",
    lambda m, d: under(m, d, Phi),
    lambda m, d: Phi(m / mp.sqrt(1 + d * d)),
)
claim(
    "rectified-mean",
    MS,
    "double square negateFirst",
    lambda m, d: quad(lambda x: x * gauss(x, m, d), 0, 14),
    lambda m, d: d * std(m / d),
    lambda m, d: m * Phi(m / d),
)
claim(
    "integration-by-parts",
    MS,
    "negate double root",
    lambda m, d: under(m, d, lambda x: (x - m) * mp.tanh(x)),
    lambda m, d: d * d * under(m, d, lambda x: 1 - mp.tanh(x) ** 2),
)
claim(
    "product-of-normals",
    MS,
    "double square exchange",
    lambda m, d: gauss(f4, m, d) * std(f4),
    lambda m, d: gauss(m, 0, mp.sqrt(1 + d * d)) * gauss(f4, m / (1 + d * d), d / mp.sqrt(1 + d * d)),
)
claim(
    "chapman-kolmogorov",
    MS,
    "square inverse timesPi",
    lambda m, d: quad(lambda y: gauss(y, m / 2, d) * gauss(mp.mpf("0.8"), c7 * y, mp.mpf("0.6"))),
    lambda m, d: gauss(mp.mpf("0.8"), mp.mpf("0.35") * m, mp.sqrt(mp.mpf("0.49") * d * d + mp.mpf("0.36"))),
)
claim(
    "log-normaliser-slope",
    MS,
    "negate double exchange",
    lambda m, d: mp.diff(lambda y: mp.log(2 * mp.cosh(d * y)), m),
    lambda m, d: d * mp.tanh(d * m),
)
claim(
    "gaussian-score-in-deviation",
    MS,
    "negate halve shift",
    lambda m, d: mp.diff(lambda r: mp.log(gauss(f4, m, r)), d),
    lambda m, d: (f4 - m) ** 2 / d**3,
    lambda m, d: -1 / d,
)
