"""Witnesses of the mutation suite: for every wrong form of every claim a point at which the true left side
and the wrong right side differ, both computed here, apart from the suite.

Left sides are computed from definitions (Bayes' rule, integrals, derivatives by mpmath with 30 digits; means
over two variables by the trapezoidal rule in extended precision), in the reference world. Right sides are
typed anew from the formulas.

    python3 witnesses.py > Witnesses.swift
"""
import mpmath as mp
import numpy as np

mp.mp.dps = 30
W = [mp.mpf('0.3'), mp.mpf('0.7')]
M = [mp.mpf('-1.2'), mp.mpf('1')]
S = [mp.mpf('0.5'), mp.mpf('0.8')]
E = [mp.mpf(x) for x in ('0.4', '-0.9', '0.7', '-0.5', '0.3', '0.8')]
T = ('t', 0.1, 0.9)
X = ('x', -2.5, 2.5)
TAU = ('tau', 0.1, 1.2)


def al(t): return mp.sin(mp.pi / 2 * t)
def be(t): return mp.cos(mp.pi / 2 * t)
def al1(t): return mp.pi / 2 * mp.cos(mp.pi / 2 * t)
def be1(t): return -mp.pi / 2 * mp.sin(mp.pi / 2 * t)
def gauss(x, m, s): return mp.exp(-((x - m) / s) ** 2 / 2) / (s * mp.sqrt(2 * mp.pi))
def var(k, t): return al(t) ** 2 * S[k] ** 2 + be(t) ** 2
def comp(k, x, t): return W[k] * gauss(x, al(t) * M[k], mp.sqrt(var(k, t)))
def p(x, t): return comp(0, x, t) + comp(1, x, t)
def data(z): return W[0] * gauss(z, M[0], S[0]) + W[1] * gauss(z, M[1], S[1])
def resp(k, x, t): return comp(k, x, t) / p(x, t)
def slope(k, x, t): return (al(t) * M[k] - x) / var(k, t)
def logp(x, t): return mp.log(p(x, t))
def s(x, t): return mp.diff(lambda y: logp(y, t), x)
def s1(x, t): return mp.diff(lambda y: logp(y, t), x, 2)
def s2(x, t): return mp.diff(lambda y: logp(y, t), x, 3)
def Phi(x): return (1 + mp.erf(x / mp.sqrt(2))) / 2


def quad(f, a=-14, b=14):
    n = int(b - a)
    return mp.quad(f, [a + (b - a) * mp.mpf(i) / n for i in range(n + 1)], maxdegree=5)


def post(f, x, t):
    """E[f(z) | x_t = x] by Bayes' rule."""
    joint = lambda z: data(z) * gauss(x, al(t) * z, be(t))
    return quad(lambda z: f(z) * joint(z), -9, 9) / quad(joint, -9, 9)


def mean_z(x, t): return post(lambda z: z, x, t)
def mean_e(x, t): return post(lambda z: (x - al(t) * z) / be(t), x, t)
def pvar(x, t): return post(lambda z: z * z, x, t) - mean_z(x, t) ** 2
def vel(x, t): return post(lambda z: al1(t) * z + be1(t) * (x - al(t) * z) / be(t), x, t)
def field(x, t): return al1(t) / al(t) * x + be(t) * (be(t) * al1(t) / al(t) - be1(t)) * s(x, t)
def dfield(x, t): return al1(t) / al(t) + be(t) * (be(t) * al1(t) / al(t) - be1(t)) * s1(x, t)
def ddfield(x, t): return be(t) * (be(t) * al1(t) / al(t) - be1(t)) * s2(x, t)
def rate(x, t): return mp.diff(lambda r: logp(x, r), t)
def avg(t, f): return quad(lambda x: p(x, t) * f(x), -11, 11)
def dm(n):
    return [1, sum(W[k] * M[k] for k in (0, 1)), sum(W[k] * (M[k]**2 + S[k]**2) for k in (0, 1)), None,
            sum(W[k] * (M[k]**4 + 6 * M[k]**2 * S[k]**2 + 3 * S[k]**4) for k in (0, 1))][n]


C = {}  # name: (axes, operators, left, terms)


def claim(name, axes, ops, left, *terms): C[name] = (axes, ops.split(), left, terms)


a, b = al, be
TX = [T, X]
c7 = mp.mpf('0.7')
claim('tweedie', TX, 'negate double timesBeta negateFirst dropSecond', lambda t, x: mean_z(x, t),
      lambda t, x: x / a(t), lambda t, x: b(t)**2 * s(x, t) / a(t))
claim('tweedie-quadrature', TX, 'negate perAlpha doubleSecond late', lambda t, x: mean_z(x, t),
      lambda t, x: x / a(t), lambda t, x: b(t)**2 * s(x, t) / a(t))
claim('noise', TX, 'negate timesBeta perAlpha reflectTime', lambda t, x: mean_e(x, t), lambda t, x: -b(t) * s(x, t))
claim('score-of-conditional', TX, 'negate timesVariance reflectSpace',
      lambda t, x: post(lambda z: (a(t) * z - x) / b(t)**2, x, t), lambda t, x: s(x, t))
claim('velocity', TX, 'negate negateSecond dropFirst timesBeta', lambda t, x: vel(x, t),
      lambda t, x: al1(t) / a(t) * x, lambda t, x: b(t) * (b(t) * al1(t) / a(t) - be1(t)) * s(x, t))
claim('v-prediction', TX, 'negate halve negateFirst reflectSpace',
      lambda t, x: a(t) * mean_e(x, t) - b(t) * mean_z(x, t),
      lambda t, x: -b(t) / a(t) * x, lambda t, x: -(a(t) * b(t) + b(t)**3 / a(t)) * s(x, t))
claim('posterior-variance', TX, 'root inverse perAlpha negateSecond', lambda t, x: pvar(x, t),
      lambda t, x: b(t)**2 / a(t)**2, lambda t, x: b(t)**4 * s1(x, t) / a(t)**2)
claim('posterior-second-moment', TX, 'negate square timesVariance', lambda t, x: post(lambda z: z * z, x, t),
      lambda t, x: ((x + b(t)**2 * s(x, t)) / a(t))**2, lambda t, x: (b(t)**2 + b(t)**4 * s1(x, t)) / a(t)**2)
claim('noise-second-moment', TX, 'root double shift dropFirst',
      lambda t, x: post(lambda z: ((x - a(t) * z) / b(t))**2, x, t),
      lambda t, x: mp.mpf(1), lambda t, x: b(t)**2 * (s1(x, t) + s(x, t)**2))
claim('residual-second-moment', TX, 'timesBeta halve inverse', lambda t, x: post(lambda z: (x - a(t) * z)**2, x, t),
      lambda t, x: b(t)**2, lambda t, x: b(t)**4 * (s1(x, t) + s(x, t)**2))
