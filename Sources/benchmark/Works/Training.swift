import Diffusion

extension Work {
  static let training = Work(
    name: "training",
    title: "Training: 1,000 steps of flow matching, batch 256, three hidden layers of 64, SiLU, Adam",
    check: "mean loss of the last 100 steps",
    peers: [
      Peer(name: "JAX", modules: ["jax", "optax", "numpy"], script: "training", function: "jax"),
      Peer(name: "PyTorch", modules: ["torch", "numpy"], script: "training", function: "torch"),
    ]
  ) {
    let loss = ConditionalFlowMatching(
      path: GaussianPath(schedule: .linear), data: GaussianMixture.eightGaussians())
    let architecture = Architecture(dimension: 2)
    return { seed in
      let stream = RandomStream(seed: seed)
      var training = Training(
        MultilayerPerceptron<Float>(architecture, stream: stream), loss: loss, stream: stream.path(1))
      var last = Double.nan
      training.run(steps: 1_000) { last = $0.loss }
      return { last }
    }
  }
}
