"""Prints the values in ../Exact, to more digits than doubles have: by mpmath, from the definitions.

    python -m venv v && v/bin/pip install mpmath numpy && v/bin/python exact.py

Parameters are the doubles that the tests pass, not the decimals that they are written as. Nothing is taken over from the
library: derivatives are differences, expectations are integrals, posteriors come from conditioning.
"""

import mpmath as mp
from common import run, show, version

mp.mp.dps = 40
f = mp.mpf


def vector(x):
    return mp.matrix([f(v) for v in x])


def log_normal(x, mean, covariance):
    y, s = vector(x) - vector(mean), mp.matrix(covariance)
    return -((y.T * mp.lu_solve(s, y))[0] + mp.log(mp.det(s)) + len(y) * mp.log(2 * mp.pi)) / 2


def slope(function, x, h=f(10) ** -15):
    """The derivative along each coordinate, by central differences at 40 digits."""
    parts = []
    for i in range(len(x)):
        up, down = [f(v) for v in x], [f(v) for v in x]
        up[i] += h
        down[i] -= h
        parts.append((function(up) - function(down)) / (2 * h))
    return parts


# The mixtures

PLANE = (
    [1 - 1e-9, 1e-9], [[1, -2], [-0.5, 1.5]], [[[1.0, 0.6], [0.6, 0.8]], [[0.3, -0.2], [-0.2, 0.9]]])
SPACE = (
    [0.05, 0.7, 0.25], [[1, -2, 0.5], [-1, 0.3, 2], [3, 3, -3]],
    [[[2.0, 0.7, -0.3], [0.7, 1.1, 0.2], [-0.3, 0.2, 0.6]], [[0.5, 0.1, 0.0], [0.1, 0.2, -0.1], [0.0, -0.1, 0.9]],
     [[0.05, 0.0, 0.02], [0.0, 0.3, 0.0], [0.02, 0.0, 0.04]]])
LINE = ([0.2, 0.5, 0.3], [-3.0, 0.4, 2.5], [0.3, 1.4, 0.05])


def log_mixture(x, mixture):
    weights, means, covariances = mixture
    total = sum(f(w) for w in weights)
    terms = [mp.log(f(w) / total) + log_normal(x, m, c) for w, m, c in zip(weights, means, covariances)]
    largest = max(terms)
    return largest + mp.log(sum(mp.exp(t - largest) for t in terms))


def tail(x):
    return mp.erfc(x / mp.sqrt(2)) / 2


def distributions():
    version("mpmath")
    points = [[0.2, 0.4], [-30, 45], [-0.5, 60]]
    show("mixture", [log_mixture(x, PLANE) for x in points])
    show("mixtureScores", [slope(lambda y: log_mixture(y, PLANE), x) for x in points])
    mp.mp.dps = 900
    below = lambda x: sum(f(w) * tail((f(m) - x) / f(s)) for w, m, s in zip(*LINE))
    above = lambda x: sum(f(w) * tail((x - f(m)) / f(s)) for w, m, s in zip(*LINE))
    places = [f(x) for x in [-60, -14, -3.1, 2.4, 12, 55]]
    show("logCDF", [mp.log(below(x)) for x in places])
    show("logSurvival", [mp.log(above(x)) for x in places])
    show("normalTails", [mp.log(tail(-f(x))) for x in [-40, -6.5, -5, -1, 0.3, 8, 40]])
    mp.mp.dps = 25

    def curve(arms, deviation):
        v = f(deviation) ** 2

        def density(x, y):
            squares = lambda c, u: (x - c(u)[0]) ** 2 + (y - c(u)[1]) ** 2
            nearest = min(squares(c, f(k) / 400) for c in arms for k in range(401))
            total = sum(mp.quad(lambda u: mp.exp((nearest - squares(c, u)) / (2 * v)), mp.linspace(0, 1, 41))
                        for c in arms)
            return mp.log(total / len(arms) / (2 * mp.pi * v)) - nearest / (2 * v)

        return [density(f(x), f(y)) for x, y in [(0.3, 0.9), (1.2, -0.4), (-3, 2)]]

    pi = mp.pi
    roll = lambda u: (1.5 * pi * (1 + 2 * u) * mp.cos(1.5 * pi * (1 + 2 * u)) / 5,
                      1.5 * pi * (1 + 2 * u) * mp.sin(1.5 * pi * (1 + 2 * u)) / 5)
    ring = lambda r: lambda u: (f(r) * mp.cos(2 * pi * u), f(r) * mp.sin(2 * pi * u))
    show("moons", curve([lambda u: (mp.cos(pi * u), mp.sin(pi * u)),
                         lambda u: (1 - mp.cos(pi * u), 0.5 - mp.sin(pi * u))], 0.15))
    show("roll", curve([roll], 0.2))
    show("rings", curve([ring(1), ring(2.5)], 0.3))
    well = lambda x: 1.5 * (x * x - 2) ** 2 + f(0.3) * x
    show("well", mp.log(mp.quad(lambda x: mp.exp(-well(x)), [-6, -1.41, 0, 1.41, 6])))
    show("valley", mp.log(3 * pi * mp.sqrt(f(1) / 10)))
    mp.mp.dps = 40