claim('mean-slope', TX, 'root timesPi perAlpha reflectTime',
      lambda t, x: (mean_z(x + mp.mpf('1e-8'), t) - mean_z(x - mp.mpf('1e-8'), t)) / mp.mpf('2e-8'),
      lambda t, x: a(t) / b(t)**2 * pvar(x, t))
claim('noise-slope', TX, 'negate timesBeta late',
      lambda t, x: (mean_e(x + mp.mpf('1e-8'), t) - mean_e(x - mp.mpf('1e-8'), t)) / mp.mpf('2e-8'),
      lambda t, x: -b(t) * s1(x, t))
claim('third-cumulant', TX, 'negate double timesBeta',
      lambda t, x: post(lambda z: (z - mean_third(x, t))**3, x, t),
      lambda t, x: b(t)**2 / a(t) * (pvar(x + mp.mpf('1e-8'), t) - pvar(x - mp.mpf('1e-8'), t)) / mp.mpf('2e-8'))
_cache = {}
def mean_third(x, t):
    if (x, t) not in _cache: _cache[(x, t)] = mean_z(x, t)
    return _cache[(x, t)]
z3 = mp.mpf('0.3')
claim('posterior-density', TX, 'double square perAlpha normaliser',
      lambda t, x: data(z3) * gauss(x, a(t) * z3, b(t)) / quad(lambda z: data(z) * gauss(x, a(t) * z, b(t)), -9, 9),
      lambda t, x: data(z3) * gauss(x, a(t) * z3, b(t)) / p(x, t))
claim('conditional-score', TX, 'negate timesBeta timesVariance',
      lambda t, x: mp.diff(lambda y: mp.log(gauss(y, a(t) * c7, b(t))), x),
      lambda t, x: -x / b(t)**2, lambda t, x: a(t) * c7 / b(t)**2)
claim('conditional-velocity', TX, 'negate negateSecond doubleSecond',
      lambda t, x: mp.diff(lambda r: a(r) * c7 + b(r) * (x - a(t) * c7) / b(t), t),
      lambda t, x: be1(t) / b(t) * x, lambda t, x: (al1(t) - a(t) * be1(t) / b(t)) * c7)
claim('conditional-velocity-score', TX, 'negate double negateFirst',
      lambda t, x: mp.diff(lambda r: a(r) * c7 + b(r) * (x - a(t) * c7) / b(t), t),
      lambda t, x: al1(t) / a(t) * x, lambda t, x: -(al1(t) / a(t) - be1(t) / b(t)) * (x - a(t) * c7))
claim('guidance', TX, 'negate double reflectSpace', lambda t, x: mp.diff(lambda y: mp.log(comp(0, y, t)), x),
      lambda t, x: s(x, t), lambda t, x: mp.diff(lambda y: mp.log(resp(0, y, t)), x))
claim('classifier-free-guidance', TX, 'negate halve reflectTime',
      lambda t, x: mp.diff(lambda y: 3 * mp.log(comp(0, y, t)) - 2 * logp(y, t), x),
      lambda t, x: -2 * s(x, t), lambda t, x: 3 * slope(0, x, t))
claim('softmax-slope', TX, 'negate double reflectSpace', lambda t, x: mp.diff(lambda y: resp(0, y, t), x),
      lambda t, x: resp(0, x, t) * resp(1, x, t) * (slope(0, x, t) - slope(1, x, t)))
claim('log-odds-slope', TX, 'negate timesPi reflectTime',
      lambda t, x: mp.diff(lambda y: mp.log(comp(0, y, t) / comp(1, y, t)), x),
      lambda t, x: slope(0, x, t), lambda t, x: -slope(1, x, t))
# Evolution
claim('convolution', TX, 'double inverse root normaliser',
      lambda t, x: quad(lambda z: data(z) * gauss(x, a(t) * z, b(t)), -9, 9),
      lambda t, x: comp(0, x, t), lambda t, x: comp(1, x, t))
claim('log-density-slope', TX, 'negate double reflectSpace reflectTime', lambda t, x: s(x, t),
      lambda t, x: resp(0, x, t) * slope(0, x, t), lambda t, x: resp(1, x, t) * slope(1, x, t))
claim('score-slope', TX, 'negate halve reflectTime reflectSpace', lambda t, x: s1(x, t),
      lambda t, x: sum(resp(k, x, t) * (slope(k, x, t)**2 - 1 / var(k, t)) for k in (0, 1)),
      lambda t, x: -s(x, t)**2)
claim('density-curvature', TX, 'negate double reflectTime',
      lambda t, x: mp.diff(lambda y: p(y, t), x, 2) / p(x, t), lambda t, x: s1(x, t), lambda t, x: s(x, t)**2)
claim('continuity', TX, 'negate double late reflectTime', lambda t, x: rate(x, t),
      lambda t, x: -dfield(x, t), lambda t, x: -field(x, t) * s(x, t))
h = mp.mpf('0.32')
claim('fokker-planck', TX, 'negate timesPi late', lambda t, x: rate(x, t),
      lambda t, x: -(dfield(x, t) + h * s1(x, t)) - (field(x, t) + h * s(x, t)) * s(x, t),
      lambda t, x: h * (s1(x, t) + s(x, t)**2))
claim('backward-fokker-planck', TX, 'negate halve reflectSpace', lambda t, x: rate(x, t),
      lambda t, x: -(dfield(x, t) - h * s1(x, t)) - (field(x, t) - h * s(x, t)) * s(x, t),
      lambda t, x: -h * (s1(x, t) + s(x, t)**2))
claim('transport-of-score', TX, 'negate double reflectTime', lambda t, x: mp.diff(lambda r: s(x, r), t),
      lambda t, x: -ddfield(x, t) - dfield(x, t) * s(x, t), lambda t, x: -field(x, t) * s1(x, t))
claim('density-along-flow', TX, 'negate timesPi late', lambda t, x: rate(x, t) + vel(x, t) * s(x, t),
      lambda t, x: -dfield(x, t))
claim('velocity-is-field', TX, 'negate double reflectSpace', lambda t, x: vel(x, t), lambda t, x: field(x, t))
def smooth(x, tau): return sum(W[k] * gauss(x, M[k], mp.sqrt(S[k]**2 + tau)) for k in (0, 1))
TH = ('tau', 0.1, 1.5)
claim('heat-equation', [TH, X], 'double negate reflectSpace', lambda u, x: mp.diff(lambda v: mp.log(smooth(x, v)), u),
      lambda u, x: mp.diff(lambda y: mp.log(smooth(y, u)), x, 2) / 2,
      lambda u, x: mp.diff(lambda y: mp.log(smooth(y, u)), x)**2 / 2)
