"""The reference world of the mutation suite, computed with 30 digits, and the list of claims."""

import mpmath as mp

mp.mp.dps = 30
W = [mp.mpf("0.3"), mp.mpf("0.7")]
M = [mp.mpf("-1.2"), mp.mpf("1")]
S = [mp.mpf("0.5"), mp.mpf("0.8")]
E = [mp.mpf(x) for x in ("0.4", "-0.9", "0.7", "-0.5", "0.3", "0.8")]
T = ("t", 0.1, 0.9)
X = ("x", -2.5, 2.5)
TAU = ("tau", 0.1, 1.2)


def al(t):
    return mp.sin(mp.pi / 2 * t)


def be(t):
    return mp.cos(mp.pi / 2 * t)


def al1(t):
    return mp.pi / 2 * mp.cos(mp.pi / 2 * t)


def be1(t):
    return -mp.pi / 2 * mp.sin(mp.pi / 2 * t)


def gauss(x, m, s):
    return mp.exp(-(((x - m) / s) ** 2) / 2) / (s * mp.sqrt(2 * mp.pi))


def var(k, t):
    return al(t) ** 2 * S[k] ** 2 + be(t) ** 2


def comp(k, x, t):
    return W[k] * gauss(x, al(t) * M[k], mp.sqrt(var(k, t)))


def p(x, t):
    return comp(0, x, t) + comp(1, x, t)


def data(z):
    return W[0] * gauss(z, M[0], S[0]) + W[1] * gauss(z, M[1], S[1])


def resp(k, x, t):
    return comp(k, x, t) / p(x, t)


def slope(k, x, t):
    return (al(t) * M[k] - x) / var(k, t)


def logp(x, t):
    return mp.log(p(x, t))


def s(x, t):
    return mp.diff(lambda y: logp(y, t), x)


def s1(x, t):
    return mp.diff(lambda y: logp(y, t), x, 2)


def s2(x, t):
    return mp.diff(lambda y: logp(y, t), x, 3)


def Phi(x):
    return (1 + mp.erf(x / mp.sqrt(2))) / 2


def quad(f, a=-14, b=14):
    n = int(b - a)
    return mp.quad(f, [a + (b - a) * mp.mpf(i) / n for i in range(n + 1)], maxdegree=5)


def post(f, x, t):
    """E[f(z) | x_t = x] by Bayes' rule."""
    joint = lambda z: data(z) * gauss(x, al(t) * z, be(t))
    return quad(lambda z: f(z) * joint(z), -9, 9) / quad(joint, -9, 9)


def mean_z(x, t):
    return post(lambda z: z, x, t)


def mean_e(x, t):
    return post(lambda z: (x - al(t) * z) / be(t), x, t)


def pvar(x, t):
    return post(lambda z: z * z, x, t) - mean_z(x, t) ** 2


def vel(x, t):
    return post(lambda z: al1(t) * z + be1(t) * (x - al(t) * z) / be(t), x, t)


def field(x, t):
    return al1(t) / al(t) * x + be(t) * (be(t) * al1(t) / al(t) - be1(t)) * s(x, t)


def dfield(x, t):
    return al1(t) / al(t) + be(t) * (be(t) * al1(t) / al(t) - be1(t)) * s1(x, t)


def ddfield(x, t):
    return be(t) * (be(t) * al1(t) / al(t) - be1(t)) * s2(x, t)


def rate(x, t):
    return mp.diff(lambda r: logp(x, r), t)


def avg(t, f):
    return quad(lambda x: p(x, t) * f(x), -11, 11)


def dm(n):
    return [
        1,
        sum(W[k] * M[k] for k in (0, 1)),
        sum(W[k] * (M[k] ** 2 + S[k] ** 2) for k in (0, 1)),
        None,
        sum(W[k] * (M[k] ** 4 + 6 * M[k] ** 2 * S[k] ** 2 + 3 * S[k] ** 4) for k in (0, 1)),
    ][n]


#: Claims by name: axes, operators, left side, terms of the right side.
C = {}
#: Laws by name: axis, operators, density, interval.
LAW = {}


def claim(name, axes, ops, left, *terms):
    C[name] = (axes, ops.split(), left, terms)


def law(name, axis, ops, density, lo, hi):
    LAW[name] = (axis, ops.split(), density, lo, hi)


a, b = al, be
TX = [T, X]
MM = ("m", 0.4, 1.4)
TT = ("tau", 0.3, 1.5)
c7 = mp.mpf("0.7")
h = mp.mpf("0.32")
f4 = mp.mpf("0.4")
r3, r12 = mp.mpf("0.3"), mp.mpf("1.2")
e8 = mp.mpf("0.8")
half = mp.mpf("0.5")


def sc(x, t):
    return sum(resp(k, x, t) * slope(k, x, t) for k in (0, 1))


def sc1(x, t):
    return sum(resp(k, x, t) * (slope(k, x, t) ** 2 - 1 / var(k, t)) for k in (0, 1)) - sc(x, t) ** 2


def fastmean(y, t):
    return (y + b(t) ** 2 * sc(y, t)) / a(t)


def fastvar(y, t):
    return b(t) ** 2 / a(t) ** 2 * (1 + b(t) ** 2 * sc1(y, t))


def under(m, d, f):
    return quad(lambda x: gauss(x, m, d) * f(x), -13, 14)


std = lambda x: gauss(x, 0, 1)
