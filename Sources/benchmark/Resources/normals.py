"""Ten million standard normals of 32 bits; the number is the mean of their squares."""
COUNT = 10_000_000


def numpy():
    import numpy as np

    def run(seed):
        x = np.random.default_rng(seed).standard_normal(COUNT, dtype=np.float32)
        return lambda: np.dot(x, x) / COUNT

    return run


def jax():
    import jax
    import jax.numpy as jnp

    draw = jax.jit(lambda key: jax.random.normal(key, (COUNT,)))

    def run(seed):
        x = draw(jax.random.PRNGKey(seed)).block_until_ready()
        return lambda: jnp.dot(x, x) / COUNT

    return run


def torch():
    import torch

    # Its generator draws on one thread in any case.
    torch.set_num_threads(1)

    def run(seed):
        torch.manual_seed(seed)
        x = torch.randn(COUNT)
        return lambda: torch.dot(x, x) / COUNT

    return run