def entropy(u): return quad(lambda x: -smooth(x, u) * mp.log(smooth(x, u)), -18, 18)
claim('de-bruijn', [TH], 'double root inverse',
      lambda u, x: (entropy(u + mp.mpf('1e-7')) - entropy(u - mp.mpf('1e-7'))) / mp.mpf('2e-7'),
      lambda u, x: quad(lambda y: smooth(y, u) * (sum(W[k] * gauss(y, M[k], mp.sqrt(S[k]**2 + u)) * (M[k] - y) / (S[k]**2 + u) for k in (0, 1)) / smooth(y, u))**2, -16, 16) / 2)
def sc(x, t): return sum(resp(k, x, t) * slope(k, x, t) for k in (0, 1))
def sc1(x, t): return sum(resp(k, x, t) * (slope(k, x, t)**2 - 1 / var(k, t)) for k in (0, 1)) - sc(x, t)**2
claim('fisher-information', [T], 'negate double root', lambda t, x: avg(t, lambda y: sc(y, t)**2),
      lambda t, x: -avg(t, lambda y: sc1(y, t)))
claim('stein-x', [T], 'negate double timesPi', lambda t, x: avg(t, lambda y: y * sc(y, t)), lambda t, x: mp.mpf(-1))
claim('stein-tanh', [T], 'negate halve shift', lambda t, x: avg(t, lambda y: mp.tanh(y) * sc(y, t)),
      lambda t, x: avg(t, lambda y: mp.tanh(y)**2 - 1))
claim('stein-cube', [T], 'negate double inverse', lambda t, x: avg(t, lambda y: y**3 * sc(y, t)),
      lambda t, x: -3 * a(t)**2 * dm(2), lambda t, x: -3 * b(t)**2)
claim('second-moment', [T], 'negate root timesBeta', lambda t, x: avg(t, lambda y: y**2),
      lambda t, x: a(t)**2 * dm(2), lambda t, x: b(t)**2)
claim('fourth-moment', [T], 'root double dropSecond', lambda t, x: avg(t, lambda y: y**4),
      lambda t, x: a(t)**4 * dm(4), lambda t, x: 6 * a(t)**2 * dm(2) * b(t)**2 + 3 * b(t)**4)
def fastmean(y, t): return (y + b(t)**2 * sc(y, t)) / a(t)
def fastvar(y, t): return b(t)**2 / a(t)**2 * (1 + b(t)**2 * sc1(y, t))
claim('minimal-error', [T], 'negate inverse timesPi', lambda t, x: avg(t, lambda y: fastvar(y, t)),
      lambda t, x: dm(2), lambda t, x: -avg(t, lambda y: fastmean(y, t)**2))
claim('characteristic-function', [T, ('k', 0.2, 2)], 'negate double reflectTime',
      lambda t, k: avg(t, lambda y: mp.cos(k * y)),
      lambda t, k: W[0] * mp.exp(-k * k * var(0, t) / 2) * mp.cos(k * a(t) * M[0]),
      lambda t, k: W[1] * mp.exp(-k * k * var(1, t) / 2) * mp.cos(k * a(t) * M[1]))
claim('moment-generating-function', [T, ('k', -1, 1)], 'square inverse reflectSpace',
      lambda t, k: avg(t, lambda y: mp.exp(k * y)),
      lambda t, k: W[0] * mp.exp(k * k * var(0, t) / 2 + k * a(t) * M[0]),
      lambda t, k: W[1] * mp.exp(k * k * var(1, t) / 2 + k * a(t) * M[1]))
# Gaussian integrals
MS = [('m', 0.2, 1.5), ('s', 0.6, 1.3)]
def under(m, d, f): return quad(lambda x: gauss(x, m, d) * f(x), -13, 14)
std = lambda x: gauss(x, 0, 1)
claim('kl', MS, 'negate double shift exchange', lambda m, d: under(m, d, lambda x: mp.log(gauss(x, m, d) / std(x))),
      lambda m, d: (d * d + m * m - 1) / 2, lambda m, d: -mp.log(d))
claim('reverse-kl', MS, 'negate halve exchange', lambda m, d: under(0, 1, lambda x: mp.log(std(x) / gauss(x, m, d))),
      lambda m, d: mp.log(d) - mp.mpf(1) / 2, lambda m, d: (1 + m * m) / (2 * d * d))
claim('cross-entropy', MS, 'negate double inverse', lambda m, d: under(m, d, lambda x: -mp.log(std(x))),
      lambda m, d: mp.log(2 * mp.pi) / 2, lambda m, d: (d * d + m * m) / 2)
claim('entropy', [('s', 0.5, 1.6)], 'negate double shift', lambda d, _: under(0, d, lambda x: -mp.log(gauss(x, 0, d))),
      lambda d, _: mp.log(2 * mp.pi) / 2 + mp.mpf(1) / 2, lambda d, _: mp.log(d))
claim('affinity', MS, 'square inverse double', lambda m, d: quad(lambda x: mp.sqrt(gauss(x, m, d) * std(x))),
      lambda m, d: mp.sqrt(2 * d / (1 + d * d)) * mp.exp(-m * m / (4 * (1 + d * d))))
claim('chi-squared', MS, 'root inverse timesPi', lambda m, d: quad(lambda x: gauss(x, m, d)**2 / std(x), -40, 60),
      lambda m, d: mp.exp(m * m / (2 - d * d)) / (d * mp.sqrt(2 - d * d)))
claim('overlap', MS, 'square root double exchange', lambda m, d: under(m, d, std),
      lambda m, d: gauss(m, 0, mp.sqrt(1 + d * d)))
claim('wasserstein', MS, 'root negate dropSecond', lambda m, d: under(0, 1, lambda z: (m + d * z - z)**2),
      lambda m, d: m * m, lambda m, d: (d - 1)**2)
claim('fisher-divergence', MS, 'double negate inverse', lambda m, d: under(m, d, lambda x: (-(x - m) / d**2 + x)**2),
      lambda m, d: m * m + d * d, lambda m, d: 1 / d**2 - 2)
claim('folded-mean', MS, 'halve square inverse', lambda m, d: under(m, d, abs),
      lambda m, d: d * mp.sqrt(2 / mp.pi) * mp.exp(-m * m / (2 * d * d)), lambda m, d: m * mp.erf(m / (d * mp.sqrt(2))))
claim('exponential-mean', MS, 'square inverse exchange', lambda m, d: under(m, d, mp.exp),
      lambda m, d: mp.exp(m + d * d / 2))
claim('cosine-mean', MS, 'negate double exchange', lambda m, d: under(m, d, mp.cos),
      lambda m, d: mp.cos(m) * mp.exp(-d * d / 2))
