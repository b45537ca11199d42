"""1,000 steps of conditional flow matching on eight Gaussians: batches of 256, three hidden layers of 64, SiLU, Adam.

Each run starts from fresh weights; the number is the mean loss of the last hundred steps."""
import numpy as np

STEPS, BATCH, WIDTH, RATE, DEVIATION = 1000, 256, 64, 1e-3, 0.3
ANGLES = 2 * np.pi * np.arange(8) / 8
MEANS = 4 * np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1)


def jax():
    import jax
    import jax.numpy as jnp
    import optax

    means = jnp.asarray(MEANS, jnp.float32)
    sizes = [3, WIDTH, WIDTH, WIDTH, 2]
    optimizer = optax.adam(RATE)

    def network(layers, x):
        for weights, biases in layers[:-1]:
            x = jax.nn.silu(x @ weights + biases)
        weights, biases = layers[-1]
        return x @ weights + biases

    def loss(layers, x, t, target):
        return ((network(layers, jnp.concatenate([x, t], axis=1)) - target) ** 2).sum(1).mean()

    def step(carry, key):
        layers, state = carry
        which, spread, noise, time = jax.random.split(key, 4)
        z = means[jax.random.randint(which, (BATCH,), 0, 8)] + DEVIATION * jax.random.normal(spread, (BATCH, 2))
        eps = jax.random.normal(noise, (BATCH, 2))
        t = jax.random.uniform(time, (BATCH, 1))
        value, gradient = jax.value_and_grad(loss)(layers, t * z + (1 - t) * eps, t, z - eps)
        updates, state = optimizer.update(gradient, state, layers)
        return (optax.apply_updates(layers, updates), state), value

    @jax.jit
    def train(key):
        keys = jax.random.split(key, len(sizes))
        layers = [
            (jax.random.normal(k, (a, b)) / np.sqrt(a), jnp.zeros(b)) for k, a, b in zip(keys, sizes, sizes[1:])
        ]
        return jax.lax.scan(step, (layers, optimizer.init(layers)), jax.random.split(keys[-1], STEPS))

    def run(seed):
        _, losses = jax.block_until_ready(train(jax.random.PRNGKey(seed)))
        return lambda: losses[-100:].mean()

    return run


def torch():
    import torch

    # The matrices are small: a second thread costs more than it brings.
    torch.set_num_threads(1)
    means = torch.tensor(MEANS, dtype=torch.float32)

    def run(seed):
        torch.manual_seed(seed)
        sizes = [3, WIDTH, WIDTH, WIDTH]
        layers = [layer for a, b in zip(sizes, sizes[1:]) for layer in (torch.nn.Linear(a, b), torch.nn.SiLU())]
        network = torch.nn.Sequential(*layers, torch.nn.Linear(WIDTH, 2))
        optimizer = torch.optim.Adam(network.parameters(), RATE)
        total = 0.0
        for step in range(STEPS):
            z = means[torch.randint(0, 8, (BATCH,))] + DEVIATION * torch.randn(BATCH, 2)
            eps = torch.randn(BATCH, 2)
            t = torch.rand(BATCH, 1)
            output = network(torch.cat([t * z + (1 - t) * eps, t], dim=1))
            loss = ((output - (z - eps)) ** 2).sum(1).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            if step >= STEPS - 100:
                total += loss.item() / 100
        return lambda: total

    return run
