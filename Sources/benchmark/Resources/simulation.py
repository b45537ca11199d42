"""20,000 particles, 99 Euler-Maruyama steps of dx = (u + sigma^2/2 s) dt + sigma dW from t = 0 to 0.99, sigma = 1/2,
with the exact field u and score s of x_t = t z + (1 - t) eps, z from eight Gaussians around a circle."""
import numpy as np

COUNT, STEPS, SIGMA, DEVIATION = 20_000, 100, 0.5, 0.3
ANGLES = 2 * np.pi * np.arange(8) / 8
MEANS = 4 * np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1)


def drift(x, t, means, softmax):
    """The same lines for all three libraries."""
    alpha, beta = t, 1 - t
    variance = (alpha * DEVIATION) ** 2 + beta**2
    away = x[:, None, :] - alpha * means
    weights = softmax(-0.5 * (away * away).sum(-1) / variance)[..., None]
    residual = (weights * away).sum(1)
    score = -residual / variance
    denoised = (weights * means).sum(1) + alpha * DEVIATION**2 / variance * residual
    return (denoised - x) / beta + 0.5 * SIGMA**2 * score


def numpy():
    def softmax(logits):
        weights = np.exp(logits - logits.max(axis=-1, keepdims=True))
        return weights / weights.sum(axis=-1, keepdims=True)

    means = MEANS.astype(np.float32)
    step, root = np.float32(1 / STEPS), np.float32(SIGMA * STEPS**-0.5)

    def run(seed):
        generator = np.random.default_rng(seed)
        x = generator.standard_normal((COUNT, 2), dtype=np.float32)
        for k in range(STEPS - 1):
            noise = generator.standard_normal(x.shape, dtype=np.float32)
            x = x + step * drift(x, np.float32(k / STEPS), means, softmax) + root * noise
        return lambda: (x * x).sum(1).mean()

    return run


def jax():
    import jax
    import jax.numpy as jnp

    means = jnp.asarray(MEANS, jnp.float32)

    def step(carry, k):
        x, key = carry
        key, own = jax.random.split(key)
        noise = jax.random.normal(own, x.shape)
        return (x + drift(x, k / STEPS, means, jax.nn.softmax) / STEPS + SIGMA * STEPS**-0.5 * noise, key), None

    @jax.jit
    def simulate(key):
        x = jax.random.normal(key, (COUNT, 2))
        return jax.lax.scan(step, (x, key), jnp.arange(STEPS - 1))[0][0]

    def run(seed):
        x = simulate(jax.random.PRNGKey(seed)).block_until_ready()
        return lambda: (x * x).sum(1).mean()

    return run


def torch():
    import torch

    # On a shared machine its threads wait for one another so busily that two are slower than one.
    torch.set_num_threads(1)
    means = torch.tensor(MEANS, dtype=torch.float32)

    @torch.no_grad()
    def run(seed):
        torch.manual_seed(seed)
        x = torch.randn(COUNT, 2)
        for k in range(STEPS - 1):
            slope = drift(x, k / STEPS, means, lambda logits: torch.softmax(logits, -1))
            x = x + slope / STEPS + SIGMA * STEPS**-0.5 * torch.randn(x.shape)
        return lambda: (x * x).sum(1).mean()

    return run