claim('fourth-gaussian-moment', MS, 'root double dropFirst', lambda m, d: under(m, d, lambda x: x**4),
      lambda m, d: m**4 + 6 * m * m * d * d, lambda m, d: 3 * d**4)
claim('probit-mean', MS, 'square inverse shift', lambda m, d: under(m, d, Phi), lambda m, d: Phi(m / mp.sqrt(1 + d * d)))
claim('rectified-mean', MS, 'double square negateFirst', lambda m, d: quad(lambda x: x * gauss(x, m, d), 0, 14),
      lambda m, d: d * std(m / d), lambda m, d: m * Phi(m / d))
claim('integration-by-parts', MS, 'negate double root', lambda m, d: under(m, d, lambda x: (x - m) * mp.tanh(x)),
      lambda m, d: d * d * under(m, d, lambda x: 1 - mp.tanh(x)**2))
f4 = mp.mpf('0.4')
claim('product-of-normals', MS, 'double square exchange', lambda m, d: gauss(f4, m, d) * std(f4),
      lambda m, d: gauss(m, 0, mp.sqrt(1 + d * d)) * gauss(f4, m / (1 + d * d), d / mp.sqrt(1 + d * d)))
claim('chapman-kolmogorov', MS, 'square inverse timesPi',
      lambda m, d: quad(lambda y: gauss(y, m / 2, d) * gauss(mp.mpf('0.8'), c7 * y, mp.mpf('0.6'))),
      lambda m, d: gauss(mp.mpf('0.8'), mp.mpf('0.35') * m, mp.sqrt(mp.mpf('0.49') * d * d + mp.mpf('0.36'))))
claim('log-normaliser-slope', MS, 'negate double exchange', lambda m, d: mp.diff(lambda y: mp.log(2 * mp.cosh(d * y)), m),
      lambda m, d: d * mp.tanh(d * m))
claim('gaussian-score-in-deviation', MS, 'negate halve shift', lambda m, d: mp.diff(lambda r: mp.log(gauss(f4, m, r)), d),
      lambda m, d: (f4 - m)**2 / d**3, lambda m, d: -1 / d)
# Schedules and samplers
r3, r12 = mp.mpf('0.3'), mp.mpf('1.2')
def sig(u): return mp.exp(-(r3 * u + r12 / 2 * u * u) / 2)
def br(u): return r3 + r12 * u
def snr(t): return a(t)**2 / b(t)**2
claim('rate-of-signal', [TAU], 'negate halve square', lambda u, _: -2 * mp.diff(lambda v: mp.log(sig(v)), u),
      lambda u, _: r3, lambda u, _: r12 * u)
claim('signal-of-rate', [TAU], 'square inverse double', lambda u, _: mp.exp(-mp.quad(br, [0, u]) / 2), lambda u, _: sig(u))
claim('variance-equation', [TAU], 'negate double square', lambda u, _: mp.diff(lambda v: 1 - sig(v)**2, u),
      lambda u, _: br(u) * sig(u)**2)
claim('sub-variance-preserving', [TAU], 'negate halve inverse', lambda u, _: mp.diff(lambda v: (1 - sig(v)**2)**2, u),
      lambda u, _: 2 * br(u) * sig(u)**2 * (1 - sig(u)**2))
claim('variance-exploding', [TAU], 'root double inverse',
      lambda u, _: mp.diff(lambda v: (mp.mpf('0.02') * mp.mpf(100)**v)**2, u),
      lambda u, _: 2 * mp.log(100) * mp.mpf('0.0004') * mp.mpf(100)**(2 * u))
claim('log-snr-slope', [T], 'negate halve dropFirst', lambda t, _: mp.diff(lambda r: mp.log(snr(r)), t),
      lambda t, _: 2 * al1(t) / a(t), lambda t, _: -2 * be1(t) / b(t))
claim('snr-slope', [T], 'root double inverse', lambda t, _: mp.diff(snr, t),
      lambda t, _: 2 * a(t) / b(t)**3 * (al1(t) * b(t) - a(t) * be1(t)))
claim('diffusion-coefficient', [T], 'negate timesBeta double', lambda t, _: -b(t)**2 * mp.diff(lambda r: mp.log(snr(r)), t),
      lambda t, _: 2 * b(t) * be1(t), lambda t, _: -2 * b(t)**2 * al1(t) / a(t))
claim('signal-of-log-snr', [('l', -3, 3)], 'square inverse reflectTime', lambda l, _: mp.sqrt(mp.exp(l) / (1 + mp.exp(l))),
      lambda l, _: mp.sqrt(1 / (1 + mp.exp(-l))))
SD = [('sigma', 0.2, 3), ('d', 0.3, 1.2)]
claim('edm-skip', SD, 'root inverse exchange', lambda g, d: 1 - g * g / (g * g + d * d), lambda g, d: d * d / (g * g + d * d))
claim('edm-output', SD, 'square inverse timesPi',
      lambda g, d: mp.sqrt((1 - d * d / (g * g + d * d))**2 * d * d + (d * d / (g * g + d * d))**2 * g * g),
      lambda g, d: g * d / mp.sqrt(g * g + d * d))
claim('edm-weight', SD, 'root double inverse', lambda g, d: (g * g + d * d) / (g * d)**2,
      lambda g, d: 1 / g**2, lambda g, d: 1 / d**2)
claim('karras-steps', [('u', 0.05, 0.95)], 'negate halve timesPi',
      lambda u, _: mp.diff(lambda v: (mp.mpf('2.2') - mp.mpf('1.7') * v)**7, u),
      lambda u, _: -7 * mp.mpf('1.7') * (mp.mpf('2.2') - mp.mpf('1.7') * u)**6)
o8 = mp.mpf('0.008')
claim('cosine-log-slope', [T], 'negate double reflectTime',
      lambda t, _: mp.diff(lambda r: mp.log(mp.cos(mp.pi / 2 * (r + o8) / (1 + o8))**2), t),
      lambda t, _: -mp.pi / (1 + o8) * mp.tan(mp.pi / 2 * (t + o8) / (1 + o8)))
claim('time-change', [('r', 0.3, 0.95), ('x', -2, 2)], 'negate double reflectSpace',
      lambda r, x: mp.diff(lambda q: a(q * q) * c7 + b(q * q) * x, r),
      lambda r, x: 2 * r * (al1(r * r) * c7 + be1(r * r) * x))
def step(g, ss, tt): return b(tt)**2 - g * g * b(ss)**2
def ddpm_mean(q, x):
    # Mean of x_q given x_0.4 = x and z = 0.7: moments of the product of both normals, by quadrature.
    g = a(f4) / a(q)
    f = lambda y: gauss(y, a(q) * c7, b(q)) * gauss(x, g * y, mp.sqrt(step(g, q, f4)))
    return quad(lambda y: y * f(y), -9, 9) / quad(f, -9, 9)
