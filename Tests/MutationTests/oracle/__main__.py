"""Witnesses of the mutation suite: for every wrong form of every claim a point at which the true left side
and the wrong right side differ, both computed here, apart from the suite.

Left sides are computed from definitions (Bayes' rule, integrals, derivatives by mpmath with 30 digits; means
over two variables by the trapezoidal rule in extended precision), in the reference world. Right sides are
typed anew from the formulas, and must equal the left ones where nothing is wrong.

    python3 Tests/MutationTests/oracle

writes the tables in Tests/MutationTests/Witnesses. It wants mpmath and numpy, and takes some minutes.
"""

import importlib
import pathlib
import sys

import mpmath as mp

sys.dont_write_bytecode = True

from forms import wrong
from world import C, LAW, half, quad

FAMILIES = ["posterior", "evolution", "gaussian", "schedules", "processes", "conditional", "means", "laws"]
#: Where in the domain a witness is looked for, as shares of the ranges.
SPOTS = [(mp.mpf("0.85"), mp.mpf("0.3")), (mp.mpf("0.3"), mp.mpf("0.8"))]
#: Wrong laws as affine maps.
MAPS = {
    "negate": (-1, 0),
    "double": (2, 0),
    "halve": (half, 0),
    "stretch": (mp.sqrt(2), 0),
    "displace": (1, half),
}


def place(axes, spot):
    at = [mp.mpf(str(lo)) + f * (mp.mpf(str(hi)) - mp.mpf(str(lo))) for (_, lo, hi), f in zip(axes, spot)]
    # Rounded to doubles first: the same point in both languages.
    at = [mp.mpf(float(mp.nstr(v, 6))) for v in at]
    return tuple((at + [mp.mpf(0)])[:2])


def flat(v):
    return [v[i, j] for i in range(v.rows) for j in range(v.cols)] if isinstance(v, mp.matrix) else [v]


def left_values(name, left, terms, q):
    """The left side at a point, which the true right side must equal."""
    values = flat(left(*q))
    truth = flat(sum((f(*q) for f in terms[1:]), terms[0](*q)))
    for l, r in zip(values, truth):
        assert abs(l - r) <= mp.mpf("1e-9") * (abs(l) + abs(r)) + mp.mpf("1e-12"), (name, q, l, r)
    return values


def witness(name, op, axes, left, terms, seen):
    best = None
    for spot in SPOTS:
        q = place(axes, spot)
        if q not in seen:
            seen[q] = left_values(name, left, terms, q)
        for i, (l, r) in enumerate(zip(seen[q], flat(wrong(op, axes, terms, q)))):
            gap = abs(l - r) / max(abs(l), abs(r), mp.mpf("1e-30"))
            if best is None or gap > best[0]:
                best = (gap, q, i, l, r)
        if best[0] > 0.05:
            break
    gap, q, i, l, r = best
    assert gap > mp.mpf("1e-3"), (name, op, best)
    return [name, op, float(q[0]), float(q[1]), i, mp.nstr(l, 17), mp.nstr(r, 17)]


def law_witness(name, op, axis, density, lo, hi):
    q = place([axis], SPOTS[0])[0]

    def moments(t):
        return [quad(lambda x: x**n * density(t, x), lo, hi) for n in (1, 2)]

    m1, m2 = moments(q)
    if op == "reflectTime":
        w1, w2 = moments(1 - q)
    else:
        c, d = MAPS[op]
        w1, w2 = c * m1 + d, c * c * m2 + 2 * c * d * m1 + d * d
    # Which of the two moments shows it better.
    n = 1 if abs(w1 - m1) / mp.sqrt(m2) > abs(w2 - m2) / m2 else 2
    l, r = (m1, w1) if n == 1 else (m2, w2)
    assert abs(l - r) > mp.mpf("0.02"), (name, op, l, r)
    return [name, op, float(q), 0.0, n, mp.nstr(l, 17), mp.nstr(r, 17)]


def rows(claims, laws):
    for name in claims:
        axes, ops, left, terms = C[name]
        seen = {}
        for op in ops:
            yield witness(name, op, axes, left, terms, seen)
    for name in laws:
        axis, ops, density, lo, hi = LAW[name]
        for op in ops:
            yield law_witness(name, op, axis, density, lo, hi)


def main():
    folder = pathlib.Path(__file__).parent.parent / "Witnesses"
    folder.mkdir(exist_ok=True)
    done = set()
    for family in FAMILIES:
        importlib.import_module(family)
        claims = [name for name in C if name not in done]
        laws = list(LAW) if family == "laws" else []
        done |= set(claims)
        table = ["  " + ",".join(str(v) for v in row) for row in rows(claims, laws)]
        text = [
            "/// Made by the oracle: name, wrong form, point, entry (or moment of a law), left side, wrong right side.",
            f'let {family}Witnesses = """',
            *table,
            '  """',
        ]
        (folder / f"{family.capitalize()}Witnesses.swift").write_text("\n".join(text) + "\n")


main()
