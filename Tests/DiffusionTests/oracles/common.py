"""What the oracles share: how values are printed, and the points that both sides compute for themselves."""

import importlib.metadata

import numpy as np


def show(name, value):
    flat = np.asarray(value, dtype=float).ravel()
    print(f"static let {name} = [{', '.join(repr(float(x)) for x in flat)}]")


def version(*packages):
    print("\n// " + ", ".join(f"{p} {importlib.metadata.version(p)}" for p in packages))


def cloud(n, d, a):
    """The points that both sides of a comparison compute for themselves."""
    i, j = np.meshgrid(np.arange(n), np.arange(d), indexing="ij")
    return a * np.sin(1.7 * i + 0.9 * j + a) + 0.3 * j


def run(*sections):
    for section in sections:
        try:
            section()
        except Exception as error:
            print("//", section.__name__, "failed:", repr(error))
