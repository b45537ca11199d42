"""Prints the values in ../Peers/NetworkPeerTests.swift: see pins.py. With a path, also what safetensors reads there."""

import sys

import numpy as np
import torch
from common import cloud, run, show, version

torch.set_default_dtype(torch.float64)

def network(activation, inputs=3, hidden=(5, 4), outputs=2):
    widths = [inputs, *hidden, outputs]
    layers, k = [], 0
    for i, o in zip(widths, widths[1:]):
        layer = torch.nn.Linear(i, o)
        weights = torch.tensor([0.6 * np.sin(1.3 * (k + n)) for n in range(i * o)]).reshape(i, o)
        layer.weight.data = weights.T.contiguous()
        layer.bias.data = torch.tensor([0.6 * np.sin(1.3 * (k + i * o + n)) for n in range(o)])
        k += (i + 1) * o
        layers += [layer, activation()]
    return torch.nn.Sequential(*layers[:-1])


def gradient(model):
    """In the library's order: layer after layer, weights by inputs, then biases."""
    linear = [layer for layer in model if isinstance(layer, torch.nn.Linear)]
    return torch.cat([torch.cat([l.weight.grad.T.ravel(), l.bias.grad]) for l in linear])


ACTIVATIONS = {"silu": torch.nn.SiLU, "tanh": torch.nn.Tanh, "relu": torch.nn.ReLU, "gelu": torch.nn.GELU}


def networks():
    version("torch", "torchdiffeq")
    x = torch.tensor(cloud(3, 2, 1.1))
    t = torch.tensor([0.2, 0.5, 0.9])
    for name, activation in ACTIVATIONS.items():
        model = network(activation)
        y = model(torch.cat([x, t[:, None]], 1))
        (y**2).sum().backward()
        show(name + "Values", y.detach())
        g = gradient(model)
        show(name + "Gradient", [g.norm(), g[0], g[7], g[-1], g @ torch.cos(torch.arange(len(g)) * 1.0)])

    # Hyvarinen's loss, the gradient through the divergence.
    model = network(torch.nn.SiLU)
    points = x.clone().requires_grad_()
    y = model(torch.cat([points, t[:, None]], 1))
    divergence = sum(torch.autograd.grad(y[:, i].sum(), points, create_graph=True)[0][:, i] for i in range(2))
    loss = ((y**2).sum(1) / 2 + divergence).mean()
    loss.backward()
    g = gradient(model)
    show("implicitLoss", loss.detach())
    show("implicitGradient", [g.norm(), g[0], g[7], g[-1], g @ torch.cos(torch.arange(len(g)) * 1.0)])

    from torchdiffeq import odeint

    def likelihood(probe):
        def field(s, state):
            p = state[0].detach().requires_grad_()
            with torch.enable_grad():
                y = model(torch.cat([p, s.expand(len(p), 1)], 1))
                if probe is None:
                    d = sum(torch.autograd.grad(y[:, i].sum(), p, retain_graph=True)[0][:, i] for i in range(2))
                else:
                    d = (torch.autograd.grad((y * probe).sum(), p)[0] * probe).sum(1)
            return y.detach(), d

        times = torch.tensor([1.0, 0.0])
        ends, integrals = odeint(field, (x, torch.zeros(3)), times, method="dopri5", rtol=1e-11, atol=1e-12)
        base = torch.distributions.Normal(0.0, 1.0).log_prob(ends[-1]).sum(1)
        return base + integrals[-1]

    show("likelihoods", likelihood(None))
    show("likelihoodsAlike", likelihood(torch.tensor([1.0, 1.0])))
    show("likelihoodsOpposed", likelihood(torch.tensor([1.0, -1.0])))


def optimizers():
    version("torch")

    x = torch.tensor(cloud(4, 2, 1.1))
    t = torch.tensor([0.2, 0.5, 0.9, 0.4])
    targets = torch.tensor(cloud(4, 2, 0.6))

    def run(make, clip=None, annealed=False):
        """Twelve steps on a fixed batch: the loss at the last, some parameters, and their moving average."""
        model = network(torch.nn.Tanh)
        optimizer = make(model.parameters())
        scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 12, 0.01) if annealed else None
        mean = [p.detach().clone() for p in model.parameters()]
        for step in range(12):
            optimizer.zero_grad()
            loss = ((model(torch.cat([x, t[:, None]], 1)) - targets) ** 2).sum(1).mean()
            loss.backward()
            if clip:
                torch.nn.utils.clip_grad_norm_(model.parameters(), clip)
            optimizer.step()
            if scheduler:
                scheduler.step()
            torch.optim.swa_utils.get_ema_multi_avg_fn(0.9)(mean, [p.detach() for p in model.parameters()], step)
        first = list(model.parameters())[0]
        return [loss.item(), first[0, 0].item(), first[1, 2].item(), mean[0][0, 0].item(), mean[0][1, 2].item()]

    show("adam", run(lambda p: torch.optim.Adam(p, lr=0.1, betas=(0.7, 0.97), eps=1e-3)))
    show("adamW", run(lambda p: torch.optim.AdamW(p, lr=0.05, weight_decay=0.3), clip=0.4, annealed=True))
    show("descent", run(lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.8), clip=0.4))


def checkpoint():
    version("safetensors")
    from safetensors.numpy import load, save

    data = save(
        {"b": np.array([1.5, -0.1], np.float32), "a": np.array([[1e300, -2.5, 0.1]], np.float64)}, {"made": "by é"})
    print("static let file: [UInt8] = [" + ", ".join(map(str, data)) + "]")
    if len(sys.argv) > 1:
        print("//", load(open(sys.argv[1], "rb").read()))


run(networks, optimizers, checkpoint)
