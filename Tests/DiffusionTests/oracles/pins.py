"""Prints the values of other libraries that the tests in ../Peers hold, each as a line of Swift.

    python -m venv v && v/bin/pip install torch torchdiffeq jax diffrax POT scipy scikit-learn diffusers safetensors
    v/bin/pip install --no-deps k-diffusion flow_matching
    v/bin/python pins.py && v/bin/python networks.py

All in double precision. What a peer has no function for is not here.
"""

import importlib.metadata
import sys
import types

import numpy as np
import torch
from common import cloud, run, show, version

torch.set_default_dtype(torch.float64)



# Solvers


def wave(t, y, sin, stack):
    return stack([sin(y[..., 1]) + 0.2 * t, sin(0.1 * y[..., 0]) - 0.5 * sin(0.3 * y[..., 1]) / (1 + t)])


def solvers():
    version("diffrax", "jax", "torchdiffeq")
    import jax

    jax.config.update("jax_enable_x64", True)
    import diffrax
    import jax.numpy as jnp

    term = diffrax.ODETerm(lambda t, y, _: wave(t, y, jnp.sin, jnp.stack))
    solver, y0 = diffrax.Dopri5(), jnp.array([100.0, -120.0])
    state = solver.init(term, 0.1, 0.6, y0, None)
    y1, error, *_ = solver.step(term, 0.1, 0.6, y0, None, state, False)
    show("dopri5Step", y1)
    show("dopri5Error", error)

    from torchdiffeq import odeint

    torch_wave = lambda t, y: wave(t, y, torch.sin, lambda parts: torch.stack(parts, -1))
    times = torch.tensor([0.1, 0.7, 1.6, 3.0])
    path = odeint(torch_wave, torch.tensor([1.0, 2.0]), times, method="dopri5", rtol=1e-12, atol=1e-13)
    show("dopri5Path", path[1:])


# The flow and the likelihood of a mixture, scores by automatic differentiation

WEIGHTS = torch.tensor([0.6, 0.4])
MEANS = torch.tensor([[1, -2], [-0.5, 1.5]])
COVARIANCES = torch.tensor([[[1.0, 0.6], [0.6, 0.8]], [[0.3, -0.2], [-0.2, 0.9]]])


def preserving(t, low=0.3, high=17.0):
    s = 1 - t
    return torch.exp(-(low * s + (high - low) * s * s / 2))


SCHEDULES = {
    "linear": (lambda t: t, lambda t: 1 - t),
    "polynomial": (lambda t: t**1.5, lambda t: (1 - t) ** 2.2),
    "trigonometric": (lambda t: torch.sin(torch.pi * t / 2), lambda t: torch.cos(torch.pi * t / 2)),
    "cosine": (
        lambda t: torch.cos(torch.pi / 2 * (1 - t + 0.008) / 1.008) / np.cos(np.pi / 2 * 0.008 / 1.008),
        lambda t: torch.sqrt(
            1 - (torch.cos(torch.pi / 2 * (1 - t + 0.008) / 1.008) / np.cos(np.pi / 2 * 0.008 / 1.008)) ** 2
        ),
    ),
    "variancePreserving": (lambda t: preserving(t).sqrt(), lambda t: (1 - preserving(t)).sqrt()),
    "subVariancePreserving": (lambda t: preserving(t).sqrt(), lambda t: 1 - preserving(t)),
    "varianceExploding": (
        lambda t: torch.ones_like(t),
        lambda t: 0.02 * torch.sqrt((30 / 0.02) ** (2 * (1 - t)) - 1),
    ),
    "karras": (
        lambda t: torch.ones_like(t),
        lambda t: (20 ** (1 / 7) + t * (0.01 ** (1 / 7) - 20 ** (1 / 7))) ** 7,
    ),
}


