"""Three figures, 1280 x 800 pixels and the animation 400 x 400; the number is the size of the file in bytes."""
import io

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FuncAnimation, PillowWriter

points = np.random.default_rng(0).standard_normal((2000, 2))


def png(figure):
    file = io.BytesIO()
    figure.savefig(file, format="png")
    plt.close(figure)
    return file.tell


def scatter():
    x = np.linspace(-3, 3, 400)

    def run(seed):
        figure, axes = plt.subplots(figsize=(6.4, 4), dpi=200)
        axes.scatter(points[:, 0], points[:, 1], s=6, alpha=0.5)
        axes.plot(x, np.sin(x), label="sin")
        axes.plot(x, np.cos(x), label="cos")
        axes.legend()
        axes.set_xlabel("$x$")
        axes.set_ylabel("$p_t(x)$")
        return png(figure)

    return run


def heatmap():
    x, y = np.meshgrid(np.linspace(-3, 3, 512), np.linspace(-3, 3, 512))
    density = np.exp(-(x**2) - y**2) + 0.5 * np.exp(-((x - 1) ** 2) - (y + 1) ** 2)

    def run(seed):
        figure, axes = plt.subplots(figsize=(6.4, 4), dpi=200)
        figure.colorbar(axes.pcolormesh(x, y, density))
        axes.contour(x, y, density, 10, colors="white")
        return png(figure)

    return run


def animation():
    import os
    import tempfile

    def run(seed):
        figure, axes = plt.subplots(figsize=(4, 4), dpi=100)
        cloud = axes.scatter(points[:1000, 0], points[:1000, 1], s=4)
        film = FuncAnimation(figure, lambda k: cloud.set_offsets(points[:1000] * (1 - k / 60)), frames=60)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "film.gif")
            film.save(path, writer=PillowWriter(fps=20))
            size = os.path.getsize(path)
        plt.close(figure)
        return lambda: size

    return run
