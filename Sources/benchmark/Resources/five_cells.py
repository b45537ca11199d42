# %% [markdown]
# # Tweedie
# $$\mathbb{E}[X \mid Y = y] = y + \sigma^2 \nabla \log p(y)$$
# %%
import matplotlib.pyplot as plt
import numpy as np
sigma = 0.5
generator = np.random.default_rng(0)
# %%
x = generator.standard_normal(1_000_000)
y = x + sigma * generator.standard_normal(x.size)
# %%
edges = np.linspace(-3, 3, 61)
bins = np.digitize(y, edges)
posterior = np.array([x[bins == bin].mean() for bin in range(1, 61)])
# %%
centres = (edges[:-1] + edges[1:]) / 2
plt.plot(centres, posterior)
plt.show()
# %%
print(np.abs(posterior - 0.8 * centres).max())
