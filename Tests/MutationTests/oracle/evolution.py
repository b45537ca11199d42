"""Evolution equations and averages over p_t."""

import mpmath as mp

from world import *

claim(
    "convolution",
    TX,
    "double inverse root normaliser",
    lambda t, x: quad(lambda z: data(z) * gauss(x, a(t) * z, b(t)), -9, 9),
    lambda t, x: comp(0, x, t),
    lambda t, x: comp(1, x, t),
)
claim(
    "log-density-slope",
    TX,
    "negate double reflectSpace reflectTime",
    lambda t, x: s(x, t),
    lambda t, x: resp(0, x, t) * slope(0, x, t),
    lambda t, x: resp(1, x, t) * slope(1, x, t),
)
claim(
    "score-slope",
    TX,
    "negate halve reflectTime reflectSpace",
    lambda t, x: s1(x, t),
    lambda t, x: sum(resp(k, x, t) * (slope(k, x, t) ** 2 - 1 / var(k, t)) for k in (0, 1)),
    lambda t, x: -s(x, t) ** 2,
)
claim(
    "density-curvature",
    TX,
    "negate double reflectTime",
    lambda t, x: mp.diff(lambda y: p(y, t), x, 2) / p(x, t),
    lambda t, x: s1(x, t),
    lambda t, x: s(x, t) ** 2,
)
claim(
    "continuity",
    TX,
    "negate double late reflectTime",
    lambda t, x: rate(x, t),
    lambda t, x: -dfield(x, t),
    lambda t, x: -field(x, t) * s(x, t),
)
claim(
    "fokker-planck",
    TX,
    "negate timesPi late",
    lambda t, x: rate(x, t),
    lambda t, x: -(dfield(x, t) + h * s1(x, t)) - (field(x, t) + h * s(x, t)) * s(x, t),
    lambda t, x: h * (s1(x, t) + s(x, t) ** 2),
)
claim(
    "backward-fokker-planck",
    TX,
    "negate halve reflectSpace",
    lambda t, x: rate(x, t),
    lambda t, x: -(dfield(x, t) - h * s1(x, t)) - (field(x, t) - h * s(x, t)) * s(x, t),
    lambda t, x: -h * (s1(x, t) + s(x, t) ** 2),
)
claim(
    "transport-of-score",
    TX,
    "negate double reflectTime",
    lambda t, x: mp.diff(lambda r: s(x, r), t),
    lambda t, x: -ddfield(x, t) - dfield(x, t) * s(x, t),
    lambda t, x: -field(x, t) * s1(x, t),
)
claim(
    "density-along-flow",
    TX,
    "negate timesPi late",
    lambda t, x: rate(x, t) + vel(x, t) * s(x, t),
    lambda t, x: -dfield(x, t),
)
claim("velocity-is-field", TX, "negate double reflectSpace", lambda t, x: vel(x, t), lambda t, x: field(x, t))


def smooth(x, tau):
    return sum(W[k] * gauss(x, M[k], mp.sqrt(S[k] ** 2 + tau)) for k in (0, 1))


TH = ("tau", 0.1, 1.5)
claim(
    "heat-equation",
    [TH, X],
    "double negate reflectSpace",
    lambda u, x: mp.diff(lambda v: mp.log(smooth(x, v)), u),
    lambda u, x: mp.diff(lambda y: mp.log(smooth(y, u)), x, 2) / 2,
    lambda u, x: mp.diff(lambda y: mp.log(smooth(y, u)), x) ** 2 / 2,
)


def entropy(u):
    return quad(lambda x: -smooth(x, u) * mp.log(smooth(x, u)), -18, 18)


claim(
    "de-bruijn",
    [TH],
    "double root inverse",
    lambda u, x: (entropy(u + mp.mpf("1e-7")) - entropy(u - mp.mpf("1e-7"))) / mp.mpf("2e-7"),
    lambda u, x: quad(
        lambda y: smooth(y, u)
        * (
            sum(W[k] * gauss(y, M[k], mp.sqrt(S[k] ** 2 + u)) * (M[k] - y) / (S[k] ** 2 + u) for k in (0, 1))
            / smooth(y, u)
        )
        ** 2,
        -16,
        16,
    )
    / 2,
)
claim(
    "fisher-information",
    [T],
    "negate double root",
    lambda t, x: avg(t, lambda y: sc(y, t) ** 2),
    lambda t, x: -avg(t, lambda y: sc1(y, t)),
)
claim(
    "stein-x",
    [T],
    "negate double timesPi",
    lambda t, x: avg(t, lambda y: y * sc(y, t)),
    lambda t, x: mp.mpf(-1),
)
claim(
    "stein-tanh",
    [T],
    "negate halve shift",
    lambda t, x: avg(t, lambda y: mp.tanh(y) * sc(y, t)),
    lambda t, x: avg(t, lambda y: mp.tanh(y) ** 2 - 1),
)
claim(
    "stein-cube",
    [T],
    "negate double inverse",
    lambda t, x: avg(t, lambda y: y**3 * sc(y, t)),
    lambda t, x: -3 * a(t) ** 2 * dm(2),
    lambda t, x: -3 * b(t) ** 2,
)
claim(
    "second-moment",
    [T],
    "negate root timesBeta",
    lambda t, x: avg(t, lambda y: y**2),
    lambda t, x: a(t) ** 2 * dm(2),
    lambda t, x: b(t) ** 2,
)
claim(
    "fourth-moment",
    [T],
    "root double dropSecond",
    lambda t, x: avg(t, lambda y: y**4),
    lambda t, x: a(t) ** 4 * dm(4),
    lambda t, x: 6 * a(t) ** 2 * dm(2) * b(t) ** 2 + 3 * b(t) ** 4,
)
claim(
    "minimal-error",
    [T],
    "negate inverse timesPi",
    lambda t, x: avg(t, lambda y: fastvar(y, t)),
    lambda t, x: dm(2),
    lambda t, x: -avg(t, lambda y: fastmean(y, t) ** 2),
)
claim(
    "characteristic-function",
    [T, ("k", 0.2, 2)],
    "negate double reflectTime",
    lambda t, k: avg(t, lambda y: mp.cos(k * y)),
    lambda t, k: W[0] * mp.exp(-k * k * var(0, t) / 2) * mp.cos(k * a(t) * M[0]),
    lambda t, k: W[1] * mp.exp(-k * k * var(1, t) / 2) * mp.cos(k * a(t) * M[1]),
)
claim(
    "moment-generating-function",
    [T, ("k", -1, 1)],
    "square inverse reflectSpace",
    lambda t, k: avg(t, lambda y: mp.exp(k * y)),
    lambda t, k: W[0] * mp.exp(k * k * var(0, t) / 2 + k * a(t) * M[0]),
    lambda t, k: W[1] * mp.exp(k * k * var(1, t) / 2 + k * a(t) * M[1]),
)