claim('ddpm-mean', [('s', 0.55, 0.9), ('x', -2, 2)], 'negate double negateSecond', ddpm_mean,
      lambda q, x: a(f4) / a(q) * b(q)**2 / b(f4)**2 * x,
      lambda q, x: a(q) * step(a(f4) / a(q), q, f4) / b(f4)**2 * c7)
ST = [('s', 0.55, 0.9), ('t', 0.12, 0.45)]
def ddpm_var(q, t):
    g = a(t) / a(q)
    f = lambda y: gauss(y, 0, b(q)) * gauss(0, g * y, mp.sqrt(step(g, q, t)))
    return quad(lambda y: y * y * f(y), -9, 9) / quad(f, -9, 9)
claim('ddpm-variance', ST, 'root inverse double exchange', ddpm_var,
      lambda q, t: b(q)**2 * (1 - (a(t) / a(q))**2 * b(q)**2 / b(t)**2))
claim('ddpm-weight', ST, 'negate halve negateSecond',
      lambda q, t: (a(q) * step(a(t) / a(q), q, t) / b(t)**2)**2 / (2 * ddpm_var(q, t)),
      lambda q, t: snr(q) / 2, lambda q, t: -snr(t) / 2)
DD = [('s', 0.55, 0.9), ('x', -2, 2)]
claim('ddim-step', DD, 'negate double dropFirst', lambda q, x: a(q) * mean_z(x, f4) + b(q) * mean_e(x, f4),
      lambda q, x: a(q) / a(f4) * x, lambda q, x: (b(q) - a(q) * b(f4) / a(f4)) * mean_e(x, f4))
claim('exponential-integrator', DD, 'negate double negateSecond',
      lambda q, x: a(q) * mean_z(x, f4) + b(q) * mean_e(x, f4),
      lambda q, x: b(q) / b(f4) * x,
      lambda q, x: a(q) * (1 - mp.exp(-(mp.log(snr(q)) - mp.log(snr(f4))) / 2)) * mean_z(x, f4))
# Processes
T2 = ('tau', 0.2, 1.6)
U = ('t', 0.12, 0.88)
X2 = ('x', -2, 2)
claim('ou-variance', [T2], 'root double inverse', lambda u, _: mp.quad(lambda r: c7 * mp.exp(-2 * (u - r)), [0, u]),
      lambda u, _: c7 / 2 * (1 - mp.exp(-2 * u)))
claim('ou-mean', [T2, X2], 'negate dropFirst negateSecond',
      lambda u, x: x * mp.exp(-u) + mp.quad(lambda r: mp.mpf('0.6') * mp.exp(-(u - r)), [0, u]),
      lambda u, x: mp.exp(-u) * (x - mp.mpf('0.6')), lambda u, x: mp.mpf('0.6'))
claim('ou-covariance', [('s', 0.2, 0.9), ('r', 1, 1.8)], 'square inverse exchange',
      lambda q, r: mp.quad(lambda y: mp.exp(-(q - y) - (r - y)), [0, q]),
      lambda q, r: mp.exp(-r) * mp.sinh(q))
claim('bridge-variance', [U], 'root double inverse', lambda t, _: t - t * t, lambda t, _: t * (1 - t))
e8 = mp.mpf('0.8')
claim('bridge-drift', [U, X2], 'negate double reflectTime',
      lambda t, x: mp.diff(lambda y: mp.log(gauss(e8, y, mp.sqrt(1 - t))), x),
      lambda t, x: e8 / (1 - t), lambda t, x: -x / (1 - t))
claim('backward-heat', [U, X2], 'negate double reflectTime',
      lambda t, x: mp.diff(lambda r: gauss(e8, x, mp.sqrt(1 - r)), t),
      lambda t, x: -mp.diff(lambda y: gauss(e8, y, mp.sqrt(1 - t)), x, 2) / 2)
claim('masked-forward', [U], 'negate double timesPi', lambda t, _: mp.diff(lambda r: 1 - r * r, t), lambda t, _: -2 * t)
def two(u): return mp.mpf('0.4') + mp.mpf('0.6') * mp.exp(-mp.mpf('1.5') * u)
claim('two-state-chain', [T2], 'negate halve dropFirst', lambda u, _: mp.diff(two, u),
      lambda u, _: -mp.mpf('0.9') * two(u), lambda u, _: mp.mpf('0.6') * (1 - two(u)))
claim('flow-map', [T, X2], 'negate double negateSecond', lambda t, x: mp.diff(lambda r: a(r) * c7 + b(r) * x, t),
      lambda t, x: be1(t) / b(t) * (a(t) * c7 + b(t) * x), lambda t, x: (al1(t) - a(t) * be1(t) / b(t)) * c7)
claim('displacement-energy', [('m', 0.3, 2), ('s', 0.3, 0.8)], 'root double dropSecond',
      lambda m, d: under(0, 1, lambda z: (m + (d - 1) * z)**2), lambda m, d: m * m, lambda m, d: (1 - d)**2)
SG = mp.matrix([[mp.mpf('0.5') + E[0]**2, E[0] * E[1]], [E[0] * E[1], mp.mpf('0.4') + E[1]**2]])
NO = mp.matrix([[mp.mpf('0.3') + E[2]**2, E[2] * E[3]], [E[2] * E[3], mp.mpf('0.6') + E[3]**2]])
G = mp.matrix([[-mp.mpf('0.5'), E[4]], [-mp.mpf('1.5') * E[4], -mp.mpf('0.8')]])
I2 = mp.eye(2)
flow = lambda u: mp.expm(u * G)
mov = lambda u: I2 + r3 * u * G + u * u / 5 * SG
mov1 = lambda u: r3 * G + 2 * u / 5 * SG
def dmat(f, u):
    e = mp.mpf('1e-12')
    return (f(u + e) - f(u - e)) / (2 * e)
claim('log-determinant', [T2], 'negate double inverse', lambda u, _: mp.diff(lambda v: mp.log(mp.det(mov(v))), u),
      lambda u, _: (lambda m: m[0, 0] + m[1, 1])(mov(u)**-1 * mov1(u)))
claim('exponential-equation', [T2], 'negate transpose double', lambda u, _: dmat(flow, u), lambda u, _: G * flow(u))
claim('semigroup', [T2], 'transpose negate timesPi', lambda u, _: flow(2 * u / 5) * flow(3 * u / 5), lambda u, _: flow(u))
claim('inverse-flow', [T2], 'transpose double negate', lambda u, _: flow(u)**-1, lambda u, _: flow(-u))
claim('inverse-slope', [T2], 'negate transpose halve', lambda u, _: dmat(lambda v: mov(v)**-1, u),
      lambda u, _: -(mov(u)**-1 * mov1(u) * mov(u)**-1))
