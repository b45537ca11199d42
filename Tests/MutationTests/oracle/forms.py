"""The operators that make a right side wrong, typed anew beside the suite's."""

import mpmath as mp

from world import *

FACTOR = {"negate": -1, "double": 2, "halve": half, "timesPi": mp.pi}
TERM = {
    "negateFirst": (0, -1),
    "negateSecond": (1, -1),
    "dropFirst": (0, 0),
    "dropSecond": (1, 0),
    "doubleSecond": (1, 2),
}


def wrong(op, axes, terms, q):
    def right(r):
        return sum((f(*r) for f in terms[1:]), terms[0](*r))

    def each(f, v):
        return v.apply(f) if isinstance(v, mp.matrix) else f(v)

    t, x = q
    if op in FACTOR:
        return FACTOR[op] * right(q)
    if op in TERM:
        i, w = TERM[op]
        parts = [(w if k == i else 1) * f(*q) for k, f in enumerate(terms)]
        return sum(parts[1:], parts[0])
    if op == "square":
        return each(lambda v: v * v, right(q))
    if op == "root":
        return each(lambda v: mp.sqrt(abs(v)), right(q))
    if op == "inverse":
        return each(lambda v: 1 / v, right(q))
    if op == "shift":
        return right(q) + half
    if op == "timesBeta":
        return be(t) * right(q)
    if op == "timesVariance":
        return be(t) ** 2 * right(q)
    if op == "perAlpha":
        return right(q) / al(t)
    if op == "normaliser":
        return (2 + mp.sin(5 * t)) * right(q)
    if op == "reflectTime":
        return right((1 - t, x))
    if op == "reflectSpace":
        return right((t, -x))
    if op == "exchange":
        return right((x, t))
    if op == "transpose":
        return right(q).T
    if op == "late":
        return (2 if t > axes[0][1] + 0.67 * (axes[0][2] - axes[0][1]) else 1) * right(q)
    raise ValueError(op)