def mixture_field(schedule):
    alpha, beta = schedule

    def rate(f, t):
        t = t.detach().requires_grad_()
        with torch.enable_grad():
            y = f(t)
            if not y.requires_grad:
                return torch.zeros_like(t)
            return torch.autograd.grad(y, t)[0]

    def density(x, a, b):
        covariance = a**2 * COVARIANCES + b**2 * torch.eye(2)
        parts = torch.distributions.MultivariateNormal(a * MEANS, covariance)
        return torch.distributions.MixtureSameFamily(
            torch.distributions.Categorical(WEIGHTS), parts).log_prob(x)

    def field(t, x):
        a, b = alpha(t), beta(t)
        x = x.detach().requires_grad_()
        with torch.enable_grad():
            score = torch.autograd.grad(density(x, a, b).sum(), x)[0]
        slope = rate(alpha, t) / a
        return slope * x.detach() + (b**2 * slope - b * rate(beta, t)) * score

    return field


def flows():
    version("torch", "torchdiffeq")
    from torchdiffeq import odeint

    start = torch.tensor(cloud(3, 2, 1.3))
    for name, schedule in SCHEDULES.items():
        first = 0.4 if schedule[0](torch.tensor(0.0)) == 1 else 0.05
        times = torch.tensor([first, 0.9])
        end = odeint(mixture_field(schedule), start, times, method="dopri5", rtol=1e-11, atol=1e-12)[-1]
        show(name, end)


# Samplers


def noise_guess(x, k):
    return np.tanh(1.1 * x + 0.02 * k) + 0.1 * x


def samplers():
    version("diffusers")
    from diffusers import DDIMScheduler, DDPMScheduler, DPMSolverMultistepScheduler

    chain = dict(num_train_timesteps=50, beta_start=1e-3, beta_end=0.08, beta_schedule="linear")
    torch.set_default_dtype(torch.float32)
    ddpm = DDPMScheduler(**chain, variance_type="fixed_small", clip_sample=False)
    torch.set_default_dtype(torch.float64)
    # The schedulers keep their tables in single precision; the same tables in double precision.
    betas = torch.linspace(1e-3, 0.08, 50)

    def exact(scheduler):
        scheduler.betas = betas
        scheduler.alphas = 1 - betas
        scheduler.alphas_cumprod = torch.cumprod(1 - betas, 0)
        scheduler.one = torch.tensor(1.0)
        scheduler.final_alpha_cumprod = torch.tensor(1.0)
        scheduler.alpha_t = scheduler.alphas_cumprod.sqrt()
        scheduler.sigma_t = (1 - scheduler.alphas_cumprod).sqrt()
        scheduler.lambda_t = torch.log(scheduler.alpha_t) - torch.log(scheduler.sigma_t)
        return scheduler

    ddpm = exact(ddpm)
    show("posteriorVariances", [ddpm._get_variance(t) for t in [1, 7, 30, 49]])
    x = torch.tensor(cloud(2, 2, 1.1))
    # The mean of a reverse step: the noise that it draws is set to 0.
    import diffusers.schedulers.scheduling_ddpm as module

    drawn, module.randn_tensor = module.randn_tensor, lambda shape, **_: torch.zeros(shape)
    show("reverseMeans", [ddpm.step(torch.tensor(noise_guess(x.numpy(), t + 1)), t, x).prev_sample.numpy()
                          for t in [1, 30, 49]])
    module.randn_tensor = drawn

    ddim = exact(DDIMScheduler(**chain, clip_sample=False, set_alpha_to_one=True, timestep_spacing="trailing"))
    ddim.set_timesteps(5)
    y = x
    for t in ddim.timesteps:
        y = ddim.step(torch.tensor(noise_guess(y.numpy(), int(t) + 1)), int(t), y).prev_sample
    show("ddim", y)
    print("//", ddim.timesteps.tolist())
    show("ddimDeviations", [ddim._get_variance(t, t - 10).sqrt() * 0.6 for t in [49, 29]])

    dpm = exact(DPMSolverMultistepScheduler(
        **chain, algorithm_type="dpmsolver++", solver_order=2, solver_type="midpoint", lower_order_final=False,
        timestep_spacing="trailing", final_sigmas_type="zero"))
    dpm.set_timesteps(10)
    steps = dpm.timesteps.tolist()
    A = dpm.alphas_cumprod[steps]
    dpm.sigmas = torch.cat([((1 - A) / A).sqrt(), torch.zeros(1)])
    y = x
    for t in dpm.timesteps:
        y = dpm.step(torch.tensor(noise_guess(y.numpy(), int(t) + 1)), t, y).prev_sample
    show("dpmSolver", y)
    print("//", steps)


