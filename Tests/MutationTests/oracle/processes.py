"""Linear processes, bridges, chains and matrices."""

import mpmath as mp

from world import *

T2 = ("tau", 0.2, 1.6)
U = ("t", 0.12, 0.88)
X2 = ("x", -2, 2)
claim(
    "ou-variance",
    [T2],
    "root double inverse",
    lambda u, _: mp.quad(lambda r: c7 * mp.exp(-2 * (u - r)), [0, u]),
    lambda u, _: c7 / 2 * (1 - mp.exp(-2 * u)),
)
claim(
    "ou-mean",
    [T2, X2],
    "negate dropFirst negateSecond",
    lambda u, x: x * mp.exp(-u) + mp.quad(lambda r: mp.mpf("0.6") * mp.exp(-(u - r)), [0, u]),
    lambda u, x: mp.exp(-u) * (x - mp.mpf("0.6")),
    lambda u, x: mp.mpf("0.6"),
)
claim(
    "ou-covariance",
    [("s", 0.2, 0.9), ("r", 1, 1.8)],
    "square inverse exchange",
    lambda q, r: mp.quad(lambda y: mp.exp(-(q - y) - (r - y)), [0, q]),
    lambda q, r: mp.exp(-r) * mp.sinh(q),
)
claim("bridge-variance", [U], "root double inverse", lambda t, _: t - t * t, lambda t, _: t * (1 - t))
claim(
    "bridge-drift",
    [U, X2],
    "negate double reflectTime",
    lambda t, x: mp.diff(lambda y: mp.log(gauss(e8, y, mp.sqrt(1 - t))), x),
    lambda t, x: e8 / (1 - t),
    lambda t, x: -x / (1 - t),
)
claim(
    "backward-heat",
    [U, X2],
    "negate double reflectTime",
    lambda t, x: mp.diff(lambda r: gauss(e8, x, mp.sqrt(1 - r)), t),
    lambda t, x: -mp.diff(lambda y: gauss(e8, y, mp.sqrt(1 - t)), x, 2) / 2,
)
claim(
    "masked-forward",
    [U],
    "negate double timesPi",
    lambda t, _: mp.diff(lambda r: 1 - r * r, t),
    lambda t, _: -2 * t,
)


def two(u):
    return mp.mpf("0.4") + mp.mpf("0.6") * mp.exp(-mp.mpf("1.5") * u)


claim(
    "two-state-chain",
    [T2],
    "negate halve dropFirst",
    lambda u, _: mp.diff(two, u),
    lambda u, _: -mp.mpf("0.9") * two(u),
    lambda u, _: mp.mpf("0.6") * (1 - two(u)),
)
claim(
    "flow-map",
    [T, X2],
    "negate double negateSecond",
    lambda t, x: mp.diff(lambda r: a(r) * c7 + b(r) * x, t),
    lambda t, x: be1(t) / b(t) * (a(t) * c7 + b(t) * x),
    lambda t, x: (al1(t) - a(t) * be1(t) / b(t)) * c7,
)
claim(
    "displacement-energy",
    [("m", 0.3, 2), ("s", 0.3, 0.8)],
    "root double dropSecond",
    lambda m, d: under(0, 1, lambda z: (m + (d - 1) * z) ** 2),
    lambda m, d: m * m,
    lambda m, d: (1 - d) ** 2,
)
SG = mp.matrix([[mp.mpf("0.5") + E[0] ** 2, E[0] * E[1]], [E[0] * E[1], mp.mpf("0.4") + E[1] ** 2]])
NO = mp.matrix([[mp.mpf("0.3") + E[2] ** 2, E[2] * E[3]], [E[2] * E[3], mp.mpf("0.6") + E[3] ** 2]])
G = mp.matrix([[-mp.mpf("0.5"), E[4]], [-mp.mpf("1.5") * E[4], -mp.mpf("0.8")]])
I2 = mp.eye(2)
flow = lambda u: mp.expm(u * G)
mov = lambda u: I2 + r3 * u * G + u * u / 5 * SG
mov1 = lambda u: r3 * G + 2 * u / 5 * SG


def dmat(f, u):
    e = mp.mpf("1e-12")
    return (f(u + e) - f(u - e)) / (2 * e)


claim(
    "log-determinant",
    [T2],
    "negate double inverse",
    lambda u, _: mp.diff(lambda v: mp.log(mp.det(mov(v))), u),
    lambda u, _: (lambda m: m[0, 0] + m[1, 1])(mov(u) ** -1 * mov1(u)),
)
claim(
    "exponential-equation",
    [T2],
    "negate transpose double",
    lambda u, _: dmat(flow, u),
    lambda u, _: G * flow(u),
)
claim(
    "semigroup",
    [T2],
    "transpose negate timesPi",
    lambda u, _: flow(2 * u / 5) * flow(3 * u / 5),
    lambda u, _: flow(u),
)
claim("inverse-flow", [T2], "transpose double negate", lambda u, _: flow(u) ** -1, lambda u, _: flow(-u))
claim(
    "inverse-slope",
    [T2],
    "negate transpose halve",
    lambda u, _: dmat(lambda v: mov(v) ** -1, u),
    lambda u, _: -(mov(u) ** -1 * mov1(u) * mov(u) ** -1),
)
claim(
    "kalman-gain",
    [T],
    "transpose negate double",
    lambda t, _: a(t) * SG * (NO + a(t) ** 2 * SG) ** -1,
    lambda t, _: a(t) * (SG**-1 + a(t) ** 2 * NO**-1) ** -1 * NO**-1,
)
claim(
    "posterior-covariance",
    [T],
    "negate double negateSecond",
    lambda t, _: (SG**-1 + a(t) ** 2 * NO**-1) ** -1,
    lambda t, _: SG,
    lambda t, _: -a(t) ** 2 * SG * (NO + a(t) ** 2 * SG) ** -1 * SG,
)
cov = lambda u: flow(u) * SG * flow(u).T
claim(
    "lyapunov",
    [T2],
    "negate double dropSecond",
    lambda u, _: dmat(cov, u),
    lambda u, _: G * cov(u),
    lambda u, _: cov(u) * G.T,
)
claim(
    "divergence-of-linear-field",
    [T2],
    "negate double inverse",
    lambda u, _: mp.log(mp.det(flow(u))),
    lambda u, _: u * (G[0, 0] + G[1, 1]),
)
claim(
    "quadratic-form",
    [("x", -2, 2), ("y", -2, 2)],
    "double timesPi halve",
    lambda x, y: (mp.matrix([[x, y]]) * SG**-1 * mp.matrix([x, y]))[0, 0],
    lambda x, y: (x * x * SG[1, 1] - 2 * x * y * SG[0, 1] + y * y * SG[0, 0]) / mp.det(SG),
)
