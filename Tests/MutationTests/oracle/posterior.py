"""Conditional expectations given x_t: left sides by Bayes' rule."""

import mpmath as mp

from world import *

claim(
    "tweedie",
    TX,
    "negate double timesBeta negateFirst dropSecond",
    lambda t, x: mean_z(x, t),
    lambda t, x: x / a(t),
    lambda t, x: b(t) ** 2 * s(x, t) / a(t),
)
claim(
    "tweedie-quadrature",
    TX,
    "negate perAlpha doubleSecond late",
    lambda t, x: mean_z(x, t),
    lambda t, x: x / a(t),
    lambda t, x: b(t) ** 2 * s(x, t) / a(t),
)
claim(
    "noise",
    TX,
    "negate timesBeta perAlpha reflectTime",
    lambda t, x: mean_e(x, t),
    lambda t, x: -b(t) * s(x, t),
)
claim(
    "score-of-conditional",
    TX,
    "negate timesVariance reflectSpace",
    lambda t, x: post(lambda z: (a(t) * z - x) / b(t) ** 2, x, t),
    lambda t, x: s(x, t),
)
claim(
    "velocity",
    TX,
    "negate negateSecond dropFirst timesBeta",
    lambda t, x: vel(x, t),
    lambda t, x: al1(t) / a(t) * x,
    lambda t, x: b(t) * (b(t) * al1(t) / a(t) - be1(t)) * s(x, t),
)
claim(
    "v-prediction",
    TX,
    "negate halve negateFirst reflectSpace",
    lambda t, x: a(t) * mean_e(x, t) - b(t) * mean_z(x, t),
    lambda t, x: -b(t) / a(t) * x,
    lambda t, x: -(a(t) * b(t) + b(t) ** 3 / a(t)) * s(x, t),
)
claim(
    "posterior-variance",
    TX,
    "root inverse perAlpha negateSecond",
    lambda t, x: pvar(x, t),
    lambda t, x: b(t) ** 2 / a(t) ** 2,
    lambda t, x: b(t) ** 4 * s1(x, t) / a(t) ** 2,
)
claim(
    "posterior-second-moment",
    TX,
    "negate square timesVariance",
    lambda t, x: post(lambda z: z * z, x, t),
    lambda t, x: ((x + b(t) ** 2 * s(x, t)) / a(t)) ** 2,
    lambda t, x: (b(t) ** 2 + b(t) ** 4 * s1(x, t)) / a(t) ** 2,
)
claim(
    "noise-second-moment",
    TX,
    "root double shift dropFirst",
    lambda t, x: post(lambda z: ((x - a(t) * z) / b(t)) ** 2, x, t),
    lambda t, x: mp.mpf(1),
    lambda t, x: b(t) ** 2 * (s1(x, t) + s(x, t) ** 2),
)
claim(
    "residual-second-moment",
    TX,
    "timesBeta halve inverse",
    lambda t, x: post(lambda z: (x - a(t) * z) ** 2, x, t),
    lambda t, x: b(t) ** 2,
    lambda t, x: b(t) ** 4 * (s1(x, t) + s(x, t) ** 2),
)
claim(
    "mean-slope",
    TX,
    "root timesPi perAlpha reflectTime",
    lambda t, x: (mean_z(x + mp.mpf("1e-8"), t) - mean_z(x - mp.mpf("1e-8"), t)) / mp.mpf("2e-8"),
    lambda t, x: a(t) / b(t) ** 2 * pvar(x, t),
)
claim(
    "noise-slope",
    TX,
    "negate timesBeta late",
    lambda t, x: (mean_e(x + mp.mpf("1e-8"), t) - mean_e(x - mp.mpf("1e-8"), t)) / mp.mpf("2e-8"),
    lambda t, x: -b(t) * s1(x, t),
)
claim(
    "third-cumulant",
    TX,
    "negate double timesBeta",
    lambda t, x: post(lambda z: (z - mean_third(x, t)) ** 3, x, t),
    lambda t, x: b(t) ** 2
    / a(t)
    * (pvar(x + mp.mpf("1e-8"), t) - pvar(x - mp.mpf("1e-8"), t))
    / mp.mpf("2e-8"),
)
_cache = {}


def mean_third(x, t):
    if (x, t) not in _cache:
        _cache[(x, t)] = mean_z(x, t)
    return _cache[(x, t)]


z3 = mp.mpf("0.3")
claim(
    "posterior-density",
    TX,
    "double square perAlpha normaliser",
    lambda t, x: data(z3)
    * gauss(x, a(t) * z3, b(t))
    / quad(lambda z: data(z) * gauss(x, a(t) * z, b(t)), -9, 9),
    lambda t, x: data(z3) * gauss(x, a(t) * z3, b(t)) / p(x, t),
)
claim(
    "conditional-score",
    TX,
    "negate timesBeta timesVariance",
    lambda t, x: mp.diff(lambda y: mp.log(gauss(y, a(t) * c7, b(t))), x),
    lambda t, x: -x / b(t) ** 2,
    lambda t, x: a(t) * c7 / b(t) ** 2,
)
claim(
    "conditional-velocity",
    TX,
    "negate negateSecond doubleSecond",
    lambda t, x: mp.diff(lambda r: a(r) * c7 + b(r) * (x - a(t) * c7) / b(t), t),
    lambda t, x: be1(t) / b(t) * x,
    lambda t, x: (al1(t) - a(t) * be1(t) / b(t)) * c7,
)
claim(
    "conditional-velocity-score",
    TX,
    "negate double negateFirst",
    lambda t, x: mp.diff(lambda r: a(r) * c7 + b(r) * (x - a(t) * c7) / b(t), t),
    lambda t, x: al1(t) / a(t) * x,
    lambda t, x: -(al1(t) / a(t) - be1(t) / b(t)) * (x - a(t) * c7),
)
claim(
    "guidance",
    TX,
    "negate double reflectSpace",
    lambda t, x: mp.diff(lambda y: mp.log(comp(0, y, t)), x),
    lambda t, x: s(x, t),
    lambda t, x: mp.diff(lambda y: mp.log(resp(0, y, t)), x),
)
claim(
    "classifier-free-guidance",
    TX,
    "negate halve reflectTime",
    lambda t, x: mp.diff(lambda y: 3 * mp.log(comp(0, y, t)) - 2 * logp(y, t), x),
    lambda t, x: -2 * s(x, t),
    lambda t, x: 3 * slope(0, x, t),
)
claim(
    "softmax-slope",
    TX,
    "negate double reflectSpace",
    lambda t, x: mp.diff(lambda y: resp(0, y, t), x),
    lambda t, x: resp(0, x, t) * resp(1, x, t) * (slope(0, x, t) - slope(1, x, t)),
)
claim(
    "log-odds-slope",
    TX,
    "negate timesPi reflectTime",
    lambda t, x: mp.diff(lambda y: mp.log(comp(0, y, t) / comp(1, y, t)), x),
    lambda t, x: slope(0, x, t),
    lambda t, x: -slope(1, x, t),
)
