"""Expectations over z and e by the trapezoidal rule in extended precision, which is exact to
rounding for analytic functions that decay."""

import mpmath as mp
import numpy as np

from world import *

L = np.longdouble
GRID = np.arange(-9 * 24, 9 * 24 + 1, dtype=L) / 24
PHI = np.exp(-(GRID**2) / 2) / np.sqrt(2 * L(np.pi)) / 24


def ld(x):
    return L(mp.nstr(x, 25))


def expect(t, f):
    """E f(z, e, x) with x = alpha z + beta e."""
    total = L(0)
    for k in (0, 1):
        z = (ld(M[k]) + ld(S[k]) * GRID)[:, None]
        e = GRID[None, :]
        x = ld(a(t)) * z + ld(b(t)) * e
        total += ld(W[k]) * np.sum(PHI[:, None] * PHI[None, :] * f(z, e, x))
    return mp.mpf(repr(total)[len("np.longdouble(") : -1].strip("'"))


def normal_mean(f):
    """E f(n) of a standard normal n."""
    return quad(lambda x: std(x) * f(x), -13, 13)


def nscore(t, x):
    num, den = 0, 0
    for k in (0, 1):
        v = ld(var(k, t))
        y = x - ld(a(t) * M[k])
        q = ld(W[k]) * np.exp(-y * y / (2 * v)) / np.sqrt(v)
        num, den = num - q * y / v, den + q
    return num / den
