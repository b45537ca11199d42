# %%
import time
import numpy as np
start = time.perf_counter()
weights = np.random.default_rng(0).standard_normal((256, 256))
while time.perf_counter() < start + 10:
    weights = np.tanh(weights @ weights / 16)
print("trained")
# %%
print("edit 0", np.isfinite(weights).all())
