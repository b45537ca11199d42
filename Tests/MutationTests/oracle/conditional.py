"""Conditional expectations as means."""

import mpmath as mp
import numpy as np

from drawn import *
from world import *

TESTS = [
    ("bump", lambda x: np.exp(-x * x / 2)),
    ("logistic", lambda x: 1 / (1 + np.exp(-x))),
    ("lorentz", lambda x: 1 / (1 + x * x)),
    ("wave", lambda x: 1 + np.cos(x) / 2),
    ("step", lambda x: 1 + np.tanh(x) / 2),
]
MTESTS = [
    lambda x: mp.exp(-x * x / 2),
    lambda x: 1 / (1 + mp.exp(-x)),
    lambda x: 1 / (1 + x * x),
    lambda x: 1 + mp.cos(x) / 2,
    lambda x: 1 + mp.tanh(x) / 2,
]
TARGETS = [
    ("data", lambda t, z, e: z, lambda t, x: (x + b(t) ** 2 * sc(x, t)) / a(t)),
    ("noise", lambda t, z, e: e, lambda t, x: -b(t) * sc(x, t)),
    (
        "velocity",
        lambda t, z, e: ld(al1(t)) * z + ld(be1(t)) * e,
        lambda t, x: al1(t) / a(t) * x + b(t) * (b(t) * al1(t) / a(t) - be1(t)) * sc(x, t),
    ),
    ("score", lambda t, z, e: -e / ld(b(t)), lambda t, x: sc(x, t)),
    (
        "v",
        lambda t, z, e: ld(a(t)) * e - ld(b(t)) * z,
        lambda t, x: -b(t) / a(t) * x - (a(t) * b(t) + b(t) ** 3 / a(t)) * sc(x, t),
    ),
    ("squared-noise", lambda t, z, e: e * e, lambda t, x: 1 + b(t) ** 2 * (sc1(x, t) + sc(x, t) ** 2)),
]
FORMS = ["negate double timesPi", "negate halve double", "double negate square", "timesPi negate halve"]
for i, (tn, draw, exact) in enumerate(TARGETS):
    for j, (fn, phi) in enumerate(TESTS):

        def left(t, _, draw=draw, phi=phi):
            return expect(t, lambda z, e, x: (2 + draw(t, z, e)) * phi(x))

        def right(t, _, exact=exact, phi=MTESTS[j]):
            return avg(t, lambda x: (2 + exact(t, x)) * phi(x))

        claim(f"{tn}-{fn}", [T], FORMS[(i + j) % 4], left, right)