def karras():
    version("k-diffusion")
    for name in ["skimage", "skimage.transform", "clip", "clean_fid", "cleanfid", "cleanfid.inception_torchscript",
                 "resize_right", "kornia", "wandb", "accelerate", "dctorch", "dctorch.functional", "jsonmerge",
                 "torchvision", "torchvision.transforms", "torchvision.utils", "torchsde", "PIL", "scipy.optimize"]:
        try:
            importlib.import_module(name)
        except Exception:
            sys.modules[name] = types.ModuleType(name)
    package = types.ModuleType("k_diffusion")
    package.__path__ = [str(importlib.metadata.distribution("k-diffusion").locate_file("k_diffusion"))]
    sys.modules["k_diffusion"] = package
    from torchvision import transforms  # noqa: F401

    sys.modules.setdefault("k_diffusion.utils", types.ModuleType("k_diffusion.utils"))
    package.utils = sys.modules["k_diffusion.utils"]
    package.utils.append_dims = lambda x, n: x[(...,) + (None,) * (n - x.ndim)]
    from k_diffusion import sampling

    sigmas = sampling.get_sigmas_karras(8, 0.02, 30.0, rho=5.0)
    show("sigmas", sigmas)

    def model(x, sigma, **_):
        s = sigma[:, None]
        return x / (1 + s**2) + 0.4 * torch.sin(x + s) * s / (1 + s)

    x = torch.tensor(cloud(2, 2, 1.1)) * 30
    show("heun", sampling.sample_heun(model, x, sigmas, disable=True))
    show("churned", sampling.sample_heun(
        model, x, sigmas, disable=True, s_churn=1.6, s_tmin=0.1, s_tmax=20.0, s_noise=0.0))
    show("multistep", sampling.sample_dpmpp_2m(model, x, sigmas, disable=True))


# Transport