# Schedules, by their definitions

def preserved(t):
    s = 1 - t
    return mp.exp(-(f(0.3) * s + (17 - f(0.3)) * s * s / 2))


def cosine(t):
    g = lambda t: mp.cos(mp.pi / 2 * (1 - t + f(0.02)) / (1 + f(0.02)))
    return g(t) / g(f(1))


SCHEDULES = {
    "linear": (lambda t: t, lambda t: 1 - t),
    "polynomial": (lambda t: t ** f(1.5), lambda t: (1 - t) ** f(2.2)),
    "trigonometric": (lambda t: mp.sin(mp.pi * t / 2), lambda t: mp.cos(mp.pi * t / 2)),
    "cosine": (cosine, lambda t: mp.sqrt(1 - cosine(t) ** 2)),
    "preserving": (lambda t: mp.sqrt(preserved(t)), lambda t: mp.sqrt(1 - preserved(t))),
    "subPreserving": (lambda t: mp.sqrt(preserved(t)), lambda t: 1 - preserved(t)),
    "exploding": (lambda t: f(1), lambda t: f(0.02) * mp.sqrt((30 / f(0.02)) ** (2 * (1 - t)) - 1)),
    "karras": (lambda t: f(1), lambda t: (f(20) ** (f(1) / 5) * (1 - t) + t * f(0.01) ** (f(1) / 5)) ** 5),
}


def schedules():
    for name, (alpha, beta) in SCHEDULES.items():
        rows = []
        for t in [f(0.03), f(0.37), f(0.999)]:
            a, b, da, db = alpha(t), beta(t), mp.diff(alpha, t), mp.diff(beta, t)
            rows += [a, b, da, db, b * db, 2 * mp.log(a / b)]
        show(name, rows)


# Marginals, by conditioning z on x = alpha z + beta eps


def conditioned(x, a, b):
    x, d = vector(x), len(x)
    parts = []
    for w, m, c in zip(*SPACE):
        m, c = vector(m), mp.matrix(c)
        s = a * a * c + b * b * mp.eye(d)
        gain = a * c * s**-1
        parts.append((mp.log(f(w)) + log_normal(x, a * m, s), m + gain * (x - a * m), c - gain * a * c))
    largest = max(p[0] for p in parts)
    total = sum(mp.exp(p[0] - largest) for p in parts)
    shares = [mp.exp(p[0] - largest) / total for p in parts]
    mean = sum((r * p[1] for r, p in zip(shares, parts)), mp.zeros(d, 1))
    covariance = sum((r * (p[2] + (p[1] - mean) * (p[1] - mean).T) for r, p in zip(shares, parts)), mp.zeros(d, d))
    return largest + mp.log(total), mean, covariance


