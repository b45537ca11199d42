"""Laws: their first two moments, of which a wrong law has others."""

import mpmath as mp

from world import *

law("marginal", T, "double stretch displace reflectTime", lambda t, x: p(x, t), -14, 14)
law(
    "ou-transition",
    TT,
    "negate double displace",
    lambda u, x: gauss(x, mp.mpf("1.5") * mp.exp(-u), mp.sqrt(1 - mp.exp(-2 * u))),
    -12,
    12,
)
law("box-muller", MM, "negate stretch displace", lambda m, x: gauss(x, m, 1), -12, 14)
law("inverse-distribution", MM, "negate double displace", lambda m, x: m * mp.exp(-m * x), 0, 120)
law(
    "sum-of-squares",
    MM,
    "negate halve displace",
    lambda m, x: (x / m) ** 2 * mp.exp(-x / m / 2) / (16 * m),
    0,
    200,
)
law("gumbel", MM, "negate double displace", lambda m, x: mp.exp(-(x - m) - mp.exp(-(x - m))), -6, 60)
law("flow-of-normals", T, "negate stretch double", lambda t, x: gauss(x, a(t) * mp.mpf("1.1"), b(t)), -12, 12)
law("ddpm-step", ("s", 0.5, 0.9), "double stretch displace", lambda q, x: p(x, q), -14, 14)


def joint(t, x):
    # The law of z + 0.7 x_t.
    return sum(
        W[k] * gauss(x, (1 + c7 * a(t)) * M[k], mp.sqrt((1 + c7 * a(t)) ** 2 * S[k] ** 2 + (c7 * b(t)) ** 2))
        for k in (0, 1)
    )


law("posterior-draw", T, "double stretch displace", joint, -16, 16)
law(
    "semigroup-of-ou",
    TT,
    "negate double displace",
    lambda u, x: gauss(x, mp.mpf("1.5") * mp.exp(-u), mp.sqrt(1 - mp.exp(-2 * u))),
    -12,
    12,
)
law("bridge-midpoint", TT, "stretch double displace", lambda u, x: gauss(x, 0, mp.sqrt(u / 2)), -12, 12)
law(
    "log-normal",
    MM,
    "negate halve displace",
    lambda m, x: gauss(mp.log(x), m / 2, half) / x if x > 0 else mp.mpf(0),
    0,
    80,
)