def transport():
    version("POT", "scipy", "scikit-learn")
    import ot
    import scipy.stats
    from scipy.spatial.distance import cdist
    from sklearn.metrics.pairwise import rbf_kernel

    a, b = cloud(5, 3, 1.3), cloud(7, 3, 0.8) + 0.2
    p, q = np.arange(1.0, 6), np.arange(2.0, 9)
    p, q = p / p.sum(), q / q.sum()
    M = ot.dist(a, b)
    show("leastCost", ot.emd2(p, q, M))
    plan = ot.bregman.sinkhorn_log(p, q, M, 0.3, numItermax=100000, stopThr=1e-15)
    show("entropicCost", (plan * M).sum())
    show("entropicRow", plan[1])
    show("uniformDistance", ot.emd2(np.full(5, 0.2), np.full(7, 1 / 7), M) ** 0.5)
    show("lineDistances", [ot.wasserstein_1d(a[:, 0], b[:, 0], p=k) ** (1 / k) for k in [1, 2, 3]])
    directions = np.array(DIRECTIONS).reshape(-1, 3)
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    show("sliced", [ot.sliced_wasserstein_distance(a, b, projections=directions.T, p=k) for k in [1, 2]])
    show("energyOnLine", scipy.stats.energy_distance(a[:, 1], b[:, 1]))
    show("energyInSpace", np.sqrt(2 * cdist(a, b).mean() - cdist(a, a).mean() - cdist(b, b).mean()))
    kernel = lambda x, y: rbf_kernel(x, y, gamma=1 / (2 * 0.7**2)).mean()
    show("meanDiscrepancy", np.sqrt(kernel(a, a) + kernel(b, b) - 2 * kernel(a, b)))
    show("kolmogorovSmirnov", scipy.stats.ks_2samp(a[:, 2], b[:, 2]).statistic)
    # Without ties the law of the statistic under regrouping depends on the sizes alone: pairs of d and P(D >= d).
    exact = lambda x, y: scipy.stats.ks_2samp(x, y, method="exact")
    tested = exact(cloud(40, 1, 1.3)[:, 0], cloud(31, 1, 0.8)[:, 0])
    show("kolmogorovSmirnovTest", [tested.statistic, tested.pvalue])
    line = np.arange(40.0)
    others = [exact(line, np.r_[-np.arange(1.0, k + 1), np.arange(31 - k) * 40 / 31 + 0.01]) for k in (4, 6, 8, 10)]
    show("kolmogorovSmirnovLaw", [[t.statistic, t.pvalue] for t in others])
    S, T = np.array([[1.2, 0.3], [0.3, 0.6]]), np.array([[0.5, -0.2], [-0.2, 0.8]])
    m, n = np.array([0.3, -1]), np.array([1.4, 0.2])
    show("gaussians", ot.gaussian.bures_wasserstein_distance(m, n, S, T))
    A, c = ot.gaussian.bures_wasserstein_mapping(m, n, S, T)
    show("map", np.array([0.7, 0.1]) @ A + c)


# The first normals of RandomStream(seed: 5), as the directions of SlicedWasserstein(directions: 4) in space.
DIRECTIONS = [
    1.2455819996295647, -1.9430476671490622, 1.9259240171012748, -0.06716818369760143, 0.7704869013543846,
    0.3897613745688359, 0.36321475679574433, -0.7752047596671972, -1.8388322198974947, -0.9074813557652828,
    1.0143437049427997, 1.1323502257200346,
]


# Schedules and predictions


def schedules():
    version("flow_matching")
    from flow_matching.path import AffineProbPath
    from flow_matching.path import scheduler as fm
    from flow_matching.utils import ModelWrapper

    t = torch.tensor([0.1, 0.35, 0.8])
    table = {
        "condOT": fm.CondOTScheduler(), "cube": fm.PolynomialConvexScheduler(3),
        "preserving": fm.VPScheduler(beta_min=0.3, beta_max=17.0), "quarter": fm.CosineScheduler(),
    }
    for name, s in table.items():
        out = s(t)
        show(name, torch.stack([out.alpha_t, out.sigma_t, out.d_alpha_t, out.d_sigma_t]))

    path = AffineProbPath(scheduler=fm.VPScheduler(beta_min=0.3, beta_max=17.0))
    x, value = torch.tensor([0.7, -0.4, 1.9]), torch.tensor([-1.2, 0.3, 0.8])
    for name in ["target_to_velocity", "epsilon_to_velocity", "velocity_to_target", "epsilon_to_target",
                 "velocity_to_epsilon", "target_to_epsilon"]:
        words = name.split("_")
        show(words[0] + "To" + words[2].capitalize(), getattr(path, name)(value, x, t))

    class Model(ModelWrapper):
        def forward(self, x, t, **_):
            return torch.sin(1.3 * x) * (1 + t[:, None]) - 0.4 * x

    change = fm.ScheduleTransformedModel(
        Model(torch.nn.Identity()), original_scheduler=fm.CondOTScheduler(), new_scheduler=fm.CosineScheduler())
    points = torch.tensor(cloud(3, 2, 1.1))
    show("changed", torch.cat([change(x=points[i : i + 1], t=t[i : i + 1]) for i in range(3)]).detach())


run(solvers, flows, samplers, karras, transport, schedules)