def marginals():
    for name in ["polynomial", "cosine", "preserving", "subPreserving", "exploding"]:
        alpha, beta = SCHEDULES[name]
        rows = []
        for t, x in [(0.02, [0.4, -0.6, 1.3]), (0.6, [0.4, -0.6, 1.3]), (0.97, [-0.7, 0.2, 1.3]), (0.5, [40, -60, 130])]:
            t = f(t)
            a, b, da, db = alpha(t), beta(t), mp.diff(alpha, t), mp.diff(beta, t)

            def velocity(y):
                mean = conditioned(y, a, b)[1]
                return da * mean + db / b * (vector(y) - a * mean)

            density, mean, covariance = conditioned(x, a, b)
            divergence = sum(slope(lambda y: velocity(y)[i], x)[i] for i in range(3))
            rows += [density, divergence, *((a * mean - vector(x)) / b**2), *velocity(x), *mean,
                     covariance[0, 0], covariance[0, 1], covariance[1, 2]]
        show(name + "Marginal", rows)


def interpolants():
    source = ([0.3, 0.7], [[2, 1], [-1, 0]], [[[0.4, 0.1], [0.1, 0.3]], [[0.3, -0.2], [-0.2, 0.9]]])
    target = ([0.6, 0.4], [[1, -2], [-0.5, 1.5]], PLANE[2])
    a, b = lambda t: mp.cos(mp.pi * t / 2), lambda t: mp.sin(mp.pi * t / 2)
    gamma = lambda t: mp.sqrt(f(0.7) * t * (1 - t))
    rows = []
    for t in [f(0.05), f(0.4), f(0.9)]:
        x, parts = vector([0.4, -0.6]), []
        for w, m, c in zip(*source):
            for v, n, e in zip(*target):
                m_, n_, c_, e_ = vector(m), vector(n), mp.matrix(c), mp.matrix(e)
                s = a(t) ** 2 * c_ + b(t) ** 2 * e_ + gamma(t) ** 2 * mp.eye(2)
                center = a(t) * m_ + b(t) * n_
                r = s**-1 * (x - center)
                # The three parts of x_t given x, each by its covariance with x.
                velocity = (mp.diff(a, t) * (m_ + a(t) * c_ * r) + mp.diff(b, t) * (n_ + b(t) * e_ * r)
                            + mp.diff(gamma, t) * gamma(t) * r)
                parts.append((f(w) * f(v) * mp.exp(log_normal(x, center, s)), -r, velocity))
        total = sum(p[0] for p in parts)
        score = sum((p[0] / total * p[1] for p in parts), mp.zeros(2, 1))
        rows += [mp.log(total), *score, *sum((p[0] / total * p[2] for p in parts), mp.zeros(2, 1)), *(-gamma(t) * score)]
    show("interpolant", rows)


# Data without a closed form in the library: convolutions with normals


def quadratures():
    alpha, beta = SCHEDULES["preserving"]

    def uniform(y, a, b):
        low, high = (y - a * f(2.5)) / b, (y + a) / b
        return (tail(low) - tail(high) if low > 0 else tail(-high) - tail(-low)) / (a * f(3.5))

    def laplace(y, a, b):
        scale, y = a * f(0.4), y - a * f(0.7)
        side = lambda s: mp.exp(s * y / scale + b * b / scale**2 / 2) * tail(s * y / b + b / scale)
        return (side(1) + side(-1)) / (2 * scale)

    for name, kernel, places in [("uniform", uniform, [-12, -1, 2.6]), ("laplace", laplace, [-12, 0.4, 9])]:
        rows = []
        for t in [f(0.05), f(0.7), f(0.99999)]:
            a, b = alpha(t), beta(t)
            for x in [f(v) for v in places]:
                mp.mp.dps = 60
                score = slope(lambda y: mp.log(kernel(y[0], a, b)), [x], f(10) ** -18)[0]
                mean = (x + b * b * score) / a
                rows += [mp.log(kernel(x, a, b)), score, mean,
                         mp.diff(alpha, t) * mean - b * mp.diff(beta, t) * score]
                mp.mp.dps = 40
        show(name, rows)


POINTS = [[1.2, 0.5], [-0.4, 0.9], [0.1, -1.3]]


