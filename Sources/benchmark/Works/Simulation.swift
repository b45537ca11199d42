import Diffusion

extension Work {
  static let simulation = Work(
    name: "simulation",
    title: "Simulation: 20,000 particles, 99 Euler-Maruyama steps, exact score and field of eight Gaussians",
    check: "mean of |x|^2",
    peers: [
      Peer(name: "JAX", modules: ["jax", "numpy"], script: "simulation", function: "jax"),
      Peer(name: "PyTorch", modules: ["torch", "numpy"], script: "simulation", function: "torch"),
      Peer(name: "NumPy", modules: ["numpy"], script: "simulation", function: "numpy"),
    ]
  ) {
    let marginal = GaussianPath(schedule: .linear).marginal(over: GaussianMixture.eightGaussians())
    return { seed in
      let stream = RandomStream(seed: seed)
      let noise = Batch<Float>.normals(count: 20_000, dimension: 2, from: stream)
      let final = simulate(
        marginal.diffusion(.constant(0.5)), from: noise, by: .eulerMaruyama,
        times: .uniform(to: 0.99, steps: 99), stream: stream.path(1)
      ).final
      return { final.points.reduce(0) { $0 + Double($1.squaredNorm) } / Double(final.count) }
    }
  }
}