claim('kalman-gain', [T], 'transpose negate double', lambda t, _: a(t) * SG * (NO + a(t)**2 * SG)**-1,
      lambda t, _: a(t) * (SG**-1 + a(t)**2 * NO**-1)**-1 * NO**-1)
claim('posterior-covariance', [T], 'negate double negateSecond', lambda t, _: (SG**-1 + a(t)**2 * NO**-1)**-1,
      lambda t, _: SG, lambda t, _: -a(t)**2 * SG * (NO + a(t)**2 * SG)**-1 * SG)
cov = lambda u: flow(u) * SG * flow(u).T
claim('lyapunov', [T2], 'negate double dropSecond', lambda u, _: dmat(cov, u),
      lambda u, _: G * cov(u), lambda u, _: cov(u) * G.T)
claim('divergence-of-linear-field', [T2], 'negate double inverse', lambda u, _: mp.log(mp.det(flow(u))),
      lambda u, _: u * (G[0, 0] + G[1, 1]))
claim('quadratic-form', [('x', -2, 2), ('y', -2, 2)], 'double timesPi halve',
      lambda x, y: (mp.matrix([[x, y]]) * SG**-1 * mp.matrix([x, y]))[0, 0],
      lambda x, y: (x * x * SG[1, 1] - 2 * x * y * SG[0, 1] + y * y * SG[0, 0]) / mp.det(SG))

# Means: the left side is an expectation over z, e by the trapezoidal rule in extended precision.
L = np.longdouble
GRID = np.arange(-9 * 24, 9 * 24 + 1, dtype=L) / 24
PHI = np.exp(-GRID**2 / 2) / np.sqrt(2 * L(np.pi)) / 24


def ld(x): return L(mp.nstr(x, 25))


def expect(t, f):
    """E f(z, e, x) with x = alpha z + beta e."""
    total = L(0)
    for k in (0, 1):
        z = (ld(M[k]) + ld(S[k]) * GRID)[:, None]
        e = GRID[None, :]
        x = ld(a(t)) * z + ld(b(t)) * e
        total += ld(W[k]) * np.sum(PHI[:, None] * PHI[None, :] * f(z, e, x))
    return mp.mpf(repr(total)[len('np.longdouble('):-1].strip("'"))


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


TESTS = [('bump', lambda x: np.exp(-x * x / 2)), ('logistic', lambda x: 1 / (1 + np.exp(-x))),
         ('lorentz', lambda x: 1 / (1 + x * x)), ('wave', lambda x: 1 + np.cos(x) / 2), ('step', lambda x: 1 + np.tanh(x) / 2)]
MTESTS = [lambda x: mp.exp(-x * x / 2), lambda x: 1 / (1 + mp.exp(-x)), lambda x: 1 / (1 + x * x),
          lambda x: 1 + mp.cos(x) / 2, lambda x: 1 + mp.tanh(x) / 2]
TARGETS = [
    ('data', lambda t, z, e: z, lambda t, x: (x + b(t)**2 * sc(x, t)) / a(t)),
    ('noise', lambda t, z, e: e, lambda t, x: -b(t) * sc(x, t)),
    ('velocity', lambda t, z, e: ld(al1(t)) * z + ld(be1(t)) * e,
     lambda t, x: al1(t) / a(t) * x + b(t) * (b(t) * al1(t) / a(t) - be1(t)) * sc(x, t)),
    ('score', lambda t, z, e: -e / ld(b(t)), lambda t, x: sc(x, t)),
    ('v', lambda t, z, e: ld(a(t)) * e - ld(b(t)) * z,
     lambda t, x: -b(t) / a(t) * x - (a(t) * b(t) + b(t)**3 / a(t)) * sc(x, t)),
    ('squared-noise', lambda t, z, e: e * e, lambda t, x: 1 + b(t)**2 * (sc1(x, t) + sc(x, t)**2)),
]
FORMS = ['negate double timesPi', 'negate halve double', 'double negate square', 'timesPi negate halve']
for i, (tn, draw, exact) in enumerate(TARGETS):
    for j, (fn, phi) in enumerate(TESTS):
        def left(t, _, draw=draw, phi=phi): return expect(t, lambda z, e, x: (2 + draw(t, z, e)) * phi(x))
        def right(t, _, exact=exact, phi=MTESTS[j]): return avg(t, lambda x: (2 + exact(t, x)) * phi(x))
        claim(f'{tn}-{fn}', [T], FORMS[(i + j) % 4], left, right)
half = mp.mpf('0.5')
claim('second-moment-drawn', [T], 'timesBeta double root', lambda t, _: expect(t, lambda z, e, x: x * x),
      lambda t, _: a(t)**2 * dm(2), lambda t, _: b(t)**2)
claim('characteristic-drawn', [T], 'double negate timesPi', lambda t, _: expect(t, lambda z, e, x: np.cos(x / 2)),
      *[lambda t, _, k=k: W[k] * mp.exp(-var(k, t) / 8) * mp.cos(half * a(t) * M[k]) for k in (0, 1)])
claim('exponential-drawn', [T], 'square inverse double', lambda t, _: expect(t, lambda z, e, x: np.exp(x / 2)),
      *[lambda t, _, k=k: W[k] * mp.exp(var(k, t) / 8 + half * a(t) * M[k]) for k in (0, 1)])
claim('covariance-with-data', [T], 'double perAlpha negate', lambda t, _: expect(t, lambda z, e, x: x * z),
      lambda t, _: a(t) * dm(2))
claim('covariance-with-noise', [T], 'timesBeta negate square', lambda t, _: expect(t, lambda z, e, x: x * e), lambda t, _: b(t))
claim('residual', [T], 'timesBeta root double', lambda t, _: expect(t, lambda z, e, x: (x - ld(a(t)) * z)**2),
      lambda t, _: b(t)**2)
claim('fourth-moment-drawn', [T], 'root double dropSecond', lambda t, _: expect(t, lambda z, e, x: x**4),
      lambda t, _: a(t)**4 * dm(4), lambda t, _: 6 * a(t)**2 * dm(2) * b(t)**2 + 3 * b(t)**4)
claim('stein-tanh-drawn', [T], 'negate double halve', lambda t, _: expect(t, lambda z, e, x: np.tanh(x) * nscore(t, x)),
      lambda t, _: avg(t, lambda x: mp.tanh(x)**2 - 1))
claim('fisher-drawn', [T], 'negate double inverse', lambda t, _: expect(t, lambda z, e, x: nscore(t, x)**2),
      lambda t, _: -avg(t, lambda x: sc1(x, t)))