def bent():
    mean = lambda z, t: [t * v + t * (1 - t) * v * v / 2 for v in z]
    deviation = lambda z, t: (1 - t) * (1 + f(0.3) * sum(v * v for v in z)) + f(0.05)
    t, x = f(0.4), [f(0.3), f(-0.8)]
    points = [[f(v) for v in z] for z in POINTS]
    log = lambda y, z: log_normal(y, mean(z, t), deviation(z, t) ** 2 * mp.eye(2))

    def field(z):
        rate = mp.diff(lambda t: deviation(z, t), t) / deviation(z, t)
        return vector([mp.diff(lambda t: mean(z, t)[i], t) + rate * (x[i] - mean(z, t)[i]) for i in range(2)])

    density = lambda y: mp.log(sum(mp.exp(log(y, z)) for z in points) / 3)
    shares = [mp.exp(log(x, z) - density(x)) / 3 for z in points]
    show("conditional", [log(x, points[0]), *field(points[0])])
    show("bent", [density(x), *slope(density, x), *sum((r * field(z) for r, z in zip(shares, points)), mp.zeros(2, 1)),
                  *sum((r * vector(z) for r, z in zip(shares, points)), mp.zeros(2, 1))])


# Linear processes, by quadrature of the integrating factor


def processes():
    mp.mp.dps = 25
    rate, noise = lambda s: -1 - mp.sin(s), lambda s: f(0.3) + s * s
    forcing = [mp.cos, lambda s: 2 * s]
    factor = lambda s, u: mp.exp(mp.quad(rate, [s, u]))
    offset = lambda s, u, i: mp.quad(lambda r: factor(r, u) * forcing[i](r), [s, u])
    variance = lambda s, u: mp.quad(lambda r: factor(r, u) ** 2 * noise(r) ** 2, [s, u])
    s, m, u = f(0.2), f(0.9), f(1.7)
    mean = lambda x, s, u: [factor(s, u) * f(x[i]) + offset(s, u, i) for i in range(2)]
    show("forced", [*mean([1.5, -0.5], s, u), variance(s, u), variance(s, m) * factor(m, u)])
    cross = variance(s, m) * factor(m, u)
    gain = cross / variance(s, u)
    ends = zip(mean([1, 0], s, m), mean([1, 0], s, u), [2, -1])
    show("forcedBridge", [*(now + gain * (end - reached) for now, reached, end in ends), variance(s, m) - gain * cross])

    mp.mp.dps = 400
    theta, sigma, centers = f(1.3), f(0.8), [f(0.5), f(-1)]
    spread = lambda s, u: mp.sqrt(sigma**2 * (1 - mp.exp(-2 * theta * (u - s))) / (2 * theta))
    towards = lambda x, i, h: centers[i] + mp.exp(-theta * h) * (f(x) - centers[i])

    def slab(x, s):
        low, high = [(b - towards(x[0], 0, f(1.7) - s)) / spread(s, f(1.7)) for b in (1, 2)]
        return mp.log(tail(low) - tail(high) if low > 0 else tail(-high) - tail(-low))

    def half(x):
        center = towards(x[0], 0, 1 - f(0.2)) + 2 * towards(x[1], 1, 1 - f(0.2))
        return mp.log(tail((f(0.5) - center) / (mp.sqrt(5) * spread(f(0.2), f(1)))))

    places = [(0.2, 0.4), (-40.0, 1.6), (300.0, 1.69), (1.5, 1.5)]
    show("slab", [[slab([x], f(s)), slope(lambda y: slab(y, f(s)), [x], f(10) ** -60)[0]] for x, s in places])
    show("halfPlane", [half([-3, 1]), *slope(half, [-3, 1], f(10) ** -60)])
    mp.mp.dps = 40


def matrices():
    a = mp.matrix([[-0.4, 1.9, 0.3], [-2.2, -0.7, 0.1], [0.5, -0.2, 0.6]])
    b, q, h = vector([0.3, -1, 0.2]), mp.matrix([[0.9, 0.2, 0.1], [0.2, 0.5, -0.3], [0.1, -0.3, 1.1]]), f(3.7)
    mp.mp.dps = 25
    power = lambda r: mp.expm(a * r)

    def integral(entry):
        return mp.quad(entry, mp.linspace(0, h, 5))

    show("factor", power(h))
    show("offset", [integral(lambda r: (power(r) * b)[i]) for i in range(3)])
    show("covariance", [integral(lambda r: (power(r) * q * power(r).T)[i, j]) for i in range(3) for j in range(3)])
    mp.mp.dps = 40


run(distributions, schedules, marginals, interpolants, quadratures, bent, processes, matrices)
