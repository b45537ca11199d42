"""Schedules, preconditioning and samplers' steps."""

import mpmath as mp

from world import *


def sig(u):
    return mp.exp(-(r3 * u + r12 / 2 * u * u) / 2)


def br(u):
    return r3 + r12 * u


def snr(t):
    return a(t) ** 2 / b(t) ** 2


claim(
    "rate-of-signal",
    [TAU],
    "negate halve square",
    lambda u, _: -2 * mp.diff(lambda v: mp.log(sig(v)), u),
    lambda u, _: r3,
    lambda u, _: r12 * u,
)
claim(
    "signal-of-rate",
    [TAU],
    "square inverse double",
    lambda u, _: mp.exp(-mp.quad(br, [0, u]) / 2),
    lambda u, _: sig(u),
)
claim(
    "variance-equation",
    [TAU],
    "negate double square",
    lambda u, _: mp.diff(lambda v: 1 - sig(v) ** 2, u),
    lambda u, _: br(u) * sig(u) ** 2,
)
claim(
    "sub-variance-preserving",
    [TAU],
    "negate halve inverse",
    lambda u, _: mp.diff(lambda v: (1 - sig(v) ** 2) ** 2, u),
    lambda u, _: 2 * br(u) * sig(u) ** 2 * (1 - sig(u) ** 2),
)
claim(
    "variance-exploding",
    [TAU],
    "root double inverse",
    lambda u, _: mp.diff(lambda v: (mp.mpf("0.02") * mp.mpf(100) ** v) ** 2, u),
    lambda u, _: 2 * mp.log(100) * mp.mpf("0.0004") * mp.mpf(100) ** (2 * u),
)
claim(
    "log-snr-slope",
    [T],
    "negate halve dropFirst",
    lambda t, _: mp.diff(lambda r: mp.log(snr(r)), t),
    lambda t, _: 2 * al1(t) / a(t),
    lambda t, _: -2 * be1(t) / b(t),
)
claim(
    "snr-slope",
    [T],
    "root double inverse",
    lambda t, _: mp.diff(snr, t),
    lambda t, _: 2 * a(t) / b(t) ** 3 * (al1(t) * b(t) - a(t) * be1(t)),
)
claim(
    "diffusion-coefficient",
    [T],
    "negate timesBeta double",
    lambda t, _: -b(t) ** 2 * mp.diff(lambda r: mp.log(snr(r)), t),
    lambda t, _: 2 * b(t) * be1(t),
    lambda t, _: -2 * b(t) ** 2 * al1(t) / a(t),
)
claim(
    "signal-of-log-snr",
    [("l", -3, 3)],
    "square inverse reflectTime",
    lambda l, _: mp.sqrt(mp.exp(l) / (1 + mp.exp(l))),
    lambda l, _: mp.sqrt(1 / (1 + mp.exp(-l))),
)
SD = [("sigma", 0.2, 3), ("d", 0.3, 1.2)]
claim(
    "edm-skip",
    SD,
    "root inverse exchange",
    lambda g, d: 1 - g * g / (g * g + d * d),
    lambda g, d: d * d / (g * g + d * d),
)
claim(
    "edm-output",
    SD,
    "square inverse timesPi",
    lambda g, d: mp.sqrt((1 - d * d / (g * g + d * d)) ** 2 * d * d + (d * d / (g * g + d * d)) ** 2 * g * g),
    lambda g, d: g * d / mp.sqrt(g * g + d * d),
)
claim(
    "edm-weight",
    SD,
    "root double inverse",
    lambda g, d: (g * g + d * d) / (g * d) ** 2,
    lambda g, d: 1 / g**2,
    lambda g, d: 1 / d**2,
)
claim(
    "karras-steps",
    [("u", 0.05, 0.95)],
    "negate halve timesPi",
    lambda u, _: mp.diff(lambda v: (mp.mpf("2.2") - mp.mpf("1.7") * v) ** 7, u),
    lambda u, _: -7 * mp.mpf("1.7") * (mp.mpf("2.2") - mp.mpf("1.7") * u) ** 6,
)
o8 = mp.mpf("0.008")
claim(
    "cosine-log-slope",
    [T],
    "negate double reflectTime",
    lambda t, _: mp.diff(lambda r: mp.log(mp.cos(mp.pi / 2 * (r + o8) / (1 + o8)) ** 2), t),
    lambda t, _: -mp.pi / (1 + o8) * mp.tan(mp.pi / 2 * (t + o8) / (1 + o8)),
)
claim(
    "time-change",
    [("r", 0.3, 0.95), ("x", -2, 2)],
    "negate double reflectSpace",
    lambda r, x: mp.diff(lambda q: a(q * q) * c7 + b(q * q) * x, r),
    lambda r, x: 2 * r * (al1(r * r) * c7 + be1(r * r) * x),
)


def step(g, ss, tt):
    return b(tt) ** 2 - g * g * b(ss) ** 2


def ddpm_mean(q, x):
    # Mean of x_q given x_0.4 = x and z = 0.7: moments of the product of both normals, by quadrature.
    g = a(f4) / a(q)
    f = lambda y: gauss(y, a(q) * c7, b(q)) * gauss(x, g * y, mp.sqrt(step(g, q, f4)))
    return quad(lambda y: y * f(y), -9, 9) / quad(f, -9, 9)


claim(
    "ddpm-mean",
    [("s", 0.55, 0.9), ("x", -2, 2)],
    "negate double negateSecond",
    ddpm_mean,
    lambda q, x: a(f4) / a(q) * b(q) ** 2 / b(f4) ** 2 * x,
    lambda q, x: a(q) * step(a(f4) / a(q), q, f4) / b(f4) ** 2 * c7,
)
ST = [("s", 0.55, 0.9), ("t", 0.12, 0.45)]


def ddpm_var(q, t):
    g = a(t) / a(q)
    f = lambda y: gauss(y, 0, b(q)) * gauss(0, g * y, mp.sqrt(step(g, q, t)))
    return quad(lambda y: y * y * f(y), -9, 9) / quad(f, -9, 9)


claim(
    "ddpm-variance",
    ST,
    "root inverse double exchange",
    ddpm_var,
    lambda q, t: b(q) ** 2 * (1 - (a(t) / a(q)) ** 2 * b(q) ** 2 / b(t) ** 2),
)
claim(
    "ddpm-weight",
    ST,
    "negate halve negateSecond",
    lambda q, t: (a(q) * step(a(t) / a(q), q, t) / b(t) ** 2) ** 2 / (2 * ddpm_var(q, t)),
    lambda q, t: snr(q) / 2,
    lambda q, t: -snr(t) / 2,
)
DD = [("s", 0.55, 0.9), ("x", -2, 2)]
claim(
    "ddim-step",
    DD,
    "negate double dropFirst",
    lambda q, x: a(q) * mean_z(x, f4) + b(q) * mean_e(x, f4),
    lambda q, x: a(q) / a(f4) * x,
    lambda q, x: (b(q) - a(q) * b(f4) / a(f4)) * mean_e(x, f4),
)
claim(
    "exponential-integrator",
    DD,
    "negate double negateSecond",
    lambda q, x: a(q) * mean_z(x, f4) + b(q) * mean_e(x, f4),
    lambda q, x: b(q) / b(f4) * x,
    lambda q, x: a(q) * (1 - mp.exp(-(mp.log(snr(q)) - mp.log(snr(f4))) / 2)) * mean_z(x, f4),
)