claim('denoising-loss', [T], 'double negate timesBeta',
      lambda t, _: expect(t, lambda z, e, x: (z - (x + ld(b(t)**2) * nscore(t, x)) / ld(a(t)))**2),
      lambda t, _: avg(t, lambda x: fastvar(x, t)))
claim('denoising-score-matching', [T], 'negate double dropSecond',
      lambda t, _: expect(t, lambda z, e, x: (e / ld(b(t)) - x)**2),
      lambda t, _: avg(t, lambda x: (x + sc(x, t))**2), lambda t, _: 1 / b(t)**2 - avg(t, lambda x: sc(x, t)**2))
claim('implicit-score-matching', [T], 'negate double halve',
      lambda t, _: expect(t, lambda z, e, x: np.tanh(x)**2 - 2 * (1 - np.tanh(x)**2)),
      lambda t, _: avg(t, lambda x: (mp.tanh(x) + sc(x, t))**2), lambda t, _: -avg(t, lambda x: sc(x, t)**2))
def fastfield(x, t): return al1(t) / a(t) * x + b(t) * (b(t) * al1(t) / a(t) - be1(t)) * sc(x, t)
claim('conditional-flow-matching', [T], 'negate double negateSecond',
      lambda t, _: expect(t, lambda z, e, x: (1 - ld(al1(t)) * z - ld(be1(t)) * e)**2),
      lambda t, _: avg(t, lambda x: (1 - fastfield(x, t))**2),
      lambda t, _: al1(t)**2 * dm(2) + be1(t)**2 - avg(t, lambda x: fastfield(x, t)**2))
MM = ('m', 0.4, 1.4)
TT = ('tau', 0.3, 1.5)
claim('reinforce-square', [MM], 'negate double square', lambda m, _: normal_mean(lambda n: (m + e8 * n)**2 * n / e8), lambda m, _: 2 * m)
claim('reinforce-cosine', [MM], 'negate double timesPi', lambda m, _: normal_mean(lambda n: mp.cos(m + e8 * n) * n / e8),
      lambda m, _: -mp.sin(m) * mp.exp(-h))
claim('reparameterised-exponential', [MM], 'square inverse double', lambda m, _: normal_mean(lambda n: mp.exp(m + e8 * n)),
      lambda m, _: mp.exp(m + h))
claim('rectified', [MM], 'negate double square', lambda m, _: quad(lambda x: x * gauss(x, m, 1), 0, 14),
      lambda m, _: std(m), lambda m, _: m * Phi(m))
claim('probability', [MM], 'double square root', lambda m, _: quad(lambda x: gauss(x, m, 1), 0, 14), lambda m, _: Phi(m))
claim('ito-isometry', [TT], 'double root inverse',
      lambda u, _: sum((1 + k * u / 8)**2 * normal_mean(lambda n: n * n * u / 8) for k in range(8)),
      lambda u, _: sum((1 + k * u / 8)**2 * u / 8 for k in range(8)))
claim('brownian-covariance', [TT], 'double root negate', lambda u, _: normal_mean(lambda n: n * n * u / 2), lambda u, _: u / 2)
claim('geometric-brownian', [TT], 'square inverse double', lambda u, _: normal_mean(lambda n: mp.exp(mp.sqrt(u) * n)), lambda u, _: mp.exp(u / 2))
q6 = mp.mpf('0.6')
claim('girsanov-weight', [TT], 'double halve timesPi', lambda u, _: normal_mean(lambda n: mp.exp(q6 * mp.sqrt(u) * n - q6**2 / 2 * u)), lambda u, _: mp.mpf(1))
claim('girsanov-drift', [TT], 'negate double root',
      lambda u, _: normal_mean(lambda n: mp.sqrt(u) * n * mp.exp(q6 * mp.sqrt(u) * n - q6**2 / 2 * u)), lambda u, _: q6 * u)
claim('bridge-drawn', [('t', 0.15, 0.8)], 'double root inverse',
      lambda t, _: normal_mean(lambda n: n * n) * (t * (1 - t)**2 + t**2 * (1 - t)), lambda t, _: t * (1 - t))
claim('ou-second-moment', [TT], 'double root negateSecond',
      lambda u, _: normal_mean(lambda n: (mp.mpf('1.5') * mp.exp(-u) + mp.sqrt(1 - mp.exp(-2 * u)) * n)**2),
      lambda u, _: mp.mpf(1), lambda u, _: mp.mpf('1.25') * mp.exp(-2 * u))
claim('ou-autocovariance', [TT], 'double square inverse', lambda u, _: normal_mean(lambda n: n * n * mp.exp(-u)), lambda u, _: mp.exp(-u))
claim('quadratic-variation', [TT], 'double root inverse', lambda u, _: 8 * normal_mean(lambda n: n * n * u / 8), lambda u, _: u)
VEC = [E[0] + 1, E[1] + 1]
claim('hutchinson', [TT], 'negate double halve',
      lambda u, _: sum(normal_mean(lambda n: n * n * (u + v * v)) for v in VEC), lambda u, _: 2 * u, lambda u, _: sum(v * v for v in VEC))
claim('rademacher-trace', [TT], 'negate double timesPi',
      lambda u, _: u * sum((VEC[0] * i + VEC[1] * j)**2 for i in (-1, 1) for j in (-1, 1)) / 4, lambda u, _: u * sum(v * v for v in VEC))
claim('importance-sampling', [MM], 'double square negate', lambda m, _: quad(lambda x: x * x * gauss(x, m, 1)), lambda m, _: m * m + 1)
claim('divergence-estimator', [MM], 'double root negate', lambda m, _: normal_mean(lambda n: m * (m + n) - m * m / 2), lambda m, _: m * m / 2)
claim('squared-ratio-estimator', [MM], 'double negate inverse', lambda m, _: normal_mean(lambda n: mp.exp(m * n - m * m / 4)), lambda m, _: mp.exp(m * m / 4))
claim('masking', [('t', 0.15, 0.8)], 'double square root', lambda t, _: mp.quad(lambda u: 1, [t * t, 1]), lambda t, _: 1 - t * t)
claim('mixture-path', [('t', 0.15, 0.8)], 'double negate negateFirst',
      lambda t, _: sum(i * (t * t * q + (1 - t * t) / 3) for i, q in enumerate([mp.mpf('0.2'), r3, half])),
      lambda t, _: mp.mpf(1), lambda t, _: r3 * t * t)

# Laws: their first two moments; a wrong law has others.
LAW = {}
def law(name, axis, ops, density, lo, hi): LAW[name] = (axis, ops.split(), density, lo, hi)
law('marginal', T, 'double stretch displace reflectTime', lambda t, x: p(x, t), -14, 14)
law('ou-transition', TT, 'negate double displace', lambda u, x: gauss(x, mp.mpf('1.5') * mp.exp(-u), mp.sqrt(1 - mp.exp(-2 * u))), -12, 12)
law('box-muller', MM, 'negate stretch displace', lambda m, x: gauss(x, m, 1), -12, 14)
law('inverse-distribution', MM, 'negate double displace', lambda m, x: m * mp.exp(-m * x), 0, 120)
law('sum-of-squares', MM, 'negate halve displace', lambda m, x: (x / m)**2 * mp.exp(-x / m / 2) / (16 * m), 0, 200)
law('gumbel', MM, 'negate double displace', lambda m, x: mp.exp(-(x - m) - mp.exp(-(x - m))), -6, 60)
law('flow-of-normals', T, 'negate stretch double', lambda t, x: gauss(x, a(t) * mp.mpf('1.1'), b(t)), -12, 12)
law('ddpm-step', ('s', 0.5, 0.9), 'double stretch displace', lambda q, x: p(x, q), -14, 14)
def joint(t, x):
    # The law of z + 0.7 x_t.
    return sum(W[k] * gauss(x, (1 + c7 * a(t)) * M[k], mp.sqrt((1 + c7 * a(t))**2 * S[k]**2 + (c7 * b(t))**2)) for k in (0, 1))
law('posterior-draw', T, 'double stretch displace', joint, -16, 16)
law('semigroup-of-ou', TT, 'negate double displace', lambda u, x: gauss(x, mp.mpf('1.5') * mp.exp(-u), mp.sqrt(1 - mp.exp(-2 * u))), -12, 12)
law('bridge-midpoint', TT, 'stretch double displace', lambda u, x: gauss(x, 0, mp.sqrt(u / 2)), -12, 12)
law('log-normal', MM, 'negate halve displace', lambda m, x: gauss(mp.log(x), m / 2, half) / x if x > 0 else mp.mpf(0), 0, 80)

FACTOR = {'negate': -1, 'double': 2, 'halve': half, 'timesPi': mp.pi}
TERM = {'negateFirst': (0, -1), 'negateSecond': (1, -1), 'dropFirst': (0, 0), 'dropSecond': (1, 0), 'doubleSecond': (1, 2)}


def wrong(op, axes, terms, q):
    def right(r): return sum((f(*r) for f in terms[1:]), terms[0](*r))
    def each(f, v): return v.apply(f) if isinstance(v, mp.matrix) else f(v)
    t, x = q
    if op in FACTOR: return FACTOR[op] * right(q)
    if op in TERM:
        i, w = TERM[op]
        parts = [(w if k == i else 1) * f(*q) for k, f in enumerate(terms)]
        return sum(parts[1:], parts[0])
    if op == 'square': return each(lambda v: v * v, right(q))
    if op == 'root': return each(lambda v: mp.sqrt(abs(v)), right(q))
    if op == 'inverse': return each(lambda v: 1 / v, right(q))
    if op == 'shift': return right(q) + half
    if op == 'timesBeta': return be(t) * right(q)
    if op == 'timesVariance': return be(t)**2 * right(q)
    if op == 'perAlpha': return right(q) / al(t)
    if op == 'normaliser': return (2 + mp.sin(5 * t)) * right(q)
    if op == 'reflectTime': return right((1 - t, x))
    if op == 'reflectSpace': return right((t, -x))
    if op == 'exchange': return right((x, t))
    if op == 'transpose': return right(q).T
    if op == 'late': return (2 if t > axes[0][1] + 0.67 * (axes[0][2] - axes[0][1]) else 1) * right(q)
    raise ValueError(op)


SPOTS = [(mp.mpf('0.85'), mp.mpf('0.3')), (mp.mpf('0.3'), mp.mpf('0.8'))]


def place(axes, spot):
    at = [mp.mpf(str(ax[1])) + f * (mp.mpf(str(ax[2])) - mp.mpf(str(ax[1]))) for ax, f in zip(axes, spot)]
    # Rounded to doubles first: the same point in both languages.
    at = [mp.mpf(float(mp.nstr(v, 6))) for v in at]
    return (at + [mp.mpf(0)])[:2]


def flat(v): return [v[i, j] for i in range(v.rows) for j in range(v.cols)] if isinstance(v, mp.matrix) else [v]


def main():
    rows = []
    for name, (axes, ops, left, terms) in C.items():
        values = {}
        for op in ops:
            best = None
            for spot in SPOTS:
                q = tuple(place(axes, spot))
                if q not in values:
                    values[q] = flat(left(*q))
                    truth = flat(sum((f(*q) for f in terms[1:]), terms[0](*q)))
                    for l, r in zip(values[q], truth):
                        assert abs(l - r) <= mp.mpf('1e-9') * (abs(l) + abs(r)) + mp.mpf('1e-12'), (name, q, l, r)
                bad = flat(wrong(op, axes, terms, q))
                for i, (l, r) in enumerate(zip(values[q], bad)):
                    gap = abs(l - r) / max(abs(l), abs(r), mp.mpf('1e-30'))
                    if best is None or gap > best[0]: best = (gap, q, i, l, r)
                if best[0] > 0.05: break
            assert best[0] > mp.mpf('1e-3'), (name, op, best)
            gap, q, i, l, r = best
            rows.append([name, op, float(q[0]), float(q[1]), i, mp.nstr(l, 17), mp.nstr(r, 17)])
    for name, (axis, ops, density, lo, hi) in LAW.items():
        for op in ops:
            q = place([axis], SPOTS[0])[0]
            m1 = quad(lambda x: x * density(q, x), lo, hi)
            m2 = quad(lambda x: x * x * density(q, x), lo, hi)
            c, d = {'negate': (-1, 0), 'double': (2, 0), 'halve': (half, 0), 'stretch': (mp.sqrt(2), 0), 'displace': (1, half)}.get(op, (1, 0))
            if op == 'reflectTime':
                w1, w2 = [quad(lambda x, n=n: x**n * density(1 - q, x), lo, hi) for n in (1, 2)]
            else:
                w1, w2 = c * m1 + d, c * c * m2 + 2 * c * d * m1 + d * d
            # Which of the two moments shows it better.
            n = 1 if abs(w1 - m1) / mp.sqrt(m2) > abs(w2 - m2) / m2 else 2
            l, r = (m1, w1) if n == 1 else (m2, w2)
            assert abs(l - r) > mp.mpf('0.02'), (name, op, l, r)
            rows.append([name, op, float(q), 0.0, n, mp.nstr(l, 17), mp.nstr(r, 17)])
    print('/// Made by witnesses.py: name, wrong form, point, entry (or moment of a law), left side, wrong right side.')
    print('let witnessTable = """')
    for row in rows: print('  ' + ','.join(str(v) for v in row))
    print('  """')


main()
